"""Plays the people of the script for the year's other obligations: plan, reports, summary, follow-ups."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from answers.answering import Giver
from answers.papers import Sheet
from database.dossier import Dossier
from database.follow_ups import remedy_rows, visit_of
from database.numbers import Series, next_free
from database.self_reports import versions
from domain.dates import at
from domain.follow_up import Remedy
from domain.letters_and_documents import JOINT, Purpose
from domain.obligation import Kind
from domain.role import Role
from domain.state import DocumentState
from domain.wait import Wait
from papers.requests import asked_alike
from rehearsal.hands import Hands
from rehearsal.script import Script


@dataclass(frozen=True)
class Act:
    """What somebody does at a moment of the rehearsal's clock."""

    due: datetime
    do: Callable[[], object]


def asks_the_clerk(dossier: Dossier, kind: str) -> bool:
    """Whether its draft waits for a number, and is the one of several alike that the clerk issues for all."""
    row = dossier.document(kind)
    if row is None or row.state == DocumentState.ISSUED:
        return False
    return kind not in JOINT or asked_alike(dossier, kind)[0].id == dossier.visit.id


class YearPeople:
    """The same fictional people as those of the visits, and the units that supervise themselves."""

    def __init__(self, script: Script, hands: Hands) -> None:
        self._script, self._hands = script, hands

    def acts(self, dossier: Dossier) -> list[Act]:
        """Everything that somebody will do about it as it stands now."""
        play = {
            Kind.PLAN: self._plan, Kind.SELF_REPORT: self._report, Kind.SUMMARY: self._summary,
            Kind.FOLLOW_UP: self._remedies,
        }  # fmt: skip
        return play[Kind(dossier.visit.kind)](dossier)

    def _giver(self, role: str) -> Giver:
        return Giver(self._script.people[role], "rehearsal")

    def _plan(self, dossier: Dossier) -> list[Act]:
        if dossier.visit.wait is not Wait.PLAN_ISSUE:
            return []
        key, sheet = dossier.visit.key, Sheet(dossier.plan.number, dossier.plan.issued)
        return [Act(dossier.now, lambda: self._hands.issue(key, "plan", sheet, self._giver(Role.CLERK)))]

    def _report(self, dossier: Dossier) -> list[Act]:
        script, key = self._script.units.get(dossier.visit.unit), dossier.visit.key
        if script is None:
            return []
        if dossier.visit.wait is Wait.SELF_REPORT_ISSUE:
            if not asks_the_clerk(dossier, Purpose.YEAR_END_REQUEST):
                return []
            clerk, sheet = self._giver(Role.CLERK), self._sheet(dossier, "CV")
            return [Act(dossier.now, lambda: self._hands.issue(key, "report-request", sheet, clerk))]
        sent = len(versions(dossier.session, dossier.visit.id))
        if dossier.visit.wait is Wait.SELF_REPORT_REVIEW and sent:
            why, officer = script.reports[sent - 1].returned, self._giver(Role.OFFICER)
            if why:
                return [self._after(dossier, 1, lambda: self._hands.send_report_back(key, why, officer))]
            return [self._after(dossier, 1, lambda: self._hands.accept_report(key, officer))]
        if sent >= len(script.reports) or (sent and dossier.visit.wait is not Wait.SELF_REPORT_AGAIN):
            return []
        one = script.reports[sent]
        unit = Giver(f"{dossier.unit.standing_board} (diễn tập)", "rehearsal")
        return [Act(at(one.on, 9), lambda: self._hands.receive_report(key, one.as_report(dossier.today), unit))]

    def _summary(self, dossier: Dossier) -> list[Act]:
        key, wait, script = dossier.visit.key, dossier.visit.wait, self._script.summary
        hands, leader = self._hands, self._giver(Role.LEADER)
        if wait is Wait.PROPOSALS:
            return [
                self._after(
                    dossier, script.after, lambda: hands.propose(key, script.proposals, self._giver(Role.OFFICER))
                )
            ]
        if wait is Wait.SUMMARY_APPROVAL:
            return [self._after(dossier, 1, lambda: hands.approve(key, "summary", leader))]
        if wait is Wait.SUMMARY_ISSUE:
            return [
                self._after(
                    dossier, 1, lambda: hands.issue(key, "summary", self._sheet(dossier), self._giver(Role.CLERK))
                )
            ]
        return []

    def _remedies(self, dossier: Dossier) -> list[Act]:
        visit = visit_of(dossier.session, dossier.visit)
        done, script = len(remedy_rows(dossier.session, visit)), self._script.visits.get(visit.key)
        if script is None or done >= len(script.remedies):
            return []
        one = script.remedies[done]
        host = Giver(f"{dossier.unit.standing_board} (diễn tập)", "rehearsal")
        done_now = [Remedy(one.number, one.text, dossier.today, one.symbol)]
        return [Act(at(one.on, 10), lambda: self._hands.reply(visit.key, done_now, host))]

    def _sheet(self, dossier: Dossier, type_code: str = "BC") -> Sheet:
        """Today, and the next free number: of the reports, or of that type."""
        series = Series(dossier.plan.issuer.organ_code, type_code, dossier.plan.term)
        return Sheet(next_free(dossier.session, series), dossier.today)

    def _after(self, dossier: Dossier, working_days: int, do: Callable[[], object]) -> Act:
        since = dossier.visit.waiting_since or dossier.now
        return Act(at(dossier.calendar.add(since.date(), working_days), 9), do)
