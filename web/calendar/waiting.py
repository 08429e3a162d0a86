"""The dates that are waited for now, as they were counted; of a marked visit only that there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from answers.open_dates import told_of
from database import plans
from database.due_dates import DueDateRow
from database.models import VisitRow
from web.desk.access import Person
from web.desk.paging import Paging
from web.standing.covered import Hidden, hidden_from


@dataclass(frozen=True)
class WaitedFor:
    """One date of one obligation."""

    key: str
    name: str
    what: str
    due: DueDateRow | None  #: None where the reader sees no more than that there is one


@dataclass(frozen=True)
class Waited:
    """A page of them, the nearest first."""

    dates: Sequence[WaitedFor]
    paging: Paging


def read_waiting(session: Session, person: Person, page: int) -> Waited:
    """The dates of everything that is under way; two queries, and one for each year that has marks."""
    total = session.scalar(select(func.count()).select_from(DueDateRow).where(DueDateRow.is_open)) or 0
    paging = Paging(page, total)
    query = select(DueDateRow, VisitRow).join(VisitRow, VisitRow.id == DueDateRow.visit_id).where(DueDateRow.is_open)
    query = query.order_by(DueDateRow.due, DueDateRow.id).offset(paging.skipped).limit(paging.per_page)
    rows = list(session.execute(query))
    read = {year: plans.read(session, year) for year in {visit.year for _due, visit in rows}}
    hidden: dict[int, Hidden] = {
        year: hidden_from(person, session, year, contacts) for year, (_plan, contacts) in read.items()
    }
    found = []
    for due, visit in rows:
        name = visit.obligation.named(plans.called(read[visit.year][0], visit.unit))
        covered = hidden[visit.year](visit)
        found.append(WaitedFor(visit.key, name, "" if covered else told_of(due.about), None if covered else due))
    return Waited(found, paging)
