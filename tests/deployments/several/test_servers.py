"""Two servers of Prefect over one PostgreSQL and one Redis: what happens at one is known at the other."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prefect.events import Event
from prefect.events.clients import PrefectEventsClient, PrefectEventSubscriber
from prefect.events.filters import EventFilter, EventNameFilter
from pydantic import SecretStr

from config.settings import ROOT, Settings
from deployments.service.environment import prefect_environment, serve_one_version
from tests.deployments.conftest import free_port
from tests.deployments.several.stores import Redis, postgres, redis

pytestmark = pytest.mark.prefect

_PASSWORD = "a word: with/marks@"


@dataclass
class Server:
    """One of them, on a machine of its own as far as files go."""

    of: Settings
    process: subprocess.Popen[bytes]

    @property
    def api(self) -> str:
        """Where it answers."""
        return f"{self.of.prefect_url}/api"

    def asked(self, path: str, **question: object) -> object:
        """What it says."""
        user, _, password = self.of.secret_prefect.get_secret_value().partition(":")
        answer = httpx.post(f"{self.api}{path}", json=question, auth=(user, password), timeout=60)
        return answer.raise_for_status().json()


@dataclass
class Several:
    """Both, and what passes between them."""

    servers: tuple[Server, Server]
    redis: Redis


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Several]:
    """Both started at the same moment, on tables that were made before."""
    folder = tmp_path_factory.mktemp("servers")
    with postgres(folder) as database, redis(folder, _PASSWORD) as messages:
        database.make("prefect")
        homes = [settings_of(folder / name, database.address("prefect"), messages.port) for name in ("one", "two")]
        tables = [sys.executable, "-m", "deployments.prefect_tables"]
        for _again in range(2):  # a second time changes nothing
            subprocess.run(tables, cwd=ROOT, env=environment_of(homes[0]), check=True, timeout=300)
        started = [started_at(of) for of in homes]
        try:
            for one in started:
                wait_for(one)
            yield Several((started[0], started[1]), messages)
        finally:
            for one in started:
                one.process.terminate()
                one.process.wait(30)


def settings_of(home: Path, database: str, redis_port: int) -> Settings:
    """What each machine is told: the same, but for its own folder."""
    home.mkdir()
    return Settings(
        mode="live", home=home, prefect_port=free_port(), prefect_database_url=SecretStr(database),
        redis_url=SecretStr(f"redis://127.0.0.1:{redis_port}/0"), redis_password_file=home.parent / "redis-password",
        secret_prefect=SecretStr("visits:one-string-for-all-the-servers"), _env_file=None,
    )  # fmt: skip


def environment_of(of: Settings) -> dict[str, str]:
    """That of its processes, with what a file of settings would say of the two addresses."""
    given = {
        "VISITS_PREFECT_DATABASE_URL": of.prefect_database_url.get_secret_value(),
        "VISITS_REDIS_URL": of.redis_url.get_secret_value(),
        "VISITS_REDIS_PASSWORD_FILE": f"{of.redis_password_file}",
        "VISITS_SECRET_PREFECT": of.secret_prefect.get_secret_value(),
    }
    return prefect_environment(of) | given


def started_at(of: Settings) -> Server:
    """`prefect server start`, as the service starts it."""
    serve_one_version(of)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    with (of.folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", f"{of.prefect_port}"], cwd=ROOT, env=environment_of(of), stdout=log, stderr=log
        )
    return Server(of, process)


def wait_for(one: Server) -> None:
    deadline = time.monotonic() + 400
    while one.process.poll() is None:
        assert time.monotonic() < deadline
        try:
            if httpx.get(f"{one.api}/ready", timeout=5).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    pytest.fail((one.of.folder / "server.log").read_text(encoding="utf-8")[-3000:])


async def heard(at: Server, made_at: Server, name: str, seconds: float = 60) -> Event:
    """An event made at one, as somebody hears it who listens at the other."""
    listening = EventFilter(event=EventNameFilter(name=[name]))
    async with PrefectEventSubscriber(filter=listening, api_url=at.api) as subscriber:
        async with PrefectEventsClient(api_url=made_at.api) as client:
            await client.emit(Event(event=name, resource={"prefect.resource.id": "visits.test"}))
        return await asyncio.wait_for(anext(subscriber), seconds)


def kept(at: Server, name: str) -> int:
    """How often such an event stands in the rows, asked at that server; it may come a moment later."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = at.asked("/events/filter", filter={"event": {"name": [name]}})
        if isinstance(found, dict) and found["total"]:
            return int(found["total"])
        time.sleep(0.2)
    return 0


@pytest.fixture
def servers(several: Several) -> tuple[Server, Server]:
    """Both of them."""
    return several.servers


@pytest.fixture(autouse=True)
def _signed_in(servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from prefect.settings import PREFECT_API_AUTH_STRING, temporary_settings

    assert monkeypatch
    with temporary_settings({PREFECT_API_AUTH_STRING: servers[0].of.secret_prefect.get_secret_value()}):
        yield


def test_an_event_made_at_one_is_heard_at_the_other_and_kept_once(servers: tuple[Server, Server]) -> None:
    """In both directions."""
    for at, made_at, name in ((*servers, "visits.there"), (*servers[::-1], "visits.back")):
        event = asyncio.run(heard(at, made_at, name))
        assert event.event == name
        assert kept(at, name) == kept(made_at, name) == 1


def test_redis_that_is_killed_and_comes_back_costs_neither_server_its_ears_nor_its_loops(several: Several) -> None:
    """What it had not passed on yet may be lost; nothing stays deaf, and schedules go on being laid out."""
    several.redis.kill()
    time.sleep(3)
    several.redis.start()
    for at, made_at, name in ((*several.servers, "visits.after"), (*several.servers[::-1], "visits.after-back")):
        until_heard(at, made_at, name)
    laid_out(several.servers[0], "loop-after-redis")


def test_an_event_of_one_that_is_killed_at_once_is_kept_by_the_other(servers: tuple[Server, Server]) -> None:
    """What one has taken in and not yet written is in Redis; the other goes on with it, and serves alone."""
    first, second = servers
    asyncio.run(heard(second, first, "visits.last-words"))
    first.process.kill()
    first.process.wait(10)
    assert kept(second, "visits.last-words") == 1
    assert asyncio.run(heard(second, second, "visits.alone")).event == "visits.alone"
    assert kept(second, "visits.alone") == 1


def test_whoever_stops_does_not_take_the_loops_with_him(servers: tuple[Server, Server]) -> None:
    """A schedule made at the one that is left is laid out: its loops are at work."""
    first, second = servers
    assert first.process.poll() is not None, "stopped by the test before"
    laid_out(second, "loop")


def laid_out(at: Server, name: str) -> None:
    """A schedule made there gets its runs, which is what the loops of servers are for."""
    flow = at.asked("/flows/", name=name)
    assert isinstance(flow, dict)
    hourly = {"schedule": {"interval": 3600}, "active": True}
    at.asked("/deployments/", name=name, flow_id=flow["id"], schedules=[hourly])
    deadline = time.monotonic() + 120
    while not at.asked("/flow_runs/count", flows={"name": {"any_": [name]}}):
        assert time.monotonic() < deadline, (at.of.folder / "server.log").read_text(encoding="utf-8")[-3000:]
        time.sleep(0.5)


def until_heard(at: Server, made_at: Server, name: str) -> None:
    """Events made while a server finds its way back may be lost; it must find it within two minutes."""
    deadline = time.monotonic() + 120
    while True:
        try:
            assert asyncio.run(heard(at, made_at, name, 5)).event == name
            return
        except TimeoutError:
            assert time.monotonic() < deadline, (at.of.folder / "server.log").read_text(encoding="utf-8")[-3000:]


def test_what_one_server_alone_needs_is_not_asked_of_it() -> None:
    """Without the two addresses nothing of this is said to Prefect."""
    environment = prefect_environment(Settings(mode="rehearsal", _env_file=None))
    assert not {name for name in environment if "REDIS" in name} - set(os.environ)
