"""Reads a host's list from Excel, CSV or YAML, and says row by row what was understood (R62, A22, P6, P19)."""

from dataclasses import dataclass
from pathlib import Path

from answers.cells import Cell, Record
from answers.nomination_yaml import read_yaml_records
from answers.record_reader import RecordReader
from answers.row_moment import moment_of
from answers.table_file import read_tables, refuse_yaml
from answers.table_header import Columns, find_header
from answers.table_records import records
from domain.dates import date_and_time
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.problem import Problem
from domain.text import loose_key, match_key

#: The columns of a list, by the field of `Meeting`; the first name is that of our own form.
COLUMNS = Columns(
    {
        "organisation": ("Tên tổ chức đảng", "Tổ chức đảng", "Tên chi bộ", "Đơn vị"),
        "org_type": ("Loại hình", "Loại tổ chức", "Loại hình tổ chức đảng"),
        "parent": ("Cấp trên trực tiếp", "Trực thuộc", "Thuộc đảng bộ"),
        "day": ("Ngày", "Ngày sinh hoạt"),
        "time": ("Giờ", "Giờ sinh hoạt"),
        "at": ("Thời gian", "Thời gian sinh hoạt", "Ngày giờ"),
        "venue": ("Địa điểm", "Địa điểm sinh hoạt", "Nơi sinh hoạt"),
        "kind": ("Loại sinh hoạt", "Hình thức sinh hoạt"),
        "theme": ("Chuyên đề", "Tên chuyên đề", "Nội dung chuyên đề"),
        "members": ("Số đảng viên", "Đảng viên"),
        "contact": ("Liên hệ", "Người liên hệ", "Bí thư"),
    },
    least=3,
)

ORG_TYPES = {one.vietnamese: one for one in OrgType} | {one.value: one for one in OrgType}
KINDS = {one.vietnamese: one for one in MeetingKind} | {one.value: one for one in MeetingKind}
_KINDS_SAID = KINDS | {"Sinh hoạt thường kỳ": MeetingKind.REGULAR, "Định kỳ": MeetingKind.REGULAR}
_KINDS_SAID |= {"Sinh hoạt chuyên đề": MeetingKind.THEMATIC, "Kết hợp": MeetingKind.COMBINED}


@dataclass(frozen=True)
class UnderstoodRow:
    """One line of the list: where it stands, what it was taken for, and what is wrong with it."""

    place: str
    meeting: Meeting | None
    said: str
    problems: tuple[Problem, ...]


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


def read_nominations(path: Path, year: int, month: int) -> Understood:
    """The list in that file as a host's for that month. Never raises: every fault is a problem with its place."""
    found, problems = _records(path)
    rows = [_understand(record, number, year, month) for number, record in enumerate(found, start=1)]
    if not rows and not problems:
        problems.append(Problem(path.name, "danh sách trống", "ghi ít nhất một tổ chức đảng"))
    return Understood(tuple(rows), (*problems, *_nearly_the_same(rows)))


def _records(path: Path) -> tuple[list[Record], list[Problem]]:
    suffix = path.suffix.casefold()
    if suffix in (".yaml", ".yml"):
        refusal = refuse_yaml(path)
        return ([], [refusal]) if refusal else read_yaml_records(path, tuple(COLUMNS.names))
    if suffix not in (".xlsx", ".csv"):
        fault = f"không đọc được loại tệp “{path.suffix}”"
        return [], [Problem(path.name, fault, "gửi danh sách dạng .xlsx, .csv hoặc .yaml")]
    tables, problems = read_tables(path)
    if not tables:
        return [], problems
    header, more = find_header(tables, COLUMNS, path.name)
    if header is None:
        return [], [*problems, *more]
    found, unread = records(header)
    missing = [
        Problem(header.table.name, f"thiếu cột “{COLUMNS.title(name)}”", "thêm cột này")
        for name in ("organisation", "org_type", "venue")
        if name not in header.fields
    ]
    if "at" not in header.fields and not {"day", "time"} <= header.fields.keys():
        missing.append(Problem(header.table.name, "thiếu cột “Ngày” và “Giờ”", "thêm hai cột này"))
    return found, [*problems, *more, *unread, *missing]


def _understand(record: Record, number: int, year: int, month: int) -> UnderstoodRow:
    reader = RecordReader(record)
    organisation, venue = reader.text("organisation"), reader.text("venue")
    reader.missing("organisation", "chưa ghi tên tổ chức đảng", "ghi tên đầy đủ")
    reader.missing("venue", "chưa ghi địa điểm", "ghi nơi sinh hoạt")
    reader.missing("org_type", "chưa ghi loại hình", "chọn một trong bốn loại hình")
    org_type = reader.choice("org_type", ORG_TYPES)
    parent, theme, contact = reader.text("parent"), reader.text("theme"), reader.text("contact")
    kind = _kind(reader, theme)
    starts_at = moment_of(reader, year, month)
    members = reader.whole_number("members")
    if not reader.understood or org_type is None or kind is None or starts_at is None:
        said = f"{organisation or '(chưa có tên)'}: chưa hiểu hết, chưa nhận"
        return UnderstoodRow(record.place, None, said, tuple(reader.problems))
    meeting = Meeting(number, organisation, org_type, parent, starts_at, venue, kind, theme, members, contact)
    return UnderstoodRow(record.place, meeting, _said(meeting), tuple(reader.problems))


def _said(meeting: Meeting) -> str:
    theme = f" “{meeting.theme}”" if meeting.theme else ""
    kind = f"{meeting.kind.vietnamese.lower()}{theme}"
    organisation = f"{meeting.organisation} ({meeting.org_type.vietnamese})"
    return f"{organisation}, {kind}, {date_and_time(meeting.starts_at)}, tại {meeting.venue}"


def _kind(reader: RecordReader, theme: str) -> MeetingKind | None:
    """The kind that is written; an empty one is regular, and said so, unless a theme speaks against it (R51, A8)."""
    if reader.cell("kind"):
        return reader.choice("kind", _KINDS_SAID)
    cell = reader.record.cells.get("kind") or Cell(reader.record.place, None)
    if cell.fault:
        return None
    if theme:
        reader.note(cell, "có tên chuyên đề nhưng chưa ghi loại sinh hoạt", "ghi loại sinh hoạt")
        return None
    reader.note(cell, "chưa ghi loại sinh hoạt, hiểu là thường kỳ", "ghi loại sinh hoạt", warning=True)
    return MeetingKind.REGULAR


def _nearly_the_same(rows: list[UnderstoodRow]) -> list[Problem]:
    """Two spellings of what may be one organisation at one time: a person decides (A11)."""
    problems, seen = [], dict[tuple[str, object], UnderstoodRow]()
    for row in rows:
        if row.meeting is None:
            continue
        first = seen.setdefault((loose_key(row.meeting.organisation), row.meeting.starts_at), row)
        same = first.meeting and match_key(first.meeting.organisation) == match_key(row.meeting.organisation)
        if first is not row and not same:
            fault = f"“{row.meeting.organisation}” có thể là một với dòng {first.place}, viết khác dấu"
            problems.append(Problem(row.place, fault, "bỏ một dòng nếu trùng", warning=True))
    return problems
