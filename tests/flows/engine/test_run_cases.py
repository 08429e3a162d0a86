"""The table of row and run (docs/decisions/0017): each case made as staff make it, healed or shown in one round."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.schemas.objects import StateType
from prefect.states import Failed, Scheduled
from sqlalchemy.exc import OperationalError

from answers.changes import cancel
from answers.nominations import nominate
from answers.running_again import run_again
from config.settings import settings
from database import visits
from database.engine import writing
from deployments.registry import register
from domain.wait import Wait
from flows.engine import due_runs as calling
from flows.engine.due_runs import read_run
from flows.engine.run_cases import Case, case_of
from flows.engine.wake import DEPLOYMENT, wake
from flows.reconcile_visits import reconcile
from tests.flows.office import Office, press
from tests.may import HOST, LEADER, MAY, OFFICER

pytestmark = pytest.mark.prefect


# What a person does in Prefect is shown


def test_cancel_in_prefect_shows_everywhere_within_one_round_and_says_how_to_go_on(parked: Office) -> None:
    """The row, the name and tags in Prefect, and a letter to the officer."""
    parked.press_cancel()
    assert case(parked) is Case.STOPPED
    assert reconcile() == [
        f"{MAY}: lượt chạy bị dừng trong Prefect", f"gửi 1 thư còn lại của {MAY}"
    ]  # fmt: skip
    assert parked.waits() == ("officer", "Lượt chạy bị dừng", None)
    trouble = parked.visit().trouble or ""
    assert "Cancel trong Prefect" in trouble
    assert "Chạy lại" in trouble
    assert "visits cancel" in trouble
    assert parked.run().name == "2024-05 · Biên Hòa · chờ cán bộ"
    assert {"bị dừng", "chờ: cán bộ"} <= set(parked.run().tags)
    assert parked.new_letters() == ["run_stopped → staff:officer"]
    assert reconcile() == [], "it is said once"
    parked.on(2024, 4, 15)
    assert parked.new_letters() == [], "no date moves it, only a person"


def test_after_cancel_in_prefect_an_answer_is_kept_and_a_person_lets_it_go_on(parked: Office) -> None:
    """The list counts although nothing moves; *Chạy lại* takes it up, and nothing is asked or sent twice."""
    parked.press_cancel()
    nominate(MAY, parked.script[MAY].lists[-1].as_nominations(parked.today), HOST)
    parked.run_due()
    assert parked.state().type is StateType.CANCELLED
    reconcile()
    assert parked.waits()[1] == "Lượt chạy bị dừng"
    parked.new_letters()

    run_again(MAY, OFFICER)
    parked.run_due()
    assert parked.waits()[:2] == ("leader", "Chờ lựa chọn")
    assert parked.visit().trouble is None
    assert parked.new_letters() == ["staff_task → staff:leader"]
    assert reconcile() == []


def test_a_stopped_visit_that_is_called_off_tells_everybody(parked: Office) -> None:
    """*Hủy đợt* is the proper way, also after somebody has pressed *Cancel*."""
    parked.press_cancel()
    reconcile()
    parked.new_letters()
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    parked.run_due()
    assert parked.new_letters() == ["visit_cancelled → host"]
    assert (parked.visit().state, parked.state().type) == ("cancelled", StateType.CANCELLED)
    assert reconcile() == []


def test_cancel_in_prefect_on_a_visit_that_is_called_off_keeps_no_letter_back(parked: Office) -> None:
    """Two ways of stopping at once: whoever was written to is told all the same."""
    cancel(MAY, "đơn vị bận đại hội", LEADER)
    parked.press_cancel()
    reconcile()
    parked.run_due()
    assert parked.new_letters() == ["visit_cancelled → host"]
    assert reconcile() == []


def test_a_run_that_breaks_time_and_again_is_shown_and_not_started_for_ever(parked: Office) -> None:
    """A dozen times within an hour is enough; then a person looks."""
    for _ in range(12):
        parked.client.set_flow_run_state(parked.run().id, Failed(message="database is locked"), force=True)
        assert len(reconcile()) == 1
    parked.client.set_flow_run_state(parked.run().id, Failed(message="database is locked"), force=True)
    reconcile()
    assert parked.waits()[:2] == ("officer", "Lượt chạy bị dừng")
    assert "database is locked" in (parked.visit().trouble or "")
    assert parked.new_letters() == ["run_stopped → staff:officer"]


# What is the machine's trouble, or an accident, is healed


def test_trouble_of_the_machine_heals_by_itself_after_a_minute_and_asks_nobody(
    parked: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database locked for longer than a step waits: the answer is taken up without a person, and without a letter."""
    with monkeypatch.context() as locked:
        locked.setattr("tasks.steps.step_3_select_thematic_cell.record_of", lock_out)
        parked.host_sends_its_list()
    assert parked.state().type is StateType.FAILED
    assert parked.visit().trouble is None, "it is nobody's to decide"
    parked.on(2024, 3, 1, 8, 5)
    assert parked.state().type is StateType.FAILED, "the trouble is given a minute to pass"
    monkeypatch.setattr(calling, "_PAUSE", 0.0)
    parked.run_due()
    assert parked.waits()[:2] == ("leader", "Chờ lựa chọn")
    assert parked.new_letters() == ["staff_task → staff:leader"]
    assert reconcile() == []


def lock_out(*_: object) -> None:
    raise OperationalError("UPDATE visit", {}, Exception("database is locked"))


def by_hand(kind: str, name: str) -> Callable[[Office], None]:
    """*Change state* in the menu of a run, which forces it."""
    return lambda office: office.change_state(kind, name, "Changed manually via UI", force=True)


def scheduled_for_later(office: Office) -> None:
    """An older version of this service parked runs like that; a person may as well."""
    later = datetime.now(UTC) + timedelta(days=30)
    office.client.set_flow_run_state(office.run().id, Scheduled(scheduled_time=later), force=True)


def deployment_deleted(office: Office) -> None:
    """Somebody deletes it in Prefect, the next start makes a new one under another id."""
    office.client.delete_deployment(office.client.read_deployment_by_name(DEPLOYMENT).id)
    register()
    from deployments.registry import FLOWS

    office.flows.clear()
    office.flows.update({office.client.read_deployment_by_name(name).id: flow for name, flow in FLOWS.items()})


def not_taken(office: Office) -> None:
    """It is due, and the one who was to take it has lost it."""
    office.set(overdue_minutes=0)
    office.client.set_flow_run_state(office.run().id, Scheduled(), force=True)


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (by_hand("PAUSED", "Paused"), Case.ASTRAY),
        (by_hand("COMPLETED", "Completed"), Case.ENDED),
        (by_hand("FAILED", "Failed"), Case.BROKEN),
        (by_hand("CRASHED", "Crashed"), Case.CRASHED),
        (by_hand("PENDING", "Pending"), Case.STALE),
        (by_hand("RUNNING", "Running"), Case.DEAD),
        (scheduled_for_later, Case.ASLEEP),
        (deployment_deleted, Case.FOREIGN),
        (not_taken, Case.OVERDUE),
        (lambda office: office.client.delete_flow_run(office.run().id), Case.MISSING),
    ],
    ids=lambda one: one.name if isinstance(one, Case) else "",
)
def test_what_happens_to_a_waiting_run_is_healed_within_one_round(
    parked: Office, harm: Callable[[Office], None], found: Case
) -> None:
    """It waits again for the same thing, under its name, nothing is asked or sent twice, and an answer moves it."""
    harm(parked)
    time.sleep(0.05)  # older than "zero seconds"
    assert case(parked) is found
    assert reconcile() == [f"{MAY}: {found}"]
    parked.run_due()
    assert parked.waits()[:2] == ("host", "Chờ danh sách")
    assert (parked.state().type, parked.state().name) == (StateType.PAUSED, "Chờ danh sách")
    assert parked.new_letters() == []
    parked.set(overdue_minutes=10)
    assert reconcile() == []
    parked.host_sends_its_list()
    assert parked.waits()[:2] == ("leader", "Chờ lựa chọn")


def test_a_row_restored_from_an_older_copy_finds_its_way_by_its_own_date(parked: Office) -> None:
    """The row waits until a day that has passed, its run is parked further on: the row's date alone counts."""
    parked.host_sends_its_list()
    parked.new_letters()
    with writing(settings().database) as session:
        row = visits.get(session, parked.visit().id, lock=True)
        row.wait, row.waiting_until = Wait.NOMINATIONS, row.waiting_since
    parked.run_due()
    assert parked.waits()[:2] == ("leader", "Chờ lựa chọn")
    assert parked.new_letters() == []


def test_a_custom_run_beside_a_run_of_a_dead_deployment_is_told_the_truth(parked: Office) -> None:
    """It says that the visit will look, and the visit does look."""
    deployment_deleted(parked)
    wakeups = parked.visit().wakeups
    deployment = parked.client.read_deployment_by_name(DEPLOYMENT)
    given = {"year": 2024, "month": 5, "unit": "bien_hoa"}
    press(f"deployments/{deployment.id}/create_flow_run", {"parameters": given})
    parked.run_due()
    assert parked.visit().wakeups == wakeups + 1
    assert parked.run().deployment_id == deployment.id


def test_two_hundred_wakes_without_anybody_called_are_all_seen_at_the_next_look(parked: Office) -> None:
    """The call after an answer may fail every time: whoever runs visits asks the rows anyway."""
    before = parked.visit().wakeups
    for _ in range(20):
        for _ in range(10):
            wake(parked.visit().id)
        parked.run_due()
        assert parked.visit().wake_seen == parked.visit().wake_wanted
    assert parked.visit().wakeups == before + 20


def case(office: Office) -> Case:
    """Which case the visit of May is."""
    row = office.visit()
    ours = {one.id for one in office.client.read_deployments()}
    return case_of(row, read_run(office.client, row.flow_run_id), ours)
