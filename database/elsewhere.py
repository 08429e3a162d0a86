"""Where the working group is expected on a day, in other visits than the one at hand (C2)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from database import stored
from database.models import AnswerRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.decision import Choice
from domain.nomination import Nominations
from domain.obligation import Kind
from domain.state import VisitState

#: Meetings of one visit can be moved into a neighbouring month; clashes are looked for so many months around.
_MONTHS_AROUND = 2
#: So many places are named; that there are others is said.
_NAMED = 5
_OTHERS = "và nơi khác"
_AT_ONCE = 20

_Listed, _Choice = aliased(AnswerRow), aliased(AnswerRow)


def other_places(session: Session, visit: VisitRow, day: date) -> tuple[str, ...]:
    """The organisations at which the group is expected that day, each with its visit; of many the first few.

    One query. The day is looked for in the text of the lists, and only those that have it are read: in a full month
    there are thousands of visits, and every list that comes asks this.
    """
    found: list[str] = []
    for place in _places(session, visit, day):
        if len(found) == _NAMED:
            return (*found, _OTHERS)
        found.append(place)
    return tuple(found)


def _places(session: Session, visit: VisitRow, day: date) -> Iterator[str]:
    query = _chosen_around(visit).where(_speaks_of(day)).execution_options(yield_per=_AT_ONCE)
    with closing(session.execute(query)) as rows:
        for row, listed, choice in rows:
            nominations = stored.value_of(listed, Nominations)
            for number in stored.value_of(choice, Choice).meetings:
                meeting = nominations.meeting(number)
                if meeting.day == day:
                    yield f"{meeting.organisation} ({row.key})"


def _chosen_around(visit: VisitRow) -> Select[VisitRow, AnswerRow, AnswerRow]:
    """Other visits of these months with their newest list and choice, in the order of months and units."""
    month, here = VisitRow.year * 12 + VisitRow.month, visit.year * 12 + visit.month
    query = select(VisitRow, _Listed, _Choice).select_from(VisitRow)
    query = query.join(_Listed, _newest(_Listed, AnswerKind.NOMINATIONS)).join(
        _Choice, _newest(_Choice, AnswerKind.CHOICE)
    )
    return query.where(
        VisitRow.kind == Kind.VISIT, VisitRow.id != visit.id,
        VisitRow.state.in_((VisitState.OPEN, VisitState.CLOSED)),
        # The years as well: an index has them.
        VisitRow.year.between(visit.year - 1, visit.year + 1),
        month.between(here - _MONTHS_AROUND, here + _MONTHS_AROUND),
    ).order_by(VisitRow.year, VisitRow.month, VisitRow.unit)  # fmt: skip


def _newest(answer: type[AnswerRow], kind: str) -> ColumnElement[bool]:
    other = aliased(AnswerRow)
    last = select(func.max(other.version)).where(other.visit_id == VisitRow.id, other.kind == kind)
    return and_(answer.visit_id == VisitRow.id, answer.kind == kind, answer.version == last.scalar_subquery())


def _speaks_of(day: date) -> ColumnElement[bool]:
    """Whether a list names a meeting of that day, in whatever zone it was written: near enough to be read."""
    near = (day + timedelta(days=difference) for difference in (-1, 0, 1))
    return or_(*(cast(_Listed.content, Text).contains(f'"starts_at": "{one}') for one in near))
