"""Draws a document as a Word file (python-docx): the same bytes for the same document."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from letters.form import unbroken
from letters.form.blocks import Align, Block, Chart, Heading, Item, Paragraph, Span, Table, Words
from letters.form.columns import column_widths
from letters.form.paper import ADDRESSEE, Paper
from letters.form.pdf_file import chart_picture
from letters.form.plain_text import addressee_lines, chart_lines, recipient_lines
from letters.form.profile import PARTY, FormatProfile
from letters.form.word_bytes import stable_bytes
from letters.form.word_sheet import new_sheet, style_id

_HEADINGS = {1: "Section", 2: "Subsection", 3: "Point"}
_CELLS: dict[Align, str] = {"left": "Table Text", "center": "Table Center", "right": "Table Right"}


def word_file(paper: Paper) -> bytes:
    """The document as .docx."""
    word = new_sheet(paper.profile)
    _number_pages(word.sections[0])
    _head(word, paper)
    _title(word, paper)
    _blocks(word, paper, paper.body, last="Last Text")
    _foot(word, paper)
    if paper.appendix:
        _appendix(word, paper)
    else:
        _paragraph(word, "End")  # Word adds a full line after a last table, which may need a page of its own
    return stable_bytes(word, paper)


def _head(word: WordDocument, paper: Paper) -> None:
    """Issuer and number at the left, the Party's name and the day at the right (F6–F10, F13, F27)."""
    profile = paper.profile
    left, right = _columns(word, (profile.left_column, profile.text_width - profile.left_column))
    _fill(left, "Parent", paper.parent, first=True)
    _fill(left, "Issuer", paper.issuer)
    _fill(left, "Parent", profile.issuer_mark)
    _fill(left, "Number", paper.number)
    if not paper.type_name:
        _fill(left, "Letter Abstract", unbroken.title(profile.letter_abstract_word + paper.abstract))
    for stamp in paper.stamps:
        _fill(left, "Stamp", stamp)
    _fill(right, "Party", PARTY, first=True)
    _fill(right, "Parent", "")
    _fill(right, "Parent", "")
    _fill(right, "Place And Day", paper.place_and_day)


def _title(word: WordDocument, paper: Paper) -> None:
    """The type with its abstract and the five hyphens, or `Kính gửi` (F11, F12, F14)."""
    if paper.type_name:
        _paragraph(word, "Type", paper.type_name)
        _paragraph(word, "Abstract", unbroken.title(paper.abstract))
        _paragraph(word, "Abstract End", paper.profile.abstract_end)
    first, *others = addressee_lines(paper) or [""]
    if first:
        salutation = _paragraph(word, "Addressees" if others else "Addressee")
        salutation.add_run(ADDRESSEE).italic = True
        _add_text(salutation, first.removeprefix(ADDRESSEE))
    for place, line in enumerate(others, start=1):
        _paragraph(word, "Last Addressee" if place == len(others) else "Addressee Line", line)


def _blocks(word: WordDocument, paper: Paper, blocks: Sequence[Block], last: str = "Text") -> None:
    for place, block in enumerate(blocks, start=1):
        style = last if place == len(blocks) else "Text"  # the signature never stands alone on a page
        match block:
            case Heading():
                _write(_paragraph(word, _HEADINGS[block.level]), block.words)
            case Paragraph():
                _write(_paragraph(word, style), block.words)
            case Item():
                paragraph = _paragraph(word, style)
                paragraph.add_run(f"{block.mark} ")
                _write(paragraph, block.words)
            case Table():
                _table(word, block, paper.profile)
            case Chart():
                _chart(word, block, paper.profile)


def _write(paragraph: WordParagraph, words: Iterable[Span]) -> None:
    for span in words:
        run = _add_text(paragraph, span.text)
        if span.bold:
            run.bold = True
        if span.italic:
            run.italic = True


def _add_text(paragraph: WordParagraph, text: str) -> Run:
    """One more run; the hyphen of a symbol is Word's own that no line ends at. Read back it is a hyphen again."""
    run = paragraph.add_run()
    for piece, whole in unbroken.parts(text):
        if not whole:
            run.add_text(piece)
            continue
        before, _, after = piece.partition("-")
        run.add_text(before)
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(after)
    return run


def _table(word: WordDocument, table: Table, profile: FormatProfile) -> None:
    drawn: WordTable = word.add_table(1 + len(table.rows), len(table.shares), "Table Grid")
    _set_widths(drawn, [Mm(width) for width in column_widths(table, profile)])
    indent = OxmlElement("w:tblInd")  # else the border stands outside the margin by a cell's own margin
    indent.set(qn("w:w"), str(round(profile.cell_sides / 25.4 * 1440)))
    indent.set(qn("w:type"), "dxa")
    drawn._tbl.tblPr.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    head, *rows = drawn.rows
    for cell, words in zip(head.cells, table.heads, strict=True):
        _fill_words(cell, "Table Head", words)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, texts in zip(rows, table.rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words, align in zip(row.cells, texts, table.aligns, strict=True):
            _fill_words(cell, _CELLS[align], words)
    _paragraph(word, "After Table")


def _chart(word: WordDocument, chart: Chart, profile: FormatProfile) -> None:
    """The chart as a picture, with its numbers in words for whoever cannot see it."""
    picture = io.BytesIO(chart_picture(chart, profile))
    drawn = _paragraph(word, "Chart").add_run().add_picture(picture, width=Mm(profile.text_width))
    drawn._inline.docPr.set("descr", "; ".join(chart_lines(chart)))


def _foot(word: WordDocument, paper: Paper) -> None:
    """Recipients at the left, the signature with room for hand and seal at the right, kept together (F16–F20, F26)."""
    _paragraph(word, "Before Foot")
    half = paper.profile.text_width / 2
    left, right = _columns(word, (half, half))
    label, *lines = recipient_lines(paper) or [""]
    _fill(left, "Recipients Word", label, first=True)
    for line in lines:
        _fill(left, "Recipient", line)
    signer = paper.signer
    if signer.authority:
        _fill(right, "Authority", signer.authority, first=True)
    _fill(right, "Position", signer.title, first=not signer.authority)
    _fill(right, "Signer", signer.name)


def _appendix(word: WordDocument, paper: Paper) -> None:
    assert paper.appendix is not None
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section._sectPr.getprevious().style = style_id("End")  # the paragraph that ends the section before
    numbers = OxmlElement("w:pgNumType")  # numbered separately (F4)
    numbers.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
    _paragraph(word, "Appendix", "PHỤ LỤC")
    _write(
        _paragraph(word, "Appendix"), [replace(span, text=unbroken.title(span.text)) for span in paper.appendix.title]
    )
    _paragraph(word, "Goes With", unbroken.title(paper.goes_with))
    _blocks(word, paper, paper.appendix.blocks)


def _number_pages(section: Section) -> None:
    """The page's number at the top, from page 2 (F4)."""
    paragraph = _styled(section.header.paragraphs[0], "Sheet Number")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _columns(word: WordDocument, widths: Sequence[float]) -> tuple[_Cell, _Cell]:
    """Two columns side by side without borders, never torn apart by a page's end."""
    table = word.add_table(rows=1, cols=2)
    _set_widths(table, [Mm(width) for width in widths])
    margins = OxmlElement("w:tblCellMar")  # the columns begin at the margin and are as wide as the profile says
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    return left, right


def _set_widths(table: WordTable, widths: Sequence[Length]) -> None:
    """Word takes the widths of the grid, LibreOffice those of the first row's cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width


def _fill(cell: _Cell, style: str, text: str, *, first: bool = False) -> None:
    """One more paragraph in a cell; the first one is there already."""
    if first:
        _add_text(_styled(cell.paragraphs[0], style), text)
    else:
        _paragraph(cell, style, text)


def _fill_words(cell: _Cell, style: str, words: Words) -> None:
    _write(_styled(cell.paragraphs[0], style), words)


def _paragraph(where: WordDocument | _Cell, style: str, text: str = "") -> WordParagraph:
    paragraph = _styled(where.add_paragraph(), style)
    if text:
        _add_text(paragraph, text)
    return paragraph


def _styled(paragraph: WordParagraph, style: str) -> WordParagraph:
    """Give a paragraph its style by id: the library's own way by name looks through all styles each time."""
    paragraph._p.style = style_id(style)
    return paragraph
