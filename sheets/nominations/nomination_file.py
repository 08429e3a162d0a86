"""Reads a host's list from Excel, Word, CSV or YAML, and says row by row what was understood (R62, A22, P6, P19)."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.dates import long_date, time_of_day, weekday
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.nomination_field import FIELDS, NominationField, Value, told_beside
from domain.plan import Unit
from domain.problem import Problem
from domain.text import safe_name
from sheets.moments.row_moment import moment_of
from sheets.nominations.nomination_columns import COLUMNS, KINDS, ORG_TYPES
from sheets.nominations.nomination_yaml import read_yaml_records
from sheets.nominations.row_as_typed import TypedField, as_typed
from sheets.nominations.same_organisation import named_twice
from sheets.tables.cells import Cell, Record
from sheets.tables.form_origin import check_heading, check_origin
from sheets.tables.other_kinds import other_ending
from sheets.tables.record_reader import RecordReader
from sheets.tables.table_file import read_tables, refuse_yaml
from sheets.tables.table_header import Header, find_header
from sheets.tables.table_records import records

#: More meetings than any host has in a month; longer lists would only keep the computer busy.
MAX_MEETINGS = 1000
#: The endings of files in which a list may come.
TABLES = (".xlsx", ".docx", ".csv")
#: What has an organisation above it within the host (A22).
_BELOW = (OrgType.SECTIONAL_COMMITTEE, OrgType.CELL_SUBORDINATE)


@dataclass(frozen=True)
class UnderstoodRow:
    """One line of the list: where it stands, what it was taken for, and what is wrong with it."""

    place: str
    meeting: Meeting | None
    said: str
    problems: tuple[Problem, ...]
    typed: tuple[TypedField, ...] = ()  #: of a row that was not understood whole: what stands in it


@dataclass(frozen=True)
class Understood:
    """A list as it was understood; nothing of it is taken before a person has seen this."""

    rows: tuple[UnderstoodRow, ...]
    problems: tuple[Problem, ...]

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings of the rows that were understood."""
        return tuple(row.meeting for row in self.rows if row.meeting)

    @property
    def acceptable(self) -> bool:
        """Whether nothing is wrong but warnings."""
        every = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        taken = bool(self.rows) and all(row.meeting for row in self.rows)
        return taken and all(problem.warning for problem in every)


def read_nominations(path: Path, year: int, month: int, unit: Unit | None = None) -> Understood:
    """The list in that file as that host's for that month. Never raises: every fault is a problem with its place.

    A form that was made for another host is refused (R62, 6.7 no. 7), and of an armed-forces host no contact is
    taken (A20, P3); without `unit` neither is looked at.
    """
    found, problems = _records(path, year, month, unit)
    if len(found) > MAX_MEETINGS:
        fault = f"danh sách có {len(found)} dòng, nhiều nhất {MAX_MEETINGS}"
        return Understood((), (*problems, Problem(path.name, fault, "bỏ các dòng thừa, hoặc chia thành nhiều tệp")))
    private = unit is not None and unit.restricted
    rows = [_understand(record, number, year, month, private) for number, record in enumerate(found, start=1)]
    if not rows and all(problem.warning for problem in problems):
        fault = "danh sách trống, dưới dòng tiêu đề chưa ghi tổ chức đảng nào"
        problems.append(Problem(path.name, fault, "ghi ít nhất một tổ chức đảng rồi gửi lại"))
    twice = named_twice([(row.place, row.meeting) for row in rows if row.meeting])
    return Understood(tuple(rows), (*problems, *twice))


def understand_nominations(name: str, content: bytes, year: int, month: int, unit: Unit | None = None) -> Understood:
    """The list in the bytes of a file of that name, as `read_nominations` gives it."""
    with tempfile.TemporaryDirectory(prefix="danh-sach-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        return read_nominations(path, year, month, unit)


def _records(path: Path, year: int, month: int, unit: Unit | None) -> tuple[list[Record], list[Problem]]:
    suffix = path.suffix.casefold()
    if suffix in (".yaml", ".yml"):
        refusal = refuse_yaml(path)
        return ([], [refusal]) if refusal else read_yaml_records(path, tuple(COLUMNS.names))
    if suffix not in TABLES:
        unknown = f"không đọc được loại tệp “{path.suffix}”", "gửi danh sách dạng .xlsx, .docx, .csv hoặc .yaml"
        return [], [Problem(path.name, *(other_ending(suffix) or unknown))]
    tables, problems = read_tables(path)
    if not tables:
        return [], problems
    header, more = find_header(tables, COLUMNS, path.name)
    if header is None:
        return [], [*problems, *more]
    made = check_origin(header.table.origin, header.table.name, unit, year, month)
    made = made or check_heading(header.above, header.table.name, year, month)
    found, unread = records(header)
    return found, [*problems, *made, *more, *unread, *_missing_columns(header)]


def _missing_columns(header: Header) -> list[Problem]:
    name = header.table.name
    missing = [
        Problem(name, f"thiếu cột “{COLUMNS.title(field)}”", "thêm cột này")
        for field in ("organisation", "org_type", "venue")
        if field not in header.fields
    ]
    if "at" not in header.fields and not {"day", "time"} <= header.fields.keys():
        missing.append(Problem(name, "thiếu cột “Ngày” và “Giờ”", "thêm hai cột này"))
    return missing


def _understand(record: Record, number: int, year: int, month: int, private: bool) -> UnderstoodRow:
    reader = RecordReader(record)
    plain = {
        field.name: _plain(reader, field, private) for field in FIELDS if field.value in (Value.TEXT, Value.NUMBER)
    }
    types = ", ".join(org_type.vietnamese for org_type in OrgType)
    reader.missing("org_type", "chưa ghi loại hình", f"chọn một trong: {types}")
    org_type = reader.choice("org_type", ORG_TYPES)
    kind = _kind(reader, plain["theme"])
    if org_type in _BELOW:
        reader.missing("parent", "chưa ghi cấp trên trực tiếp", "ghi đảng ủy hoặc chi bộ cấp trên", warning=True)
    starts_at = moment_of(reader, year, month)
    if not reader.understood or org_type is None or kind is None or starts_at is None:
        said = f"{plain['organisation'] or '(chưa có tên)'}: chưa hiểu hết, chưa nhận"
        typed = as_typed(record, org_type, kind, starts_at, private=private)
        return UnderstoodRow(record.place, None, said, tuple(reader.problems), typed)
    meeting = Meeting(number, org_type=org_type, starts_at=starts_at, kind=kind, **plain)
    return UnderstoodRow(record.place, meeting, _said(meeting), tuple(reader.problems))


def _plain(reader: RecordReader, field: NominationField, private: bool) -> Any:
    """What stands in a field of text or a number, as `Meeting` has it."""
    if field.missing:
        reader.missing(field.name, *field.missing)
    if field.value is Value.NUMBER:
        return reader.whole_number(field.name)
    return _personal(reader, field, private) if field.personal else reader.text(field.name)


def _personal(reader: RecordReader, field: NominationField, private: bool) -> str:
    """Whom to ask, unless the host's people shall not be named (A20, P3); a telephone number is text, not a number."""
    cell = reader.cell(field.name)
    if cell and private:
        fault = "đơn vị lực lượng vũ trang: họ tên, điện thoại cá nhân không được nhận"
        reader.note(cell, fault, "xóa ô này; liên hệ qua văn thư của đơn vị", warning=True)
        return ""
    if cell and isinstance(cell.value, int | float):
        remedy = "ghi họ tên rồi đến số điện thoại"
        reader.note(cell, f"“{cell.text}” là số, Excel có thể đã bỏ số 0 ở đầu", remedy, warning=True)
    return reader.text(field.name)


def _said(meeting: Meeting) -> str:
    """The meeting in words, its day with the month's number after it and the weekday before it (P18, P19)."""
    theme = f" “{meeting.theme}”" if meeting.theme else ""
    above = f", thuộc {meeting.parent}" if meeting.parent else ""
    when = f"{time_of_day(meeting.starts_at)}, {weekday(meeting.day)}, {long_date(meeting.day)}"
    organisation = f"{meeting.organisation} ({meeting.org_type.vietnamese}{above})"
    beside = "".join(f", {field.told.format(value)}" for field, value in told_beside(meeting))
    return f"{organisation}, {meeting.kind.vietnamese.lower()}{theme}, {when}, tại {meeting.venue}{beside}"


def _kind(reader: RecordReader, theme: str) -> MeetingKind | None:
    """The kind that is written; an empty one is regular, and said so, unless a theme speaks against it (R51, A8)."""
    if reader.cell("kind"):
        return reader.choice("kind", KINDS)
    cell = reader.record.cells.get("kind") or Cell(reader.record.place, None)
    if cell.fault:
        return None
    if theme:
        reader.note(cell, "có tên chuyên đề nhưng chưa ghi loại sinh hoạt", "ghi loại sinh hoạt")
        return None
    reader.note(cell, "chưa ghi loại sinh hoạt, hiểu là thường kỳ", "ghi loại sinh hoạt", warning=True)
    return MeetingKind.REGULAR
