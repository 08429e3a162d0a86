"""Plays the people of the script: looks at what a visit waits for, and says who does what, and when."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from answers.answering import Giver
from answers.papers import Sheet
from config.settings import settings
from database import outbox
from database.dossier import Dossier
from database.models import ReminderRow
from database.numbers import Series, next_free
from domain.answer_kind import AnswerKind
from domain.dates import at, parse_moment
from domain.letters_and_documents import BY_NAME, DOCUMENTS
from domain.obligation import Kind
from domain.role import Role
from domain.state import VisitState
from domain.wait import Wait
from rehearsal.hands import Hands
from rehearsal.outside import holds
from rehearsal.script import Script, ScriptedVisit
from rehearsal.year_people import Act, YearPeople, asks_the_clerk


class People:
    """The fictional people of one rehearsal."""

    def __init__(self, script: Script, hands: Hands | None = None) -> None:
        self._script, self._hands = script, hands or Hands()

    def next_act(self, dossier: Dossier) -> Act | None:
        """What is done next about this visit as it stands now; None when nobody has anything to do."""
        if dossier.visit.kind != Kind.VISIT:
            return min(self._of_the_year(dossier), key=lambda act: act.due, default=None)
        script = self._script.visits.get(dossier.visit.key)
        if script is None:
            return None
        acts = [
            self._moving(dossier, script),
            *self._listing(dossier, script),
            self._answering(dossier, script),
        ]
        return min((act for act in acts if act), key=lambda act: act.due, default=None)

    def _giver(self, role: str) -> Giver:
        return Giver(self._script.people[role], "rehearsal")

    def _answering(self, dossier: Dossier, script: ScriptedVisit) -> Act | None:
        key, leader, clerk = dossier.visit.key, self._giver(Role.LEADER), self._giver(Role.CLERK)
        hands = self._hands
        wait = dossier.visit.wait
        if wait is Wait.ACCEPTANCE and script.accept:
            return self._after(dossier, 1, lambda: hands.accept(key, script.accept, leader))
        if wait is Wait.CHOICE and not dossier.chosen:
            return self._after(
                dossier, script.choose_after,
                lambda: hands.choose(key, script.choose, leader, consulted=script.consulted, override=script.override),
            )  # fmt: skip
        if wait in (Wait.REQUEST_ISSUE, Wait.INVITATION_ISSUE):
            return self._numbering(dossier, "request" if wait is Wait.REQUEST_ISSUE else "invitation", clerk)
        if wait in (Wait.NOTICE_ISSUE, Wait.CHANGE_ISSUE):
            return self._after(dossier, 1, lambda: hands.issue(key, "notice", self._sheet(dossier), clerk))
        if wait is Wait.FINDINGS:
            return self._after(dossier, 1, lambda: self._report(dossier, script))
        if wait is Wait.REPORT_APPROVAL:
            return self._after(dossier, 1, lambda: hands.approve(key, "report", leader))
        if wait is Wait.RESULT_APPROVAL:
            return self._after(dossier, 1, lambda: hands.approve(key, "result", leader))
        if wait is Wait.RESULT_ISSUE:
            return self._after(dossier, 1, lambda: hands.issue(key, "result", self._sheet(dossier), clerk))
        return self._helping(dossier)

    def _numbering(self, dossier: Dossier, paper: str, clerk: Giver) -> Act | None:
        """The công văn and the invitations get their numbers on the day on which they are drawn up."""
        kind = BY_NAME[paper]
        if not asks_the_clerk(dossier, kind):
            return None
        series = Series(dossier.plan.issuer.organ_code, DOCUMENTS[kind].type_code, dossier.plan.term)
        sheet = Sheet(next_free(dossier.session, series), dossier.today)
        return Act(dossier.now, lambda: self._hands.issue(dossier.visit.key, paper, sheet, clerk))

    def _of_the_year(self, dossier: Dossier) -> list[Act]:
        """What is done about the plan, a unit's report, the summary or a follow-up (`rehearsal/year_people.py`)."""
        acts = [*YearPeople(self._script, self._hands).acts(dossier), self._helping(dossier)]
        return [act for act in acts if act]

    def _helping(self, dossier: Dossier) -> Act | None:
        """What an officer does about a letter nobody knows of, and about a run that failed."""
        wait = dossier.visit.wait
        if wait is Wait.LETTER_RESOLUTION:
            return Act(dossier.now, lambda: self._resolve(dossier))
        if wait in (Wait.RUN_FAILED, Wait.RUN_STOPPED):
            return Act(dossier.now, lambda: self._hands.run_again(dossier.visit.key, self._giver(Role.OFFICER)))
        return None

    def _listing(self, dossier: Dossier, script: ScriptedVisit) -> list[Act | None]:
        """The next list of the host, as long as the office has not chosen."""
        given = dossier.answer(AnswerKind.NOMINATIONS)
        sent = given.version if given else 0
        if sent >= len(script.lists) or dossier.chosen or dossier.visit.state != VisitState.OPEN:
            return []
        following = script.lists[sent]
        day = following.on
        if following.after_reminders:
            reminded = self._reminded(dossier, following.after_reminders)
            if reminded is None:
                return []
            day = dossier.calendar.add(reminded, 1)
        host, key = Giver(f"{dossier.unit.standing_board} (diễn tập)", "rehearsal"), dossier.visit.key
        return [Act(at(day, 9), lambda: self._hands.nominate(key, following.as_nominations(dossier.today), host))]

    def _moving(self, dossier: Dossier, script: ScriptedVisit) -> Act | None:
        done = dossier.answer(AnswerKind.MOVE)
        count = done.version if done else 0
        if count >= len(script.moves) or not dossier.chosen:
            return None
        one, officer = script.moves[count], self._giver(Role.OFFICER)
        return Act(
            at(one.on, 10),
            lambda: self._hands.move(
                dossier.visit.key,
                one.meeting,
                parse_moment(one.to),
                officer,
                venue=one.venue,
                reason=one.reason,
            ),
        )

    def _report(self, dossier: Dossier, script: ScriptedVisit) -> None:
        findings = script.findings.as_findings(dossier.plan, dossier.chosen)
        self._hands.report_findings(dossier.visit.key, findings, self._giver(Role.INSPECTOR))

    def _resolve(self, dossier: Dossier) -> None:
        """Do what an officer does: ask the other side whether the letter is there."""
        officer = self._giver(Role.OFFICER)
        for letter in outbox.of_visit(dossier.session, dossier.visit.id, "uncertain"):
            arrived = holds(settings().mailbox, letter)
            self._hands.resolve(letter.id, "went_out" if arrived else "send_again", officer)

    def _sheet(self, dossier: Dossier) -> Sheet:
        """Today, and the next free number of the series, as a clerk reads it off the register."""
        series = Series(dossier.plan.issuer.organ_code, "TB", dossier.plan.term)
        following = next_free(dossier.session, series)
        return Sheet(max(following, self._script.first_notice_number), dossier.today)

    def _reminded(self, dossier: Dossier, times: int) -> date | None:
        query = select(ReminderRow.sent_at).where(
            ReminderRow.visit_id == dossier.visit.id, ReminderRow.about == "nominations"
        )
        sent = sorted(dossier.session.scalars(query))
        return sent[times - 1].date() if len(sent) >= times else None

    def _after(self, dossier: Dossier, working_days: int, do: Callable[[], object]) -> Act:
        since = dossier.visit.waiting_since or dossier.now
        return Act(at(dossier.calendar.add(since.date(), working_days), 9), do)
