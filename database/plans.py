"""Plans as they were loaded, version by version, and the obligations that follow from them (R40–R49, R66–R82, C8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import settings
from database import audit, clock, stored, taking_up, visits
from database.models import PlanRow, VisitRow
from database.plan_history import what_changed
from database.turns import take_turn
from domain.obligation import Kind, Obligation, parse_reference
from domain.plan import Contacts, Plan
from domain.problem import Problem, Refused
from domain.state import VisitState


@dataclass(frozen=True)
class Loaded:
    """What loading a plan changed. All empty and `version` unchanged when the file said nothing new."""

    version: int
    changed: bool
    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    held: tuple[str, ...] = ()  #: behind already: a person must say what became of them


def current(session: Session, year: int) -> PlanRow | None:
    """The newest version of that year's plan."""
    return session.scalars(select(PlanRow).where(PlanRow.year == year).order_by(PlanRow.version.desc())).first()


def years(session: Session) -> Sequence[int]:
    """The years of which a plan was loaded, newest first."""
    return session.scalars(select(PlanRow.year).distinct().order_by(PlanRow.year.desc())).all()


def read(session: Session, year: int) -> tuple[Plan, Contacts]:
    """The plan and contacts of a year; `Refused` when none was loaded.

    A version is never changed, so it is built once in a process: a plan of a whole province has thousands of units,
    and every page asks for it.
    """
    version = select(PlanRow.id, PlanRow.loaded_at, PlanRow.loaded_by).where(PlanRow.year == year)
    newest = session.execute(version.order_by(PlanRow.version.desc()).limit(1)).first()
    if newest is None:
        raise Refused(Problem(f"năm {year}", "chưa nạp kế hoạch", "chạy: visits plan load FILE"))
    name = (str(session.get_bind().engine.url), *newest)
    if name not in _built:
        row = session.get_one(PlanRow, newest.id)
        while len(_built) >= _BUILT_AT_MOST:
            del _built[next(iter(_built))]
        _built[name] = stored.plan_of(row)
    return _built[name]


def contacts_of(session: Session, year: int, version: int) -> Contacts | None:
    """The addresses of an earlier version; None where there is none of that number."""
    row = session.scalars(select(PlanRow).where(PlanRow.year == year, PlanRow.version == version)).first()
    return stored.plan_of(row)[1] if row else None


#: Plans that were read in this process, by database and version; a few years are enough.
_built: dict[tuple[object, ...], tuple[Plan, Contacts]] = {}
_BUILT_AT_MOST = 8


def save(session: Session, plan: Plan, contacts: Contacts, by: str, *, after: PlanRow | None = None) -> Loaded:
    """Store a plan as a new version unless nothing differs, and bring its visits and other obligations in line.

    One that is no longer planned is withdrawn while it has not begun; one that has begun is refused,
    because people have already been written to (`visits cancel` or `visits move` is the way). `after` is the version
    that this one was made from, if it was.
    """
    take_turn(session, "plans")
    last = current(session, plan.year)
    before = read(session, plan.year) if last else None
    if last and before == (plan, contacts):
        # A database older than a kind of obligation lacks its rows although the plan is the same.
        added, withdrawn, held = _align(session, plan)
        changed = bool(added or withdrawn or held)
        return Loaded(last.version, changed, tuple(added), tuple(withdrawn), tuple(held))
    version = last.version + 1 if last else 1
    plan_data, contacts_data = stored.plan_written(plan, contacts, after)
    session.add(
        PlanRow(
            year=plan.year, version=version, plan=plan_data, contacts=contacts_data, shape=stored.PLAN.shape,
            loaded_at=clock.now(session), loaded_by=by,
        )
    )  # fmt: skip
    added, withdrawn, held = _align(session, plan)
    told: dict[str, Any] = {"held": held} if held else {}
    if before:
        told |= what_changed(before, (plan, contacts))
    what = ADDRESSES_EDITED if before and before[0] == plan else PLAN_LOADED
    audit.note(session, by, what, year=plan.year, version=version, added=added, withdrawn=withdrawn, **told)
    return Loaded(version, True, tuple(added), tuple(withdrawn), tuple(held))


#: What the record calls the two.
PLAN_LOADED, ADDRESSES_EDITED = "nạp kế hoạch", "sửa địa chỉ"


def loaded_at(session: Session, year: int) -> datetime:
    """When the newest version of that year's plan was loaded."""
    return session.execute(select(func.max(PlanRow.loaded_at)).where(PlanRow.year == year)).scalar_one()


def names_of(session: Session, keys: Iterable[str]) -> Mapping[str, str]:
    """How people call the obligations with those keys: `2024-05 · Biên Hòa`; an empty key has no name."""
    meant = {key: parse_reference(key) for key in keys if key}
    years = {year: read(session, year)[0] for year in {one.year for one in meant.values()}}
    return {key: one.named(called(years[one.year], one.unit)) for key, one in meant.items()}


def called(plan: Plan, code: str) -> str:
    """The short name of the unit with that code; the code itself where the plan has it no more, or has none."""
    try:
        return plan.unit(code).short_name
    except KeyError:
        return code


def unit_name(session: Session, row: VisitRow) -> str:
    """The short name of the unit whose obligation it is; empty for those of the whole year."""
    return read(session, row.year)[0].unit(row.unit).short_name if row.unit else ""


def _wanted(plan: Plan) -> dict[Obligation, date]:
    """Everything that follows from a plan, with the day on which it opens (R40–R49, R66–R69, R74, R77–R82)."""
    year, due = plan.year, plan.self_supervising.due
    asked = max(due - timedelta(days=settings().ladders.self_report_request), plan.issued)
    visits = {
        Obligation(Kind.VISIT, year, visit.month, visit.unit): plan.opens_on(visit.month) for visit in plan.visits
    }
    reports = {Obligation(Kind.SELF_REPORT, year, 0, code): asked for code in plan.self_supervising.units}
    return {
        Obligation(Kind.PLAN, year): plan.issued,
        **visits,
        **reports,
        Obligation(Kind.SUMMARY, year): due + timedelta(days=1),
    }


def _align(session: Session, plan: Plan) -> tuple[list[str], list[str], list[str]]:
    """What was added, withdrawn, and held back because its time is behind.

    Follow-ups are left alone: they come from what was found, not from the plan.
    """
    rows = visits.lock(session, VisitRow.year == plan.year, VisitRow.kind != Kind.FOLLOW_UP)
    known = {row.obligation: row for row in rows}
    wanted = _wanted(plan)
    begun = [row.key for one, row in known.items() if one not in wanted and row.state == VisitState.OPEN]
    if begun:
        raise Refused(
            *(Problem(key, "đã bắt đầu, không thể bỏ khỏi kế hoạch", f"chạy: visits cancel {key}") for key in begun)
        )
    added = []
    for one, opens_on in wanted.items():
        row = known.get(one)
        if row is None:
            row = VisitRow(kind=one.kind.value, year=one.year, month=one.month, unit=one.unit)
            session.add(row)
            added.append(one.key)
        elif row.state == VisitState.WITHDRAWN:
            row.state = VisitState.PLANNED
            added.append(one.key)
        if row.state in (None, *_NOT_BEGUN) and not row.taken_up:
            row.opens_on = opens_on
    withdrawn = [row for one, row in known.items() if one not in wanted and row.state in _NOT_BEGUN]
    for row in withdrawn:
        taking_up.answered(row, "withdrawn")
    session.flush()
    held = taking_up.hold_back(session, plan, "khi nạp kế hoạch")
    return added, [row.key for row in withdrawn], held


_NOT_BEGUN = ("planned", "undecided")
