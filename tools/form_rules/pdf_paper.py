"""Reads an official document from its PDF: the boxes are told apart by where they stand on the sheet (2.3)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypdf import PdfReader

from tools.form_rules.pdf_body import body_texts
from tools.form_rules.pdf_marks import Letters, Marks, Rule, unsound_fonts
from tools.form_rules.pdf_rows import Row, columns, rows_of
from tools.form_rules.read_paper import POINT, Line, PageNumbers, ReadPaper

_SHEET = 105 / POINT  #: the middle of the sheet: the issuer stands left of it, the Party right of it
_TEXT = 112.5 / POINT  #: the middle of the text
_ISSUER, _PARTY, _SIGNER = 67.5 / POINT, 150 / POINT, 153.75 / POINT  #: the middles of their columns
_EDGE = 20 / POINT  #: above it stands nothing but the number of the page
_INDENT = 45 / POINT  #: whatever begins further right is no paragraph


@dataclass(frozen=True)
class _Boxes:
    """The rows of the document by their boxes; `foot_page` is the last page before an appendix."""

    head: Sequence[Row]
    title: Sequence[Row]
    addressees: Sequence[Row]
    body: Sequence[Row]
    foot: Sequence[Row]
    appendix: Sequence[Row]

    @property
    def foot_page(self) -> int:
        return self.foot[0].page


def read_pdf(content: bytes) -> ReadPaper:
    """The document in a PDF that the service itself has drawn; `StopIteration` where a box is missing."""
    reader = PdfReader(io.BytesIO(content))
    pages = [Marks(page) for page in reader.pages]
    every = [row for number, page in enumerate(pages) for row in rows_of(number, page.letters)]
    rows = [row for row in every if row.base >= _EDGE]
    boxes = _boxes(rows)
    issuer, party = columns(boxes.head, _SHEET)
    recipients, signature = columns(boxes.foot, _TEXT)
    rules = pages[boxes.foot_page].rules
    height, width = float(reader.pages[0].mediabox.height), float(reader.pages[0].mediabox.width)
    return ReadPaper(
        output="PDF",
        sheets=tuple(
            (float(page.mediabox.width) * POINT, float(page.mediabox.height) * POINT) for page in reader.pages
        ),
        margins=_margins(rows, height, width),
        exact=False,
        fonts=frozenset(one.family for page in pages for one in page.letters),
        unsound_fonts=tuple(sorted({name for page in reader.pages for name in unsound_fonts(page)})),
        coloured=tuple(one.text for page in pages for one in page.letters if not _is_readable(one, page.rules)),
        numbers=_numbers([row for row in every if row.base < _EDGE], boxes.foot_page, len(pages)),
        head_left=[row.line(_ISSUER) for row in issuer],
        head_right=[row.line(_PARTY) for row in party],
        rule=_rule_below(party[0], pages[0].rules),
        party=(party[0].right - party[0].left) * POINT,
        title=[row.line(_TEXT) for row in boxes.title],
        addressees=[row.line(_TEXT) for row in boxes.addressees],
        body=body_texts(boxes.body),
        foot_left=[_underlined(row, rules) for row in recipients],
        foot_right=[row.line(_SIGNER) for row in signature],
        room=signature[-1].base - signature[-2].base if signature[-1].bold else None,
        pictures_in_foot=len(pages[boxes.foot_page].pictures),
        appendix=body_texts(boxes.appendix),
    )


def _boxes(rows: Sequence[Row]) -> _Boxes:
    day = next(at for at, row in enumerate(rows) if ", ngày" in row.text)
    title = next(at for at in range(day + 1, len(rows)) if abs(rows[at].middle - _TEXT) < 4 or rows[at].left > _TEXT)
    salutation = next((at for at in range(title, len(rows)) if rows[at].text.startswith("Kính gửi")), None)
    opens = rows[title].left >= _INDENT or rows[title].text.startswith("Kính gửi")  # else the text begins at once
    body = next(at for at in range(title + opens, len(rows)) if rows[at].left < _INDENT)
    if salutation is not None and salutation > body:
        salutation = None  # it stands in the text
    foot = next(at for at in range(body, len(rows)) if rows[at].text.startswith("Nơi nhận"))
    after = [row for row in rows[foot:] if row.page > rows[foot].page]
    return _Boxes(
        head=rows[:title],
        title=rows[title : body if salutation is None else salutation],
        addressees=() if salutation is None else rows[salutation:body],
        body=rows[body:foot],
        foot=[row for row in rows[foot:] if row.page == rows[foot].page],
        appendix=after,
    )


def _margins(rows: Sequence[Row], height: float, width: float) -> tuple[float, float, float, float]:
    """How far from the edges the outermost letters stand."""
    top, bottom = min(row.base - row.size for row in rows), height - max(row.base for row in rows)
    left, right = min(row.left for row in rows), width - max(row.right for row in rows)
    return top * POINT, bottom * POINT, left * POINT, right * POINT


def _is_readable(one: Letters, rules: Sequence[Rule]) -> bool:
    """Black, or light upon a dark part of a chart."""
    return one.black or any(
        rule.left < one.left < rule.right and rule.top < one.base <= rule.bottom + 1 for rule in rules
    )


def _numbers(rows: Sequence[Row], foot_page: int, pages: int) -> PageNumbers:
    shown = {row.page: row.text for row in rows}
    parts = [range(foot_page + 1), range(foot_page + 1, pages)]
    right = all(
        shown[page] == str(place) for part in parts for place, page in enumerate(part, start=1) if page in shown
    )
    all_shown = all(page in shown for part in parts for page in part[1:])
    return PageNumbers(
        begins=tuple(part[0] in shown for part in parts if part),
        size=max((row.size for row in rows), default=0),
        centred=all(abs(row.middle - _TEXT) < 2 for row in rows),
        from_edge=max(((row.base - row.size) * POINT for row in rows), default=0),
        in_order=right and all_shown,
    )


def _rule_below(party: Row, rules: Sequence[Rule]) -> float | None:
    """How long in millimetres the line below the Party's name is; None where there is none."""
    below = [rule for rule in rules if 0 < rule.top - party.base < 8 and rule.bottom - rule.top < 2]
    near = [rule for rule in below if rule.left < party.middle < rule.right]
    return (near[0].right - near[0].left) * POINT if near else None


def _underlined(row: Row, rules: Sequence[Rule]) -> Line:
    """A line of letters with what is drawn below it: in pieces, where a letter reaches down."""
    below = [rule for rule in rules if 0 < rule.top - row.base < 4 and rule.bottom - rule.top < 2]
    drawn = sum(rule.right - rule.left for rule in below if row.left - 1 < rule.left and rule.right < row.right + 1)
    return replace(row.line(0), underlined=drawn > 0.7 * (row.right - row.left))
