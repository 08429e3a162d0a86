"""Reads the working group's findings from YAML or Excel, and says what was not understood (R14–R38, 4.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.findings import Findings, ItemFinding, Recommendation
from domain.plan import Plan
from domain.problem import Problem
from domain.text import match_key
from sheets.findings.findings_yaml import RESULTS, read_findings_yaml
from sheets.moments.meeting_moment import read_when
from sheets.tables.cells import Table
from sheets.tables.other_kinds import other_ending
from sheets.tables.record_reader import RecordReader, shown
from sheets.tables.table_file import read_tables
from sheets.tables.table_header import Columns, Header, find_header
from sheets.tables.table_records import records

#: The sheet `Danh mục` of our own form.
CHECKLIST = Columns(
    {
        "item": ("Mã", "Mã số"),
        "text": ("Nội dung", "Nội dung giám sát"),
        "result": ("Kết quả",),
        "remark": ("Ghi chú", "Nhận xét"),
    },
    least=2,
)

#: The sheet `Nhận xét`: one line for each strength, limitation, recommendation or difficulty.
REMARKS = Columns(
    {
        "kind": ("Loại",),
        "text": ("Nội dung nhận xét", "Nội dung"),
        "limitation": ("Khắc phục hạn chế số", "Hạn chế số"),
        "owner": ("Nơi thực hiện", "Trách nhiệm"),
        "due": ("Thời hạn", "Hạn"),
    },
    least=3,
)

STRENGTH, LIMITATION, RECOMMENDATION, DIFFICULTY = "Ưu điểm", "Hạn chế", "Kiến nghị", "Khó khăn, vướng mắc"
KINDS = {one: one for one in (STRENGTH, LIMITATION, RECOMMENDATION, DIFFICULTY)}
_KINDS_SAID = KINDS | {"Khó khăn": DIFFICULTY, "Vướng mắc": DIFFICULTY}
_OF_RECOMMENDATIONS = ("limitation", "owner", "due")


@dataclass(frozen=True)
class _Remark:
    """One line of the sheet `Nhận xét`; the last three fields are those of a recommendation."""

    kind: str
    text: str
    limitation: int | None
    owner: str
    due: date | None


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
    items, faults = _items([table for table in tables if not _is_remarks(table)], path.name, plan)
    remarks, more = _remarks([table for table in tables if _is_remarks(table)], path.name)
    problems += [*faults, *more]
    if any(not problem.warning for problem in problems):
        return None, problems
    texts = {kind: tuple(remark.text for remark in remarks if remark.kind == kind) for kind in KINDS}
    recommendations = tuple(
        Recommendation(remark.limitation, remark.text, remark.owner, remark.due)
        for remark in remarks
        if remark.kind == RECOMMENDATION and remark.limitation and remark.due
    )
    return Findings(items, texts[STRENGTH], texts[LIMITATION], recommendations, texts[DIFFICULTY]), problems


def _is_remarks(table: Table) -> bool:
    header, _ = find_header([table], REMARKS, table.name)
    return header is not None and "kind" in header.fields


def _items(tables: list[Table], name: str, plan: Plan) -> tuple[tuple[ItemFinding, ...], list[Problem]]:
    header, problems = find_header(tables, CHECKLIST, name)
    if header is None:
        return (), problems
    found, unread = records(header)
    problems += [*unread, *_missing_columns(header, CHECKLIST, "item", "result")]
    known = {match_key(item.id): item.id for item in plan.checklist}
    known |= {match_key(item.code): item.id for item in plan.checklist}
    items: dict[str, ItemFinding] = {}
    for record in found:
        reader = RecordReader(record)
        one = _item(reader, known)
        if one and one.item in items:
            reader.note(record.cells["item"], f"mã “{reader.text('item')}” đã có kết quả ở dòng trên", "giữ một")
        elif one:
            items[one.item] = one
        problems += reader.problems
    return tuple(items.values()), problems


def _item(reader: RecordReader, known: Mapping[str, str]) -> ItemFinding | None:
    """The finding of one line; None if nothing is written yet, or with what is wrong noted."""
    code, remark = reader.text("item"), reader.text("remark")
    item, result = known.get(match_key(code)), reader.choice("result", RESULTS)
    if code and item is None:
        reader.note(reader.record.cells["item"], f"danh mục không có mã “{code}”", "xóa dòng này")
    if result or remark:
        reader.missing("item", "có kết quả hoặc ghi chú nhưng không có mã", "ghi mã như R16")
        reader.missing("result", "có ghi chú nhưng chưa có kết quả", "chọn một trong năm kết quả")
    return ItemFinding(item, result, remark) if item and result else None


def _remarks(tables: list[Table], name: str) -> tuple[list[_Remark], list[Problem]]:
    header, problems = find_header(tables, REMARKS, name)
    if header is None:
        return [], problems
    found, unread = records(header)
    problems += [*unread, *_missing_columns(header, REMARKS, *REMARKS.names)]
    remarks: list[_Remark] = []
    for record in found:
        if [field for field, cell in record.cells.items() if not cell.empty] == ["kind"]:
            continue  # a line of the form that nobody filled in
        reader = RecordReader(record)
        one = _remark(reader, sum(earlier.kind == LIMITATION for earlier in remarks) + 1)
        remarks += [one] if one else []
        problems += reader.problems
    return remarks, problems


def _remark(reader: RecordReader, next_limitation: int) -> _Remark | None:
    kind = reader.choice("kind", _KINDS_SAID)
    reader.missing("kind", "chưa ghi loại nhận xét", f"chọn một trong: {', '.join(KINDS)}")
    reader.missing("text", "chưa ghi nội dung", "ghi nội dung")
    text, number = reader.text("text"), reader.whole_number("limitation")
    if kind is None:
        return None
    if kind == RECOMMENDATION:
        reader.missing("limitation", "kiến nghị chưa ghi khắc phục hạn chế nào", "ghi số thứ tự của hạn chế")
        reader.missing("due", "kiến nghị chưa có thời hạn", "ghi như 05/3/2024")
        return _Remark(kind, text, number, reader.text("owner"), _due(reader))
    for field in _OF_RECOMMENDATIONS:
        cell = reader.cell(field)
        # People number their limitations in that column; it does no harm as long as they count as we do.
        if cell and not (field == "limitation" and kind == LIMITATION and number == next_limitation):
            fault = f"“{shown(cell)}” chỉ dùng cho kiến nghị, đây là {kind.lower()}"
            if field == "limitation" and kind == LIMITATION:
                fault = f"ghi số {cell.text} nhưng đây là hạn chế thứ {next_limitation}"
            reader.note(cell, fault, "sửa hoặc xóa ô này")
    return _Remark(kind, text, None, "", None)


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


def _missing_columns(header: Header, columns: Columns, *needed: str) -> list[Problem]:
    return [
        Problem(header.table.name, f"thiếu cột “{columns.title(field)}”", "thêm cột này")
        for field in needed
        if field not in header.fields
    ]
