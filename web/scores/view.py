"""The scores of a visit's meetings as its page shows them: the unit's own, the group's, how far they differ (4.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from database.scores import scores_in
from domain.meeting_score import Given, MeetingScore
from domain.nomination import Meeting
from domain.plan import Contacts
from domain.rubric import Rubric
from domain.rubric_bands import shown
from domain.rubric_compare import Difference
from domain.rubric_score import LineState, Score
from domain.score_sheet import Whose
from overview.happened import Happened


@dataclass(frozen=True)
class SheetLine:
    """One sheet among those of a meeting."""

    side: str
    by: str
    at: datetime
    points: str
    grade: str
    remark: str  #: what keeps it from counting


@dataclass(frozen=True)
class PointsLine:
    """One row of the table: a group of criteria, a criterion, or the total."""

    label: str
    own: str
    group: str
    by: str
    kind: str  #: `group`, `criterion`, `total`


@dataclass(frozen=True)
class ScoreView:
    """One scored meeting."""

    meeting: Meeting
    said: str  #: both scores in one line, or what is missing
    sheets: tuple[SheetLine, ...]
    rubric: Rubric
    rows: tuple[PointsLine, ...]


def scores_of(happened: Happened, meetings: Sequence[Meeting], contacts: Contacts) -> tuple[ScoreView, ...]:
    """Every meeting that somebody has scored; nothing is asked of the database."""
    return tuple(_view(one) for one in scores_in(happened.answers, meetings, contacts) if one.begun)


def _view(one: MeetingScore) -> ScoreView:
    sheets = [*one.group, *([one.own] if one.own else [])]
    rubric = one.rubric or sheets[-1].sheet.rubric
    said = one.comparison.said if one.comparison else one.why
    return ScoreView(
        one.meeting, said[:1].upper() + said[1:], tuple(_sheet(one, each) for each in sheets), rubric,
        tuple(_rows(rubric, *_sides(one))),
    )  # fmt: skip


def _sides(one: MeetingScore) -> tuple[Score | None, Score | None]:
    """The scores that can stand in one table: both if they are compared, else the group's, else the unit's own."""
    own = one.own.sheet.score if one.own and (one.comparison or one.total is None) else None
    return own, one.total


def _sheet(one: MeetingScore, each: Given) -> SheetLine:
    sheet, missing = each.sheet, len(each.sheet.score.missing)
    remarks = [f"còn thiếu {missing} tiêu chí"] if missing else []
    remarks += [] if sheet.whose is Whose.OWN or each in one.counted else ["không tính vào điểm chung"]
    grade = sheet.score.grade
    return SheetLine(sheet.whose.vietnamese, each.by, each.at, shown(sheet.score.value), grade, "; ".join(remarks))


def _rows(rubric: Rubric, own: Score | None, group: Score | None) -> Iterator[PointsLine]:
    for part in rubric.groups:
        points = (own.groups[part.id] if own else None, group.groups[part.id] if group else None)
        yield _row(Difference(part.id, part.label, *points), "group")
        for criterion in part.criteria:
            if criterion.kind != "info":
                yield _row(
                    Difference(criterion.id, criterion.label, _points(own, criterion.id), _points(group, criterion.id)),
                    "criterion",
                )
    total = Difference("total", "Tổng điểm", own.value if own else None, group.value if group else None)
    yield _row(total, "total")


def _row(one: Difference, kind: str) -> PointsLine:
    by = "—" if one.by is None else f"{'+' if one.by > 0 else ''}{shown(one.by)}"
    return PointsLine(one.label, _said(one.own), _said(one.group), by, kind)


def _points(score: Score | None, criterion: str) -> Decimal | None:
    if score is None or score.line(criterion).state is LineState.MISSING:
        return None
    return score.line(criterion).points


def _said(value: Decimal | None) -> str:
    return "—" if value is None else shown(value)
