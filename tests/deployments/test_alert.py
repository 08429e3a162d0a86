"""Whoever an office names is told of failed runs, by an automation on the real server; by default nobody is."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import State
from prefect.states import Completed, Crashed, Failed, Running
from pydantic import SecretStr

from config.settings import Settings, settings, use
from database import service_notes
from database.engine import reading
from deployments.alert import NAME, NOTE, set_up_alert
from tests.flows.one_run import deployed, due_run, wait_until

pytestmark = pytest.mark.prefect


class Listener(HTTPServer):
    """A webhook on this machine, and what it was told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.told: list[dict[str, Any]] = []


class _Answer(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    """It listens as long as the test takes."""
    with Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def client(office: Settings, prefect_port: int) -> Iterator[SyncPrefectClient]:
    """The real server; no alert is left behind for other tests."""
    use(office.model_copy(update={"prefect_port": prefect_port}))
    with get_client(sync_client=True) as opened:
        yield opened
        turn("", "webhook")


def turn(url: str, kind: str, mode: str = "live") -> None:
    """What the next start does with these settings."""
    use(settings().model_copy(update={"mode": mode, "alert_url": SecretStr(url), "alert_kind": kind}))
    set_up_alert()


def test_a_failed_and_a_crashed_run_are_told_and_nothing_of_their_reason(
    client: SyncPrefectClient, listener: Listener
) -> None:
    """The reason may hold addresses and words of mail servers, which go nowhere."""
    turn(f"http://127.0.0.1:{listener.server_port}/", "webhook")
    with deployed(client) as deployment:
        for state in (Completed(), Failed(message="từ chối bi-mat@bien-hoa.example"), Crashed()):
            end(client, deployment, state)
        wait_until(lambda: len(listener.told) == 2)
    assert sorted(one["state"] for one in listener.told) == ["Crashed", "Failed"]
    assert all(one["text"] == "Lượt chạy bị lỗi · 2024-05 · Biên Hòa" for one in listener.told)
    assert "bi-mat" not in json.dumps(listener.told)


def end(client: SyncPrefectClient, deployment: Any, state: State[None]) -> None:
    """A run of May that ends so."""
    run = due_run(client, deployment)
    client.set_flow_run_name(run.id, "2024-05 · Biên Hòa")
    client.set_flow_run_state(run.id, Running(), force=True)
    client.set_flow_run_state(run.id, state, force=True)


def test_without_an_address_nobody_is_told(client: SyncPrefectClient) -> None:
    turn("", "webhook")
    assert client.read_automations_by_name(NAME) == []


def test_an_alert_that_is_taken_out_of_the_settings_is_gone(client: SyncPrefectClient) -> None:
    turn("http://127.0.0.1:9/", "webhook")
    assert len(client.read_automations_by_name(NAME)) == 1
    turn("", "webhook")
    assert client.read_automations_by_name(NAME) == []


def test_a_rehearsal_tells_nobody(client: SyncPrefectClient) -> None:
    turn("http://127.0.0.1:9/", "webhook", mode="rehearsal")
    assert client.read_automations_by_name(NAME) == []


def test_what_staff_changed_in_the_automation_stays_and_the_next_address_is_taken(client: SyncPrefectClient) -> None:
    turn("http://127.0.0.1:9/", "webhook")
    (one,) = client.read_automations_by_name(NAME)
    client.pause_automation(one.id)
    turn("http://127.0.0.1:10/", "webhook")
    (same,) = client.read_automations_by_name(NAME)
    assert (same.id, same.enabled) == (one.id, False)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("teams", "https://prod-01.westeurope.logic.azure.com:443/workflows/" + "a" * 32
         + "/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abc"),
        ("slack", "https://hooks.slack.com/services/T1/B2/c3"),
    ],
)  # fmt: skip
def test_teams_and_slack_have_a_notification_of_their_own(client: SyncPrefectClient, kind: str, url: str) -> None:
    """Only that it stands in Prefect as it should: nothing is sent to either from here."""
    turn(url, kind)
    (one,) = client.read_automations_by_name(NAME)
    (action,) = one.actions
    assert action.type == "send-notification"
    assert "flow_run.name" in str(getattr(action, "body", ""))


def test_an_address_that_cannot_be_used_is_noted_and_stops_nothing(client: SyncPrefectClient) -> None:
    turn("https://teams.example/khong-dung", "teams")
    assert client.read_automations_by_name(NAME) == []
    with reading(settings().database) as session:
        assert "không bật được báo lỗi ra ngoài (teams)" in service_notes.read(session)[NOTE].text
    turn("", "teams")
    with reading(settings().database) as session:
        assert NOTE not in service_notes.read(session)
