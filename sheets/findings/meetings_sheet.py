"""The sheet of the findings form that tells how each attended meeting went: drawn, and read back (R15, R52, P6)."""

from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from domain.meeting_finding import MEETING_FACTS, RESOLUTIONS, MeetingFact, MeetingFinding, Resolution, made
from domain.nomination import Meeting
from domain.problem import Problem
from sheets.moments.meeting_moment import read_when
from sheets.tables.cells import Table
from sheets.tables.form_sheet import drop_down, header, put, tall, widths
from sheets.tables.record_reader import RecordReader, shown
from sheets.tables.table_header import Columns, find_header
from sheets.tables.table_records import records

SHEET = "Buổi sinh hoạt"
COLUMNS = Columns(
    {
        "meeting": ("Buổi số",),
        "organisation": ("Tổ chức đảng",),
        **{fact.name: (fact.title,) for fact in MEETING_FACTS},
    },
    least=4,
)
_WIDE = {"text": 24, "count": 9, "time": 9, "resolution": 26}
_RESOLUTIONS = RESOLUTIONS | {one.vietnamese: one for one in Resolution}


def draw(sheet: Worksheet, meetings: Sequence[Meeting]) -> None:
    """One line for each meeting, with what the host's list says already."""
    header(sheet, 1, [COLUMNS.title(name) for name in COLUMNS.names], lines=2)
    widths(sheet, (8, 40, *(_WIDE[fact.kind] for fact in MEETING_FACTS)))
    for row, meeting in enumerate(meetings, start=2):
        known = {"members": meeting.members}
        put(sheet, row, 1, meeting.number)
        put(sheet, row, 2, meeting.organisation)
        for column, fact in enumerate(MEETING_FACTS, start=3):
            put(sheet, row, column, known.get(fact.name)).alignment = Alignment(wrap_text=True, vertical="top")
            if fact.kind in ("text", "time"):
                sheet.cell(row, column).number_format = "@"
        tall(sheet, row, 3)
    place = 3 + [fact.kind for fact in MEETING_FACTS].index("resolution")
    drop_down(sheet, place, range(2, 2 + len(meetings)), [one.vietnamese for one in Resolution])


def is_of_meetings(table: Table) -> bool:
    """Whether it is that sheet."""
    found, _ = find_header([table], COLUMNS, table.name)
    return found is not None and "meeting" in found.fields


def read(tables: list[Table], name: str) -> tuple[tuple[MeetingFinding, ...], list[Problem]]:
    """How the meetings went, and every faulty cell; nothing where there is no such sheet, as in an older form."""
    if not tables:
        return (), []
    found, problems = find_header(tables, COLUMNS, name)
    if found is None:
        return (), problems
    lines, unread = records(found)
    problems += unread
    told: dict[int, MeetingFinding] = {}
    for record in lines:
        reader = RecordReader(record)
        number = reader.whole_number("meeting")
        facts = {fact.name: _fact(reader, fact) for fact in MEETING_FACTS}
        if all(value in ("", None) for name, value in facts.items() if name != "members"):
            problems += reader.problems
            continue  # a line of the form that nobody filled in: how many should come is printed there
        if number is None:
            reader.missing("meeting", "chưa ghi buổi số mấy", "ghi số của buổi trong danh sách")
        if number in told:
            reader.note(record.cells["meeting"], f"buổi số {number} đã có ở dòng trên", "giữ một dòng")
        elif number and (one := made(number, facts)):
            told[number] = one
        problems += reader.problems
    return tuple(told.values()), problems


def _fact(reader: RecordReader, fact: MeetingFact) -> object:
    if fact.kind == "count":
        return reader.whole_number(fact.name, least=0)
    if fact.kind == "resolution":
        return reader.choice(fact.name, _RESOLUTIONS)
    return _time(reader, fact.name) if fact.kind == "time" else reader.text(fact.name)


def _time(reader: RecordReader, name: str) -> str:
    cell = reader.cell(name)
    if cell is None:
        return ""
    try:
        time = read_when(cell.value).time
    except ValueError as error:
        reader.refuse(cell, error)
        return ""
    if time is None:
        reader.note(cell, f"“{shown(cell)}” không phải giờ", "ghi như 14:00")
        return ""
    return f"{time[0]:02d}:{time[1]:02d}"
