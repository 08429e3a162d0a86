"""Reads the working group's findings from a YAML file; what it does not know it names with its line (R14–R38, 4.5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry, read_yaml
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.item_links import items_named, linked
from domain.plan import Plan
from domain.problem import Problem
from domain.text import match_key
from sheets.findings.meetings_yaml import numbered, read_meetings
from sheets.tables.table_file import refuse_yaml

#: A result as the form prints it, or by its English name.
RESULTS = {result.vietnamese: result for result in ItemResult} | {result.value: result for result in ItemResult}

_LISTS = ("strengths", "limitations", "causes", "recommendations", "difficulties", "meetings")
_FIELDS = ("items", *_LISTS, "attended_on")
_RECOMMENDATION = ("limitation", "text", "owner", "due")
_MORE = ("followed_by", "urgent")


def read_findings_yaml(path: Path, plan: Plan) -> tuple[Findings | None, list[Problem]]:
    """The findings in that file, complete or not, and every fault; None if one is more than a warning."""
    refusal = refuse_yaml(path)
    if refusal:
        return None, [refusal]
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, faults.in_order()
    _check_shape(entry, faults)
    items = _items(entry, plan, faults)
    for one, number in numbered(entry):
        items += _items(one, plan, faults, number)
    strengths = _said(entry, "strengths", faults)
    limitations = _said(entry, "limitations", faults)
    at = [one.meeting for one in limitations]
    findings = Findings(
        items=linked(items, [_sources(one, items, plan, faults) for one in limitations], at),
        strengths=tuple(one.text for one in strengths),
        limitations=tuple(one.text for one in limitations),
        recommendations=_recommendations(entry, faults),
        difficulties=_texts(entry, "difficulties", faults),
        attended_on=_day(entry.get("attended_on"), faults),
        causes=_texts(entry, "causes", faults),
        meetings=read_meetings(entry, faults),
        strengths_at=tuple(one.meeting for one in strengths) if any(one.meeting for one in strengths) else (),
        limitations_at=tuple(at) if any(at) else (),
    )
    return (None if faults.stop else findings), faults.in_order()


def _check_shape(entry: Entry, faults: Faults) -> None:
    """Whether lists are lists and tables tables: what is not would otherwise be passed over."""
    if not isinstance(entry.value, dict):
        faults.add(entry.line, "tệp không phải kết quả giám sát", f"ghi các mục: {', '.join(_FIELDS)}")
        return
    _only(entry, _FIELDS, faults)
    for items in (entry.get("items"), *(one.get("items") for one, _number in numbered(entry))):
        if items and items.value is not None and not isinstance(items.value, dict):
            faults.add(items.line, "“items” phải là các dòng “mã: kết quả”", "ghi như “R16: met”")
    for name in _LISTS:
        listed = entry.get(name)
        if listed and listed.value is not None and not isinstance(listed.value, list):
            faults.add(listed.line, f"“{name}” phải là danh sách", "mỗi dòng bắt đầu bằng “-”")


def _only(entry: Entry, known: Collection[str], faults: Faults) -> None:
    for item in entry.items():
        if item.name not in known:
            faults.add(item.line, f"không có mục “{item.name}”", did_you_mean(item.name, known, "xóa mục này"))


def _items(entry: Entry, plan: Plan, faults: Faults, meeting: int = 0) -> tuple[ItemFinding, ...]:
    known = {item.id for item in plan.checklist}
    results = {match_key(name): result for name, result in RESULTS.items()}
    listed = entry.get("items")
    found = []
    for one in listed.items() if listed and isinstance(listed.value, dict) else ():
        given, remark, reason = one, "", ""
        if isinstance(one.value, dict):
            _only(one, ("result", "remark", "no_limitation"), faults)
            given, remark = one.get("result") or one, _text(one.get("remark"), faults)
            reason = _text(one.get("no_limitation"), faults)
        result = results.get(match_key(given.value)) if isinstance(given.value, str) else None
        if one.name not in known:
            faults.add(one.line, f"danh mục không có mã “{one.name}”", did_you_mean(one.name, known, "xóa dòng này"))
        elif result is None:
            faults.add(given.line, f"“{one.name}”: kết quả không rõ", f"ghi một trong: {', '.join(ItemResult)}")
        else:
            found.append(ItemFinding(one.name, result, remark, no_limitation=reason, meeting=meeting))
    return tuple(found)


@dataclass(frozen=True)
class _Said:
    """A strength or limitation: a text, or `{text: …, meeting: 2, items: [R17]}`, items for limitations only."""

    text: str
    meeting: int = 0  #: the number of the meeting that it is of; 0 for all
    items: Entry | None = None


def _said(entry: Entry, name: str, faults: Faults) -> list[_Said]:
    listed = entry.get(name)
    if listed is None or not isinstance(listed.value, list):
        return []  # that it is no list is said already
    found = []
    for one in entry.items(name):
        said, meeting, items = one, None, None
        if isinstance(one.value, dict) and one.get("text"):
            _only(one, ("text", "meeting", *(("items",) if name == "limitations" else ())), faults)
            said, meeting, items = one.get("text") or one, one.get("meeting"), one.get("items")
        number = meeting.value if meeting else 0
        if type(number) is not int:
            faults.add(one.line, f"“{number}”: không rõ buổi số mấy", "ghi như “meeting: 1”")
        elif text := _text(said, faults, name):
            found.append(_Said(text, number, items))
    return found


def _sources(said: _Said, items: Sequence[ItemFinding], plan: Plan, faults: Faults) -> list[str]:
    """The ids of the items that a limitation comes of."""
    named = said.items
    if named is None or named.value is None:
        return []
    given = [one.value for one in named.items()] if isinstance(named.value, list) else [named.value]
    ids, strangers = items_named(" ".join(map(str, given)), plan.checklist)
    if strangers:
        faults.add(named.line, f"danh mục không có mục {', '.join(strangers)}", "ghi như [R17] hoặc [II.1.b]")
    known = {item.item for item in items if said.meeting in (0, item.meeting)}
    if without := [one for one in ids if one not in known]:
        faults.add(named.line, f"{', '.join(without)} chưa có kết quả", "ghi kết quả ở “items”")
    return ids


def _recommendations(entry: Entry, faults: Faults) -> tuple[Recommendation, ...]:
    found = []
    for item in entry.items("recommendations"):
        if not isinstance(item.value, dict):
            faults.add(item.line, "kiến nghị phải là một nhóm mục", f"ghi đủ: {', '.join(_RECOMMENDATION)}")
            continue
        _only(item, (*_RECOMMENDATION, *_MORE), faults)
        number, day = item.get("limitation"), _day(item.get("due"), faults)
        text, owner = _text(item.get("text"), faults), _text(item.get("owner"), faults)
        if number is None or type(number.value) is not int or day is None:
            faults.add(item.line, "kiến nghị thiếu số hạn chế hoặc thời hạn", "ghi “limitation: 1”, “due: 2024-03-05”")
            continue
        urgent, followed_by = item.get("urgent"), _text(item.get("followed_by"), faults)
        if urgent is not None and not isinstance(urgent.value, bool):
            faults.add(urgent.line, f"“{urgent.value}”: không rõ", "ghi “urgent: true” hoặc bỏ mục này")
        found.append(Recommendation(number.value, text, owner, day, bool(urgent and urgent.value is True), followed_by))
    return tuple(found)


def _texts(entry: Entry, name: str, faults: Faults) -> tuple[str, ...]:
    listed = entry.get(name)
    if listed is None or not isinstance(listed.value, list):
        return ()  # that it is no list is said already
    return tuple(text for one in listed.value if (text := _text(one, faults, name)))


def _text(entry: Entry | None, faults: Faults, name: str = "") -> str:
    if entry is None or entry.value is None:
        return ""
    if isinstance(entry.value, list | dict | bool):
        faults.add(entry.line, f"“{name or entry.name}” phải là chữ", "đặt câu có dấu hai chấm trong ngoặc kép")
        return ""
    return str(entry.value)


def _day(entry: Entry | None, faults: Faults) -> date | None:
    if entry is not None and entry.value is not None and entry.day is None:
        faults.add(entry.line, f"“{entry.name}” không phải ngày", "ghi như 2024-03-05")
    return entry.day if entry else None
