"""What is put into a score sheet for one meeting, and what of it cannot be (4.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.problem import Problem
from domain.rubric import HALF, MEETING_KINDS, Criterion, Rubric
from domain.rubric_bands import plain


@dataclass(frozen=True)
class Inputs:
    """What somebody saw at a meeting. Ratios are not among it: they are computed, so that they can be checked."""

    kind: str  #: `regular`, `thematic` or `combined`
    measures: Mapping[str, Decimal] = field(default_factory=dict)  #: members, minutes, speakers: by id
    marks: Mapping[str, Decimal | bool] = field(default_factory=dict)  #: of `boolean` and `points` criteria, by id
    facts: frozenset[str] = frozenset()
    not_applicable: Mapping[str, str] = field(default_factory=dict)  #: criterion -> why a person left it out
    notes: Mapping[str, str] = field(default_factory=dict)  #: criterion -> evidence


def check_inputs(rubric: Rubric, inputs: Inputs) -> list[Problem]:
    """What was entered that cannot be; what is merely missing is no fault yet."""
    found: list[Problem] = []
    if inputs.kind not in rubric.meeting_kinds:
        kinds = ", ".join(MEETING_KINDS.get(kind, kind) for kind in rubric.meeting_kinds)
        found.append(Problem("kind", f"phiếu này không dùng cho “{inputs.kind}”", f"phiếu dùng cho: {kinds}"))
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    known = {"measures": {measure.id for measure in rubric.measures}, "facts": {fact.id for fact in rubric.facts}}
    for place, names in (
        ("measures", inputs.measures), ("facts", inputs.facts), ("marks", inputs.marks),
        ("not_applicable", inputs.not_applicable), ("notes", inputs.notes),
    ):  # fmt: skip
        allowed = known.get(place, criteria.keys())
        found += [Problem(name, "phiếu không có mục này", "sửa mã") for name in names if name not in allowed]
    for name, mark in inputs.marks.items():
        if name in criteria:
            found += _check_mark(criteria[name], mark)
    for name, count in inputs.measures.items():
        if not count.is_finite() or count < 0 or (rubric.whole(name) and count % 1):
            found.append(Problem(name, f"“{plain(count)}” không phải số đếm được", "ghi số từ 0"))
    for one in criteria.values():
        part, whole = inputs.measures.get(one.part), inputs.measures.get(one.of)
        if part is not None and whole is not None and part > whole:
            fault = f"{plain(part)} trên {plain(whole)} là hơn 100%"
            found.append(Problem(one.id, fault, f"kiểm tra “{rubric.named(one.part)}” và “{rubric.named(one.of)}”"))
    return found


def _check_mark(one: Criterion, mark: Decimal | bool) -> list[Problem]:
    if one.kind == "boolean":
        return [] if isinstance(mark, bool) else [Problem(one.id, "phải là đạt hoặc không đạt", "ghi true hoặc false")]
    if one.kind != "points":
        return [Problem(one.id, "tiêu chí này không chấm tay", "ghi số đếm trong measures")]
    if isinstance(mark, bool) or not mark.is_finite() or not 0 <= mark <= one.max_points or mark % HALF:
        said = mark if isinstance(mark, bool) else plain(mark)
        fault = f"{said} không phải điểm từ 0 đến {plain(one.max_points)}, lẻ nửa điểm"
        return [Problem(one.id, fault, "ghi như 4 hoặc 4.5")]
    return []
