"""The empty Word sheet of a profile: paper, margins, font and named styles (F1–F20, P21).

Every paragraph of a document takes one of these styles and nothing else, so whoever edits the file in Word changes the
form in one place.
"""

import io
from dataclasses import dataclass
from functools import cache

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from letters.form.profile import FormatProfile

#: What stays of python-docx's own sheet: the defaults Word expects, and the frame of tables.
_KEPT_STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid")
_UNUSED_PARTS = ("stylesWithEffects", "customXml", "numbering", "thumbnail")
_FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEME_SLOTS = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")


@dataclass(frozen=True)
class Look:
    """How one box of the layout chart looks."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: ALIGN = ALIGN.CENTER
    before: float = 0  #: points
    after: float = 0  #: points
    first_line: float = 0  #: millimetres
    sides: float = 0  #: millimetres drawn in at both sides
    left: float = 0  #: millimetres drawn in at the left besides
    keep: bool = False  #: stays on the page of what follows
    pitch: float = 0  #: points from line to line, where it is not the body's
    grows: bool = False  #: as high as what stands in it: an exact pitch would cut a picture off


def looks(profile: FormatProfile) -> dict[str, Look]:
    """The named styles of a profile; their names are what Word's style list shows."""
    p = profile
    side = (p.text_width - p.left_column - p.party_width) / 2
    return {
        "Party": Look(p.party_size, bold=True, sides=side),
        "Parent": Look(p.issuer_size),
        "Issuer": Look(p.issuer_size, bold=True),
        "Number": Look(p.number_size),
        "Letter Abstract": Look(p.letter_abstract_size, italic=True),
        "Place And Day": Look(p.place_size, italic=True),
        "Stamp": Look(p.stamp_size, bold=True),
        "Type": Look(p.type_size, bold=True, before=12, keep=True),
        "Abstract": Look(p.abstract_size, bold=True, keep=True, sides=p.abstract_sides),
        "Abstract End": Look(p.abstract_size, after=12, keep=True),
        "Addressee": Look(p.addressee_size, before=12, after=12),
        "Addressees": Look(p.addressee_size, before=12, keep=True),
        "Addressee Line": Look(p.addressee_size, align=ALIGN.LEFT, left=p.addressee_left),
        "Last Addressee": Look(p.addressee_size, align=ALIGN.LEFT, left=p.addressee_left, after=12),
        "Section": _body(p, bold=True, keep=True),
        "Subsection": _body(p, bold=True, keep=True),
        "Point": _body(p, bold=True, keep=True),
        "Text": _body(p),
        "Last Text": _body(p, keep=True),
        "Table Head": _cell(p, ALIGN.CENTER, bold=True, keep=True),
        "Table Text": _cell(p, ALIGN.LEFT),
        "Table Center": _cell(p, ALIGN.CENTER),
        "Table Right": _cell(p, ALIGN.RIGHT),
        "Chart": Look(p.table_size, after=p.gap, grows=True),
        "Authority": Look(p.signature_size, bold=True, keep=True),
        "Position": Look(p.signature_size, after=p.signature_room, keep=True),
        "Signer": Look(p.signature_size, bold=True),
        "Recipients Word": Look(p.recipients_word_size, underline=True, align=ALIGN.LEFT, keep=True),
        "Recipient": Look(p.recipients_size, align=ALIGN.LEFT, keep=True),
        "Appendix": Look(p.body_size, bold=True, after=6, keep=True),
        "Goes With": Look(p.body_size, italic=True, after=6, keep=True),
        "Sheet Number": Look(p.page_number_size),
        "After Table": Look(1, pitch=p.table_below),  # Word joins two tables that nothing parts
        "End": Look(1, pitch=1),
        "Before Foot": Look(1, keep=True, pitch=p.foot_above - p.gap),
    }


def _body(profile: FormatProfile, *, bold: bool = False, keep: bool = False) -> Look:
    return Look(
        profile.body_size, bold=bold, align=ALIGN.JUSTIFY,
        after=profile.gap, first_line=profile.first_line, keep=keep,
    )  # fmt: skip


def _cell(profile: FormatProfile, align: ALIGN, *, bold: bool = False, keep: bool = False) -> Look:
    return Look(
        profile.table_size, bold=bold, align=align, keep=keep,
        before=profile.cell_room, after=profile.cell_room, pitch=profile.table_pitch,
    )  # fmt: skip


def style_id(name: str) -> str:
    """What a style of that name is called inside the file."""
    return name.replace(" ", "")


def new_sheet(profile: FormatProfile) -> WordDocument:
    """An empty document of that profile."""
    return Document(io.BytesIO(_empty_file(profile)))


@cache
def _empty_file(profile: FormatProfile) -> bytes:
    """The sheet as a file: made once for each profile, as setting up styles costs more than a document."""
    word = Document()
    _clear(word)
    _set_page(word, profile)
    normal = word.styles["Normal"]
    normal.font.size = Pt(profile.body_size)
    for properties in (_default_run(word), normal.element.get_or_add_rPr()):
        _set_font(properties, profile.font)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(profile.line_pitch)
    for name, look in looks(profile).items():
        _add_style(word, name, look)
    _rule_below(word.styles["Party"])
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _clear(word: WordDocument) -> None:
    """Leave out what no document uses: python-docx's own sheet brings 160 styles, twice, and a picture of itself."""
    for style in list(word.styles):
        if style.name not in _KEPT_STYLES:
            style.delete()
    for relations in (word.part.rels, word.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED_PARTS:
                del relations[key]


def _set_page(word: WordDocument, profile: FormatProfile) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in profile.paper)
    section.top_margin, section.bottom_margin = Mm(profile.top), Mm(profile.bottom)
    section.left_margin, section.right_margin = Mm(profile.left), Mm(profile.right)
    section.header_distance = Mm(profile.page_number_from_edge)
    section.different_first_page_header_footer = True  # no number on page 1 (F4)


def _add_style(word: WordDocument, name: str, look: Look) -> None:
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.quick_style = True
    font, form = style.font, style.paragraph_format
    font.size, font.bold, font.italic, font.underline = Pt(look.size), look.bold, look.italic, look.underline
    form.alignment, form.space_before, form.space_after = look.align, Pt(look.before), Pt(look.after)
    form.first_line_indent, form.keep_with_next = Mm(look.first_line), look.keep
    form.left_indent, form.right_indent = Mm(look.sides + look.left), Mm(look.sides)
    if look.grows:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if look.pitch:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.pitch)


def _default_run(word: WordDocument) -> BaseOxmlElement:
    found: BaseOxmlElement = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    return found


def _set_font(properties: BaseOxmlElement, font: str) -> None:
    """Every script's slot: Word takes the theme's font where one is left out."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for slot in _THEME_SLOTS:
        fonts.attrib.pop(qn(slot), None)
    for slot in _FONT_SLOTS:
        fonts.set(qn(slot), font)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "vi-VN")


def _rule_below(style: ParagraphStyle) -> None:
    """A solid line as long as the title: the style draws it in at both sides (F6)."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # Word insists on the schema's order: borders come before spacing, indents and alignment.
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")
