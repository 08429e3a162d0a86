"""Who a sender is by the contacts of the plans, and what a message of his is likely to be about (R62)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import plans
from database.models import VisitRow
from domain.plan import Contacts
from domain.role import Role
from domain.state import VisitState

#: So many are offered by a button; every other one can be named.
OFFERED = 5
#: How many plans, the newest first, are asked whose address it is.
_YEARS = 2


@dataclass(frozen=True)
class Known:
    """Whose an address is by the contacts of one year."""

    year: int
    name: str
    unit: str = ""  #: the code of the unit, where it is a unit's
    of_group: bool = False


@dataclass(frozen=True)
class Suggested:
    """Something that a message may be about, and why that is thought."""

    visit: VisitRow
    why: str


def known_as(session: Session, address: str) -> tuple[Known, ...]:
    """Whose that address is, in the plans of the newest years; nothing for a stranger."""
    if not address:
        return ()
    years = sorted(plans.years(session), reverse=True)[:_YEARS]
    found = (one for year in years for one in _in(year, plans.read(session, year)[1], address.casefold()))
    return tuple(dict.fromkeys(found))


def _in(year: int, contacts: Contacts, address: str) -> Iterator[Known]:
    for boards in (contacts.standing_boards, contacts.organisation_boards):
        for code, contact in boards.items():
            if contact.email.casefold() == address:
                yield Known(year, contact.name, code)
    for inspector in contacts.inspectors:
        if inspector.email.casefold() == address:
            yield Known(year, inspector.name, of_group=True)
    for contact in (*contacts.bodies.values(), *contacts.staff.values()):
        if contact.email.casefold() == address:
            yield Known(year, contact.name)


def suggested(session: Session, known: Sequence[Known]) -> tuple[Suggested, ...]:
    """What that sender is likely to write about: what waits for him first, then what is open, then what was."""
    units = {(one.year, one.unit) for one in known if one.unit}
    groups = {one.year for one in known if one.of_group}
    years = {year for year, _unit in units} | groups
    rows = session.scalars(
        select(VisitRow).where(
            VisitRow.year.in_(years), VisitRow.unit > "", VisitRow.state.in_((VisitState.OPEN, VisitState.CLOSED))
        )
    )
    found = [
        (rank, row) for row in rows
        if (rank := _rank(row, own=(row.year, row.unit) in units, of_group=row.year in groups)) is not None
    ]  # fmt: skip
    found.sort(key=lambda one: (one[0], -one[1].year, -one[1].month, one[1].key))
    return tuple(Suggested(row, _WHY[rank]) for rank, row in found[:OFFERED])


_WHY = ("đang chờ người gửi", "đang thực hiện", "đã kết thúc")


def _rank(row: VisitRow, *, own: bool, of_group: bool) -> int | None:
    waits_for = row.wait.whom if row.wait else None
    if (own and waits_for is Role.HOST) or (of_group and waits_for is Role.INSPECTOR):
        return 0
    if not own:
        return None
    return 1 if row.state == VisitState.OPEN else 2
