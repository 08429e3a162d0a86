"""The sheet of a document: A4, margins, font, paragraphs, tables (F1–F5, P21), and bytes that do not vary."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TEXT_WIDTH = 165  #: millimetres between the margins

_FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEME_SLOTS = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_page() -> WordDocument:
    """An empty A4 sheet in the official margins and font; the library's own default is US Letter."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = word.styles["Normal"]
    normal.font.size = Pt(14)
    for properties in (_default_run(word), normal.element.get_or_add_rPr()):
        _set_font(properties)
    spacing = normal.paragraph_format
    spacing.space_before, spacing.space_after = Pt(0), Pt(6)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
    return word


def _default_run(word: WordDocument) -> BaseOxmlElement:
    found: BaseOxmlElement = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    return found


def _set_font(properties: BaseOxmlElement) -> None:
    """Every script's slot: Word takes the theme's font where one is left out."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for slot in _THEME_SLOTS:
        fonts.attrib.pop(qn(slot), None)
    for slot in _FONT_SLOTS:
        fonts.set(qn(slot), FONT)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "vi-VN")


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: ALIGN = ALIGN.CENTER,
    after: float = 0,
) -> Paragraph:
    """Add text to a paragraph and set how it stands; the same paragraph comes back."""
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic, run.underline = Pt(size), bold, italic, underline
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def rule_below(paragraph: Paragraph, side: Length) -> None:
    """A solid line under a paragraph, drawn in by `side` at both ends: as long as the text (F6)."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # Word insists on the schema's order: borders come before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")


def columns(word: WordDocument, widths: Sequence[float], *, rows: int = 1, bordered: bool = False) -> Table:
    """An empty table with columns of so many millimetres; no row of it is torn apart by a page's end."""
    table: Table = word.add_table(rows=rows, cols=len(widths), style="Table Grid" if bordered else None)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def list_table(
    word: WordDocument, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """A bordered table whose head is repeated on every page."""
    table = columns(word, widths, rows=1 + len(rows), bordered=True)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        write(cell.paragraphs[0], head, size=12, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, texts in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            write(cell.paragraphs[0], text, size=12, align=ALIGN.LEFT)
    write(word.add_paragraph(), "", size=6)


def stable_bytes(word: WordDocument, *, title: str, author: str, day: date) -> bytes:
    """The file's bytes, the same for the same content, so that a hash of them can be kept."""
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:255], author, author
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties.comments, properties.language, properties.revision = "", "vi-VN", 1
    written, stable = io.BytesIO(), io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return stable.getvalue()
