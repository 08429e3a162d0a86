"""Plans as they were loaded, version by version, and the visits that follow from them (R40–R49, C8)."""

import json
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import audit, clock
from database.models import PlanRow, VisitRow
from domain.plan import Contacts, Plan
from domain.problem import Problem, Refused
from domain.record import from_data, to_data


@dataclass(frozen=True)
class Loaded:
    """What loading a plan changed. All empty and `version` unchanged when the file said nothing new."""

    version: int
    changed: bool
    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def current(session: Session, year: int) -> PlanRow | None:
    """The newest version of that year's plan."""
    return session.scalars(select(PlanRow).where(PlanRow.year == year).order_by(PlanRow.version.desc())).first()


def read(session: Session, year: int) -> tuple[Plan, Contacts]:
    """The plan and contacts of a year; `Refused` when none was loaded."""
    row = current(session, year)
    if row is None:
        raise Refused(Problem(f"năm {year}", "chưa nạp kế hoạch", "chạy: visits plan load FILE"))
    return _built(json.dumps(row.plan), json.dumps(row.contacts))


@lru_cache(maxsize=8)
def _built(plan: str, contacts: str) -> tuple[Plan, Contacts]:
    # By content, not by version: a plan of a thousand units takes a tenth of a second, in every step's transaction.
    return from_data(Plan, json.loads(plan)), from_data(Contacts, json.loads(contacts))


def save(session: Session, plan: Plan, contacts: Contacts, by: str) -> Loaded:
    """Store a plan as a new version unless nothing differs, and bring its visits in line.

    A visit that is no longer planned is withdrawn while it has not begun; one that has begun is refused,
    because people have already been written to (`visits cancel` or `visits move` is the way).
    """
    plan_data, contacts_data = to_data(plan), to_data(contacts)
    last = current(session, plan.year)
    if last and last.plan == plan_data and last.contacts == contacts_data:
        return Loaded(last.version, changed=False)
    version = last.version + 1 if last else 1
    session.add(
        PlanRow(
            year=plan.year, version=version, plan=plan_data, contacts=contacts_data,
            loaded_at=clock.now(session), loaded_by=by,
        )
    )  # fmt: skip
    added, withdrawn = _align_visits(session, plan)
    audit.note(session, by, "nạp kế hoạch", year=plan.year, version=version, added=added, withdrawn=withdrawn)
    return Loaded(version, True, tuple(added), tuple(withdrawn))


def _align_visits(session: Session, plan: Plan) -> tuple[list[str], list[str]]:
    known = {row.key: row for row in session.scalars(select(VisitRow).where(VisitRow.year == plan.year))}
    wanted = {visit.key(plan.year): visit for visit in plan.visits}
    begun = [key for key, row in known.items() if key not in wanted and row.state == "open"]
    if begun:
        raise Refused(
            *(Problem(key, "đã bắt đầu, không thể bỏ khỏi kế hoạch", f"chạy: visits cancel {key}") for key in begun)
        )
    added = []
    for key, planned in wanted.items():
        row = known.get(key)
        if row is None:
            row = VisitRow(year=plan.year, month=planned.month, unit=planned.unit)
            session.add(row)
            added.append(key)
        elif row.state == "withdrawn":
            row.state = "planned"
            added.append(key)
        if row.state in (None, "planned"):
            row.opens_on = plan.opens_on(planned.month)
    withdrawn = [key for key, row in known.items() if key not in wanted and row.state == "planned"]
    for key in withdrawn:
        known[key].state = "withdrawn"
    return added, withdrawn
