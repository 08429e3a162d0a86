"""A database of ours on a PostgreSQL server: copied into one file at one moment, put back beside itself, exchanged.

What a copy holds is the same file of SQLite whatever it was taken of, so one way of looking at it is enough, and an
office may go from one kind of database to the other and back (0048).
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from config.settings import Settings
from database.address import shown
from database.engine import engine_for
from database.schema import TABLES, lay_tables
from deployments.copies import sqlite_file
from deployments.copies.checking import is_known
from deployments.copies.rows import REVISION, carry
from domain.problem import Problem, Refused

#: Message-ID -> state, subject, recipient.
Ledger = Mapping[str, tuple[str, str, str]]

#: The schema in which a copy is laid out before it counts.
BESIDE = "visits_putting_back"
#: Held by whoever puts a copy back: two numbers of our own.
_LOCK = (1986622068, 48)
#: Seconds for a connection that was just given up to be gone from the server's list as well.
_LEAVING = 3


def is_on_server(of: Settings) -> bool:
    """Whether our database is kept by a PostgreSQL server."""
    return make_url(of.database).get_backend_name() == "postgresql"


def size(url: str) -> int:
    """Bytes of the whole database."""
    with _told(url), engine_for(url).connect() as connection:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def revision_of(url: str) -> str:
    """The migration that it stands at; empty where there are no tables of ours."""
    with _told(url), engine_for(url).connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str:
    if connection.scalar(text(f"SELECT to_regclass('{REVISION}')")) is None:
        return ""
    return str(connection.scalar(text(f"SELECT version_num FROM {REVISION}")) or "")


def copy_at_one_moment(url: str, to: Path) -> None:
    """Copy all rows, as they are at one moment, into a new file of SQLite; whoever reads or writes meanwhile goes on.

    Each table is read back and held against what was read. `Refused` when it cannot be done.
    """
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = f"sqlite:///{to}"
    one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _told(url), engine_for(url).connect().execution_options(**one_moment) as source:
        revision = _known(_revision(source), url)
        lay_tables(file, revision)
        try:
            with engine_for(file).begin() as target:
                carry(source, target, shown(url))
        finally:
            engine_for(file).dispose()
    sqlite_file.close_into_one_file(to)


def _known(revision: str, url: str) -> str:
    if not revision:
        raise Refused(Problem(shown(url), "chưa có cơ sở dữ liệu để sao", "xem VISITS_DATABASE_URL, VISITS_MODE"))
    if not is_known(revision):
        fault = f"cơ sở dữ liệu ở bước {revision}, phiên bản này chưa biết"
        raise Refused(Problem(shown(url), fault, "dùng phiên bản đã ghi nó hoặc mới hơn"))
    return revision


def beside(url: str) -> str:
    """The address of the same database by which everything happens in the schema beside."""
    address = make_url(url)
    options = f"{address.query.get('options', '')} -csearch_path={BESIDE}".strip()
    return address.update_query_dict({"options": options}).render_as_string(hide_password=False)


def lay_out(file: Path, revision: str, url: str) -> None:
    """Fill tables of that migration in the schema beside with the rows of a file of SQLite; what others see stays."""
    with _told(url):
        clear_what_was_left(url)
        with engine_for(url).begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {BESIDE}"))
        lay_tables(beside(url), revision)
        source = f"sqlite:///{file}"
        try:
            with engine_for(source).connect() as given, engine_for(beside(url)).begin() as taken:
                carry(given, taken, shown(url))
                _count_on(taken)
        finally:
            engine_for(source).dispose()


def _count_on(connection: Connection) -> None:
    """Let the next row of each table get the number after the last: they came with numbers of their own."""
    owned = text(
        "SELECT c.table_name, c.column_name, pg_get_serial_sequence(c.table_name, c.column_name)"
        " FROM information_schema.columns c WHERE c.table_schema = current_schema()"
        " AND pg_get_serial_sequence(c.table_name, c.column_name) IS NOT NULL"
    )
    for table, column, sequence in connection.execute(owned).all():
        last = f"(SELECT max({column}) FROM {table})"
        connection.execute(text(f"SELECT setval('{sequence}', coalesce({last}, 1), {last} IS NOT NULL)"))


def clear_what_was_left(url: str) -> None:
    """Take the schema beside away, which a restore that was killed has left."""
    engine_for(beside(url)).dispose()
    with engine_for(url).begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE"))


def is_left_beside(url: str) -> bool:
    """Whether a restore that was killed has left its schema."""
    with engine_for(url).connect() as connection:
        return connection.scalar(text(f"SELECT to_regnamespace('{BESIDE}')")) is not None


def change_places(url: str, now: datetime) -> str:
    """Let the tables beside become those of the database, in one transaction; name of the schema of the old ones.

    The name is empty where there were none. `Refused` when somebody else is connected at that moment.
    """
    old = f"visits_before_{now:%Y_%m_%d_%H%M%S}"
    engine_for(beside(url)).dispose()
    with _told(url), engine_for(url).begin() as connection:
        _refuse_company(connection, url)
        current = _current(connection)
        names = sorted({*TABLES.tables, REVISION, *_in_schema(connection, BESIDE)} & _in_schema(connection, current))
        if names:
            connection.execute(text(f"CREATE SCHEMA {old}"))
            _move(connection, names, current, old)
        _move(connection, sorted(_in_schema(connection, BESIDE)), BESIDE, current)
        connection.execute(text(f"DROP SCHEMA {BESIDE}"))
    engine_for(url).dispose()  # what its connections remember of tables is of the old ones
    return old if names else ""


def go_back(url: str, old: str, now: datetime) -> str:
    """Let the old tables be those of the database again, in one transaction; schema of those that they replace."""
    failed = f"visits_failed_{now:%Y_%m_%d_%H%M%S}"
    with _told(url), engine_for(url).begin() as connection:
        current = _current(connection)
        connection.execute(text(f"CREATE SCHEMA {failed}"))
        _move(connection, sorted({*TABLES.tables, REVISION} & _in_schema(connection, current)), current, failed)
        if old:
            _move(connection, sorted(_in_schema(connection, old)), old, current)
            connection.execute(text(f"DROP SCHEMA {old}"))
    engine_for(url).dispose()
    return failed


def take_away(url: str, schema: str) -> None:
    """Drop a schema that this file has made."""
    with _told(url), engine_for(url).begin() as connection:
        connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))


def ledger(url: str) -> Ledger:
    """What became of each letter, as far as the database knows; nothing where it has no tables."""
    with _told(url), engine_for(url).connect() as connection:
        if not _revision(connection):
            return {}
        rows = connection.execute(text("SELECT message_id, state, subject, recipient FROM letter ORDER BY id"))
        return {message_id: (state, subject, to) for message_id, state, subject, to in rows}


def lines_of_record(url: str) -> int:
    """How many lines the record has; 0 where there are no tables."""
    with _told(url), engine_for(url).connect() as connection:
        return int(connection.scalar(text("SELECT max(id) FROM audit")) or 0) if _revision(connection) else 0


def _current(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT current_schema()")))


def _in_schema(connection: Connection, schema: str) -> set[str]:
    found = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
    return set(connection.scalars(found, {"schema": schema}))


def _move(connection: Connection, names: list[str], here: str, there: str) -> None:
    for name in names:
        connection.execute(text(f'ALTER TABLE "{here}"."{name}" SET SCHEMA "{there}"'))


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Nobody else is connected, and no other restore is at work; `Refused` with who it is otherwise."""
    engine_for(url).dispose()
    with _told(url), engine_for(url).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock({_LOCK[0]}, {_LOCK[1]})")):
            raise Refused(Problem(shown(url), "một lần khôi phục hoặc nâng cấp khác đang chạy", "chờ nó xong"))
        _refuse_company(connection, url)
        _refuse_without_rights(connection, url)
        try:
            yield
        finally:
            connection.invalidate()  # which gives the lock back


@contextmanager
def alone_where_shared(of: Settings) -> Iterator[None]:
    """`alone`, where the database is on a server; a file is kept by the lock of its home."""
    if not is_on_server(of):
        yield
        return
    with alone(of.database):
        yield


def _refuse_company(connection: Connection, url: str) -> None:
    others = text(
        "SELECT DISTINCT concat_ws(' · ', usename, nullif(application_name, ''), client_addr) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()"
        " AND pid NOT IN (SELECT pid FROM pg_locks"
        f" WHERE locktype = 'advisory' AND classid = {_LOCK[0]} AND objid = {_LOCK[1]})"
    )
    over = time.monotonic() + _LEAVING
    while (found := _now(connection, others)) and time.monotonic() < over:
        time.sleep(0.1)
    if found:
        fault = f"còn {len(found)} nơi đang nối tới cơ sở dữ liệu: {', '.join(found[:3])}"
        raise Refused(Problem(shown(url), fault, "dừng dịch vụ trên mọi máy, đóng psql và công cụ khác, rồi chạy lại"))


def _now(connection: Connection, activity: TextClause) -> list[str]:
    """Within a transaction the server shows what it showed at the first look, until its snapshot is cleared."""
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    return list(connection.scalars(activity))


def _refuse_without_rights(connection: Connection, url: str) -> None:
    may = "has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege(current_schema(), 'CREATE')"
    if not connection.scalar(text(f"SELECT {may}")):
        name = f"{make_url(url).database}"
        remedy = f"người quản trị máy chủ chạy: GRANT CREATE ON DATABASE {name} TO {make_url(url).username}"
        raise Refused(Problem(shown(url), "không có quyền tạo schema bên cạnh để khôi phục", remedy))


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What the server says no to, in one line with the place."""
    try:
        yield
    except DBAPIError as error:
        fault = f"máy chủ cơ sở dữ liệu từ chối: {str(error.orig).strip().splitlines()[0]}"
        raise Refused(Problem(shown(url), fault, "cơ sở dữ liệu vẫn như trước; xem máy chủ rồi chạy lại")) from None
