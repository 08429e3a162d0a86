"""What we use of Prefect beyond what it promises, one test for each: an upgrade that breaks one of them names it here.

`make try-newest` runs this file alone, with the newest Prefect there is.
"""

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from prefect import get_run_logger, task
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactCreate
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    LogFilter,
    LogFilterFlowRunId,
)
from prefect.client.schemas.objects import State, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.context import SyncClientContext
from prefect.logging.handlers import APILogWorker
from prefect.schedules import Cron
from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED, temporary_settings
from prefect.states import Cancelled, Completed, Crashed, Failed, Paused, Pending, Running, Scheduled
from prefect.utilities.timeout import timeout

from config.run_lists import SECONDS
from deployments.saved_lists import save_lists
from domain.dates import OFFICE_ZONE
from flows.engine.server import one_connection
from flows.engine.step_run import take
from flows.engine.wake import DEPLOYMENT
from tests.flows.one_run import Run, deployed, due_run, runs_of, wait_until, waiting

pytestmark = pytest.mark.prefect


@task(name="Bước", task_run_name="Buoc", persist_result=False)
def step(outcome: str) -> State[str]:
    """A step: it waits, or it is done."""
    return Completed(data=outcome) if outcome == "xong" else Paused(name=outcome, data=outcome)


@pytest.fixture
def client(prefect_port: int) -> Iterator[SyncPrefectClient]:
    """A client of the real server."""
    assert prefect_port
    with get_client(sync_client=True) as opened:
        yield opened


@pytest.fixture
def deployment(client: SyncPrefectClient) -> Iterator[UUID]:
    """What the runs belong to."""
    with deployed(client) as found:
        yield found


@pytest.fixture
def run(client: SyncPrefectClient, deployment: UUID) -> Run:
    """A run that is due."""
    return due_run(client, deployment)


# The engine


def test_run_flow_takes_a_run_whose_deployment_is_blank(run: Run) -> None:
    """So no thread and no websocket watch for a suspension (`deployments/warm/worker_main.py`);
    the server's copy keeps it.
    """
    run.execute(lambda _run_id: Completed(message="đã kết thúc"))
    assert run.state == (StateType.COMPLETED, "Completed")
    assert run.read().deployment_id == run.deployment


def test_pause_raised_after_a_run_set_its_own_state_leaves_that_state(run: Run) -> None:
    """The process ends and nothing else is said: what was set last is what the pages show."""
    run.park(waiting("Chờ danh sách"))
    states = sorted(run.client.read_flow_run_states(run.id), key=lambda state: state.timestamp)
    assert [state.type.value for state in states] == ["SCHEDULED", "PENDING", "RUNNING", "PAUSED"]


def test_the_engine_talks_through_the_client_that_surrounds_it(run: Run) -> None:
    """One connection for our code and for Prefect's own, with our patience (`flows/engine/server.py`)."""
    with one_connection() as ours:
        run.execute(lambda _run_id: Completed() if _surrounding() is ours else Failed())
    assert run.state[0] is StateType.COMPLETED


def _surrounding() -> SyncPrefectClient | None:
    context = SyncClientContext.get()
    return context.client if context else None


# Bars of the time line


def test_run_task_sync_with_our_own_keys_keeps_one_task_run(run: Run) -> None:
    """Two wake-ups, one bar, which shows the later one under the name the task gives (0002)."""
    outcomes: list[object] = []

    def waits(run_id: UUID) -> None:
        outcomes.append(take(run_id, step, "0", outcome="Chờ danh sách"))
        run.leave(waiting("Chờ danh sách"))

    def ends(run_id: UUID) -> None:
        outcomes.append(take(run_id, step, "0", outcome="xong"))

    run.execute(waits)
    run.press("resume")
    run.execute(ends)
    assert outcomes == ["Chờ danh sách", "xong"]
    assert [(bar.name, bar.dynamic_key) for bar in run.bars()] == [("Buoc", "0")]


def test_events_that_were_drained_are_with_the_server(run: Run) -> None:
    """A slot says everything about its tasks before its process is gone."""
    run.execute(lambda run_id: Completed(message=f"{take(run_id, step, '0', outcome='xong')}"))
    assert [bar.state_name for bar in run.bars()] == ["Completed"]


def test_log_lines_that_were_drained_are_with_the_server(run: Run) -> None:
    with temporary_settings({PREFECT_LOGGING_TO_API_ENABLED: True}):
        run.execute(lambda _run_id: get_run_logger().info("một dòng nhật ký"))
        APILogWorker.drain_all(timeout=5)
    lines = run.client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run.id])))
    assert "một dòng nhật ký" in [line.message for line in lines]


# Parking


@pytest.mark.parametrize("in_main_thread", [True, False])
def test_prefects_time_limit_raises_our_own_error_in_the_middle_of_the_work(in_main_thread: bool) -> None:
    """By an alarm where the work is in the main thread, as in a runner's process; by a watching thread elsewhere."""
    ended: list[str] = []

    def work() -> None:
        try:
            with timeout(0.3, timeout_exc_type=TimeIsOverError):
                for _ in range(200):
                    time.sleep(0.05)
            ended.append("the work")
        except TimeIsOverError:
            ended.append("the limit")

    if in_main_thread:
        work()
    else:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(30)
    assert ended == ["the limit"]


class TimeIsOverError(TimeoutError):
    """Ours."""


def test_a_run_may_make_itself_paused_and_stays_so(run: Run) -> None:
    run.park(waiting("Chờ danh sách"))
    assert run.state == (StateType.PAUSED, "Chờ danh sách")
    assert not run.is_due


def test_resume_makes_a_paused_run_due_again_and_it_may_pause_once_more(run: Run) -> None:
    """The button of the pages; the server keeps which pauses have fired, ours have no key that it could remember."""
    for name in ("Chờ danh sách", "Chờ lựa chọn", "Chờ lựa chọn"):
        run.park(waiting(name))
        assert run.state == (StateType.PAUSED, name)
        assert run.press("resume")["status"] == "ACCEPT"
        assert run.state == (StateType.SCHEDULED, "Resuming")
        assert run.is_due


def test_resume_changes_nothing_at_a_run_that_is_not_paused(run: Run) -> None:
    assert run.press("resume")["status"] == "ABORT"
    assert run.state[0] is StateType.SCHEDULED


def test_we_may_make_a_paused_run_due(run: Run) -> None:
    """What an answer does: by the ordinary call, not by *Resume*, with a name of ours."""
    run.park(waiting("Chờ danh sách"))
    assert run.propose(Scheduled(name="Tiếp tục")) is SetStateStatus.ACCEPT
    assert run.state == (StateType.SCHEDULED, "Tiếp tục")
    assert run.is_due


def test_a_run_can_be_born_paused(client: SyncPrefectClient, deployment: UUID) -> None:
    """The visits of a year stand in Prefect before they begin."""
    born = Run(client, deployment, waiting("Chưa mở"))
    assert born.state == (StateType.PAUSED, "Chưa mở")
    assert born.press("resume")["status"] == "ACCEPT"
    born.execute(lambda _run_id: Completed())
    assert born.state[0] is StateType.COMPLETED


def test_only_by_force_is_a_run_made_paused_that_is_not_at_work(run: Run) -> None:
    """So a taken run that should not have been is put back."""
    assert run.propose(waiting("Chờ danh sách")) is SetStateStatus.REJECT
    assert run.client.set_flow_run_state(run.id, waiting("Chờ danh sách"), force=True).status is SetStateStatus.ACCEPT
    assert run.state == (StateType.PAUSED, "Chờ danh sách")


def test_the_service_that_ends_old_pauses_leaves_a_far_one(client: SyncPrefectClient, deployment: UUID) -> None:
    far, near = Run(client, deployment, waiting("Chờ danh sách")), Run(client, deployment, waiting("", timedelta(0)))
    wait_until(lambda: near.state[0] is StateType.FAILED)
    assert far.state == (StateType.PAUSED, "Chờ danh sách")


def test_a_run_may_make_itself_scheduled_for_later(run: Run) -> None:
    """How runs were parked up to Prefect 3.8.8; such runs are still about in offices that update."""
    run.park(Scheduled(scheduled_time=datetime.now().astimezone() + timedelta(days=9), name="Chờ danh sách"))
    assert run.state == (StateType.SCHEDULED, "Chờ danh sách")
    assert not run.is_due


# Claiming, cancelling, healing


def test_of_two_who_claim_a_run_by_pending_one_gets_it(run: Run) -> None:
    assert [run.propose(Pending()) for _ in range(2)] == [SetStateStatus.ACCEPT, SetStateStatus.ABORT]


def test_nobody_can_claim_a_paused_run(run: Run) -> None:
    run.park(waiting("Chờ danh sách"))
    assert run.propose(Pending()) is SetStateStatus.REJECT
    assert run.state == (StateType.PAUSED, "Chờ danh sách")


def test_cancel_ends_a_paused_run_at_once(run: Run) -> None:
    """What the button sends; no runner has to see to it, there is no process."""
    run.park(waiting("Chờ danh sách"))
    run.press("set_state", state={"type": "CANCELLING", "name": "Cancelling"}, force=False)
    assert run.state[0] is StateType.CANCELLED


@pytest.mark.parametrize("ended", [Cancelled(), Crashed(), Failed(), Completed()], ids=lambda state: state.type.value)
def test_a_run_that_ended_can_be_made_due_by_force(run: Run, ended: State[None]) -> None:
    """How a lost run is healed, and how a failed one is run again."""
    run.client.set_flow_run_state(run.id, Running(), force=True)
    run.client.set_flow_run_state(run.id, ended, force=True)
    run.client.set_flow_run_state(run.id, Scheduled(name="Chạy lại"), force=True)
    assert run.is_due
    run.execute(lambda _run_id: Completed())
    assert run.state[0] is StateType.COMPLETED


# Artifacts and schedules


def test_an_artifact_can_be_posted_for_a_run_by_anybody(run: Run) -> None:
    """Straight to the API, without the event that the client's own call sends (`flows/artifacts.py`)."""
    told: dict[str, Any] = {"key": "chuyen-thu", "type": "table", "description": "bảng", "flow_run_id": run.id}
    artifact = ArtifactCreate(**told, data=json.dumps([{"Tháng": 5}]))
    run.client.request("POST", "/artifacts/", json=artifact.model_dump(mode="json", exclude_unset=True))
    mine = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    (found,) = run.client.read_artifacts(artifact_filter=mine)
    assert json.loads(str(found.data)) == [{"Tháng": 5}]


def test_filters_are_saved_by_put_and_one_of_the_same_name_is_found_again(client: SyncPrefectClient) -> None:
    """The first version of the pages offers them to everybody (`deployments/saved_lists.py`)."""
    assert save_lists() == [], "registering the deployments has saved them"
    kept = {one["name"]: one["filters"] for one in client.request("POST", "/saved_searches/filter", json={}).json()}
    values = {one["property"]: one["value"] for one in kept["Chờ lãnh đạo"]}
    assert values == {"tag": ["chờ: lãnh đạo Ban"], "range": {"type": "span", "seconds": -SECONDS}}
    assert [one["value"] for one in kept["Bị lỗi, bị dừng"] if one["property"] == "tag"] == [["bị dừng"]]


def test_the_form_of_a_custom_run_is_ours(client: SyncPrefectClient) -> None:
    """Put into the deployment before it is applied (`deployments/registry.py`): Prefect's own knows no titles."""
    form = client.read_deployment_by_name(DEPLOYMENT).parameter_openapi_schema or {}
    assert [field["title"] for field in form["properties"].values()] == ["Năm", "Tháng", "Đơn vị"]


def test_the_server_leaves_out_a_version_of_its_pages_that_it_cannot_unpack(prefect_port: int) -> None:
    """`deployments.service.environment.serve_one_version`: the other one, and the way to it, are not there."""
    served = httpx.get(f"http://127.0.0.1:{prefect_port}/ui-settings").json()
    assert (served["default_ui"], served["available_uis"]) == ("v1", ["v1"])


def test_a_schedule_makes_runs_ahead(client: SyncPrefectClient) -> None:
    """The server's own loop, beside the locked SQLAlchemy: 3.8.8 beside 2.1.9 made none, for ever."""
    with deployed(client, schedules=[Cron("0 8 1 * *", timezone="Asia/Ho_Chi_Minh")]) as monthly:
        wait_until(lambda: len(runs_of(client, monthly)) >= 3, 90)
        ahead = runs_of(client, monthly)
    moments = [run.expected_start_time.astimezone(OFFICE_ZONE) for run in ahead if run.expected_start_time]
    assert {(moment.day, moment.hour) for moment in moments} == {(1, 8)}
    assert all(run.auto_scheduled for run in ahead)
