"""Parking and waking: an answer is never slept through, and waking disturbs nobody (design §3, §4)."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import timedelta
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, StateType
from prefect.exceptions import Pause
from prefect.states import Pending, Running, Scheduled

from config.settings import Settings, settings
from database import answers, clock, visits
from database.engine import reading, writing
from database.models import AnswerRow
from domain.decision import Acceptance
from domain.outcome import Waiting
from domain.problem import Refused
from domain.step import Step
from domain.wait import Wait
from flows.engine import step_by_step
from flows.engine.due_runs import call_due
from flows.engine.parking import park
from flows.engine.wake import wake
from flows.reconcile_visits import reconcile
from tests.databases import databases
from tests.desk import Desk
from tests.flows.office import Office, press_resume
from tests.may import MAY

ROUNDS_OF_PARKING, ROUNDS_OF_ANSWERS = 200, 1000


@pytest.fixture
def parked(office: Office) -> Office:
    """The visit of May waits for its host's list."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    return office


@pytest.mark.prefect
def test_an_answer_at_the_very_moment_of_parking_wakes_the_visit(
    parked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred times, at random moments before, during and after it: the next look finds it due, not asleep."""
    with get_client(sync_client=True) as parking:
        # One client for all: making one costs more than all the rest of a round.
        monkeypatch.setattr("flows.engine.parking.server", lambda: nullcontext(parking))
        monkeypatch.setattr("flows.artifacts.show", lambda *_: None)
        race(parked)


def race(parked: Office) -> None:
    run_id, visit_id = parked.run().id, parked.visit().id
    waiting = Waiting(Wait.NOMINATIONS, parked.today + timedelta(days=17))
    chance = random.Random(20240301)
    slept, came_first, parking_takes = [], 0, 0.05
    for number in range(ROUNDS_OF_PARKING):
        parked.client.set_flow_run_state(run_id, Running(), force=True)
        see_all_answers(visit_id)  # what a step does in its transaction; from here on an answer is news
        offset = chance.uniform(0, 1.5 * parking_takes)
        # Whoever runs visits looks all the while, as often as it can.
        stop = threading.Event()
        looking = InThread(lambda stop=stop: look_until(parked, stop))
        answer = InThread(lambda offset=offset: answer_after(offset, visit_id))
        begun = time.monotonic()
        with suppress(Pause):
            park(run_id, visit_id, waiting)
        parking_takes = time.monotonic() - begun
        came_first += answer.result() < begun + parking_takes
        stop.set()
        looking.result()
        parked.call()
        if not is_due(parked):
            slept.append((number, offset))
    assert slept == []
    assert 0 < came_first < ROUNDS_OF_PARKING, "the offsets hit both sides of the race"


def look_until(parked: Office, stop: threading.Event) -> None:
    """A runner with a connection of its own."""
    with get_client(sync_client=True) as client:
        while not stop.is_set():
            call_due(client, parked.flows, limit=10)
            stop.wait(0.02)


@pytest.mark.prefect
def test_without_an_answer_a_parked_run_sleeps(parked: Office) -> None:
    """Else the test above would prove nothing."""
    parked.call()
    assert not is_due(parked)
    assert parked.run_due() == []


@pytest.mark.prefect
def test_its_date_wakes_a_parked_run_by_the_row_alone(parked: Office) -> None:
    """Prefect knows no date of it: the row's is the only one, and a changed row is a changed date."""
    assert parked.state().state_details.scheduled_time is None
    with writing(settings().database) as session:
        visits.get(session, parked.visit().id, lock=True).waiting_until = clock.now(session) - timedelta(seconds=1)
    parked.call()
    assert is_due(parked)


@pytest.mark.prefect
def test_resume_at_whatever_moment_is_a_look_and_nothing_else(parked: Office) -> None:
    """Pressed a hundred times: while it waits, while it is due, while it works, and when it is over."""
    parked.new_letters()
    run_id, said = parked.run().id, Counter[str]()
    for number in range(50):
        said[press_resume(run_id)] += 1
        if number % 2:
            parked.run_due()
    parked.client.set_flow_run_state(run_id, Running(), force=True)
    said.update(press_resume(run_id) for _ in range(25))
    left_by_hand = State(type=StateType.PAUSED, name="Paused")
    parked.client.set_flow_run_state(run_id, left_by_hand, force=True)
    parked.set(starting_seconds=0)
    assert len(reconcile()) == 1
    parked.run_due()
    for row_state in ("closed", "open"):
        with writing(settings().database) as session:
            visits.get(session, parked.visit().id, lock=True).state = row_state
        for _ in range(12 if row_state == "closed" else 13):
            said[press_resume(run_id)] += 1
            parked.run_due()
    assert sum(said.values()) == 100
    assert set(said) == {"ACCEPT", "ABORT"}
    parked.run_due()
    reconcile()
    parked.run_due()
    assert parked.waits()[:2] == ("host", "Chờ danh sách")
    assert parked.state().name == "Chờ danh sách"
    assert parked.new_letters() == []


@pytest.mark.prefect
def test_an_answer_to_a_parked_visit_is_acted_on_within_seconds(parked: Office) -> None:
    """From the host's list to the leader's task in the mailbox."""
    parked.new_letters()
    begun = time.monotonic()
    parked.host_sends_its_list()
    assert parked.new_letters() == ["staff_task → staff:leader"]
    assert time.monotonic() - begun < 5


@pytest.mark.prefect
def test_many_answers_at_once_wake_a_visit_once(parked: Office) -> None:
    """Ten people press a button; the run is started once, and has seen them all."""
    visit_id, before = parked.visit().id, parked.visit().wakeups
    for thread in [InThread(lambda: answer_after(0, visit_id)) for _ in range(10)]:
        thread.result()
    parked.run_due()
    row = parked.visit()
    assert row.wakeups == before + 1
    assert row.wake_seen == row.wake_wanted


@pytest.mark.prefect
@pytest.mark.parametrize("state", [Running(), Pending()], ids=["running", "pending"])
def test_waking_a_run_in_the_middle_of_its_work_does_nothing(parked: Office, state: Running) -> None:
    """It reads the note itself before it parks."""
    parked.client.set_flow_run_state(parked.run().id, state, force=True)
    before = parked.state()
    answer_after(0, parked.visit().id)
    parked.call()
    assert parked.state().id == before.id


@pytest.mark.prefect
@pytest.mark.parametrize("moment", ["take", "finish"])
def test_a_waker_who_comes_too_late_does_no_harm(parked: Office, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """He saw the run parked, but another started it before he could: his `Scheduled` falls on a run at work."""
    run_id, parked_work = parked.run().id, getattr(step_by_step, moment)

    def too_late(*args: Any, **keywords: Any) -> object:
        parked.client.set_flow_run_state(run_id, Scheduled(name="Tiếp tục"))
        return parked_work(*args, **keywords)

    if moment == "finish":
        with writing(settings().database) as session:
            for step in set(Step) - visits.finished_steps(session, parked.visit().id):
                visits.finish_step(session, parked.visit().id, step, "thử")
    with monkeypatch.context() as late:
        late.setattr(step_by_step, moment, too_late)
        wake(parked.visit().id)
        parked.run_due()
    assert parked.state().name == ("Completed" if moment == "finish" else "Chờ danh sách")
    assert parked.visit().state == ("closed" if moment == "finish" else "open")
    assert parked.run_due() == []
    assert len(parked.message_ids()) == 1


@pytest.mark.prefect
def test_waking_a_visit_without_a_run_gives_it_one(office: Office) -> None:
    """One whose run was deleted in Prefect goes on by the first answer, long before anybody looks after lost runs."""
    office.plan_only(MAY)
    wake(office.visit().id)
    office.call()
    assert office.visit().flow_run_id is None, "it has not begun, so nothing runs"
    office.on(2024, 3, 1, 8)
    lost = office.run().id
    office.client.delete_flow_run(lost)
    office.host_sends_its_list()
    assert office.run().id != lost
    assert office.waits()[:2] == ("leader", "Chờ lựa chọn")


def test_of_a_timer_and_an_answer_only_one_is_taken(home: Settings, prepared_database: Any) -> None:
    """A thousand times both answer what they have seen, at the same moment: never both, never neither (design §4)."""
    databases().put_back(prepared_database, home.database)
    url, visit_id = home.database, Desk().visit.id
    at_once = threading.Barrier(2)
    taken: list[str] = []

    def answer(who: str) -> None:
        for seen in range(ROUNDS_OF_ANSWERS):
            at_once.wait()
            with suppress(Refused), writing(url) as session:
                answers.record(session, visit_id, "acceptance", Acceptance(who), by=who, source="cli", seen=seen)
                taken.append(who)
            at_once.wait()

    threads = [InThread(lambda who=who: answer(who)) for who in ("timer", "person")]
    for thread in threads:
        thread.result()
    with reading(url) as session:
        rows = (
            session.query(AnswerRow).filter_by(visit_id=visit_id, kind="acceptance").order_by(AnswerRow.version).all()
        )
    assert [row.version for row in rows] == list(range(1, ROUNDS_OF_ANSWERS + 1))
    assert [row.by for row in rows] == taken
    assert set(taken) == {"timer", "person"}, "both have won at times"


class InThread(threading.Thread):
    """Calls a function at once in a thread of its own; `result` waits, and raises what it raised."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._call, self._result, self._error = call, None, None
        self.start()

    def run(self) -> None:
        try:
            self._result = self._call()
        except BaseException as error:
            self._error = error

    def result(self) -> object:
        self.join(60)
        if self._error:
            raise self._error
        return self._result


def answer_after(seconds: float, visit_id: int) -> float:
    """Commit that there is news; whoever runs visits finds it. Returns when, on the monotonic clock."""
    time.sleep(seconds)
    wake(visit_id)
    return time.monotonic()


def see_all_answers(visit_id: int) -> None:
    with writing(settings().database) as session:
        row = visits.get(session, visit_id, lock=True)
        row.wake_seen = row.wake_wanted


def is_due(office: Office) -> bool:
    """Whether whoever runs visits will take it at the next look; else it must be parked."""
    state = office.state()
    assert state.type in (StateType.SCHEDULED, StateType.PAUSED), state
    return state.type is StateType.SCHEDULED
