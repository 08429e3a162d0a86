"""F16–F27: signature, recipients, the end of the text; number, seal and stamps as far as a file shows them."""

import re
from collections.abc import Iterator

from tools.form_rules.of_the_head import DAY, NUMBER
from tools.form_rules.read_paper import Line, ReadPaper
from tools.form_rules.rule import FormRule

_AUTHORITY = re.compile(r"(?P<how>T/M|K/T|T/L) (?P<whose>[^\W\d_][^.]+)")
#: How a person is addressed, or his rank and learning: none of it stands before a signer's name.
_TITLES = re.compile(
    r"(?:Đ/c|Đồng chí|Ông|Bà|GS|PGS|TS|ThS|Tiến sĩ|Thạc sĩ|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy))\b", re.I
)
_HEADS = ("TRƯỞNG", "CHÁNH", "BÍ THƯ", "GIÁM ĐỐC", "CHỦ NHIỆM", "TỔ TRƯỞNG", "CHÍNH ỦY")
_TYPES = {"": "CV", "THÔNG BÁO": "TB", "GIẤY MỜI": "GM", "BÁO CÁO": "BC", "KẾ HOẠCH": "KH"}
_STAMPS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
_ROOM = 60  #: points: a hand and a seal need some 20 mm


def _looks(called: str, line: Line, *, bold: bool) -> Iterator[str]:
    if line.size != 14:
        yield f"{called} of {line.size} points"
    if line.bold != bold:
        yield f"{called} {'is not bold' if bold else 'is bold'}"
    if not line.centred:
        yield f"{called} is not centred"


def _f16(paper: ReadPaper) -> Iterator[str]:
    if paper.authority is None:
        return
    yield from _looks("the authority", paper.authority, bold=True)
    text = paper.authority.text
    if not _AUTHORITY.fullmatch(text) or text.upper() != text:
        yield f"“{text}”"


def _f17(paper: ReadPaper) -> Iterator[str]:
    position = paper.position
    yield from _looks("the position", position, bold=False)
    if position.text.upper() != position.text:
        yield f"not in capitals: {position.text}"
    if any(line.text in position.text for line in paper.issuer):
        yield f"with the name of the body: {position.text}"


def _f18(paper: ReadPaper) -> Iterator[str]:
    assert paper.signer is not None, "only where there is one"
    yield from _looks("the name", paper.signer, bold=True)
    if _TITLES.match(paper.signer.text) or paper.signer.text.upper() == paper.signer.text:
        yield f"“{paper.signer.text}”"


def _f19(paper: ReadPaper) -> Iterator[str]:
    first = paper.foot_left[0]
    if first.text != "Nơi nhận:" or not first.underlined:
        yield f"“{first.text}”{'' if first.underlined else ', not underlined'}"
    if first.centred:
        yield "not at the left"


def _f20(paper: ReadPaper) -> Iterator[str]:
    yield from (f"{line.size} points: {line.text}" for line in paper.foot_left[1:] if line.size != 12)
    yield from (f"“{line}”" for line in paper.recipients[:-1] if not re.fullmatch(r"- \S.*[,;]", line))
    last = paper.recipients[-1] if paper.recipients else ""
    if not re.fullmatch(r"- Lưu\b.*\.", last):
        yield f"the last one is “{last}”"


def _f21(paper: ReadPaper) -> Iterator[str]:
    last = paper.running[-1].text
    if not last.endswith(".") or last.endswith("/."):
        yield f"the text ends with “…{last[-12:]}”"


def _f22(paper: ReadPaper) -> Iterator[str]:
    found = NUMBER.fullmatch(paper.number)
    wanted = _TYPES.get(paper.title[0].text if paper.title else "")
    if found is None or found["type"] != wanted:
        yield f"“{paper.number}” on a document of type {wanted}"


def _f23(paper: ReadPaper) -> Iterator[str]:
    found, day = NUMBER.fullmatch(paper.number), paper.head_right[-1].text
    if found is None or DAY.fullmatch(day) is None:
        yield f"neither given nor blank: {paper.number}, {day}"
    elif found["number"].strip() and not re.search(r"\d{4}$", day):
        yield "a number without a day"
    elif not found["number"].strip() and len(found["number"]) < 4:
        yield "no room for the number"


def _f24(paper: ReadPaper) -> Iterator[str]:
    authority, position = paper.authority.text if paper.authority else "", paper.position.text
    found = _AUTHORITY.fullmatch(authority)
    if not authority:
        yield from () if position.startswith(_HEADS) else (f"{position} signs for himself",)
    elif found is None:
        yield f"“{authority}”"
    elif found["how"] == "K/T" and not (found["whose"].startswith(_HEADS) and position.startswith("PHÓ")):
        yield f"{authority}, {position}: only a deputy of a head signs so"
    elif found["how"] == "T/M" and found["whose"].startswith(_HEADS):
        yield f"{authority}: only a collective body is signed for so"


def _f25(paper: ReadPaper) -> Iterator[str]:
    authority = paper.authority.text if paper.authority else ""
    if authority not in ("T/M CHI BỘ", "T/M CHI ỦY"):
        yield f"a cell's paper signed “{authority}”"


def _is_of_a_cell(paper: ReadPaper) -> bool:
    return any(line.text.startswith(("CHI BỘ", "CHI ỦY")) for line in paper.issuer)


def _f26(paper: ReadPaper) -> Iterator[str]:
    if paper.room is not None and paper.room < _ROOM:
        yield f"{paper.room:.0f} points between position and name"
    if paper.pictures_in_foot:
        yield "a picture at the signature"


def _f27(paper: ReadPaper) -> Iterator[str]:
    for line in paper.stamps:
        if line.text not in _STAMPS:
            yield f"“{line.text}”"
        yield from _looks("the stamp", line, bold=True)


OF_THE_FOOT = (
    FormRule(
        "F16", "`T/M`, `K/T` or `T/L`, no stop, bold capitals", "", "", _f16, lambda paper: paper.authority is not None
    ),
    FormRule("F17", "capitals, not bold, without the issuer's name", "", "", _f17),
    FormRule(
        "F18",
        "bold, no title or rank before it",
        "whether it is the signer's name",
        "clerk",
        _f18,
        lambda paper: paper.signer is not None,
    ),
    FormRule("F19", "the word, underlined, at the left", "", "", _f19),
    FormRule(
        "F20",
        "12 points, a hyphen before each, `- Lưu …` with a full stop last",
        "whether everybody is on it: `tests/papers/test_recipients.py`",
        "clerk",
        _f20,
    ),
    FormRule("F21", "the last paragraph ends with a full stop, not with `./.`", "", "", _f21),
    FormRule(
        "F22",
        "the type in the number is that of the document",
        "that a number is given once in its term: `tests/database/test_numbers.py`",
        "clerk",
        _f22,
    ),
    FormRule(
        "F23",
        "number and day are both there, or there is room for the number",
        "who gave it: the register of numbers",
        "clerk",
        _f23,
    ),
    FormRule(
        "F24", "`K/T` with a deputy of a head, `T/M` with a body", "whether that person may sign this", "leader", _f24
    ),
    FormRule("F25", "authority of a cell's paper; the office writes none", "", "", _f25, _is_of_a_cell),
    FormRule(
        "F26", "room between position and name, no picture there", "signature and seal on the sheet", "clerk", _f26
    ),
    FormRule(
        "F27",
        "words, size and place of the stamps, where there are any",
        "whether it is urgent; a red stamp on the sheet",
        "leader, clerk",
        _f27,
        lambda paper: bool(paper.stamps),
    ),
)
