"""Finds the visits of one page of a year, most urgent first, and counts the others without reading them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from database.models import VisitRow
from web.views.standing import Standing, open_dates, standing_of


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see of the year."""

    state: str = ""  #: `late`, `waiting`, `planned`, `closed`, `cancelled`; all if empty
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


def find_page(session: Session, year: int, asked: Asked, today: date, per_page: int) -> Found:
    """How urgent an open visit is depends on the calendar, so these are judged one by one; the others are only counted.

    A year has thousands of visits at most, and a few hundred of them are open at a time.
    """
    tally = _tally(session, year)
    opened, standings = _open(session, year, today)
    late = {number for number, standing in standings.items() if "late" in standing.groups}
    counts: Counter[str] = Counter({"late": len(late)})
    for (state, whom, _month), number in tally.items():
        counts["waiting" if state == "open" else state] += number
        if state == "open" and whom:
            counts[f"whom:{whom}"] += number
    urgent = [one for one in opened if _fits(one, asked, late)]
    rest = (
        0
        if asked.state in ("late", "waiting") or asked.whom
        else sum(
            number
            for (state, _whom, month), number in tally.items()
            if state != "open" and asked.state in ("", state) and asked.month in (0, month)
        )
    )
    skipped = (asked.page - 1) * per_page
    ids = [one.id for one in urgent[skipped : skipped + per_page]]
    rows = _rows(session, year, asked, ids, max(0, skipped - len(urgent)), per_page - len(ids) if rest else 0)
    judged = [(row, standings.get(row.id) or standing_of(row, None, today)) for row in rows]
    return Found(judged, len(urgent) + rest, sum(tally.values()), counts)


def _tally(session: Session, year: int) -> dict[tuple[str, str, int], int]:
    """How many visits there are of each state, role waited for, and month."""
    by = (VisitRow.state, VisitRow.waiting_for, VisitRow.month)
    query = select(*by, func.count()).where(VisitRow.year == year, VisitRow.state != "withdrawn").group_by(*by)
    return {(state, whom or "", month): number for state, whom, month, number in session.execute(query)}


def _open(session: Session, year: int, today: date) -> tuple[Sequence[Any], dict[int, Standing]]:
    """The open visits, most urgent first, and how they stand."""
    columns = (
        VisitRow.id, VisitRow.month, VisitRow.state, VisitRow.waiting_for, VisitRow.waiting_state,
        VisitRow.waiting_until, VisitRow.trouble,
    )  # fmt: skip
    query = select(*columns).where(VisitRow.year == year, VisitRow.state == "open")
    rows, due = session.execute(query).all(), open_dates(session, year)
    standings = {row.id: standing_of(row, due.get(row.id), today) for row in rows}
    return sorted(rows, key=lambda row: (standings[row.id].urgency, row.month, row.id)), standings


def _fits(row: Any, asked: Asked, late: set[int]) -> bool:
    return (
        asked.month in (0, row.month)
        and asked.whom in ("", row.waiting_for)
        and (asked.state in ("", "waiting") or (asked.state == "late" and row.id in late))
    )


def _rows(
    session: Session, year: int, asked: Asked, ids: Sequence[int], skipped: int, at_most: int
) -> Sequence[VisitRow]:
    """The open visits of those ids in their order, then so many others: planned ones, then what is over."""
    if at_most <= 0:
        rows = {row.id: row for row in session.scalars(select(VisitRow).where(VisitRow.id.in_(ids)))}
        return [rows[number] for number in ids]
    rank: ColumnElement[int] = case({"planned": 0, "closed": 1}, value=VisitRow.state, else_=2)
    others = select(VisitRow.id).where(VisitRow.year == year, VisitRow.state.not_in(("open", "withdrawn")))
    if asked.state:
        others = others.where(VisitRow.state == asked.state)
    if asked.month:
        others = others.where(VisitRow.month == asked.month)
    others = others.order_by(rank, VisitRow.month, VisitRow.id).offset(skipped).limit(at_most)
    query = select(VisitRow).where(VisitRow.id.in_(ids) | VisitRow.id.in_(others.scalar_subquery()))
    rows = {row.id: row for row in session.scalars(query.order_by(rank, VisitRow.month, VisitRow.id))}
    return [*(rows[number] for number in ids), *(row for number, row in rows.items() if number not in set(ids))]
