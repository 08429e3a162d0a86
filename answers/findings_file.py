"""Reads the working group's findings from YAML or Excel, and says what was not understood (R14–R38, 4.5)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from answers.cells import Record, Table
from answers.meeting_moment import read_when
from answers.record_reader import RecordReader
from answers.table_file import read_tables
from answers.table_header import Columns, find_header
from answers.table_records import records
from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry, read_yaml
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.plan import Plan
from domain.problem import Problem
from domain.text import match_key

RESULTS = {one.vietnamese: one for one in ItemResult} | {one.value: one for one in ItemResult}

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


def read_findings(path: Path, plan: Plan) -> tuple[Findings | None, list[Problem]]:
    """The findings in that file, complete or not, and every fault with its place; None if one is an error."""
    if path.suffix.casefold() in (".yaml", ".yml"):
        return _from_yaml(path, plan)
    tables, problems = read_tables(path)
    if not tables:
        return None, problems
    items, faults = _items([one for one in tables if not _is_remarks(one)], path.name, plan)
    remarks, more = _remarks([one for one in tables if _is_remarks(one)], path.name)
    problems += [*faults, *more]
    if any(not problem.warning for problem in problems):
        return None, problems
    texts = {kind: tuple(one.text("text") for one in remarks if one.text("kind") == kind) for kind in KINDS}
    recommendations = tuple(_recommendation(one) for one in remarks if one.text("kind") == RECOMMENDATION)
    return Findings(items, texts[STRENGTH], texts[LIMITATION], recommendations, texts[DIFFICULTY]), problems


def _is_remarks(table: Table) -> bool:
    header, _ = find_header([table], REMARKS, table.name)
    return header is not None and "kind" in header.fields


def _items(tables: list[Table], name: str, plan: Plan) -> tuple[tuple[ItemFinding, ...], list[Problem]]:
    header, problems = find_header(tables, CHECKLIST, name)
    if header is None:
        return (), problems
    found, unread = records(header)
    known = {match_key(item.id): item.id for item in plan.checklist}
    known |= {match_key(item.code): item.id for item in plan.checklist}
    items = []
    for record in found:
        reader = RecordReader(record)
        item, result = known.get(match_key(reader.text("item"))), reader.choice("result", RESULTS)
        if item is None and reader.text("item"):
            reader.note(record.cells["item"], f"danh mục không có mã “{reader.text('item')}”", "xóa dòng này")
        if item and result:
            items.append(ItemFinding(item, result, reader.text("remark")))
        problems += reader.problems
    return tuple(items), [*problems, *unread]


def _remarks(tables: list[Table], name: str) -> tuple[list[RecordReader], list[Problem]]:
    header, problems = find_header(tables, REMARKS, name)
    if header is None:
        return [], problems
    found, unread = records(header)
    readers = []
    for record in found:
        reader = RecordReader(record)
        kind = reader.choice("kind", KINDS)
        reader.missing("kind", "chưa ghi loại nhận xét", f"chọn một trong: {', '.join(KINDS)}")
        reader.missing("text", "chưa ghi nội dung", "ghi nội dung")
        if kind == RECOMMENDATION:
            _check_recommendation(reader, record)
        if kind:
            readers.append(reader)
        problems += reader.problems
    return readers, [*problems, *unread]


def _check_recommendation(reader: RecordReader, record: Record) -> None:
    reader.missing("limitation", "kiến nghị chưa ghi khắc phục hạn chế nào", "ghi số thứ tự của hạn chế")
    reader.missing("due", "kiến nghị chưa có thời hạn", "ghi như 05/3/2024")
    reader.whole_number("limitation")
    cell = reader.cell("due")
    if cell:
        try:
            read_when(cell.value)
        except ValueError as error:
            reader.refuse(record.cells["due"], error)


def _recommendation(reader: RecordReader) -> Recommendation:
    """A recommendation that `_check_recommendation` found in order."""
    cell = reader.cell("due")
    due = read_when(cell.value).day if cell else None
    return Recommendation(
        reader.whole_number("limitation") or 0, reader.text("text"), reader.text("owner"), due or date.min
    )


def _from_yaml(path: Path, plan: Plan) -> tuple[Findings | None, list[Problem]]:
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, faults.in_order()
    for one in entry.items():
        if one.name not in _FIELDS:
            faults.add(one.line, f"không có mục “{one.name}”", did_you_mean(one.name, _FIELDS, "xóa mục này"))
    findings = Findings(
        items=tuple(_yaml_items(entry, plan, faults)),
        strengths=_texts(entry, "strengths", faults),
        limitations=_texts(entry, "limitations", faults),
        recommendations=tuple(_yaml_recommendations(entry, faults)),
        difficulties=_texts(entry, "difficulties", faults),
        attended_on=_day(entry.get("attended_on"), faults),
    )
    return (None if faults.stop else findings), faults.in_order()


_FIELDS = ("items", "strengths", "limitations", "recommendations", "difficulties", "attended_on")


def _yaml_items(entry: Entry, plan: Plan, faults: Faults) -> Sequence[ItemFinding]:
    known = {item.id for item in plan.checklist}
    found = []
    for one in entry.items("items"):
        given = one.get("result") if isinstance(one.value, dict) else one
        remark = one.get("remark")
        results = {match_key(name): result for name, result in RESULTS.items()}
        result = results.get(match_key(str(given.value))) if given else None
        if one.name not in known:
            faults.add(one.line, f"danh mục không có mã “{one.name}”", did_you_mean(one.name, known, "xóa dòng này"))
        elif result is None:
            faults.add(one.line, f"“{one.name}”: kết quả không rõ", f"ghi một trong: {', '.join(ItemResult)}")
        else:
            found.append(ItemFinding(one.name, result, str(remark.value) if remark and remark.value else ""))
    return found


def _yaml_recommendations(entry: Entry, faults: Faults) -> Sequence[Recommendation]:
    found = []
    for one in entry.items("recommendations"):
        number, text, owner, due = (one.get(name) for name in ("limitation", "text", "owner", "due"))
        day = _day(due, faults)
        if not (number and isinstance(number.value, int) and text and owner and day):
            faults.add(one.line, "kiến nghị thiếu mục", "ghi đủ: limitation (số), text, owner, due")
            continue
        found.append(Recommendation(number.value, str(text.value), str(owner.value), day))
    return found


def _texts(entry: Entry, name: str, faults: Faults) -> tuple[str, ...]:
    texts = []
    for one in entry.items(name):
        if isinstance(one.value, str) and one.value:
            texts.append(one.value)
        else:
            faults.add(one.line, f"“{name}” phải là các dòng chữ", "ghi “- nội dung”")
    return tuple(texts)


def _day(entry: Entry | None, faults: Faults) -> date | None:
    if entry is not None and entry.day is None:
        faults.add(entry.line, f"“{entry.name}” không phải ngày", "ghi như 2024-03-05")
    return entry.day if entry else None
