"""F1–F5: paper, margins, font, page numbers, body text."""

import unicodedata
from collections.abc import Iterator

from tools.form_rules.read_paper import BodyText, ReadPaper
from tools.form_rules.rule import FormRule, near

_A4, _A5 = (210, 297), (148, 210)
_MARGINS = (20, 20, 30, 15)
#: Times New Roman, and the two free fonts whose letters are as wide.
_FONTS = {"Times New Roman", "TimesNewRoman", "TimesNewRomanPS", "LiberationSerif", "Tinos"}


def _f1(paper: ReadPaper) -> Iterator[str]:
    allowed = (_A4, _A5) if paper.title and paper.title[0].text == "GIẤY MỜI" else (_A4,)
    for width, height in paper.sheets:
        if not any(near(width, wide, 0.5) and near(height, high, 0.5) for wide, high in allowed):
            yield f"a sheet of {width:.1f} × {height:.1f} mm"


def _f2(paper: ReadPaper) -> Iterator[str]:
    for name, value, wanted in zip(("top", "bottom", "left", "right"), paper.margins, _MARGINS, strict=True):
        kept = near(value, wanted, 0.6) or (name == "bottom" and not paper.exact and value > wanted)
        if not kept:
            yield f"{name} margin of {value:.1f} mm"


def _f3(paper: ReadPaper) -> Iterator[str]:
    yield from (f"font {name}" for name in paper.fonts - _FONTS)
    yield from (f"font {name} is not sound" for name in paper.unsound_fonts)
    yield from (f"not black: {text}" for text in paper.coloured)
    yield from (
        f"not composed: {text}"
        for text in paper.texts()
        if not unicodedata.is_normalized("NFC", text) or "\ufffd" in text
    )
    if len(paper.fonts) > 1:
        yield f"several fonts: {sorted(paper.fonts)}"


def _f4(paper: ReadPaper) -> Iterator[str]:
    numbers = paper.numbers
    if any(numbers.begins):
        yield "a number on a first page"
    if numbers.size != 14:
        yield f"numbers of {numbers.size} points"
    if not numbers.centred:
        yield "numbers that are not centred"
    if not near(numbers.from_edge, 10, 0.6):
        yield f"numbers {numbers.from_edge:.1f} mm from the edge"
    if not numbers.in_order:
        yield "numbers that are missing or out of order"


def _f5(paper: ReadPaper) -> Iterator[str]:
    for one in paper.running:
        yield from (f"{fault}: {one.text[:40]}" for fault in _of_text(one))


def _of_text(one: BodyText) -> Iterator[str]:
    if not 14 <= one.size <= 15:
        yield f"{one.size} points"
    if not one.justified:
        yield "not justified"
    if one.first_line is not None and not near(one.first_line, 10, 0.5):
        yield f"first line in by {one.first_line:.1f} mm"
    if one.pitch is not None and not 17.9 <= one.pitch <= 22.1:
        yield f"lines {one.pitch:.1f} points apart"
    if one.gap is not None and one.gap < 5.9:
        yield f"{one.gap:.1f} points below the paragraph before"


OF_THE_PAGE = (
    FormRule("F1", "size of every sheet", "", "", _f1),
    FormRule(
        "F2",
        "Word: the four margins of every section; PDF: where the outermost letters stand",
        "what a printer adds",
        "clerk",
        _f2,
    ),
    FormRule(
        "F3",
        "names of all fonts, that they are in the PDF and can be read back, composed letters, black",
        "",
        "",
        _f3,
    ),
    FormRule(
        "F4",
        "size, place and order of the numbers, none on a first page, an appendix by itself",
        "",
        "",
        _f4,
        lambda paper: paper.numbers.size > 0,
    ),
    FormRule(
        "F5",
        "size, justification, first line, distance of lines and of paragraphs, each paragraph outside tables",
        "whether a page looks crowded or torn",
        "whoever drafts",
        _f5,
    ),
)
