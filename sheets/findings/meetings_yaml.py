"""Reads how each attended meeting went from the YAML of the findings (R15, R52)."""

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry
from domain.dates import parse_time
from domain.meeting_finding import MEETING_FACTS, MeetingFact, MeetingFinding, Resolution, made
from domain.text import match_key

#: `items` has the checklist of that meeting, where several were attended; `findings_yaml` reads it.
_NAMES = ("meeting", *(fact.name for fact in MEETING_FACTS), "items")
_RESOLUTIONS = {match_key(name): one for one in Resolution for name in (one.value, one.vietnamese)}


def numbered(entry: Entry) -> list[tuple[Entry, int]]:
    """The records of `meetings` that say which meeting they are of, each with its number."""
    records = [(item, item.get("meeting")) for item in entry.items("meetings") if isinstance(item.value, dict)]
    return [(item, number.value) for item, number in records if number is not None and type(number.value) is int]


def read_meetings(entry: Entry, faults: Faults) -> tuple[MeetingFinding, ...]:
    """The records of `meetings`: `- {meeting: 1, chaired_by: …, members: 35, present: 31, ended: "16:10"}`."""
    told: dict[int, MeetingFinding] = {}
    for item in entry.items("meetings"):
        number = item.get("meeting") if isinstance(item.value, dict) else None
        if number is None or type(number.value) is not int:
            faults.add(item.line, "buổi sinh hoạt thiếu số", f"ghi “meeting: 1” và các mục: {', '.join(_NAMES)}")
            continue
        for child in item.items():
            if child.name not in _NAMES:
                faults.add(child.line, f"không có mục “{child.name}”", did_you_mean(child.name, _NAMES, "xóa mục này"))
        if number.value in told:
            faults.add(item.line, f"buổi số {number.value} ghi hai lần", "giữ một")
        one = made(number.value, {fact.name: _fact(item.get(fact.name), fact, faults) for fact in MEETING_FACTS})
        if one:
            told.setdefault(number.value, one)
    return tuple(told.values())


def _fact(entry: Entry | None, fact: MeetingFact, faults: Faults) -> object:
    if entry is None or entry.value is None:
        return None
    if fact.kind == "count":
        if type(entry.value) is not int or entry.value < 0:
            faults.add(entry.line, f"“{fact.name}” không phải số lượng", "ghi số từ 0")
            return None
        return entry.value
    if isinstance(entry.value, list | dict | bool):
        faults.add(entry.line, f"“{fact.name}” phải là chữ", "đặt câu có dấu hai chấm trong ngoặc kép")
        return None
    if fact.kind == "resolution":
        return _resolution(entry, faults)
    return _time(entry, faults) if fact.kind == "time" else str(entry.value)


def _resolution(entry: Entry, faults: Faults) -> Resolution | None:
    found = _RESOLUTIONS.get(match_key(str(entry.value)))
    if found is None:
        faults.add(entry.line, f"“{entry.value}”: không rõ", f"ghi một trong: {', '.join(Resolution)}")
    return found


def _time(entry: Entry, faults: Faults) -> str:
    try:
        hour, minute = parse_time(str(entry.value))
    except ValueError as error:
        faults.add(entry.line, str(error).partition("; ")[0], "ghi trong ngoặc kép như “14:00”")
        return ""
    return f"{hour:02d}:{minute:02d}"
