"""Finds the visits of one page of a year, most urgent first, and counts the others without reading them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from database.due_dates import DueDateRow
from database.models import VisitRow
from domain.obligation import Kind
from domain.state import VisitState
from web.standing.standing import Standing, standing_of


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see of the year."""

    state: str = ""  #: `late`, `waiting`, `undecided`, `planned`, `closed`, `cancelled`; all if empty
    whom: str = ""  #: a role: only what waits for it
    month: int = 0  #: 0 for all
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of a year."""

    rows: Sequence[tuple[VisitRow, Standing]]
    shown: int  #: how many visits are asked for
    total: int  #: how many the year has
    counts: Mapping[str, int]  #: of the whole year, by group and by `whom:role`


@dataclass(frozen=True)
class _Kind:
    """Visits that are counted together."""

    state: str
    whom: str
    month: int
    late: bool

    def fits(self, asked: Asked) -> bool:
        """Whether such visits are asked for."""
        return (
            asked.month in (0, self.month)
            and asked.whom in ("", self.whom)
            and (asked.state in ("", self.group) or (asked.state == "late" and self.late))
        )

    @property
    def group(self) -> str:
        """The group that people choose by."""
        return "waiting" if self.state == VisitState.OPEN else self.state


_DATE = and_(DueDateRow.visit_id == VisitRow.id, DueDateRow.is_open)
_OPEN = VisitRow.state == VisitState.OPEN


def find_page(
    session: Session, year: int, asked: Asked, today: date, per_page: int, hidden: Collection[int] = ()
) -> Found:
    """Three queries: how many visits there are of each kind, how many are late, and those of this page.

    Visits whose ids are `hidden` are in the year and its months, and nowhere else: no count, filter or order tells how
    they stand.
    """
    is_hidden = VisitRow.id.in_(hidden)
    tally = _tally(session, year, today, is_hidden)
    counts: Counter[str] = Counter()
    for kind, number in tally.items():
        counts[kind.group] += number
        counts["late"] += number if kind.late else 0
        counts[f"whom:{kind.whom}"] += number
    query = select(VisitRow, DueDateRow).outerjoin(DueDateRow, _DATE).where(*_wanted(year, asked, today, is_hidden))
    query = query.order_by(*_urgency(today, is_hidden)).offset((asked.page - 1) * per_page).limit(per_page)
    rows = [(row, standing_of(row, due, today)) for row, due in session.execute(query)]
    shown = sum(number for kind, number in tally.items() if kind.fits(asked))
    return Found(rows, shown, sum(tally.values()), counts)


def _tally(session: Session, year: int, today: date, is_hidden: ColumnElement[bool]) -> dict[_Kind, int]:
    """All of them by what they themselves say, then the late ones among the open: few visits have a date."""
    state = case((is_hidden, ""), else_=VisitRow.state)
    whom = case((and_(_OPEN, ~is_hidden), func.coalesce(VisitRow.waiting_for, "")), else_="")
    by = (state, whom, VisitRow.month)
    counted = select(*by, func.count()).where(*_visits(year)).group_by(*by)
    late = select(*by, func.count()).select_from(VisitRow).outerjoin(DueDateRow, _DATE)
    late = late.where(*_visits(year), _is_late(today), ~is_hidden).group_by(*by)
    lates = {_Kind(state, who, month, True): number for state, who, month, number in session.execute(late)}
    kinds = {_Kind(state, who, month, False): number for state, who, month, number in session.execute(counted)}
    for kind, number in lates.items():
        kinds[replace(kind, late=False)] -= number
    return {**kinds, **lates}


def _visits(year: int) -> list[ColumnElement[bool]]:
    """The visits of a year, and no other obligation."""
    return [VisitRow.kind == Kind.VISIT, VisitRow.year == year, VisitRow.state != VisitState.WITHDRAWN]


def _is_late(today: date) -> ColumnElement[bool]:
    """As `standing_of` says it."""
    return and_(_OPEN, or_(VisitRow.trouble.is_not(None), func.coalesce(DueDateRow.due < today, False)))


def _wanted(year: int, asked: Asked, today: date, is_hidden: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    wanted = _visits(year)
    if asked.state or asked.whom:
        wanted.append(~is_hidden)
    if asked.month:
        wanted.append(VisitRow.month == asked.month)
    if asked.whom:
        wanted += [_OPEN, VisitRow.waiting_for == asked.whom]
    if asked.state == "late":
        wanted.append(_is_late(today))
    elif asked.state:
        wanted.append(VisitRow.state == (VisitState.OPEN if asked.state == "waiting" else asked.state))
    return wanted


def _urgency(today: date, is_hidden: ColumnElement[bool]) -> tuple[ColumnElement[object], ...]:
    """As `standing_of` says it: failed, late, not dated, dated, waiting for a day, ahead, over; what is hidden last."""
    rank = case(
        (is_hidden, 8),
        (and_(_OPEN, VisitRow.trouble.is_not(None)), 0),
        (_is_late(today), 1),
        (and_(_OPEN, DueDateRow.id.is_(None), VisitRow.waiting_for.not_in(("date", "mail_server"))), 2),
        (VisitRow.state == VisitState.UNDECIDED, 2),
        (and_(_OPEN, DueDateRow.id.is_not(None)), 3),
        (_OPEN, 4),
        (VisitRow.state == VisitState.PLANNED, 5),
        (VisitRow.state == VisitState.CLOSED, 6),
        else_=7,
    )
    due, until = (case((is_hidden, None), else_=day) for day in (DueDateRow.due, VisitRow.waiting_until))
    return rank, due, until, VisitRow.month, VisitRow.id  # type: ignore[return-value]  # columns are elements of their own types
