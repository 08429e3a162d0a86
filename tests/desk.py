"""The office as tests see it that need no Prefect: one visit, its clock, its people, its letters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from answers.answering import Giver
from answers.choice import choose
from answers.findings import report_findings
from answers.nominations import accept, nominate
from answers.papers import Sheet, approve, issue
from config.settings import settings
from database import clock, documents, outbox, visits
from database.dossier import Dossier, open_dossier
from database.engine import reading, writing
from database.models import AnswerRow, DocumentRow, LetterRow, VisitRow
from domain.dates import at
from domain.findings import Findings, Recommendation
from domain.nomination import Meeting, Nominations
from domain.outcome import Done, Outcome, Waiting
from domain.problem import Problem
from domain.step import Step
from tests.databases import databases
from tests.may import CLERK, COMPLETE, FIRST_DAY, HOST, INSPECTOR, LEADER, MAY
from tests.meetings_held import all_met, held
from tests.numbering import number_at_once, number_invitations

#: The database at each point of the story that some test has reached, by the database that it began with and by the
#: desk to which the links of its letters lead: a test with a browser has a desk of its own.
_MARKS: dict[tuple[str, str, str, tuple[int, ...]], Any] = {}

_FILES = {
    1: "request_nominations", 2: "check_deadline", 3: "select_thematic_cell", 4: "notify_participants",
    5: "collect_findings", 6: "issue_result_notice",
}  # fmt: skip


@dataclass
class Desk:
    """One visit of the shipped plan of 2024. Nothing runs and no day passes but what a test asks for."""

    key: str = MAY

    # What the clock and the service do

    def set_clock(self, year: int, month: int, day: int, hour: int = 7, minute: int = 0) -> datetime:
        """Let that moment come."""
        moment = at(date(year, month, day), hour, minute)
        with writing(settings().database) as session:
            clock.set_rehearsal(session, moment)
        return moment

    def open(self) -> None:
        """Open the visit, as the trigger does on its day."""
        with writing(settings().database) as session:
            visits.begin(session, visits.find(session, self.key), "thử")

    def run_step(self, number: int) -> Outcome:
        """Do the work of a step, finished or not, in one transaction like the step's Prefect task."""
        work = import_module(f"tasks.steps.step_{number}_{_FILES[number]}").work
        with writing(settings().database) as session:
            dossier = open_dossier(session, visits.find(session, self.key).id, clock.now(session), lock=True)
            dossier.visit.wake_seen = dossier.visit.wake_wanted
            outcome: Outcome = work(dossier)
            step = Step(number)
            if isinstance(outcome, Done) and step not in visits.finished_steps(session, dossier.visit.id):
                visits.finish_step(session, dossier.visit.id, step, outcome.note)
        return outcome

    def ask(self) -> Outcome:
        """The clerk has the request drawn up and numbers it before he is asked to, and it is written."""
        self.open()
        number_at_once(self.key, "request")
        return self.run_step(1)

    def go_on(self) -> Outcome:
        """Do every step that is not finished until one waits, as the flow does."""
        outcome: Outcome = Done()
        for step in Step:
            if step in self.finished:
                continue
            outcome = self.run_step(step)
            if isinstance(outcome, Waiting):
                with writing(settings().database) as session:
                    visits.note_waiting(session, self.visit.id, outcome, settings().wake_hour)
                break
        return outcome

    def waits(self) -> Waiting:
        """The same, for a test that knows that the visit will wait."""
        outcome = self.go_on()
        assert isinstance(outcome, Waiting), outcome
        return outcome

    def postman_calls(self) -> None:
        """Let the mail server take every queued letter."""
        with writing(settings().database) as session:
            for letter in outbox.of_visit(session, self.visit.id, "queued"):
                outbox.take(session, letter.id, "máy:1:0")
                outbox.settle(session, letter.id, "sent", "250 OK")

    # What people do

    def nominate(self, meetings: Sequence[Meeting] = COMPLETE, received: date | None = None) -> list[Problem]:
        """The host's list, received today unless said otherwise."""
        return nominate(self.key, Nominations(tuple(meetings), received or self.today, "63-CV/ThU"), HOST)

    def accept(
        self, reason: str = "Đơn vị vừa kiện toàn cấp ủy", refused: Mapping[int, str] | None = None,
        looked_at: str | None = None,
    ) -> None:  # fmt: skip
        """A leader takes the newest list although it is late or incomplete, but for what of it is `refused`."""
        accept(self.key, reason, LEADER, refused=refused, looked_at=looked_at)

    def choose(self, *numbers: int, by: Giver = LEADER, override: str = "") -> None:
        """The choice."""
        choose(self.key, numbers, by, consulted="Thường trực Thành ủy Biên Hòa", override=override)

    def issue(self, paper: str, number: int, by: Giver = CLERK) -> str:
        """The number, of today; at the same sitting the invitations of a notice get theirs."""
        symbol = issue(self.key, paper, Sheet(number, self.today), by)
        return number_invitations(self.key, symbol, by) if paper == "notice" else symbol

    def approve(self, paper: str) -> str:
        """The newest draft."""
        return approve(self.key, paper, LEADER)

    def report(self, findings: Findings) -> list[Problem]:
        """What the working group found."""
        return report_findings(self.key, findings, INSPECTOR)

    # The way to a certain point of the story, in time and without trouble

    def until_asked(self) -> None:
        """The visit was opened on 01/3/2024, its request was issued as 01-CV and waits for the postman."""
        self._tell_until("asked", (), self._open_and_ask)

    def until_listed(self) -> None:
        """And the request went out, and the complete list came on 20/3/2024."""
        self._tell_until("listed", (), self._ask_and_list)

    def until_chosen(self, *numbers: int) -> None:
        """And on 21/3 a leader chose, the thematic cell unless said otherwise."""
        self._tell_until("chosen", numbers or (1,), self._list_and_choose)

    def until_signed(self, *numbers: int) -> None:
        """And on 22/3 the clerk issued the notice as number 80; it and the invitations wait for the postman."""
        self._tell_until("signed", numbers or (1,), self._choose_and_sign)

    def until_issued(self, *numbers: int) -> None:
        """And every letter was taken by the mail server."""
        self._tell_until("issued", numbers or (1,), self._sign_and_send)

    def until_met(self, *numbers: int) -> None:
        """And it is the morning after the last sample meeting, 18/5/2024."""
        self._tell_until("met", numbers or (1,), self._issue_and_meet)

    def until_reported(self) -> None:
        """And the findings are complete, and the group's report was approved."""
        self._tell_until("reported", (), self._meet_and_report)

    def until_year_end(self) -> None:
        """And 95-TB went out; it is 18/12/2024, and something of each kind that the year asks for waits."""
        self._tell_until("year end", (), self._report_and_end_the_year)

    def _tell_until(self, chapter: str, numbers: tuple[int, ...], tell: Callable[..., None]) -> None:
        """Tell the story so far, or open the book where an earlier test has left a mark: it is always the same."""
        assert self.key == MAY, "the story is that of May's visit"
        assert self.today == date(2024, 1, 3), "the story begins on the day the plan is signed"
        book, url = databases(), settings().database
        mark = book.state_of(url), settings().links_from, chapter, numbers
        if mark not in _MARKS:
            tell(*numbers)
            _MARKS[mark] = book.keep(url)
        book.put_back(_MARKS[mark], url)

    def _open_and_ask(self) -> None:
        self.set_clock(2024, 3, 1)
        self.ask()
        self.go_on()

    def _ask_and_list(self) -> None:
        self.until_asked()
        self.postman_calls()
        self.set_clock(2024, 3, 20, 9)
        self.nominate()
        self.go_on()

    def _list_and_choose(self, *numbers: int) -> None:
        self.until_listed()
        self.set_clock(2024, 3, 21, 9)
        self.choose(*numbers)
        self.go_on()

    def _choose_and_sign(self, *numbers: int) -> None:
        self.until_chosen(*numbers)
        self.postman_calls()
        self.set_clock(2024, 3, 22, 9)
        self.issue("notice", 80)
        self.go_on()

    def _sign_and_send(self, *numbers: int) -> None:
        self.until_signed(*numbers)
        self.postman_calls()

    def _issue_and_meet(self, *numbers: int) -> None:
        self.until_issued(*numbers)
        self.set_clock(2024, 5, 18, 9)
        self.go_on()

    def _meet_and_report(self) -> None:
        self.until_met()
        self.report(self.findings())
        self.go_on()
        self.approve("report")
        self.go_on()

    def _report_and_end_the_year(self) -> None:
        from tests.obligations import end_the_year

        self.until_reported()
        self.approve("result")
        self.go_on()
        self.issue("result", 95)
        self.go_on()
        end_the_year()

    # What one can see

    @property
    def today(self) -> date:
        """The day on the clock."""
        with reading(settings().database) as session:
            return clock.now(session).date()

    @property
    def visit(self) -> VisitRow:
        """The row of the visit."""
        with reading(settings().database) as session:
            return visits.find(session, self.key)

    @property
    def finished(self) -> set[Step]:
        """The steps that are done."""
        with reading(settings().database) as session:
            return visits.finished_steps(session, self.visit.id)

    def letters(self, purpose: str = "", recipient: str = "") -> list[LetterRow]:
        """The visit's letters, in the order in which they were queued; all, or those of a purpose and recipient."""
        with reading(settings().database) as session:
            rows = outbox.of_visit(session, self.visit.id)
        return [row for row in rows if (not purpose or row.purpose == purpose) and row.recipient.startswith(recipient)]

    def queued(self) -> list[str]:
        """What waits for the postman: `nomination_request → host`, sorted."""
        return sorted(f"{one.purpose} → {one.recipient}" for one in self.letters() if one.state == "queued")

    def answers(self, kind: str) -> list[AnswerRow]:
        """Every version of an answer, oldest first."""
        with reading(settings().database) as session:
            query = session.query(AnswerRow).filter_by(visit_id=self.visit.id, kind=kind)
            return query.order_by(AnswerRow.version).all()

    def documents(self, kind: str) -> list[DocumentRow]:
        """Every revision of a document, oldest first."""
        with reading(settings().database) as session:
            return [one for one in documents.of_visit(session, self.visit.id) if one.kind == kind]

    def dossier(self) -> Dossier:
        """The visit whole, as of now; only to look at what does not ask the database again."""
        with reading(settings().database) as session:
            return open_dossier(session, self.visit.id)

    def chosen(self) -> tuple[Meeting, ...]:
        """The meetings that the office attends."""
        with reading(settings().database) as session:
            return open_dossier(session, self.visit.id).chosen

    def candidates(self) -> dict[int, str]:
        """How each nominated meeting stands against its deadline."""
        with reading(settings().database) as session:
            dossier = open_dossier(session, self.visit.id)
            return {one.meeting.number: one.timeliness.value for one in dossier.candidates}

    def findings(self, *without: str, strengths: Sequence[str] = ("Chuẩn bị chu đáo",)) -> Findings:
        """Findings of the whole checklist, complete but for the items named; of several meetings each has its own."""
        return Findings(
            items=all_met(self.chosen(), self.dossier().plan.checklist, without),
            strengths=tuple(strengths),
            limitations=("Sổ nghị quyết ghi vắn tắt",),
            recommendations=(Recommendation(1, "Ghi đủ kết quả biểu quyết", "Chi ủy", date(2024, 7, 1)),),
            attended_on=FIRST_DAY,
            meetings=held(self.chosen()),
        )
