"""The register as its page shows it: a series, a page of its numbers, and no more of a marked visit than its number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from database import plans
from domain.letters_and_documents import OPEN
from domain.role import Role
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
    covered: frozenset[str]  #: the symbols of which the reader sees no more
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
        return RegisterView((), None, (), frozenset(), Paging(1, 0))
    paging = Paging(page, look.numbers)
    lines = read_register(session, look.series, skipped=paging.skipped, at_most=paging.per_page)
    shown, covered = _shown_to(person, session, lines)
    return RegisterView(every, look, shown, covered, paging)


def _shown_to(
    person: Person, session: Session, lines: Sequence[NumberLine]
) -> tuple[Sequence[NumberLine], frozenset[str]]:
    """The lines as this person may read them; reasons are typed by hand, and are the office's."""
    of_office = person.may(Role.OFFICER, Role.LEADER, Role.CLERK)
    years = {line.visit.year for line in lines if line.visit}
    contacts = {year: plans.read(session, year)[1] for year in years}
    hidden: dict[int, Hidden] = {year: hidden_from(person, session, year, contacts[year]) for year in years}
    found, covered = [], set()
    for line in lines if of_office else [replace(line, reason="") for line in lines]:
        if line.visit is None:
            found.append(line)
        elif hidden[line.visit.year](line.visit):
            covered.add(line.symbol)
            found.append(NumberLine(line.symbol, line.state, line.by))
        else:
            reads = line.kind in OPEN or sees_findings_of(person, contacts[line.visit.year])
            found.append(line if reads else replace(line, forms=()))
    return found, frozenset(covered)
