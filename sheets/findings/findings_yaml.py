"""Reads the working group's findings from a YAML file; what it does not know it names with its line (R14–R38, 4.5)."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry, read_yaml
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.item_links import items_named, linked
from domain.plan import Plan
from domain.problem import Problem
from domain.text import match_key
from sheets.findings.meetings_yaml import read_meetings
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
    limitations, sources = _limitations(entry, items, plan, faults)
    findings = Findings(
        items=linked(items, sources),
        strengths=_texts(entry, "strengths", faults),
        limitations=limitations,
        recommendations=_recommendations(entry, faults),
        difficulties=_texts(entry, "difficulties", faults),
        attended_on=_day(entry.get("attended_on"), faults),
        causes=_texts(entry, "causes", faults),
        meetings=read_meetings(entry, faults),
    )
    return (None if faults.stop else findings), faults.in_order()


def _check_shape(entry: Entry, faults: Faults) -> None:
    """Whether lists are lists and tables tables: what is not would otherwise be passed over."""
    if not isinstance(entry.value, dict):
        faults.add(entry.line, "tệp không phải kết quả giám sát", f"ghi các mục: {', '.join(_FIELDS)}")
        return
    _only(entry, _FIELDS, faults)
    items = entry.get("items")
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


def _items(entry: Entry, plan: Plan, faults: Faults) -> tuple[ItemFinding, ...]:
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
            found.append(ItemFinding(one.name, result, remark, no_limitation=reason))
    return tuple(found)


def _limitations(
    entry: Entry, items: Sequence[ItemFinding], plan: Plan, faults: Faults
) -> tuple[tuple[str, ...], list[list[str]]]:
    """The limitations, each a text or `{text: …, items: [R17, II.2.b]}`; and the ids of the items each comes of."""
    texts: list[str] = []
    sources: list[list[str]] = []
    for one in entry.items("limitations"):
        said, named = one, None
        if isinstance(one.value, dict):
            _only(one, ("text", "items"), faults)
            said, named = one.get("text") or one, one.get("items")
        if text := _text(said, faults, "limitations"):
            texts.append(text)
            sources.append(_sources(named, items, plan, faults))
    return tuple(texts), sources


def _sources(named: Entry | None, items: Sequence[ItemFinding], plan: Plan, faults: Faults) -> list[str]:
    if named is None or named.value is None:
        return []
    given = [one.value for one in named.items()] if isinstance(named.value, list) else [named.value]
    ids, strangers = items_named(" ".join(map(str, given)), plan.checklist)
    if strangers:
        faults.add(named.line, f"danh mục không có mục {', '.join(strangers)}", "ghi như [R17] hoặc [II.1.b]")
    known = {item.item for item in items}
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
