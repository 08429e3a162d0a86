"""What waits for one person: visits that his roles may answer, most urgent first, and letters to decide about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import settings
from database import clock, plans, visits
from database.dossier import Dossier
from database.models import LetterRow
from domain.deadline import earliest_deadline
from domain.working_days import WorkingCalendar
from web.access import Person, sees_findings
from web.views.actions import Action, answer_to
from web.views.lines import Line, Moments, line_of
from web.views.office_days import working_days
from web.views.standing import standing_of

#: More than these are counted, not shown.
SHOWN = 100
#: States of letters in which an officer must decide, and what is to be decided.
LETTERS = {
    "uncertain": "Không rõ thư đã đi hay chưa: hỏi người nhận rồi xác nhận.",
    "refused": "Máy chủ của người nhận không nhận: sửa địa chỉ trong danh bạ.",
    "held": "Xem rồi cho gửi.",
    "withheld": "Văn bản mật không gửi qua mạng: trao tay rồi ghi lại.",
}


@dataclass(frozen=True)
class Task:
    """One visit that waits, with the button that answers it."""

    line: Line
    answer: Action
    mine: bool  #: False where the office only speaks for somebody outside


@dataclass(frozen=True)
class MineView:
    """Everything that waits for one person."""

    today: date
    tasks: tuple[Task, ...]
    letters: tuple[tuple[str, int], ...]  #: state and number of letters

    @property
    def own(self) -> tuple[Task, ...]:
        """What he himself must do."""
        return tuple(task for task in self.tasks if task.mine)

    @property
    def beside(self) -> tuple[Task, ...]:
        """What others must do and he may enter for them."""
        return tuple(task for task in self.tasks if not task.mine)


def read_mine(session: Session, person: Person) -> MineView:
    """Read what waits; the number of queries does not depend on how much it is."""
    now, rows = clock.now(session), visits.open_ones(session)
    known = {year: plans.read(session, year) for year in {row.year for row in rows}}
    days = {year: working_days(session, year) for year in known}
    found = [
        task for row in rows if (task := _task(Dossier(session, row, *known[row.year], now), days[row.year], person))
    ]
    found.sort(key=lambda task: (task.line.standing.urgency, task.line.key))
    letters = _letters(session) if person.may("officer") else ()
    return MineView(now.date(), tuple(found), letters)


def _task(dossier: Dossier, calendar: WorkingCalendar, person: Person) -> Task | None:
    row, plan, today = dossier.visit, dossier.plan, dossier.today
    legal = earliest_deadline(row.year, row.month, plan.rules, calendar).last_day
    standing = standing_of(row, today, calendar, settings().ladders, legal)
    line = line_of(row, standing, Moments(), plan, calendar, today)
    answer = answer_to(line, person.roles)
    if answer is None or line.wait is None:
        return None
    whom = line.wait.whom
    if whom == "inspector" and not sees_findings(person, dossier):
        return None  # the working group of that year is others
    return Task(line, answer, mine=person.may(whom) or line.wait.post)


def _letters(session: Session) -> tuple[tuple[str, int], ...]:
    query = select(LetterRow.state, func.count()).where(LetterRow.state.in_(LETTERS)).group_by(LetterRow.state)
    counted: Sequence[tuple[str, int]] = [(state, number) for state, number in session.execute(query)]
    return tuple((state, number) for state in LETTERS for known, number in counted if known == state)
