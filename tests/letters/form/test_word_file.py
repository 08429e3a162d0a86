"""The Word file, read back, has the form of its profile number by number and the words of its document."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph

from letters.form.blocks import Table
from letters.form.kinds import KINDS
from letters.form.paper import Paper
from letters.form.profile import PARTY
from letters.form.word_file import word_file


class Seen(NamedTuple):
    """How a paragraph looks: what its style says, and its runs where they say otherwise."""

    size: float
    bold: bool
    italic: bool
    underlined: bool
    align: ALIGN


@pytest.fixture(scope="module", params=KINDS)
def pair(request: pytest.FixtureRequest, profiled: dict[str, Paper]) -> tuple[Paper, WordDocument]:
    """A document and its Word file opened again."""
    paper = profiled[request.param]
    return paper, Document(io.BytesIO(word_file(paper)))


def paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    """All paragraphs in their order, those in tables as well."""
    return (Paragraph(one, word) for one in word.element.body.iter(qn("w:p")))


def find(word: WordDocument, text: str) -> Paragraph:
    return next(one for one in paragraphs(word) if one.text == text)


def seen(paragraph: Paragraph) -> Seen:
    style, run = paragraph.style, paragraph.runs[0]
    assert style is not None
    font = style.font
    size, align = run.font.size or font.size, paragraph.alignment or style.paragraph_format.alignment
    bold, italic = run.bold or font.bold, run.italic or font.italic
    return Seen(size.pt, bool(bold), bool(italic), bool(font.underline), align)


def millimetres(length: Length | None) -> float:
    assert length is not None
    return round(length.mm, 1)


def test_the_sheet_and_its_margins_are_the_profile_s_in_every_section(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    profile = paper.profile

    assert len(word.sections) == (2 if paper.appendix else 1)
    for section in word.sections:
        assert (millimetres(section.page_width), millimetres(section.page_height)) == profile.paper  # F1
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        measured = tuple(millimetres(margin) for margin in margins)
        assert measured == (profile.top, profile.bottom, profile.left, profile.right)  # F2
        assert millimetres(section.header_distance) == profile.page_number_from_edge  # F4
        assert section.different_first_page_header_footer  # F4


def test_the_page_number_is_centred_on_every_page_but_the_first(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    (number,) = word.sections[0].header.paragraphs
    style = number.style

    assert style is not None
    assert style.font.size == Pt(paper.profile.page_number_size)
    assert style.paragraph_format.alignment == ALIGN.CENTER
    assert 'w:instr="PAGE"' in number._p.xml
    assert word.sections[0].first_page_header.is_linked_to_previous  # empty: there is none before it
    if paper.appendix:
        assert 'w:pgNumType w:start="1"' in word.sections[1]._sectPr.xml


def test_the_head_has_issuer_and_number_at_the_left_and_party_and_day_at_the_right(
    pair: tuple[Paper, WordDocument],
) -> None:
    paper, word = pair
    profile, head = paper.profile, word.tables[0]
    left, right = (cell.text.split("\n") for cell in head.rows[0].cells)

    assert left[:4] == [paper.parent, paper.issuer, "*", paper.number]
    assert (right[0], right[-1]) == (PARTY, paper.place_and_day)
    assert right.index(paper.place_and_day) == left.index(paper.number)  # on one line
    assert [millimetres(column.width) for column in head.columns] == [75, 90]
    centre = ALIGN.CENTER
    assert seen(find(word, PARTY)) == Seen(profile.party_size, True, False, False, centre)  # F6
    assert seen(find(word, paper.parent)) == Seen(profile.issuer_size, False, False, False, centre)  # F7
    assert seen(find(word, paper.issuer)) == Seen(profile.issuer_size, True, False, False, centre)  # F8
    assert seen(find(word, "*")) == Seen(profile.issuer_size, False, False, False, centre)
    assert seen(find(word, paper.number)) == Seen(profile.number_size, False, False, False, centre)  # F9
    assert seen(find(word, paper.place_and_day)) == Seen(profile.place_size, False, True, False, centre)  # F10


def test_the_rule_below_the_party_s_name_is_as_long_as_the_name(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    style = find(word, PARTY).style

    assert style is not None
    drawn_in = style.paragraph_format.left_indent, style.paragraph_format.right_indent
    room = paper.profile.text_width - paper.profile.left_column - sum(millimetres(side) for side in drawn_in)
    assert abs(room - 207 / 72 * 25.4) < 1.5  # P21: the title's width at 15 points bold
    assert style.element.pPr is not None
    assert style.element.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}").get(qn("w:val")) == "single"


def test_a_notice_has_type_and_abstract_and_a_letter_an_abstract_below_its_number(
    pair: tuple[Paper, WordDocument],
) -> None:
    paper, word = pair
    profile, centre = paper.profile, ALIGN.CENTER

    if paper.type_name:
        assert seen(find(word, paper.type_name)) == Seen(profile.type_size, True, False, False, centre)  # F11
        assert seen(find(word, paper.abstract)) == Seen(profile.abstract_size, True, False, False, centre)  # F12
        assert seen(find(word, "-----")).align == centre
    else:
        abstract = find(word, f"về việc {paper.abstract}")
        assert seen(abstract) == Seen(profile.letter_abstract_size, False, True, False, centre)  # F13
        salutation = find(word, f"Kính gửi: {paper.addressees[0]}")
        assert seen(salutation) == Seen(profile.addressee_size, False, True, False, centre)  # F14
        assert not salutation.runs[1].italic


def test_the_body_is_justified_and_has_the_profile_s_size_pitch_indent_and_gap(
    pair: tuple[Paper, WordDocument],
) -> None:
    paper, word = pair
    profile = paper.profile
    normal = word.styles["Normal"].paragraph_format

    assert normal.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert normal.line_spacing == Pt(profile.line_pitch)
    for name in ("Text", "Last Text", "Section", "Subsection"):
        style = word.styles[name]
        assert style.font.size == Pt(profile.body_size)
        assert bool(style.font.bold) == (name in ("Section", "Subsection"))  # F15
        assert style.paragraph_format.alignment == ALIGN.JUSTIFY
        assert millimetres(style.paragraph_format.first_line_indent) == profile.first_line
        assert style.paragraph_format.space_after == Pt(profile.gap)
    assert any(one.style is not None and one.style.name in ("Text", "Last Text") for one in word.paragraphs)


def test_signature_and_recipients_stand_side_by_side_in_their_sizes(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    profile, signer, centre = paper.profile, paper.signer, ALIGN.CENTER
    foot = next(table for table in word.tables if table.cell(0, 0).text.startswith("Nơi nhận:"))
    left, right = foot.rows[0].cells
    lines = left.text.split("\n")

    assert lines[0] == "Nơi nhận:"
    assert seen(left.paragraphs[0]) == Seen(profile.recipients_word_size, False, False, True, ALIGN.LEFT)  # F19
    assert [line[2:].rstrip(".,;") for line in lines[1:]] == [one.rstrip(".") for one in paper.recipients]
    assert all(line.endswith(profile.recipients_end) for line in lines[1:-1])
    assert lines[-1].endswith(".")
    assert {seen(one) for one in left.paragraphs[1:]} == {
        Seen(profile.recipients_size, False, False, False, ALIGN.LEFT)  # F20
    }
    assert seen(find(word, signer.authority)) == Seen(profile.signature_size, True, False, False, centre)  # F16
    assert seen(find(word, signer.title)) == Seen(profile.signature_size, False, False, False, centre)  # F17
    assert right.text.split("\n") == [signer.authority, signer.title, signer.name]
    room = find(word, signer.title).style.paragraph_format.space_after  # type: ignore[union-attr]  # it has a style
    assert room == Pt(profile.signature_room)  # F26
    if signer.name:
        assert seen(find(word, signer.name)) == Seen(profile.signature_size, True, False, False, centre)  # F18


def test_the_signature_stays_with_the_last_paragraph(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    foot = next(table for table in word.tables if table.cell(0, 0).text.startswith("Nơi nhận:"))
    bridge = Paragraph(foot._tbl.getprevious(), word)
    last = Paragraph(bridge._p.getprevious(), word)

    for one in (bridge, last):
        assert one.style is not None
        assert one.style.paragraph_format.keep_with_next
    assert foot._tbl.find(f".//{qn('w:cantSplit')}") is not None


def test_tables_repeat_their_heads_keep_their_rows_whole_and_fill_the_width(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    blocks = [*paper.body, *(paper.appendix.blocks if paper.appendix else ())]
    tables = [block for block in blocks if isinstance(block, Table)]
    drawn = [table for table in word.tables if table.style is not None and table.style.name == "Table Grid"]

    assert len(drawn) == len(tables)
    for table, found in zip(tables, drawn, strict=True):
        widths = [millimetres(column.width) for column in found.columns]
        assert abs(sum(widths) - paper.profile.text_width) < 0.5
        for width, share in zip(widths, table.shares, strict=True):
            assert abs(width - paper.profile.text_width * share / sum(table.shares)) < 0.2
        head, *rows = found.rows
        assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        assert len(rows) == len(table.rows)
        looks = {seen(one).size for cell in head.cells for one in cell.paragraphs if one.runs}
        assert looks == {paper.profile.table_size}


def test_every_word_of_the_document_is_in_the_file(
    pair: tuple[Paper, WordDocument], texts: Callable[[Paper], list[str]]
) -> None:
    paper, word = pair
    found = [one.text for one in paragraphs(word)]

    for text in texts(paper):
        assert text in found
    assert not re.search(r"[\ue000-\uf8ff]|\{\{|\*\*", "\n".join(found))


def test_the_font_is_set_for_every_script_and_no_theme_overrides_it(papers: dict[str, Paper]) -> None:
    styles = Document(io.BytesIO(word_file(papers["invitation"]))).styles.element
    fonts = [styles.find(path) for path in (f"{qn('w:docDefaults')}//{qn('w:rFonts')}",)]
    fonts.append(styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='Normal']//{qn('w:rFonts')}"))

    for one in fonts:
        named = {key.rpartition("}")[2]: value for key, value in one.items()}
        assert named == dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), "Times New Roman")
    assert 'w:lang w:val="vi-VN"' in styles.xml


def test_the_same_document_has_the_same_bytes_and_tells_no_time(papers: dict[str, Paper]) -> None:
    made = word_file(papers["selection_notice"])

    assert made == word_file(papers["selection_notice"])
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        core = file.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"1980-01-01T"}
    assert "python-docx" not in core


#: Word repairs or refuses a file whose elements stand in another order than its schema's.
ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs u vertAlign lang",
    "w:tblPr": "tblStyle tblStyleRowBandSize tblStyleColBandSize tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "w:sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


def test_the_parts_of_a_file_stand_in_the_order_word_insists_on(pair: tuple[Paper, WordDocument]) -> None:
    _, word = pair

    for parent, order in ORDERS.items():
        known = order.split()
        for part in (word.element, word.styles.element):
            for one in part.iter(qn(parent)):
                names = [child.tag.rpartition("}")[2] for child in one]
                assert names == sorted(names, key=known.index), (parent, names)


def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch(pair: tuple[Paper, WordDocument]) -> None:
    _, word = pair
    tags = [child.tag for child in word.element.body]

    assert all(cell[-1].tag == qn("w:p") for cell in word.element.body.iter(qn("w:tc")))
    assert (qn("w:tbl"), qn("w:tbl")) not in zip(tags, tags[1:], strict=False)
    assert tags[-2:] == [qn("w:p"), qn("w:sectPr")]
