"""Reads the working group's findings from YAML or Excel, and says what was not understood (R14–R38, 4.5)."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.findings import Findings, ItemFinding, Recommendation
from domain.item_links import items_named, linked
from domain.plan import Plan
from domain.problem import Problem
from domain.text import safe_name
from sheets.findings import checklist_sheet, meetings_sheet
from sheets.findings.findings_yaml import read_findings_yaml
from sheets.moments.meeting_moment import read_when
from sheets.tables.cells import Table
from sheets.tables.other_kinds import other_ending
from sheets.tables.record_reader import RecordReader, shown
from sheets.tables.table_file import read_tables
from sheets.tables.table_header import Columns, find_header, missing_columns
from sheets.tables.table_records import records

#: The sheet `Nhận xét`: one line for each strength, limitation, recommendation or difficulty.
REMARKS = Columns(
    {
        "kind": ("Loại",),
        "text": ("Nội dung nhận xét", "Nội dung"),
        "limitation": ("Khắc phục hạn chế số", "Hạn chế số"),
        "owner": ("Nơi thực hiện", "Trách nhiệm"),
        "due": ("Thời hạn", "Hạn"),
        "items": ("Từ mục giám sát", "Mục giám sát", "Từ mục"),
        "followed_by": ("Theo dõi, đôn đốc", "Theo dõi"),
        "urgent": ("Làm ngay",),
        "meeting": ("Buổi số",),
    },
    least=3,
)

STRENGTH, LIMITATION, CAUSE, RECOMMENDATION = "Ưu điểm", "Hạn chế", "Nguyên nhân", "Kiến nghị"
DIFFICULTY = "Khó khăn, vướng mắc"
KINDS = {one: one for one in (STRENGTH, LIMITATION, CAUSE, RECOMMENDATION, DIFFICULTY)}
_KINDS_SAID = KINDS | {"Khó khăn": DIFFICULTY, "Vướng mắc": DIFFICULTY}
_OF_RECOMMENDATIONS = ("limitation", "owner", "due", "followed_by", "urgent")
_YES_OR_NO = {"Có": True, "Làm ngay": True, "x": True, "Không": False}
#: A form of before decision 0028 has these columns alone.
_OLD_COLUMNS = ("kind", "text", "limitation", "owner", "due")


@dataclass(frozen=True)
class _Remark:
    """One line of the sheet `Nhận xét`; most fields are those of a recommendation, `items` that of a limitation."""

    kind: str
    text: str
    limitation: int | None
    owner: str
    due: date | None
    followed_by: str = ""
    urgent: bool = False
    items: tuple[str, ...] = ()  #: the ids of the items that a limitation comes of
    meeting: int = 0  #: the number of the meeting that a strength or limitation is of; 0 for all


@dataclass(frozen=True)
class _Known:
    """What a remark may speak of: the plan's checklist, and the items that have a result."""

    plan: Plan
    items: tuple[ItemFinding, ...]


def findings_in(name: str, content: bytes, plan: Plan) -> tuple[Findings | None, list[Problem]]:
    """The findings in the bytes of a file of that name, as `read_findings` gives them."""
    with tempfile.TemporaryDirectory(prefix="ket-qua-") as folder:
        path = Path(folder) / safe_name(name, "ket-qua")
        path.write_bytes(content)
        return read_findings(path, plan)


def read_findings(path: Path, plan: Plan) -> tuple[Findings | None, list[Problem]]:
    """The findings in that file, complete or not, and every fault with its place; None if one is an error.

    A file in which nobody has written anything yet is refused, so that nothing is stored as if somebody had.
    """
    suffix = path.suffix.casefold()
    if suffix in (".yaml", ".yml"):
        findings, problems = read_findings_yaml(path, plan)
    elif suffix == ".xlsx":
        findings, problems = _read_workbook(path, plan)
    else:
        unknown = f"không đọc được loại tệp “{path.suffix}”", "gửi tệp .xlsx hoặc .yaml"
        return None, [Problem(path.name, *(other_ending(suffix) or unknown))]
    if findings is not None and replace(findings, attended_on=None) == Findings((), (), (), ()):
        return None, [*problems, Problem(path.name, "chưa ghi kết quả nào", "ghi kết quả rồi nhập lại")]
    return findings, problems


def _read_workbook(path: Path, plan: Plan) -> tuple[Findings | None, list[Problem]]:
    tables, problems = read_tables(path)
    if not tables:
        return None, problems
    of_meetings = [table for table in tables if meetings_sheet.is_of_meetings(table)]
    tables = [table for table in tables if table not in of_meetings]
    meetings, unclear = meetings_sheet.read(of_meetings, path.name)
    items, faults = checklist_sheet.read([table for table in tables if not _is_remarks(table)], path.name, plan)
    remarks, more = _remarks([table for table in tables if _is_remarks(table)], path.name, _Known(plan, items))
    problems += [*unclear, *faults, *more]
    if any(not problem.warning for problem in problems):
        return None, problems
    texts = {kind: tuple(remark.text for remark in remarks if remark.kind == kind) for kind in KINDS}
    recommendations = tuple(
        Recommendation(remark.limitation, remark.text, remark.owner, remark.due, remark.urgent, remark.followed_by)
        for remark in remarks
        if remark.kind == RECOMMENDATION and remark.limitation and remark.due
    )
    limitations = [remark for remark in remarks if remark.kind == LIMITATION]
    return Findings(
        linked(items, [remark.items for remark in limitations], [remark.meeting for remark in limitations]),
        texts[STRENGTH],
        texts[LIMITATION],
        recommendations,
        texts[DIFFICULTY],
        causes=texts[CAUSE],
        meetings=meetings,
        strengths_at=_meetings_of(remark for remark in remarks if remark.kind == STRENGTH),
        limitations_at=_meetings_of(limitations),
    ), problems


def _meetings_of(remarks: Iterable[_Remark]) -> tuple[int, ...]:
    numbers = tuple(remark.meeting for remark in remarks)
    return numbers if any(numbers) else ()


def _is_remarks(table: Table) -> bool:
    header, _ = find_header([table], REMARKS, table.name)
    return header is not None and "kind" in header.fields


def _remarks(tables: list[Table], name: str, known: _Known) -> tuple[list[_Remark], list[Problem]]:
    header, problems = find_header(tables, REMARKS, name)
    if header is None:
        return [], problems
    found, unread = records(header)
    problems += [*unread, *missing_columns(header, REMARKS, *_OLD_COLUMNS)]
    remarks: list[_Remark] = []
    for record in found:
        if [field for field, cell in record.cells.items() if not cell.empty] == ["kind"]:
            continue  # a line of the form that nobody filled in
        reader = RecordReader(record)
        one = _remark(reader, sum(earlier.kind == LIMITATION for earlier in remarks) + 1, known)
        remarks += [one] if one else []
        problems += reader.problems
    return remarks, problems


def _remark(reader: RecordReader, next_limitation: int, known: _Known) -> _Remark | None:
    kind = reader.choice("kind", _KINDS_SAID)
    reader.missing("kind", "chưa ghi loại nhận xét", f"chọn một trong: {', '.join(KINDS)}")
    reader.missing("text", "chưa ghi nội dung", "ghi nội dung")
    text, number, meeting = reader.text("text"), reader.whole_number("limitation"), reader.whole_number("meeting") or 0
    items = _sources(reader, known, meeting)
    if kind is None:
        return None
    if items and kind != LIMITATION:
        fault = f"mục giám sát chỉ ghi cho hạn chế, đây là {kind.lower()}"
        reader.note(reader.record.cells["items"], fault, "xóa ô này")
    if meeting and kind not in (STRENGTH, LIMITATION):
        fault = f"buổi số chỉ ghi cho ưu điểm và hạn chế, đây là {kind.lower()}"
        reader.note(reader.record.cells["meeting"], fault, "xóa ô này")
    if kind == RECOMMENDATION:
        reader.missing("limitation", "kiến nghị chưa ghi khắc phục hạn chế nào", "ghi số thứ tự của hạn chế")
        reader.missing("due", "kiến nghị chưa có thời hạn", "ghi như 05/3/2024")
        urgent = bool(reader.choice("urgent", _YES_OR_NO))
        return _Remark(kind, text, number, reader.text("owner"), _due(reader), reader.text("followed_by"), urgent)
    for field in _OF_RECOMMENDATIONS:
        cell = reader.cell(field)
        # People number their limitations in that column; it does no harm as long as they count as we do.
        if cell and not (field == "limitation" and kind == LIMITATION and number == next_limitation):
            fault = f"“{shown(cell)}” chỉ dùng cho kiến nghị, đây là {kind.lower()}"
            if field == "limitation" and kind == LIMITATION:
                fault = f"ghi số {cell.text} nhưng đây là hạn chế thứ {next_limitation}"
            reader.note(cell, fault, "sửa hoặc xóa ô này")
    return _Remark(kind, text, None, "", None, items=items, meeting=meeting)


def _sources(reader: RecordReader, known: _Known, meeting: int) -> tuple[str, ...]:
    """The ids of the items that a limitation comes of; what names none, or one without a result, is noted."""
    cell = reader.cell("items")
    if cell is None:
        return ()
    ids, strangers = items_named(reader.text("items"), known.plan.checklist)
    if strangers:
        fault = f"danh mục không có mục {', '.join(strangers)}"
        reader.note(cell, fault, "ghi như II.2.b; nhiều mục thì cách nhau dấu phẩy")
    given = {item.item for item in known.items if meeting in (0, item.meeting)}
    without = [item.code for item in known.plan.checklist if item.id in ids and item.id not in given]
    if without:
        reader.note(cell, f"mục {', '.join(without)} chưa có kết quả", "ghi kết quả ở trang “Danh mục”")
    return tuple(ids)


def _due(reader: RecordReader) -> date | None:
    cell = reader.cell("due")
    if cell is None:
        return None
    try:
        day = read_when(cell.value, unformatted=cell.unformatted).day
    except ValueError as error:
        reader.refuse(cell, error)
        return None
    if day is None:
        reader.note(cell, f"“{shown(cell)}” không phải ngày", "ghi như 05/3/2024")
    return day
