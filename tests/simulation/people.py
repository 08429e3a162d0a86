"""The people of a simulated year: what each does about what waits for him, and when, as chance has drawn it."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from answers.answering import Giver
from answers.changes import cancel
from answers.letters import release
from database import outbox
from database.dossier import Dossier
from domain.dates import at
from domain.obligation import Kind
from domain.role import Role
from domain.state import LetterState, VisitState
from domain.wait import Wait
from letters.masked import original_id
from rehearsal.hands import Hands
from rehearsal.people import People
from rehearsal.script import Script, ScriptedVisit
from rehearsal.year_people import Act
from tests.simulation.simulated_mail import Mail


class SimulatedPeople(People):
    """They act by the script, later or sooner, sometimes in another's place; who is refused thrice gives up."""

    def __init__(self, script: Script, seed: int, mail: Mail) -> None:
        super().__init__(script, Hands())
        self._seed, self._mail = seed, mail
        self.refused: dict[int, int] = {}  #: visit -> how often in a row
        self.not_before: dict[int, datetime] = {}  #: visit -> who was refused tries again then
        self.words: list[tuple[str, str]] = []  #: what was said of letters: (word, Message-ID)

    def next_act(self, dossier: Dossier) -> Act | None:
        """What is done next about this visit."""
        act = self._giving_up(dossier) or self._special(dossier) or super().next_act(dossier)
        if act is None:
            return None
        begins = self.not_before.get(dossier.visit.id)
        return Act(max(act.due, begins), act.do) if begins else act

    def _special(self, dossier: Dossier) -> Act | None:
        key, wait = dossier.visit.key, dossier.visit.wait
        script = self._script.visits.get(key)
        if wait in (Wait.RUN_FAILED, Wait.RUN_STOPPED):
            return self._after(dossier, 1, lambda: self._hands.run_again(key, self._giver(Role.OFFICER)))
        if wait is Wait.LETTERS_HELD:
            return self._after(dossier, 1, lambda: self._release(dossier))
        if script is None:
            return None
        if wait is Wait.NOMINATIONS_ON_PAPER:
            return self._after(dossier, 2, lambda: cancel(key, "Tháng đã qua (mô phỏng)", self._giver(Role.LEADER)))
        if wait is Wait.FINDINGS_AGAIN:
            return self._after(dossier, 1, lambda: self._report(dossier, script))
        if wait is Wait.CHOICE and not dossier.chosen:
            return self._after(dossier, script.choose_after, lambda: self._choose(dossier, script))
        return None

    def _choose(self, dossier: Dossier, script: ScriptedVisit) -> None:
        """The first thematic cell that may be chosen; else any, with a reason."""
        choosable = [one.meeting for one in dossier.choosable if one.meeting.day >= dossier.today]
        thematic = [one for one in choosable if one.is_thematic_cell]
        chosen = (thematic or choosable)[:1] or [one.meeting for one in dossier.candidates][:1]
        self._hands.choose(
            dossier.visit.key, [one.number for one in chosen], self._giver(Role.LEADER), consulted=script.consulted,
            override="" if thematic else script.override,
        )  # fmt: skip

    def _giving_up(self, dossier: Dossier) -> Act | None:
        """What is refused three times is called off; so is a month that was over long ago and never had a list."""
        visit = dossier.visit
        if visit.kind != Kind.VISIT or visit.state != VisitState.OPEN or self.refused.get(visit.id, 0) < 3:
            return None
        return Act(dossier.now, lambda: cancel(visit.key, "Không làm được (mô phỏng)", self._giver(Role.LEADER)))

    def _giver(self, role: str) -> Giver:
        """Now and then somebody acts in another's place."""
        name = self._script.people[role]
        instead = random.Random(f"{self._seed} {role} {len(self.words)}").random() < 0.15
        return Giver(f"{name}, người được giao thay", "desk") if instead else Giver(name, "desk")

    def _after(self, dossier: Dossier, working_days: int, do: Callable[[], object]) -> Act:
        """So many working days after, and some hours: the same moment however often it is asked."""
        since = dossier.visit.waiting_since or dossier.now
        chance = random.Random(f"{self._seed} {dossier.visit.key} {dossier.visit.wait} {since}")
        days = working_days + chance.choice((-1, 0, 0, 0, 1, 2, 4, 9))
        if days <= 0:
            return Act(since + timedelta(minutes=chance.randint(1, 50)), do)
        return Act(at(dossier.calendar.add(since.date(), days), chance.randint(8, 16), chance.randint(0, 59)), do)

    def _resolve(self, dossier: Dossier) -> None:
        """Ask the other side, as an officer does; sometimes he does not wait for its answer, and is wrong."""
        officer = self._giver(Role.OFFICER)
        for letter in outbox.of_visit(dossier.session, dossier.visit.id, LetterState.UNCERTAIN):
            unclear = [one.address for one in letter.recipients if one.state == LetterState.UNCERTAIN]
            arrived = all(self._mail.taken[original_id(letter.message_id), address] for address in unclear)
            chance = random.Random(f"{self._seed} {letter.message_id} {dossier.now}")
            if not arrived or chance.random() < 0.1:
                self.words.append(("send_again", letter.message_id))
                self._hands.resolve(letter.id, "send_again", officer)
            else:
                self._hands.resolve(letter.id, "went_out", officer)

    def _release(self, dossier: Dossier) -> None:
        for letter in outbox.of_visit(dossier.session, dossier.visit.id, LetterState.HELD):
            self.words.append(("release", letter.message_id))
            release(letter.id, self._giver(Role.OFFICER))
