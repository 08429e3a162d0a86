"""What Prefect is told of its neighbours: workers, a database and Redis that several servers share."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from pydantic import SecretStr

from config.settings import ROOT, Settings, Smtp
from deployments.service.beyond_one import of_a_pool, of_several_servers
from deployments.service.environment import prefect_environment
from domain.problem import Refused


def live(**given: object) -> Settings:
    """A live office with these settings."""
    return Settings(mode="live", _env_file=None, **given)  # type: ignore[arg-type]


POSTGRES = SecretStr("postgresql://visits@db/prefect?passfile=/etc/pgpass")


def test_one_server_alone_is_told_nothing() -> None:
    """Its rows are a file of its home, and nobody else asks for them."""
    assert of_several_servers(live()) == {}


def test_one_server_on_postgresql_makes_its_tables_itself() -> None:
    """Only where there are several must somebody else."""
    told = of_several_servers(live(prefect_database_url=POSTGRES))
    assert told == {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": "postgresql+asyncpg://visits@db/prefect?passfile=%2Fetc%2Fpgpass"
    }


def test_several_are_told_of_redis_everywhere_they_ask_for_it(tmp_path: Path) -> None:
    """Events, causal order, leases and the timetable of the loops; the password comes out of its file."""
    file = tmp_path / "redis"
    file.write_text("a/word@ of:redis\n")
    redis = SecretStr("redis://db:6379/0")
    told = of_several_servers(live(prefect_database_url=POSTGRES, redis_url=redis, redis_password_file=file))
    assert told["PREFECT_REDIS_MESSAGING_URL"] == "redis://:a%2Fword%40%20of%3Aredis@db:6379/0"
    assert told["PREFECT_SERVER_DOCKET_URL"] == told["PREFECT_REDIS_MESSAGING_URL"]
    assert told["PREFECT_SERVER_DATABASE_MIGRATE_ON_START"] == "false"
    assert {value for name, value in told.items() if value.startswith("prefect_redis.")} == {
        "prefect_redis.messaging", "prefect_redis.ordering", "prefect_redis.lease_storage",
    }  # fmt: skip


def test_a_rehearsal_is_alone_whatever_the_office_has() -> None:
    """It must not write into the rows of the office."""
    given = {"prefect_database_url": POSTGRES, "redis_url": SecretStr("redis://db:6379/0")}
    assert of_several_servers(Settings(mode="rehearsal", _env_file=None, **given)) == {}  # type: ignore[arg-type]


OTHERS = {
    "PREFECT_SERVER_DATABASE_CONNECTION_URL": "postgresql+asyncpg://visits@db/prefect",
    "PREFECT_API_DATABASE_CONNECTION_URL": "postgresql+asyncpg://visits@db/prefect",
    "PREFECT_SERVER_DATABASE_HOST": "db",
    "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_DOCKET_URL": "redis://db:6379/0",
    "PREFECT_REDIS_MESSAGING_URL": "redis://db:6379/0",
    "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
    "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
    "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
}


@pytest.mark.parametrize("mode", ["rehearsal", "live"])
def test_what_the_environment_tells_prefect_of_others_stays_outside_a_rehearsal(
    mode: Literal["rehearsal", "live"], home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rehearsal on the machine of the service opened the database in which the service keeps its runs."""
    for name, value in {**OTHERS, "PREFECT_LOGGING_EXTRA_LOGGERS": "visits"}.items():
        monkeypatch.setenv(name, value)

    told = prefect_environment(home.model_copy(update={"mode": mode, "smtp": Smtp(host="mail.example")}))

    assert set(told) & set(OTHERS) == (set() if mode == "rehearsal" else set(OTHERS))
    assert told["PREFECT_LOGGING_EXTRA_LOGGERS"] == "visits"


ENTERS = """
import sys
from config.settings import settings
from deployments.service.environment import enter
enter(settings())
from prefect.settings import get_current_settings
print(get_current_settings().server.database.connection_url.get_secret_value())
"""


def test_prefect_itself_opens_the_file_of_the_rehearsal(home: Settings) -> None:
    """Whatever the process was started with."""
    told = {
        **os.environ,
        **OTHERS,
        "VISITS_MODE": "rehearsal",
        "VISITS_HOME": f"{home.folder}",
        "PYTHONPATH": f"{ROOT}",
    }
    done = subprocess.run([sys.executable, "-c", ENTERS], env=told, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == f"sqlite+aiosqlite:///{home.folder}/prefect/prefect.db", done.stderr


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"redis_url": SecretStr("redis://db/0")}, "VISITS_REDIS_URL"),
        ({"redis_url": SecretStr("db:6379"), "prefect_database_url": POSTGRES}, "VISITS_REDIS_URL"),
        ({"prefect_database_url": SecretStr("sqlite:///a.db")}, "VISITS_PREFECT_DATABASE_URL"),
        ({"prefect_database_url": SecretStr("what:is:secret")}, "VISITS_PREFECT_DATABASE_URL"),
        ({"prefect_database_url": POSTGRES, "redis_url": SecretStr("redis://db/0"),
          "redis_password_file": Path("/none")}, "VISITS_REDIS_PASSWORD_FILE"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_place_and_without_its_words(
    given: dict[str, object], place: str
) -> None:
    """Two servers on two files of SQLite would each have half of the runs."""
    with pytest.raises(Refused) as refusal:
        of_several_servers(live(**given))
    assert place in f"{refusal.value}"
    assert "secret" not in f"{refusal.value}"


def test_workers_of_a_pool_look_as_often_as_a_runner_and_take_nothing_early() -> None:
    """Prefect's own measure is ten seconds for both (design trap 15)."""
    told = of_a_pool(live(poll_seconds=0.5))
    assert (told["PREFECT_WORKER_QUERY_SECONDS"], told["PREFECT_WORKER_PREFETCH_SECONDS"]) == ("0.5", "0")
