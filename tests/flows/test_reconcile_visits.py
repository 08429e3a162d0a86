"""The reconciler: a visit whose run was lost gets a live one again, and every healthy run is left alone (design §3)."""

import os
import secrets
import shutil
import time
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State, StateType
from prefect.states import Crashed, Failed, Pending, Running

from answers.accounts import add, wish_weekly
from config.settings import ROOT, settings
from database import service_notes, visits
from database.engine import reading, writing
from flows.engine.wake import RECONCILING, run_now, wake
from flows.reconcile_visits import QUIET, reconcile
from rehearsal.outside import break_mail_server, mend_mail_server
from tests.at_work import a_dead_worker, at_work
from tests.flows.office import Office
from tests.may import MAY

pytestmark = pytest.mark.prefect
LEADER_MAIL = "lanh-dao-ban@ban-to-chuc.example"


# What is healed


def test_a_crashed_run_is_started_again(parked: Office) -> None:
    """The same run: one line per visit in Prefect."""
    its_run = left_in(parked, Crashed(message="kill -9"))
    assert len(reconcile()) == 1
    assert_goes_on(parked, its_run)


def test_a_running_run_whose_process_is_dead_is_started_again(parked: Office) -> None:
    """kill -9 and power cut leave it Running for ever; the process of its row is gone."""
    its_run = left_in(parked, Running(), worker=a_dead_worker())
    assert len(reconcile()) == 1
    assert_goes_on(parked, its_run)


def test_a_process_with_the_number_of_a_dead_one_does_not_count_as_it(parked: Office) -> None:
    """After a restart of the machine the number may belong to anything."""
    its_run = left_in(parked, Running(), worker=at_work(os.getpid(), started="0"))
    assert len(reconcile()) == 1
    assert_goes_on(parked, its_run)


def test_a_running_run_that_never_came_to_its_visit_is_started_again(parked: Office) -> None:
    """It died between Running and its row."""
    its_run = left_in(parked, Running(), worker=None)
    assert len(reconcile()) == 1
    assert_goes_on(parked, its_run)


def test_a_run_that_stays_pending_is_started_again(parked: Office) -> None:
    """Its process died before it began (design trap 15)."""
    its_run = left_in(parked, Pending())
    assert len(reconcile()) == 1
    assert_goes_on(parked, its_run)


def test_a_run_deleted_in_prefect_is_replaced(parked: Office) -> None:
    """A new generation with the same name goes on where the old one was; no step and no letter is repeated."""
    lost = parked.run()
    parked.client.delete_flow_run(lost.id)
    assert len(reconcile()) == 1
    assert parked.visit().generation == 2
    assert parked.run().id != lost.id
    assert parked.run().name == lost.name
    assert_goes_on(parked, parked.run().id)
    assert reconcile() == []


def test_a_wake_up_call_that_was_lost_is_made_good_at_the_next_look(parked: Office) -> None:
    """The answer was committed, the caller died before it could call anybody: the note in the row is enough."""
    before = parked.visit().wakeups
    with writing(settings().database) as session:
        visits.ask_to_wake(session, parked.visit().id)
    parked.run_due()
    assert parked.visit().wakeups == before + 1
    assert reconcile() == []


def test_a_run_that_failed_before_it_reached_its_row_is_started_again(parked: Office) -> None:
    """Without a word about its trouble it is the machine's, not a person's to decide."""
    its_run = left_in(parked, Failed(message="database is locked"))
    assert len(reconcile()) == 1
    assert_goes_on(parked, its_run)


def test_a_cancelled_visit_that_still_owes_its_letters_is_healed_too(parked: Office) -> None:
    """Everybody is told although the run crashed on the way."""
    with writing(settings().database) as session:
        visits.find(session, MAY).state = "cancelled"
    left_in(parked, Crashed())
    assert len(reconcile()) == 1
    parked.run_due()
    assert parked.new_letters() == ["visit_cancelled → host"]
    assert parked.state().type is StateType.CANCELLED
    assert reconcile() == []


def test_the_deployment_heals_and_says_what(parked: Office) -> None:
    """What the schedule starts every few minutes."""
    left_in(parked, Crashed())
    run_now(RECONCILING)
    messages = [state.message or "" for state in parked.run_due()]
    assert any(message.startswith(f"{MAY}: lượt chạy đang Crashed") for message in messages)
    run_now(RECONCILING)
    assert [state.message for state in parked.run_due()] == ["mọi lượt chạy đều ổn"]


def test_two_rounds_in_the_same_second_may_tidy_up_after_the_same_one(
    parked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a rest several are due at once; what one has taken away already is gone for the other."""
    run_now(RECONCILING)
    assert [state.name for state in parked.run_due()] == [QUIET]
    delete = SyncPrefectClient.delete_flow_run

    def just_before_me(client: SyncPrefectClient, run_id: UUID) -> None:
        delete(client, run_id)
        delete(client, run_id)

    monkeypatch.setattr(SyncPrefectClient, "delete_flow_run", just_before_me)
    run_now(RECONCILING)

    assert [state.name for state in parked.run_due()] == [QUIET]


def test_after_a_restore_new_runs_take_over_and_those_of_the_lost_time_are_ended(parked: Office) -> None:
    """The rows are of yesterday, the runs of today: nothing is adopted that is further on, nothing sleeps."""
    further_on = parked.run().id
    with writing(settings().database) as session:
        row = visits.find(session, MAY)
        row.flow_run_id, row.generation = None, row.generation + 1000
    assert len(reconcile()) == 2
    parked.run_due()
    assert parked.run().id != further_on
    assert (parked.state().type, parked.state().name) == (StateType.PAUSED, "Chờ danh sách")
    assert (old := parked.client.read_flow_run(further_on).state)
    assert old.type is StateType.CANCELLED
    assert parked.new_letters() == []
    assert reconcile() == []


# What is left alone


def test_a_parked_run_is_left_alone(parked: Office) -> None:
    """However long it waits."""
    assert_untouched(parked)


def test_a_run_that_is_due_is_left_to_the_runner(parked: Office) -> None:
    """An answer has woken it already."""
    wake(parked.visit().id)
    assert_untouched(parked)


def test_a_running_run_with_a_living_process_is_left_alone(parked: Office) -> None:
    """However long a step takes."""
    left_in(parked, Running(), worker=at_work(os.getpid()))
    assert_untouched(parked)


def test_a_run_that_has_just_started_is_left_alone(parked: Office) -> None:
    """Its process imports for seconds before it comes to its row, where the last one may still stand."""
    parked.set(pending_seconds=120, starting_seconds=20)
    left_in(parked, Running(), worker=a_dead_worker())
    assert_untouched(parked)
    left_in(parked, Pending())
    assert_untouched(parked)


def test_a_failed_run_waits_for_a_person(office: Office) -> None:
    """Retrying by itself what has failed for good would send and fail for ever."""
    office.plan_only(MAY)
    break_mail_server(settings().mailbox, "refuse")
    office.on(2024, 3, 1, 8)
    assert office.state().type is StateType.FAILED
    mend_mail_server(settings().mailbox)
    office.set(pending_seconds=0, starting_seconds=0)
    assert_untouched(office)
    assert office.new_letters() == []


def test_the_run_of_a_finished_visit_is_ended_and_then_left_alone(parked: Office) -> None:
    """The power went between closing the visit and Prefect's Completed; and closed is closed, whatever is deleted."""
    with writing(settings().database) as session:
        visits.find(session, MAY).state = "closed"
    assert len(reconcile()) == 1
    assert parked.state().type is StateType.COMPLETED
    assert_untouched(parked)
    parked.client.delete_flow_run(UUID(parked.visit().flow_run_id))
    assert reconcile() == []
    assert parked.client.read_flow_runs() == []


def test_a_faulty_wording_of_mondays_letter_is_told_and_holds_up_nothing_else(parked: Office, tmp_path: Path) -> None:
    """The round goes on to letters that are left, and to the note by which the watch knows that it ended."""
    parked.on(2024, 3, 20)
    parked.host_sends_its_list()
    parked.on(2024, 3, 25)
    with writing(settings().database) as session:
        leader = add(
            session, "lanh-dao", "Trần Thị Minh Họa", ("leader",), secrets.token_hex(), "thử", email=LEADER_MAIL
        )
        wish_weekly(session, leader.id, "thử", wanted=True)
    shutil.copytree(ROOT / "letters" / "templates" / "leader_week", tmp_path / "leader_week")
    (tmp_path / "leader_week" / "body.txt").write_text("Kính gửi {{ khong_co }}", encoding="utf-8")
    parked.set(templates=tmp_path)

    assert reconcile() == []

    with reading(settings().database) as session:
        notes = service_notes.read(session)
    assert "khong_co" in notes["monday fault"].text
    assert "tended" in notes
    parked.set(templates=None)
    assert reconcile() == ["gửi 1 thư sáng thứ Hai"]
    with reading(settings().database) as session:
        assert "monday fault" not in service_notes.read(session)


def left_in(office: Office, state: State[object], worker: str | None = "") -> UUID:
    """Leave the visit's run in that state, as if its process had ended there; `worker` stands in the row."""
    run_id = office.run().id
    office.client.set_flow_run_state(run_id, state, force=True)
    if worker != "":
        with writing(settings().database) as session:
            visits.find(session, MAY).worker = worker
    time.sleep(0.05)  # older than "zero seconds"
    return run_id


def assert_goes_on(office: Office, run_id: UUID) -> None:
    """The run starts, comes to where the visit was, and parks there; no letter goes out again."""
    office.run_due()
    assert office.run().id == run_id
    assert (office.state().type, office.state().name) == (StateType.PAUSED, "Chờ danh sách")
    assert office.visit().worker is None
    assert office.new_letters() == []


def assert_untouched(office: Office) -> None:
    """Whoever looks at it finds the very same state."""
    before, generation = office.state(), office.visit().generation
    assert reconcile() == []
    assert office.state().id == before.id
    assert office.visit().generation == generation
