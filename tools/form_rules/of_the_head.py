"""F6–F15: the Party's name, issuer, number, day, type, abstract, addressees, headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tools.form_rules.read_paper import Line, ReadPaper
from tools.form_rules.rule import FormRule, near

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
NUMBER = re.compile(r"Số (?P<number>0[1-9]|[1-9]\d+|\s{4,}|\s*)-(?P<type>[A-ZĐ]{2,4})/[\wĐ]+")
DAY = re.compile(r"[^,]+, ngày (?:(?:0[1-9]|[12]\d|3[01]) tháng (?:0[12]|[3-9]|1[0-2]) năm \d{4}|\s+tháng\s+năm\s*)")
_ROMAN = re.compile(r"[IVXL]+- ")
_HEADING = re.compile(r"(?:[IVXL]+- |\d{1,2}\. |[a-zđ]\) |- )\S")
_OTHER_ROMAN = re.compile(r"[IVXL]+[./)] ?[^\W\d_]")


def _looks(
    called: str, line: Line, size: float, *, bold: bool = False, italic: bool = False, up_to: float = 0
) -> Iterator[str]:
    if not size <= line.size <= max(size, up_to):
        yield f"{called} of {line.size} points"
    if line.bold != bold:
        yield f"{called} {'is not bold' if bold else 'is bold'}"
    if line.italic != italic:
        yield f"{called} {'is not italic' if italic else 'is italic'}"
    if not line.centred:
        yield f"{called} is not centred"


def _f6(paper: ReadPaper) -> Iterator[str]:
    name = paper.head_right[0]
    if name.text != PARTY:
        yield f"first at the right stands {name.text}"
    yield from _looks("the name", name, 15, bold=True)
    if paper.rule is None:
        yield "no rule below the name"
    elif not near(paper.rule, paper.party, 1.5):
        yield f"a rule of {paper.rule:.1f} mm below a name of {paper.party:.1f} mm"


def _f7(paper: ReadPaper) -> Iterator[str]:
    above = [line for line in paper.issuer if not line.bold]
    if not above or above[0] is not paper.head_left[0]:
        yield "the body above does not stand first"
    for line in above:
        yield from _looks("the body above", line, 14)
        yield from _capitals("the body above", line)


def _f8(paper: ReadPaper) -> Iterator[str]:
    issuer = [line for line in paper.issuer if line.bold]
    if not issuer:
        yield "no issuer in bold"
    if len(paper.issuer) == len(paper.head_left):
        yield "no asterisk"
    for line in issuer:
        yield from _looks("the issuer", line, 14, bold=True)
        yield from _capitals("the issuer", line)


def _f9(paper: ReadPaper) -> Iterator[str]:
    if not NUMBER.fullmatch(paper.number):
        yield f"“{paper.number}”"
    for line in paper.head_left:
        if line.text == paper.number:
            yield from _looks("the number", line, 14)


def _f10(paper: ReadPaper) -> Iterator[str]:
    day = paper.head_right[-1]
    if not DAY.fullmatch(day.text):
        yield f"“{day.text}”"
    blank = not day.text[-1:].isdigit()  # the room for the year counts, and is not seen
    yield from _looks("place and day", replace(day, centred=day.centred or blank), 14, italic=True)


def _f11(paper: ReadPaper) -> Iterator[str]:
    yield from _looks("the type", paper.title[0], 15, bold=True, up_to=16)
    yield from _capitals("the type", paper.title[0])


def _f12(paper: ReadPaper) -> Iterator[str]:
    *abstract, end = paper.title[1:]
    if not abstract:
        yield "no abstract"
    for line in abstract:
        yield from _looks("the abstract", line, 14, bold=True, up_to=15)
    if end.text != "-----":
        yield f"below the abstract stands “{end.text}”"
    yield from _looks("what stands below the abstract", end, 14)


def _f13(paper: ReadPaper) -> Iterator[str]:
    abstract = [line for line in paper.below_number if line.italic]
    said = " ".join(line.text for line in abstract)
    if not said.startswith("về việc "):
        yield f"“{said[:30]}”"
    for line in abstract:
        yield from _looks("the abstract", line, 12, italic=True)


def _f14(paper: ReadPaper) -> Iterator[str]:
    lines = [line.text for line in paper.addressees]
    if not paper.is_letter:
        yield from (f"{line}: no công văn" for line in lines)
        yield from (one.text[:40] for one in paper.running if one.text.startswith("Kính gửi"))
    elif not lines or not lines[0].startswith("Kính gửi:"):
        yield "no “Kính gửi:”"
    elif lines[0] == "Kính gửi:":
        yield from (
            f"not a line of its own: {line}" for line in _whole(lines[1:]) if not re.fullmatch(r"- .+[;.]", line)
        )


def _whole(lines: Sequence[str]) -> list[str]:
    """Addressees that take two lines, each as one."""
    found: list[str] = []
    for line in lines:
        if found and not line.startswith("- "):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _f15(paper: ReadPaper) -> Iterator[str]:
    for one in paper.running:
        if _OTHER_ROMAN.match(one.text):
            yield f"numbered otherwise: {one.text[:40]}"
        if _ROMAN.match(one.text) and not (one.bold and one.text.upper() == one.text):
            yield f"not in bold capitals: {one.text[:40]}"
        if one.bold and not _HEADING.match(one.text):
            yield f"bold without a number: {one.text[:40]}"


def _capitals(called: str, line: Line) -> Iterator[str]:
    if line.text.upper() != line.text:
        yield f"{called} is not in capitals: {line.text}"


def _has_type(paper: ReadPaper) -> bool:
    return not paper.is_letter


OF_THE_HEAD = (
    FormRule(
        "F6", "the words, their size, bold, centred at the right; the rule's length against the name's", "", "", _f6
    ),
    FormRule("F7", "first at the left, capitals, 14 points", "whether it is the right body", "clerk", _f7),
    FormRule(
        "F8", "below it, capitals, bold, 14 points, then the asterisk", "whether it is the right body", "clerk", _f8
    ),
    FormRule("F9", "`Số`, no colon, number of two digits or more (or room for the hand), type, organ", "", "", _f9),
    FormRule(
        "F10",
        "the words, zeros of day and month, italics, below the rule",
        "whether it is the day of signing",
        "clerk",
        _f10,
    ),
    FormRule("F11", "capitals, bold, centred, 15–16 points", "", "", _f11, _has_type),
    FormRule(
        "F12",
        "bold, centred, above five hyphens",
        "whether it says what the document is about",
        "whoever drafts",
        _f12,
        _has_type,
    ),
    FormRule(
        "F13",
        "below the number, 12 points, italic, “về việc”",
        "whether it says what the document is about",
        "whoever drafts",
        _f13,
        lambda paper: paper.is_letter,
    ),
    FormRule("F14", "`Kính gửi:` on a công văn alone, a line for each of several", "", "", _f14),
    FormRule(
        "F15",
        "each bold paragraph begins as a heading; `I- …` in bold capitals",
        "whether the numbers are those of the right level",
        "whoever drafts",
        _f15,
        lambda paper: any(one.bold for one in paper.running),
    ),
)
