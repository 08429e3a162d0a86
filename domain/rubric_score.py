"""Scores one meeting by one score sheet: from what was counted and marked to points, a grade and the reasons (4.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from domain.problem import Refused
from domain.rubric import MEETING_KINDS, Band, Criterion, Grade, Rubric, implied_by
from domain.rubric_bands import plain
from domain.rubric_inputs import Inputs, check_inputs

_NONE = Decimal(0)


class LineState(StrEnum):
    """How a criterion came by its points."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    NOTED = "noted"


@dataclass(frozen=True)
class ScoreLine:
    """One criterion of the score."""

    criterion: str
    state: LineState
    points: Decimal
    out_of: Decimal  #: what it could have had; 0 where it was left out of the sum
    why: str
    full: bool  #: whether nothing was lost: what a gate asks for


@dataclass(frozen=True)
class Score:
    """A meeting's score. Nothing in it is rounded."""

    rubric: str
    version: int
    kind: str
    lines: tuple[ScoreLine, ...]
    groups: Mapping[str, Decimal]  #: points by group, bonuses included
    points: Decimal  #: the sum, bonuses included, never above the total
    out_of: Decimal  #: what could be had without bonuses
    value: Decimal  #: what the grade goes by: `points`, counted up to the total if the sheet says so
    grade: str  #: empty as long as something is missing
    gates: tuple[str, ...]  #: why a grade for which the points would do was not given
    missing: tuple[str, ...]

    def line(self, criterion: str) -> ScoreLine:
        """The line of that criterion."""
        return next(one for one in self.lines if one.criterion == criterion)


def score(rubric: Rubric, inputs: Inputs) -> Score:
    """The score of one meeting; what is missing is named and leaves it without a grade.

    `Refused` with every fault when something was entered that cannot be: a mark beyond its maximum, more present
    than there are members, a criterion that the sheet does not have.
    """
    problems = check_inputs(rubric, inputs)
    if problems:
        raise Refused(*problems)
    given = inputs.facts | implied_by(inputs.kind)
    lines = {one.id: _line(rubric, one, inputs, given) for one in rubric.criteria}
    bonus = sum((lines[one.id].points for one in rubric.criteria if one.bonus), _NONE)
    points = sum((line.points for line in lines.values()), _NONE) - bonus
    out_of = sum((lines[one.id].out_of for one in rubric.criteria if not one.bonus), _NONE)
    missing = tuple(name for name, line in lines.items() if line.state is LineState.MISSING)
    value = exact_value(rubric, lines)
    grade, gates = ("", ()) if missing or not out_of else grade_of(rubric, value, lines)
    groups = {group.id: sum((lines[one.id].points for one in group.criteria), _NONE) for group in rubric.groups}
    total = min(points + bonus, rubric.total)
    every = tuple(lines.values())
    return Score(
        rubric.id, rubric.version, inputs.kind, every, groups, total, out_of, as_decimal(value), grade, gates, missing
    )  # fmt: skip


def exact_value(rubric: Rubric, lines: Mapping[str, ScoreLine]) -> Fraction:
    """What the grade goes by, as a fraction: counting up or a mean may leave a value without an end in decimals."""
    bonus = sum((lines[one.id].points for one in rubric.criteria if one.bonus), _NONE)
    points = Fraction(sum((line.points for line in lines.values()), _NONE) - bonus)
    out_of = sum((lines[one.id].out_of for one in rubric.criteria if not one.bonus), _NONE)
    earned = points * Fraction(rubric.total) / Fraction(out_of) if rubric.rescale and out_of else points
    return min(earned + Fraction(bonus), Fraction(rubric.total))


def as_decimal(value: Fraction) -> Decimal:
    """The fraction as a decimal, exact wherever it has an end."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _line(rubric: Rubric, one: Criterion, inputs: Inputs, given: frozenset[str]) -> ScoreLine:
    if one.kind == "info":
        noted = inputs.notes.get(one.id, "")
        return ScoreLine(one.id, LineState.NOTED, _NONE, _NONE, noted, True)
    reason = _why_not(rubric, one, inputs, given)
    if reason:
        return _left_out(one, reason)
    points, why = _points(rubric, one, inputs)
    if points is not None and one.evidence_required and points > 0 and not inputs.notes.get(one.id):
        points, why = None, "chưa ghi minh chứng"
    if points is None and one.bonus:
        points, why = _NONE, "không có điểm thưởng"
    if points is None:
        return ScoreLine(one.id, LineState.MISSING, _NONE, one.max_points, why, False)
    for cap in one.caps:
        if cap.when in given and points > cap.points:
            label = next(fact.label for fact in rubric.facts if fact.id == cap.when)
            points, why = cap.points, f"{why}; {label.lower()}: nhiều nhất {plain(cap.points)} điểm"
    return ScoreLine(one.id, LineState.SCORED, points, one.max_points, why, points == one.max_points)


def _why_not(rubric: Rubric, one: Criterion, inputs: Inputs, given: frozenset[str]) -> str:
    """Why the criterion does not apply to this meeting; empty if it does. A share of nothing is none (4.5)."""
    if one.id in inputs.not_applicable:
        return inputs.not_applicable[one.id] or "không áp dụng"
    lacking = [name for name in one.applies_when if name not in given]
    if lacking:
        return f"không áp dụng: không có {', '.join(MEETING_KINDS.get(name, name) for name in lacking)}"
    if against := [name for name in one.applies_unless if name in given]:
        return f"không áp dụng: {', '.join(rubric.named(name) for name in against)}"
    if one.kind == "ratio" and inputs.measures.get(one.of) == 0:
        return f"không áp dụng: “{rubric.named(one.of)}” bằng 0"
    return ""


def _left_out(one: Criterion, reason: str) -> ScoreLine:
    treated = one.not_applicable.treat_as
    points = one.max_points if treated == "full" and not one.bonus else _NONE
    out_of = _NONE if treated == "exclude" else one.max_points
    return ScoreLine(one.id, LineState.NOT_APPLICABLE, points, out_of, reason, treated != "zero")


def _points(rubric: Rubric, one: Criterion, inputs: Inputs) -> tuple[Decimal | None, str]:
    """The points of a criterion that applies, with the reason; None where something was not entered."""
    if one.kind in ("boolean", "points"):
        mark = inputs.marks.get(one.id)
        if mark is None:
            return None, "chưa chấm"
        if isinstance(mark, bool):
            return (one.max_points, "đạt") if mark else (_NONE, "không đạt")
        return mark, f"người chấm cho {plain(mark)}"
    needed = [name for name in (one.measure, one.part, one.of, one.case_by) if name]
    absent = [name for name in needed if name not in inputs.measures]
    if absent:
        return None, f"chưa có số liệu: {', '.join(rubric.named(name) for name in absent)}"
    if one.kind == "ratio":
        part, whole = inputs.measures[one.part], inputs.measures[one.of]
        value = part * 100 / whole
        said = f"{plain(part)}/{plain(whole)} = {_percent(value)}%"
    else:
        value = inputs.measures[one.measure]
        said = plain(value)
    band = _band(one, inputs, value)
    return (
        (band.points, said + (f" ({band.label})" if band.label else "")) if band else (None, f"{said}: ngoài các mức")
    )


def _percent(value: Decimal) -> str:
    """A share for people: one decimal, cut and never rounded, so that 89,99 does not read as 90."""
    return plain(Decimal(int(value * 10)) / 10)


def _band(one: Criterion, inputs: Inputs, value: Decimal) -> Band | None:
    bands = one.bands
    if one.cases:
        size = inputs.measures[one.case_by]
        bands = next((case.bands for case in one.cases if case.holds(size)), ())
    return next((band for band in bands if band.holds(value)), None)


def grade_of(rubric: Rubric, value: Fraction, lines: Mapping[str, ScoreLine]) -> tuple[str, tuple[str, ...]]:
    """The first grade from the top whose points and gates are met, and what kept a higher one away (Q8)."""
    gates: list[str] = []
    for grade in rubric.grades:
        if value < Fraction(grade.min):
            continue
        shut = _shut(rubric, grade, lines)
        if not shut:
            return grade.label, tuple(gates)
        names = ", ".join(rubric.named(name) for name in shut)
        gates.append(f"đủ điểm “{grade.label}” nhưng chưa đạt tối đa: {names}")
    return "", tuple(gates)


def _shut(rubric: Rubric, grade: Grade, lines: Mapping[str, ScoreLine]) -> list[str]:
    """The criteria and groups that the grade wants full and that are not."""
    members = {group.id: [one.id for one in group.criteria if not one.bonus] for group in rubric.groups}
    return [name for name in grade.requires_full if not all(lines[one].full for one in members.get(name, [name]))]
