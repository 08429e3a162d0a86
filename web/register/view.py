"""The register as its page shows it: a series, a page of its numbers, and no more of a marked visit than its number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from database import plans
from domain.letters_and_documents import OPEN
from domain.role import Role
from domain.state import NumberState
from overview.register import NumberLine, SeriesLook, every_series, read_register
from web.desk.access import Person, sees_findings_of
from web.desk.paging import Paging
from web.standing.covered import Hidden, hidden_from


@dataclass(frozen=True)
class RegisterView:
    """One page of one series."""

    every: Sequence[SeriesLook]
    look: SeriesLook | None  #: None where no number is known yet
    lines: Sequence[NumberLine]
    paging: Paging


def name_of(look: SeriesLook) -> str:
    """How an address calls a series: `TB.BTCTU.2020-2025`."""
    return ".".join((look.series.type_code, look.series.organ_code, look.series.term))


def read_page(session: Session, person: Person, wanted: str, page: int) -> RegisterView:
    """That series, or the one with the most numbers of the newest term where none is named."""
    every = every_series(session)
    newest = [one for one in every if one.series.term == every[0].series.term]
    look = next((one for one in every if name_of(one) == wanted), None)
    look = look or max(newest, key=lambda one: one.numbers, default=None)
    if look is None:
        return RegisterView((), None, (), Paging(1, 0))
    paging = Paging(page, look.numbers)
    lines = read_register(session, look.series, skipped=paging.skipped, at_most=paging.per_page)
    return RegisterView(every, look, _shown_to(person, session, lines), paging)


def _shown_to(person: Person, session: Session, lines: Sequence[NumberLine]) -> Sequence[NumberLine]:
    """The lines as this person may read them; reasons are typed by hand, and are the office's.

    Beside a marked line the gaps are not told: they would say its number.
    """
    of_office = person.may(Role.OFFICER, Role.LEADER, Role.CLERK)
    years = {line.visit.year for line in lines if line.visit}
    contacts = {year: plans.read(session, year)[1] for year in years}
    hidden: dict[int, Hidden] = {year: hidden_from(person, session, year, contacts[year]) for year in years}

    def shown(line: NumberLine) -> NumberLine:
        if line.visit is None:
            return line if of_office else replace(line, reason="")
        if hidden[line.visit.year](line.visit):
            return NumberLine("", line.state, covered=True)
        reads = line.kind in OPEN or sees_findings_of(person, contacts[line.visit.year])
        return line if reads else replace(line, forms=(), reason="")

    found = [shown(line) for line in lines]
    if any(line.covered for line in found):
        return [line for line in found if line.state != NumberState.GAP]
    return found
