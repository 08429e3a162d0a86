"""Puts a unit's own score beside that of the working group, line by line: where they differ, and by how much (4.5)."""

from dataclasses import dataclass
from decimal import Decimal

from domain.problem import Problem, Refused
from domain.rubric import Rubric
from domain.rubric_bands import shown
from domain.rubric_score import LineState, Score


@dataclass(frozen=True)
class Difference:
    """One criterion or group, as the unit and as the group see it. None: not scored by that side."""

    id: str
    label: str
    own: Decimal | None
    group: Decimal | None

    @property
    def by(self) -> Decimal | None:
        """How much higher the unit scores itself; None where one side has no points."""
        return None if self.own is None or self.group is None else self.own - self.group


@dataclass(frozen=True)
class Comparison:
    """Both scores of one meeting."""

    lines: tuple[Difference, ...]  #: every criterion, in the order of the sheet
    groups: tuple[Difference, ...]
    value: Difference
    own_grade: str
    group_grade: str

    @property
    def differing(self) -> tuple[Difference, ...]:
        """The criteria on which the two disagree, the widest first; those that only one side scored come first."""
        apart = [line for line in self.lines if line.own != line.group]
        return tuple(sorted(apart, key=lambda one: -abs(one.by) if one.by is not None else Decimal("-Infinity")))

    @property
    def same_grade(self) -> bool:
        """Whether both come to the same grade."""
        return bool(self.own_grade) and self.own_grade == self.group_grade

    @property
    def said(self) -> str:
        """The whole in one line."""
        apart = len(self.differing)
        lines = f"lệch {apart} tiêu chí" if apart else "không lệch tiêu chí nào"
        own, group = _grade(self.own_grade), _grade(self.group_grade)
        ours, theirs = _points(self.value.own), _points(self.value.group)
        return f"đơn vị tự chấm {ours} ({own}), Tổ công tác chấm {theirs} ({group}); {lines}"


def compare(rubric: Rubric, own: Score, group: Score) -> Comparison:
    """The unit's score `own` beside the working group's; both must be by this sheet, in this version, for one kind."""
    for name, one in (("đơn vị tự chấm", own), ("Tổ công tác chấm", group)):
        if (one.rubric, one.version) != (rubric.id, rubric.version):
            fault = f"theo phiếu {one.rubric} bản {one.version}, không phải {rubric.id} bản {rubric.version}"
            raise Refused(Problem(name, fault, "chấm lại theo cùng một phiếu"))
    if own.kind != group.kind:
        raise Refused(Problem("loại sinh hoạt", "hai phiếu chấm hai loại sinh hoạt khác nhau", "sửa một phiếu"))
    lines = tuple(
        Difference(criterion.id, criterion.label, _of(own, criterion.id), _of(group, criterion.id))
        for criterion in rubric.criteria
    )
    groups = tuple(Difference(one.id, one.label, own.groups[one.id], group.groups[one.id]) for one in rubric.groups)
    value = Difference("total", "Tổng điểm", own.value, group.value)
    return Comparison(lines, groups, value, own.grade, group.grade)


def _of(one: Score, criterion: str) -> Decimal | None:
    line = one.line(criterion)
    scored = line.state in (LineState.SCORED, LineState.NOT_APPLICABLE)
    return line.points if scored else None


def _points(value: Decimal | None) -> str:
    return shown(value) if value is not None else "—"


def _grade(label: str) -> str:
    return label or "chưa xếp loại"
