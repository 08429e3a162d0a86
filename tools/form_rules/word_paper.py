"""Reads an official document from its Word file: what its styles and its runs say, box by box (2.3)."""

import io
import re
from collections.abc import Iterator, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from tools.form_rules.read_paper import POINT, BodyText, Line, PageNumbers, ReadPaper

#: The Party's name at 15 points bold in Times New Roman, in millimetres (P21); Word tells no widths of words.
_PARTY_AT_15 = 207 * POINT
_BLACK = ("000000", "auto")


def read_word(content: bytes) -> ReadPaper:
    """The document in a Word file that the service itself has written; `StopIteration` where a box is missing."""
    word = Document(io.BytesIO(content))
    tables = list(word.tables)
    foot_at, foot = next((at, one) for at, one in enumerate(tables) if one.cell(0, 0).text.startswith("Nơi nhận"))
    issuer, party = (_lines(cell.paragraphs) for cell in tables[0].rows[0].cells)
    recipients, signature = (cell.paragraphs for cell in foot.rows[0].cells)
    assert foot_at, "the head is a table of its own"
    before, after = _around(word, foot)
    title, addressees, rest = _opened(before)
    signed = _lines(signature)
    return ReadPaper(
        output="Word",
        sheets=tuple((one.page_width.mm, one.page_height.mm) for one in word.sections),  # type: ignore[union-attr]
        margins=_margins(word.sections),
        exact=True,
        fonts=frozenset(_fonts(word)),
        unsound_fonts=tuple(sorted(_themes(word))),
        coloured=tuple(_coloured(word)),
        numbers=_numbers(word.sections),
        head_left=issuer,
        head_right=party,
        rule=_rule(tables[0]),
        party=_PARTY_AT_15 * party[0].size / 15,
        title=_lines(title),
        addressees=_lines(addressees),
        body=list(_body(rest)),
        foot_left=_lines(recipients),
        foot_right=signed,
        room=_room(signature) if signed[-1].bold else None,
        pictures_in_foot=len(list(foot._tbl.iter(qn("w:drawing"), qn("w:pict")))),
        appendix=list(_body(after)),
    )


Part = Paragraph | WordTable


def _around(word: WordDocument, foot: WordTable) -> tuple[list[Part], list[Part]]:
    """What stands between head and foot, and what follows the foot."""
    parts = list(word.iter_inner_content())
    at = next(place for place, one in enumerate(parts) if isinstance(one, WordTable) and one._tbl is foot._tbl)
    return parts[1:at], parts[at + 1 :]


def _opened(parts: Sequence[Part]) -> tuple[list[Paragraph], list[Paragraph], list[Part]]:
    """Title, addressees, and the text below them, which is justified."""
    title: list[Paragraph] = []
    addressees: list[Paragraph] = []
    for at, one in enumerate(parts):
        if not isinstance(one, Paragraph) or _align(one) == ALIGN.JUSTIFY:
            return title, addressees, list(parts[at:])
        (addressees if addressees or one.text.startswith("Kính gửi") else title).append(one)
    return title, addressees, []


def _style(paragraph: Paragraph) -> ParagraphStyle:
    style = paragraph.style
    assert style is not None
    return style


def _align(paragraph: Paragraph) -> ALIGN | None:
    own = paragraph.alignment
    return own if own is not None else _style(paragraph).paragraph_format.alignment


def _text(paragraph: Paragraph) -> str:
    return paragraph.text.replace("\u00a0", " ").replace("\u2011", "-").strip()


def _size(paragraph: Paragraph) -> float:
    style: ParagraphStyle | None = _style(paragraph)
    own = [run.font.size.pt for run in paragraph.runs if run.font.size]
    if own:
        return float(max(own))
    while style is not None:
        if style.font.size:
            return float(style.font.size.pt)
        style = style.base_style
    raise AssertionError("no size is said")


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return all(bool(_style(paragraph).font.bold) if run.bold is None else run.bold for run in runs)


def _lines(paragraphs: Sequence[Paragraph]) -> list[Line]:
    return [
        Line(
            _text(one), _size(one), _is_bold(one),
            bool(_style(one).font.italic or one.runs[0].italic), bool(_style(one).font.underline),
            _align(one) == ALIGN.CENTER,
        )
        for one in paragraphs
        if _text(one)
    ]  # fmt: skip


def _body(parts: Sequence[Part]) -> Iterator[BodyText]:
    before: Paragraph | None = None
    for part in parts:
        if isinstance(part, WordTable):
            for cell in (cell for row in part.rows for cell in row.cells):
                yield from (BodyText(_text(one), _size(one), _is_bold(one), True) for one in cell.paragraphs)
            before = None
        elif _text(part):
            yield _paragraph(part, before)
            before = part


def _paragraph(one: Paragraph, before: Paragraph | None) -> BodyText:
    form = _style(one).paragraph_format
    gap = form.space_before
    return BodyText(
        text=_text(one), size=_size(one), bold=_is_bold(one), justified=_align(one) == ALIGN.JUSTIFY,
        first_line=form.first_line_indent.mm if form.first_line_indent is not None else 0,
        pitch=_pitch(one),
        gap=_after(before) + (gap.pt if gap is not None else 0) if before is not None else None,
    )  # fmt: skip


def _after(paragraph: Paragraph) -> float:
    room = _style(paragraph).paragraph_format.space_after
    return room.pt if room is not None else 0


def _pitch(paragraph: Paragraph) -> float | None:
    """Points from line to line where the file says them exactly."""
    style: ParagraphStyle | None = _style(paragraph)
    while style is not None:
        spacing = style.element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        if spacing is not None and spacing.get(qn("w:line")):
            exact = spacing.get(qn("w:lineRule")) == "exact"
            return int(spacing.get(qn("w:line"))) / 20 if exact else 0
        style = style.base_style
    return 0


def _room(signature: Sequence[Paragraph]) -> float:
    position = [one for one in signature if _text(one)][-2]
    return (_pitch(position) or 0) + _after(position)


def _margins(sections: Sequence[Section]) -> tuple[float, float, float, float]:
    """The margins of the sections; of several that differ those which are furthest from the rule."""
    every = [
        tuple(side.mm for side in (one.top_margin, one.bottom_margin, one.left_margin, one.right_margin) if side)
        for one in sections
    ]
    told = max(every, key=lambda one: sum(abs(side - right) for side, right in zip(one, (20, 20, 30, 15), strict=True)))
    top, bottom, left, right = told
    return top, bottom, left, right


def _elements(word: WordDocument, tag: str) -> Iterator[BaseOxmlElement]:
    for part in (word.element, word.styles.element):
        yield from part.iter(qn(tag))


def _fonts(word: WordDocument) -> Iterator[str]:
    for one in _elements(word, "w:rFonts"):
        yield from (value for key, value in one.items() if not key.endswith("Theme") and not key.endswith("hint"))


def _themes(word: WordDocument) -> Iterator[str]:
    """Where the theme's font would be taken, or a script has none said."""
    for one in _elements(word, "w:rFonts"):
        names = {key.rpartition("}")[2] for key in one.attrib}
        yield from (name for name in names if re.search("theme", name, re.IGNORECASE))
        if not {"ascii", "hAnsi", "cs", "eastAsia"} <= names:
            yield "rFonts"


def _coloured(word: WordDocument) -> Iterator[str]:
    for one in _elements(word, "w:color"):
        if str(one.get(qn("w:val"))) not in _BLACK:
            yield str(one.get(qn("w:val")))


def _numbers(sections: Sequence[Section]) -> PageNumbers:
    (number,) = sections[0].header.paragraphs
    edge = sections[0].header_distance
    restarts = [one._sectPr.find(qn("w:pgNumType")) for one in list(sections)[1:]]
    return PageNumbers(
        begins=tuple(not _first_is_empty(one) for one in sections),
        size=_size(number),
        centred=_align(number) == ALIGN.CENTER,
        from_edge=edge.mm if edge is not None else 0,
        in_order='w:instr="PAGE"' in number._p.xml
        and all(one is not None and one.get(qn("w:start")) == "1" for one in restarts),
    )


def _first_is_empty(section: Section) -> bool:
    return section.different_first_page_header_footer and not section.first_page_header.paragraphs[0].text


def _rule(head: WordTable) -> float | None:
    """How long the line below the Party's name is: its paragraph's width without what is drawn in."""
    cell = head.rows[0].cells[1]
    style = _style(cell.paragraphs[0])
    drawn = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}")
    if drawn is None or cell.width is None:
        return None
    form = style.paragraph_format
    sides = sum(side.mm for side in (form.left_indent, form.right_indent) if side is not None)
    return float(cell.width.mm - sides)
