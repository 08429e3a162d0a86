"""The blocks of an official document on the sheet: header, title, text, tables, signature (F6–F20)."""

import re
from collections.abc import Sequence
from datetime import date

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from domain.dates import date_and_time, long_date
from domain.nomination import Meeting
from domain.plan import ChecklistItem, Issuer, Signer
from letters.document_page import TEXT_WIDTH, columns, list_table, rule_below, write
from letters.one_line import one_line

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
_SALUTATION = "Kính gửi:"
_HEADING = re.compile(r"[IVX]+- ")


def header(word: WordDocument, issuer: Issuer, number: str, day: date, abstract: str) -> None:
    """Issuer and number at the left, the Party's name and the date at the right (F6–F10).

    A công văn has its abstract here, under the number (F13).
    """
    left, right = columns(word, (75, TEXT_WIDTH - 75)).rows[0].cells
    write(left.paragraphs[0], issuer.parent)
    write(left.add_paragraph(), issuer.name, bold=True)
    write(left.add_paragraph(), "*")
    write(left.add_paragraph(), number)
    if abstract:
        write(left.add_paragraph(), abstract, size=12, italic=True)
    rule_below(write(right.paragraphs[0], PARTY, size=15, bold=True), Mm(6.5))
    write(right.add_paragraph(), "")
    write(right.add_paragraph(), "")
    write(right.add_paragraph(), f"{issuer.place}, {long_date(day)}", italic=True)
    write(word.add_paragraph(), "")


def title(word: WordDocument, type_name: str, abstract: str) -> None:
    """The name of the type, the abstract and the five hyphens (F11, F12)."""
    write(word.add_paragraph(), type_name, size=16, bold=True)
    write(word.add_paragraph(), abstract, bold=True)
    write(word.add_paragraph(), "-----", after=12)


def text_line(word: WordDocument, line: str) -> None:
    """One line of the body: the salutation, a heading or an ordinary paragraph (F5, F14, F15)."""
    paragraph = word.add_paragraph()
    if line.startswith(_SALUTATION):
        write(paragraph, _SALUTATION, italic=True)
        write(paragraph, line.removeprefix(_SALUTATION), after=12)
        return
    heading = bool(_HEADING.match(line))
    write(paragraph, line, bold=heading, align=ALIGN.JUSTIFY, after=6)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.keep_with_next = heading


def meetings_table(word: WordDocument, meetings: Sequence[Meeting]) -> None:
    """What is attended, when and where; the contact of a meeting is never printed (P3)."""
    rows = [
        (f"{place:02d}", _organisation(one), _kind(one), date_and_time(one.starts_at), one.venue)
        for place, one in enumerate(meetings, start=1)
    ]
    heads = ("TT", "Tổ chức đảng", "Loại sinh hoạt", "Thời gian", "Địa điểm")
    list_table(word, heads, (12, 48, 35, 35, 35), [tuple(map(one_line, row)) for row in rows])


def _organisation(meeting: Meeting) -> str:
    return f"{meeting.organisation} (thuộc {meeting.parent})" if meeting.parent else meeting.organisation


def _kind(meeting: Meeting) -> str:
    return f"{meeting.kind.vietnamese} ({meeting.theme})" if meeting.theme else meeting.kind.vietnamese


def checklist_table(word: WordDocument, checklist: Sequence[ChecklistItem]) -> None:
    """What the selected organisation has ready (R16–R39)."""
    rows = [(item.code, one_line(item.text), one_line(item.evidence)) for item in checklist]
    list_table(word, ("Mục", "Nội dung giám sát", "Tài liệu chuẩn bị"), (18, 87, 60), rows)


def signature(word: WordDocument, signer: Signer, recipients: Sequence[str]) -> None:
    """`Nơi nhận` at the left, the signature at the right with room for hand and seal (F16–F20, F26)."""
    write(word.add_paragraph(), "")
    left, right = columns(word, (85, TEXT_WIDTH - 85)).rows[0].cells
    if recipients:
        write(left.paragraphs[0], "Nơi nhận:", underline=True, align=ALIGN.LEFT)
    for line in recipients:
        write(left.add_paragraph(), line, size=12, align=ALIGN.LEFT)
    write(right.paragraphs[0], signer.authority, bold=True)
    write(right.add_paragraph(), signer.title)
    right.add_paragraph().paragraph_format.space_before = Pt(60)
    write(right.add_paragraph(), signer.name, bold=True)


def appendix_heading(word: WordDocument) -> None:
    """The appendix begins on a new page."""
    paragraph = write(word.add_paragraph(), "PHỤ LỤC", bold=True)
    paragraph.paragraph_format.page_break_before = True


def appendix_line(word: WordDocument, line: str) -> None:
    """What the appendix is called, and to which document it belongs, which stands in brackets."""
    note = line.startswith("(")
    write(word.add_paragraph(), line, bold=not note, italic=note, after=6)
