"""A custom run in the Prefect UI takes a visit on, or wakes the run that has it; nonsense is refused (design §3)."""

import logging
from typing import Any

import httpx
import pytest
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from config.settings import settings
from database import visits
from database.engine import reading, writing
from domain.obligation import Kind
from flows.custom_run import offer_choices
from flows.engine.wake import DEPLOYMENT
from tests.flows.office import Office
from tests.may import MAY

pytestmark = pytest.mark.prefect

OCTOBER = "2024-10/quan_su_tinh"


@pytest.fixture
def office(office: Office) -> Office:
    """The office after a start of its service, which brings the forms in line with the plans."""
    offer_choices(office.client)
    return office


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
    assert office.waits()[:2] == ("host", "Chờ danh sách")
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
    assert office.waits()[:2] == ("host", "Chờ danh sách")
    assert len(office.message_ids()) == 1


@pytest.mark.parametrize(
    ("month", "unit", "fault"),
    [
        (5, "long_khanh", "2024-05/long_khanh: không có trong kế hoạch"),
        (11, "bien_hoa", "2024-11/bien_hoa: không có trong kế hoạch"),
    ],
    ids=["host of another month", "month without host"],
)
def test_a_custom_run_of_a_visit_that_is_not_planned_is_refused_and_says_why(
    office: Office, month: int, unit: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In Vietnamese, with the way out, quietly: no failure, no traceback, and no trace in the plan."""
    caplog.set_level(logging.INFO)
    custom = custom_run(office, month=month, unit=unit)
    office.run_due()
    assert_refused(office, custom, fault, "visits status")
    assert [line.message for line in caplog.records if line.levelno >= logging.WARNING] == []
    assert fault in caplog.text


def assert_refused(office: Office, custom: FlowRun, *words: str) -> None:
    """It ended as an answer to whoever asked, not as a fault of the service, and did nothing."""
    ended = office.client.read_flow_run(custom.id).state
    assert ended
    assert (ended.type, ended.name) == (StateType.CANCELLED, "Từ chối")
    assert all(word in (ended.message or "") for word in words), ended.message
    assert office.outbox() == []


def test_a_custom_run_is_called_and_tagged_like_those_the_service_starts(office: Office) -> None:
    """One search finds them all."""
    office.plan_only(MAY, OCTOBER)
    custom = custom_run(office, month=10, unit="quan_su_tinh")
    office.run_due()
    office.on(2024, 3, 1, 8)
    of_service, by_hand = office.run(), office.client.read_flow_run(custom.id)
    assert by_hand.name.startswith("2024-10 · Quân sự tỉnh")
    assert of_service.name.startswith("2024-05 · Biên Hòa")
    assert {"đợt", "2024", "tháng 10", "quan_su_tinh"} <= set(by_hand.tags)
    assert {"đợt", "2024", "tháng 5", "bien_hoa"} <= set(of_service.tags)


def test_the_form_speaks_vietnamese_and_offers_the_hosts_of_the_plans(office: Office) -> None:
    form = office.client.read_deployment_by_name(DEPLOYMENT).parameter_openapi_schema or {}
    fields = form["properties"]
    assert [(name, field["title"]) for name, field in fields.items()] == [
        ("year", "Năm"), ("month", "Tháng"), ("unit", "Đơn vị"),
    ]  # fmt: skip
    assert fields["month"]["enum"] == list(range(1, 13))
    with reading(settings().database) as session:
        hosts = {row.unit for row in visits.of_year(session, 2024, Kind.VISIT)}
    assert set(fields["unit"]["enum"]) == hosts
    assert "bien_hoa: Biên Hòa" in fields["unit"]["description"]
    assert "ví dụ 2024" in fields["year"]["description"]


def test_a_visit_of_a_plan_that_was_loaded_since_is_opened_although_the_form_did_not_know_its_host(
    office: Office,
) -> None:
    """The server would hold the service's own runs against the form as well."""
    deployment = office.client.read_deployment_by_name(DEPLOYMENT)
    form = deployment.parameter_openapi_schema or {}
    form["properties"]["unit"]["enum"] = ["nhon_trach"]
    office.client.update_deployment(deployment.id, DeploymentUpdate(parameter_openapi_schema=form))
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    assert office.waits()[:2] == ("host", "Chờ danh sách")


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": 13},
        {"month": 0},
        {"year": 1924},
        {"unit": "Biên Hòa"},
        {"unit": "khong_co"},
        {"month": "May"},
        {"unit": None},
    ],
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
    """Its result notice has gone out; a run that somebody starts anew is refused and says so."""
    with writing(settings().database) as session:
        visits.find(session, MAY).state = "closed"
    custom = custom_run(office, month=5, unit="bien_hoa")
    office.run_due()
    assert_refused(office, custom, f"{MAY}: đã kết thúc, không chạy lại")
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
    assert (office.state().type, office.state().message) == (StateType.COMPLETED, f"{MAY}: đã kết thúc từ trước")
    assert office.message_ids() == letters


def custom_run(office: Office, **parameters: Any) -> FlowRun:
    """What “Custom run” sends: parameters, and no key that would find an older run."""
    deployment = office.client.read_deployment_by_name(DEPLOYMENT)
    return office.client.create_flow_run_from_deployment(deployment.id, parameters={"year": 2024, **parameters})
