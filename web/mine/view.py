"""What waits for one person: what his roles may answer, most urgent first, and letters to decide about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database import clock, incoming, plans
from database.dossier import Dossier
from database.models import LetterRow, VisitRow
from domain.plan import Plan
from domain.role import Role
from web.desk.access import Person, sees_findings
from web.mine.counting import ASKS, LETTERS, answerable_by, is_own, settled_with
from web.standing.actions import Action, answer_to
from web.standing.buttons import at_desk
from web.standing.covered import cover, hidden_from
from web.standing.lines import Line, line_of
from web.standing.standing import Standing, open_dates, standing_of

#: More than these are counted, not shown.
SHOWN = 100


@dataclass(frozen=True)
class Task:
    """One visit, or another obligation, that waits, with the button that answers it."""

    line: Line
    answer: Action
    along: tuple[str, ...] = ()  #: the other units of the same công văn, which this one answer issues as well


@dataclass(frozen=True)
class MineView:
    """Everything that waits for one person."""

    today: date
    own: tuple[Task, ...]  #: what he himself must do, at most `SHOWN`
    own_count: int
    beside: tuple[Task, ...]  #: what others must do and he may enter for them
    beside_count: int
    letters: tuple[tuple[str, int], ...]  #: state and number of letters
    messages: int = 0  #: that came in by mail and wait for a person


def read_mine(session: Session, person: Person) -> MineView:
    """Read what waits; the number of queries does not depend on how much it is."""
    now = clock.now(session)
    query = select(VisitRow).where(VisitRow.state.in_(ASKS), VisitRow.wait.in_(answerable_by(person)))
    # What was just answered waits for the service, and not for a person any more.
    rows = [row for row in session.scalars(query.order_by(VisitRow.year)) if not row.in_motion]
    due = open_dates(session)
    own: list[_Waiting] = []
    beside: list[_Waiting] = []
    for year, of_year in groupby(rows, key=lambda row: row.year):
        plan, contacts = plans.read(session, year)
        hidden = hidden_from(person, session, year, contacts)
        for row in of_year:
            wait = at_desk(row.wait)
            assert wait is not None, "it was asked for by its id"
            if wait.whom == Role.INSPECTOR and not sees_findings(person, Dossier(session, row, plan, contacts, now)):
                continue  # the working group of that year is others
            one = _Waiting(row, standing_of(row, due.get(row.id), now.date()), plan, hidden(row))
            (own if is_own(wait, person) else beside).append(one)
    own, beside = _together(own), _together(beside)
    first, others = (_tasks(waiting, person) for waiting in (own, beside))
    letters = _letters(session) if person.may(Role.OFFICER) else ()
    messages = incoming.open_count(session) if person.may(Role.OFFICER) else 0
    return MineView(now.date(), first, len(own), others, len(beside), letters, messages)


@dataclass(frozen=True)
class _Waiting:
    row: VisitRow
    standing: Standing
    plan: Plan
    hidden: bool  #: it bears a mark of secrecy that this person must not see behind
    along: tuple[str, ...] = ()

    @property
    def asks_for(self) -> object:
        """What one answer settles: a công văn that goes to several units, or this one alone (D1, D12).

        What bears a mark stands alone: its unit is not named beside others (A20).
        """
        return self.row.id if self.hidden else settled_with(self.row, self.plan)


def _together(waiting: list[_Waiting]) -> list[_Waiting]:
    """What one answer settles as one task: that of the first unit, which names the others."""
    found: dict[object, _Waiting] = {}
    for one in sorted(waiting, key=lambda one: one.row.id):
        first = found.setdefault(one.asks_for, one)
        if first is not one:
            name = one.plan.unit(one.row.unit).short_name
            found[one.asks_for] = replace(first, along=(*first.along, name))
    return list(found.values())


def _tasks(waiting: list[_Waiting], person: Person) -> tuple[Task, ...]:
    """The most urgent ones, each with its button."""
    waiting.sort(key=lambda one: (one.standing.urgency, one.row.key))
    lines = [(one, line_of(one.row, one.standing, one.plan)) for one in waiting[:SHOWN]]
    return tuple(
        Task(cover(line) if one.hidden else line, answer, one.along)
        for one, line in lines
        if (answer := answer_to(line, person.roles))
    )


def _letters(session: Session) -> tuple[tuple[str, int], ...]:
    query = select(LetterRow.state, func.count()).where(LetterRow.state.in_(LETTERS)).group_by(LetterRow.state)
    counted: Sequence[tuple[str, int]] = [(state, number) for state, number in session.execute(query)]
    return tuple((state, number) for state in LETTERS for known, number in counted if known == state)
