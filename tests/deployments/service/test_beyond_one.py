"""What Prefect is told of its neighbours: workers, a database and Redis that several servers share."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings
from deployments.service.beyond_one import of_a_pool, of_several_servers
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
