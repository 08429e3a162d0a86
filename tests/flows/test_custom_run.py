"""A custom run in the Prefect UI takes a visit on, or wakes the run that has it; nonsense is refused (design §3)."""

from typing import Any

import httpx
import pytest
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from config.settings import settings
from database import visits
from database.engine import writing
from flows.wake import DEPLOYMENT
from tests.desk import MAY
from tests.flows.office import Office

pytestmark = pytest.mark.prefect

OCTOBER = "2024-10/quan_su_tinh"


def test_a_custom_run_of_a_visit_that_has_a_live_run_wakes_that_one(office: Office) -> None:
    """One visit never has two live runs: the second one says so and ends."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    its_run, wakeups = office.run(), office.visit().wakeups
    custom = custom_run(office, month=5, unit="bien_hoa")
    office.run_due()
    ended = office.client.read_flow_run(custom.id).state
    assert ended
    assert ended.type is StateType.COMPLETED
    assert f"đang có lượt chạy {its_run.id}" in (ended.message or "")
    assert office.run().id == its_run.id
    assert office.visit().wakeups == wakeups + 1
    assert office.waits()[:2] == ("host", "Chờ đề cử")
    assert len(office.message_ids()) == 1


def test_a_custom_run_of_a_visit_without_run_takes_it_on(office: Office) -> None:
    """Started in January, October's visit waits for the day of its request, and then asks (A5)."""
    custom = custom_run(office, month=10, unit="quan_su_tinh")
    office.run_due()
    assert office.run(OCTOBER).id == custom.id
    assert office.run(OCTOBER).name == "2024-10 · Quân sự tỉnh · đến ngày 01/8/2024"
    assert office.waits(OCTOBER)[:2] == ("date", "Chờ ngày gửi đề nghị")
    assert office.new_letters() == []

    office.plan_only(OCTOBER)
    office.on(2024, 8, 1, 8)
    assert office.run(OCTOBER).id == custom.id
    assert office.new_letters() == ["nomination_request → host"]
    assert len(office.client.read_flow_runs()) == 1


def test_a_custom_run_goes_on_where_a_lost_run_has_stopped(office: Office) -> None:
    """The old run was deleted in Prefect; the finished step is not repeated, no letter goes out twice."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.client.delete_flow_run(office.run().id)
    custom = custom_run(office, month=5, unit="bien_hoa")
    office.run_due()
    assert office.run().id == custom.id
    assert office.waits()[:2] == ("host", "Chờ đề cử")
    assert len(office.message_ids()) == 1


@pytest.mark.parametrize(
    ("month", "unit", "fault"),
    [
        (5, "long_khanh", "2024-05/long_khanh: không có trong kế hoạch"),
        (11, "bien_hoa", "2024-11/bien_hoa: không có trong kế hoạch"),
        (5, "khong_co", "2024-05/khong_co: không có trong kế hoạch"),
    ],
    ids=["host of another month", "month without host", "unknown unit"],
)
def test_a_custom_run_of_a_visit_that_is_not_planned_fails_and_says_why(
    office: Office, month: int, unit: str, fault: str
) -> None:
    """In Vietnamese, with the way out, and without a trace in the plan."""
    custom = custom_run(office, month=month, unit=unit)
    office.run_due()
    ended = office.client.read_flow_run(custom.id).state
    assert ended
    assert ended.type is StateType.FAILED
    assert fault in (ended.message or "")
    assert "visits status" in (ended.message or "")
    assert office.outbox() == []


@pytest.mark.parametrize(
    "wrong",
    [{"month": 13}, {"month": 0}, {"year": 1924}, {"unit": "Biên Hòa"}, {"month": "May"}, {"unit": None}],
    ids=str,
)
def test_prefect_refuses_parameters_that_cannot_be_right(office: Office, wrong: dict[str, object]) -> None:
    """The form of the UI asks the server, which knows the schema of the flow: no run is created."""
    deployment = office.client.read_deployment_by_name(DEPLOYMENT)
    parameters = {"year": 2024, "month": 5, "unit": "bien_hoa"} | wrong
    url = f"{settings().prefect_url}/api/deployments/{deployment.id}/create_flow_run"
    answer = httpx.post(url, json={"parameters": parameters})
    assert answer.status_code in (409, 422)
    assert next(iter(wrong.values())) is None or str(next(iter(wrong.values()))) in answer.json()["detail"]
    assert office.client.read_flow_runs() == []


def test_a_closed_visit_is_not_run_again(office: Office) -> None:
    """Its result notice has gone out; a run that somebody starts anew fails and says so."""
    with writing(settings().database) as session:
        visits.find(session, MAY).state = "closed"
    custom = custom_run(office, month=5, unit="bien_hoa")
    office.run_due()
    ended = office.client.read_flow_run(custom.id).state
    assert ended
    assert ended.type is StateType.FAILED
    assert f"{MAY}: đã khép, không chạy lại" in (ended.message or "")
    assert office.outbox() == []
    assert office.visit().flow_run_id is None


def test_retry_of_a_run_whose_visit_is_closed_ends_well_and_does_nothing(office: Office) -> None:
    """Its process may have died between its last act and saying so: Prefect shows Crashed, somebody presses Retry."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    with writing(settings().database) as session:
        visits.find(session, MAY).state = "closed"
    letters = office.message_ids()
    office.client.set_flow_run_state(office.run().id, Crashed(), force=True)
    office.press_retry()
    assert (office.state().type, office.state().message) == (StateType.COMPLETED, f"chuyến {MAY} đã khép từ trước")
    assert office.message_ids() == letters


def custom_run(office: Office, **parameters: Any) -> FlowRun:
    """What “Custom run” sends: parameters, and no key that would find an older run."""
    deployment = office.client.read_deployment_by_name(DEPLOYMENT)
    return office.client.create_flow_run_from_deployment(deployment.id, parameters={"year": 2024, **parameters})
