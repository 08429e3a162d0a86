"""The YAML file of a score sheet: written empty with the words of its criteria, read back line by line (4.5)."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry, read_yaml
from domain.nomination import Meeting
from domain.problem import Problem
from domain.rubric import MEETING_KINDS, Criterion, Rubric
from domain.rubric_bands import number_of, plain
from domain.rubric_inputs import Inputs
from domain.score_sheet import check_sheet, named
from domain.text import match_key
from sheets.tables.table_file import refuse_yaml

T = TypeVar("T")

_PARTS = ("kind", "measures", "facts", "marks", "not_applicable", "notes")
_YES = {match_key(word) for word in ("có", "đạt", "x", "true", "yes")}
_NO = {match_key(word) for word in ("không", "không đạt", "false", "no")}


def score_form(rubric: Rubric, meeting: Meeting) -> str:
    """An empty sheet for that meeting: what stands behind `#` is for the reader, what is left blank is not scored."""
    return "\n".join(_form_lines(rubric, meeting)) + "\n"


def _form_lines(rubric: Rubric, meeting: Meeting) -> Iterator[str]:
    yield f"# {rubric.label}, bản {rubric.version}"
    yield f"# Buổi sinh hoạt của {meeting.organisation}. Dòng để trống là chưa chấm."
    yield f"kind: {meeting.kind.value} # {MEETING_KINDS[meeting.kind.value]}"
    yield "\nmeasures: # số đếm được tại buổi sinh hoạt; tỷ lệ do máy tính"
    yield from (f"  {measure.id}: # {measure.label}" for measure in rubric.measures)
    yield "\nfacts: # ghi “có” nếu đúng"
    yield from (f"  {fact.id}: # {fact.label}" for fact in rubric.facts)
    yield "\nmarks:"
    for group in rubric.groups:
        marked = [criterion for criterion in group.criteria if criterion.kind in ("boolean", "points")]
        yield f"  # {group.label} ({plain(group.max_points)} điểm)"
        yield from (f"  {one.id}: # {one.label}: {_how(one)}" for one in marked)
        yield from (
            f"  # {criterion.label}: {_computed(criterion)}" for criterion in group.criteria if criterion not in marked
        )
    yield "\nnot_applicable: # mã của tiêu chí không áp dụng cho buổi này: lý do"
    yield "\nnotes: # mã của tiêu chí: ghi chú, minh chứng"
    asked = (criterion for criterion in rubric.criteria if criterion.kind == "info" or criterion.evidence_required)
    yield from (f"  {one.id}: # {one.label}" for one in asked)


def _how(one: Criterion) -> str:
    return "đạt hoặc không đạt" if one.kind == "boolean" else f"từ 0 đến {plain(one.max_points)}, lẻ nửa điểm"


def _computed(one: Criterion) -> str:
    return (
        "ghi ở notes" if one.kind == "info" else f"tính từ {', '.join(filter(None, (one.measure, one.part, one.of)))}"
    )


def read_score(path: Path, rubric: Rubric, meeting: Meeting) -> tuple[Inputs | None, list[Problem]]:
    """What the file puts into the sheet, and every fault at its line; None if one is more than a warning."""
    refusal = refuse_yaml(path)
    if refusal:
        return None, [refusal]
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, faults.in_order()
    _check_shape(entry, faults)
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    kind = entry.get("kind")
    facts = _values(entry, "facts", faults, _truth)
    inputs = Inputs(
        kind=str(kind.value) if kind and kind.value else meeting.kind.value,
        measures=_values(entry, "measures", faults, _number),
        marks=_values(entry, "marks", faults, lambda one, to: _mark(criteria.get(one.name), one, to)),
        facts=frozenset(name for name, true in facts.items() if true),
        not_applicable=_values(entry, "not_applicable", faults, _text),
        notes=_values(entry, "notes", faults, _text),
    )
    if not faults.stop:
        _check(rubric, meeting, inputs, entry, faults)
    return (None if faults.stop else inputs), faults.in_order()


def _check_shape(entry: Entry, faults: Faults) -> None:
    if not isinstance(entry.value, dict):
        faults.add(entry.line, "tệp không phải phiếu chấm điểm", "lấy mẫu bằng visits score form")
        return
    for item in entry.items():
        if item.name not in _PARTS:
            faults.add(item.line, f"không có mục “{item.name}”", did_you_mean(item.name, _PARTS, "xóa mục này"))
        elif item.name != "kind" and item.value is not None and not isinstance(item.value, dict):
            faults.add(item.line, f"“{item.name}” phải là các dòng “mã: giá trị”", "lấy mẫu bằng visits score form")


def _check(rubric: Rubric, meeting: Meeting, inputs: Inputs, entry: Entry, faults: Faults) -> None:
    """What the rubric says of it, in words, each at the line of its entry."""
    lines = {item.name: item.line for part in _PARTS for item in entry.items(part)}
    kind = entry.get("kind")
    lines["kind"] = kind.line if kind else entry.line
    problems = check_sheet(rubric, meeting, inputs)
    for problem, said in zip(problems, named(rubric, problems), strict=True):
        faults.add(lines.get(problem.place, entry.line), f"{said.place}: {problem.fault}", problem.remedy)


def _values(entry: Entry, part: str, faults: Faults, read: Callable[[Entry, Faults], T | None]) -> Mapping[str, T]:
    """What stands in that part by its id, without what is blank."""
    listed = entry.get(part)
    given = listed.items() if listed and isinstance(listed.value, dict) else ()
    read_ones = ((one.name, read(one, faults)) for one in given if one.value not in (None, ""))
    return {name: value for name, value in read_ones if value is not None}


def _number(one: Entry, faults: Faults) -> Decimal | None:
    found = None if isinstance(one.value, bool | list | dict) else number_of(str(one.value))
    if found is None:
        faults.add(one.line, f"“{one.name}” không phải số", "ghi như 27 hoặc 4.5")
    return found


def _truth(one: Entry, faults: Faults) -> bool | None:
    if isinstance(one.value, bool):
        return one.value
    word = match_key(one.value) if isinstance(one.value, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    faults.add(one.line, f"“{one.name}” phải là đạt hoặc không đạt, có hoặc không", "ghi “đạt” hoặc “không đạt”")
    return None


def _mark(criterion: Criterion | None, one: Entry, faults: Faults) -> Decimal | bool | None:
    return _truth(one, faults) if criterion and criterion.kind == "boolean" else _number(one, faults)


def _text(one: Entry, faults: Faults) -> str | None:
    if isinstance(one.value, bool | list | dict):
        faults.add(one.line, f"“{one.name}” phải là chữ", "đặt câu có dấu hai chấm trong ngoặc kép")
        return None
    return str(one.value)
