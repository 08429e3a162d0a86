"""Everything the service knows about one visit, read at once: what steps and answers judge by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from database import answers, calendars, clock, documents, history, plans, stored, visits
from database.models import AnswerRow, DocumentRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.choice import Candidate
from domain.decision import Acceptance, Choice, FindingsGiven, Guest, GuestList
from domain.findings import Findings
from domain.nomination import Meeting, Nominations, timeliness
from domain.plan import Contacts, Plan, Unit
from domain.working_days import WorkingCalendar

T = TypeVar("T")


def province_of(plan: Plan) -> Unit:
    """Whose the plan and the annual summary are; no letter goes to it, it only has a name."""
    levels = plan.structure
    return Unit("", levels.organisation, "", "cả năm", levels.standing_board, levels.committee)


@dataclass
class Dossier:
    """One visit with its plan, contacts, calendar, answers and documents, as of now."""

    session: Session
    visit: VisitRow
    plan: Plan
    contacts: Contacts
    now: datetime
    #: What was read of the answers, until another is recorded in this session.
    _read: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    _recorded: int = field(default=0, repr=False, compare=False)

    @property
    def today(self) -> date:
        """The day on the clock."""
        return self.now.date()

    @property
    def unit(self) -> Unit:
        """The host, or whose obligation it is; the province where it is that of the whole year."""
        return self.plan.unit(self.visit.unit) if self.visit.unit else province_of(self.plan)

    @property
    def about(self) -> str:
        """What this is, as the beginning of a sentence."""
        return self.visit.obligation.about(self.unit.name)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working days of the plan's year and its neighbours, by the version of the calendar in force."""
        year = self.visit.year
        return calendars.working(self.session, (year - 1, year, year + 1))

    def answer(self, kind: str) -> AnswerRow | None:
        """The newest answer of a kind."""
        return self._once(("answer", str(kind)), lambda: answers.latest(self.session, self.visit.id, kind))

    def know(self, rows: Iterable[AnswerRow]) -> None:
        """These are all answers there are: none of them need be read again, until another is recorded."""
        self._recorded = answers.recorded(self.session)
        newest = {row.kind: row for row in sorted(rows, key=lambda one: one.version)}
        self._read = {("answer", str(kind)): newest.get(kind) for kind in AnswerKind}

    def said(self, value: type[T]) -> T | None:
        """What the newest answer says whose values are of that class."""
        return self._once(value, lambda: self._said(value))

    def _said(self, value: type[T]) -> T | None:
        row = self.answer(stored.kind_of(value))
        return stored.value_of(row, value) if row else None

    def _once(self, what: object, read: Callable[[], T]) -> T:
        """Read it unless it was read since the last answer: a step asks for the same a dozen times."""
        if self._recorded != (recorded := answers.recorded(self.session)):
            self._read.clear()
            self._recorded = recorded
        if what not in self._read:
            self._read[what] = read()
        known: T = self._read[what]
        return known

    def document(self, kind: str) -> DocumentRow | None:
        """The newest revision of a document."""
        return documents.latest(self.session, self.visit.id, kind)

    @property
    def nominations(self) -> Nominations | None:
        """The host's newest list."""
        return self.said(Nominations)

    @property
    def acceptance(self) -> AnswerRow | None:
        """The decision that takes the newest list although it is late or incomplete (A5, A6)."""
        row, listed = self.answer(AnswerKind.ACCEPTANCE), self.answer(AnswerKind.NOMINATIONS)
        return row if row and listed and row.answers == listed.version else None

    @property
    def accepted_because(self) -> str:
        """The reason of that decision; empty where there is none."""
        return self.late_word.reason if self.late_word else ""

    @property
    def late_word(self) -> Acceptance | None:
        """What that decision says: which late meetings are taken, which are not."""
        row = self.acceptance
        return stored.value_of(row, Acceptance) if row else None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The nominated meetings with their timeliness."""
        nominations = self.nominations
        if nominations is None:
            return ()
        word, rules, calendar = self.late_word, self.plan.rules, self.calendar
        return tuple(
            Candidate(
                meeting,
                timeliness(
                    nominations,
                    meeting,
                    rules,
                    calendar,
                    None if word is None else meeting.number not in word.not_taken,
                ),
            )
            for meeting in nominations.meetings
        )

    @property
    def choosable(self) -> tuple[Candidate, ...]:
        """The candidates that are not late, or accepted although late."""
        return tuple(candidate for candidate in self.candidates if candidate.timeliness.is_choosable)

    @property
    def chosen(self) -> tuple[Meeting, ...]:
        """The meetings the office attends, with their newest dates; empty before the choice."""
        choice, listed = self.said(Choice), self.nominations
        return history.meetings_of(choice, listed) if choice and listed else ()

    @property
    def guests(self) -> tuple[Guest, ...]:
        """Whoever was ever invited beside the bodies of the plan, those taken back among them (D6)."""
        listed = self.said(GuestList)
        return listed.guests if listed else ()

    @property
    def findings(self) -> Findings | None:
        """The group's newest findings, complete or not."""
        given = self.said(FindingsGiven)
        return given.findings if given else None


def open_dossier(session: Session, visit_id: int, now: datetime | None = None, *, lock: bool = False) -> Dossier:
    """Read a visit whole, as of `now` (the clock's moment if not given); `lock` when the caller is going to write."""
    visit = visits.get(session, visit_id, lock=lock)
    plan, contacts = plans.read(session, visit.year)
    return Dossier(session, visit, plan, contacts, now or clock.now(session))
