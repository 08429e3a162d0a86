"""The office that begins with the service on 15/6/2024, as tests see it that need no Prefect."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

import pytest

from config.settings import Settings, settings
from database import clock, outbox, plans, taking_up, visits
from database.dossier import Dossier, open_dossier
from database.engine import reading, writing
from database.models import LetterRow, VisitRow
from database.schema import prepare
from domain.dates import at
from domain.nomination import Nominations
from domain.outcome import Done, Outcome, Waiting
from domain.plan import Contacts, Plan
from domain.step import Step
from domain.taking_up import Attended, Issued, TakenUp, Way
from tasks.taken_over import begin
from tests.databases import databases
from tests.may import COMPLETE, MAY

FEBRUARY, MARCH, APRIL = "2024-02/nhon_trach", "2024-03/cong_an_tinh", "2024-04/tan_phu"
JUNE, JULY, AUGUST = "2024-06/cao_su_dong_nai", "2024-07/long_khanh", "2024-08/thong_nhat"
PLAN, UNIT, SUMMARY = "2024/ke-hoach", "2024/long_thanh", "2024/tong-hop"
BEHIND = (PLAN, FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY)

#: May as it stands on paper on 15/6: attended on 14/5, its findings not yet collected.
FROM_FIVE = TakenUp(
    Way.GO_ON, 5, requested_on=date(2024, 3, 1), nominations=Nominations(COMPLETE, date(2024, 3, 20), "63-CV/ThU"),
    chosen=(1,), chosen_on=date(2024, 3, 25), notice=Issued(120, date(2024, 4, 2)),
)  # fmt: skip
#: February, of which everything is known.
DONE = TakenUp(
    Way.DONE, notice=Issued(90, date(2024, 1, 20)), result=Issued(99, date(2024, 3, 10)),
    attended=(Attended("Chi bộ Trường THPT Mẫu", date(2024, 2, 20), thematic=True), Attended("Đảng ủy xã Mẫu")),
)  # fmt: skip


@dataclass
class MidYear:
    """The plan of 2024 was loaded on 15/6/2024 at 8:00. Nothing runs and no day passes but what a test asks for."""

    def on(self, month: int, day: int) -> None:
        """Let that day of 2024 come."""
        with writing(settings().database) as session:
            clock.set_rehearsal(session, at(date(2024, month, day), 9))

    def open_what_is_due(self) -> list[str]:
        """What the trigger does, without the runs."""
        with writing(settings().database) as session:
            plan, _contacts = plans.read(session, 2024)
            taking_up.hold_back(session, plan, "khi dịch vụ chạy lại")
            due = visits.due_to_open(session, clock.now(session).date())
            for row in due:
                begin(session, row, "thử")
            return [row.key for row in due]

    def go_on(self, key: str) -> Outcome:
        """Do the steps of a visit until one waits; the mail server takes every letter."""
        outcome: Outcome = Done()
        for step in Step:
            with writing(settings().database) as session:
                visit_id = visits.find(session, key).id
                if step in visits.finished_steps(session, visit_id):
                    continue
                work = import_module(f"tasks.steps.step_{step.value}_{step.name.lower()}").work
                outcome = work(open_dossier(session, visit_id, clock.now(session), lock=True))
                if isinstance(outcome, Done):
                    visits.finish_step(session, visit_id, step, outcome.note)
                for letter in outbox.of_visit(session, visit_id, "queued"):
                    outbox.take(session, letter.id, "máy:1:0")
                    outbox.settle(session, letter.id, "sent", "250 OK")
            if isinstance(outcome, Waiting):
                break
        return outcome

    def waits(self, key: str) -> str:
        """The same, and under which name it waits then."""
        outcome = self.go_on(key)
        assert isinstance(outcome, Waiting), outcome
        return outcome.wait.shown

    def row(self, key: str) -> VisitRow:
        """Its row."""
        with reading(settings().database) as session:
            return visits.find(session, key)

    def dossier(self, key: str) -> Dossier:
        """The visit whole; its lists are read at once, because the session is over afterwards."""
        with reading(settings().database) as session:
            return open_dossier(session, visits.find(session, key).id)

    def undecided(self) -> list[str]:
        """What a person must decide about."""
        with reading(settings().database) as session:
            return [row.key for row in taking_up.undecided(session, 2024)]

    def letters(self, key: str) -> list[LetterRow]:
        """What the service itself wrote about it."""
        with reading(settings().database) as session:
            every = outbox.of_visit(session, visits.find(session, key).id)
            return [letter for letter in every if letter.state != "on_paper"]

    def sent(self, key: str) -> list[str]:
        """The same as `nomination_request → host`."""
        return [f"{letter.purpose} → {letter.recipient}" for letter in self.letters(key)]


@pytest.fixture(scope="session")
def loaded_in_june(shipped: tuple[Plan, Contacts], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A database into which the plan was loaded that day; tests get copies."""
    url = databases().fresh(tmp_path_factory.mktemp("june"))
    prepare(url)
    with writing(url) as session:
        clock.set_rehearsal(session, at(date(2024, 6, 15), 8))
        loaded = plans.save(session, *shipped, "thử")
    assert loaded.held == BEHIND
    return databases().keep(url)


@pytest.fixture
def mid_year(home: Settings, loaded_in_june: Any) -> MidYear:
    """The office of that day."""
    databases().put_back(loaded_in_june, home.database)
    return MidYear()
