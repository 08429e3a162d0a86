"""The Word file, read back, has the form of its profile, number by number (F1–F20)."""

from collections.abc import Iterator
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph

from letters.form.paper import Paper
from letters.form.profile import PARTY


class Seen(NamedTuple):
    """How a paragraph looks: what its style says, and its runs where they say otherwise."""

    size: float
    bold: bool
    italic: bool
    underlined: bool
    align: ALIGN


def paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    """All paragraphs in their order, those in tables as well."""
    return (Paragraph(one, word) for one in word.element.body.iter(qn("w:p")))


def find(word: WordDocument, text: str) -> Paragraph:
    return next(one for one in paragraphs(word) if one.text.replace("\u00a0", " ") == text)


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
    for name in ("Text", "Last Text", "Section", "Subsection", "Point"):
        style = word.styles[name]
        assert style.font.size == Pt(profile.body_size)
        assert bool(style.font.bold) == (name in ("Section", "Subsection", "Point"))  # F15
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
