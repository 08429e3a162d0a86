"""What Prefect is told when it is not alone: workers that look for runs, and servers that share database and Redis."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from config.settings import Settings
from domain.problem import Problem, Refused

#: The parts of Prefect's server that must speak to each other where there are several, each by way of Redis.
_BY_REDIS = {
    "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
    "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
    "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
    # Two that start at once on an empty database would both make the same rows, and one of them end:
    # `deployments.prefect_tables` makes them beforehand.
    "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    # A server takes a message off Redis and then waits until it has several to write: killed, it takes them with it.
    # Written one by one, each stays in Redis until its row is in the database, and the next server goes on with it.
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "1",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "1",
}


def of_a_pool(of: Settings) -> dict[str, str]:
    """Workers of a pool look as often as a runner does, and take nothing ahead of its time (design trap 15)."""
    return {
        "VISITS_WORK_POOL": of.work_pool,
        "PREFECT_WORKER_QUERY_SECONDS": f"{of.poll_seconds}",
        "PREFECT_WORKER_PREFETCH_SECONDS": "0",
    }


def of_several_servers(of: Settings) -> dict[str, str]:
    """Where Prefect's servers keep their rows and by what they hear of each other; nothing where there is one alone.

    `Refused` for an address that cannot be read, and for Redis without PostgreSQL.
    """
    if of.mode == "rehearsal":
        return {}
    database, redis = of.prefect_database_url.get_secret_value(), of.redis_url.get_secret_value()
    given = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": _database(database)} if database else {}
    if not redis:
        return given
    if not database:
        remedy = "đặt VISITS_PREFECT_DATABASE_URL, hoặc bỏ VISITS_REDIS_URL nếu chỉ có một máy chủ Prefect"
        raise Refused(Problem("VISITS_REDIS_URL", "nhiều máy chủ Prefect phải chung một PostgreSQL", remedy))
    address = _redis(of, redis)
    return given | _BY_REDIS | {"PREFECT_REDIS_MESSAGING_URL": address, "PREFECT_SERVER_DOCKET_URL": address}


#: How Prefect calls its database, Redis, and what it keeps or hears by way of them, today's names and older ones.
_SHARED = (
    "PREFECT_SERVER_DATABASE_", "PREFECT_API_DATABASE_", "PREFECT_SERVER_DOCKET_", "PREFECT_MESSAGING_",
    "PREFECT_REDIS_", "PREFECT_SERVER_EVENTS_", "PREFECT_EVENTS_", "PREFECT_SERVER_CONCURRENCY_",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START", "PREFECT_API_BLOCKS_REGISTER_ON_START",
)  # fmt: skip


def without_others(environment: Mapping[str, str], of: Settings) -> dict[str, str]:
    """What a process was started with; in a rehearsal nothing by which Prefect would come to what others share."""
    if of.mode != "rehearsal":
        return dict(environment)
    return {name: value for name, value in environment.items() if not name.upper().startswith(_SHARED)}


def _database(address: str) -> str:
    try:
        url = make_url(address)
        assert url.get_backend_name() == "postgresql"
    except (ArgumentError, ValueError, AssertionError):
        remedy = "ghi như postgresql://tên@máy/prefect?passfile=/đường/dẫn"
        raise Refused(Problem("VISITS_PREFECT_DATABASE_URL", "không đọc được địa chỉ PostgreSQL", remedy)) from None
    return url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def _redis(of: Settings, address: str) -> str:
    """The address with the password of the file in it, where there is one."""
    parts = urlsplit(address)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        remedy = "ghi như redis://máy:6379/0"
        raise Refused(Problem("VISITS_REDIS_URL", "không đọc được địa chỉ Redis", remedy))
    if of.redis_password_file is None:
        return address
    try:
        password = of.redis_password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        where = f"VISITS_REDIS_PASSWORD_FILE ({of.redis_password_file})"
        raise Refused(Problem(where, f"không đọc được: {error.strerror}", "xem tên tệp và quyền đọc")) from None
    at = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:{quote(password, safe='')}@{at}"))
