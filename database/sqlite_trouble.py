"""What happens to a file of SQLite from outside: it is damaged, or its write-ahead log is deleted under the service.

SQLite calls damage by a class of its own; here it is trouble of the database like any other, so that whoever waits for
a locked database waits for a restored one. A deleted log SQLite does not notice: who has it open goes on writing into
a file that has no name any more, and who comes later reads the database of an hour ago and would send letters again.
"""

import os
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import OperationalError

from domain.problem import Problem, Refused

#: SQLite's numbers for a file that is damaged, and for one that is none of its own.
_DAMAGED = (11, 26)
_LOG = "log"  #: under which a connection keeps which log it has open
Log = tuple[int, int]  #: the numbers by which the system knows its file and that of its index
#: Beside a database whose log was deleted, until the service is started anew: nobody reads or writes it.
DELETED = ".log-deleted"
#: What stands in it once nothing can be lost: what the log held is in the database; or the log is there, not its index.
_HOME, _THERE = "home", "there"
_PATIENCE = 5.0  #: seconds in which whoever still reads the deleted log is waited for

RESTORE = 'dừng dịch vụ, khôi phục từ bản sao: visits restore TỆP --over --by "…"'
_RESTART = f"dừng dịch vụ rồi chạy lại visits up; nếu vẫn báo: {RESTORE}"


class LogDeleted(Exception):  # noqa: N818 - its name is what has happened
    """visits.db-wal hoặc visits.db-shm đã bị xóa khi dịch vụ đang chạy, vì vậy không đọc, không ghi tiếp."""


def watch(engine: Engine) -> None:
    """Let every transaction of this engine notice both, as `OperationalError`."""
    event.listen(engine, "handle_error", _damage_is_trouble, retval=True)
    if path := _file_of(engine.url.render_as_string()):
        look = partial(_look_for_the_log, path)
        event.listen(engine, "begin", look)
        event.listen(engine, "commit", look)
        event.listen(engine, "connect", partial(_note_the_log, path))


def way_out(error: BaseException | None) -> str:
    """What a person must do about an error of either kind; empty for any other."""
    if isinstance(error, LogDeleted):
        return _RESTART
    return RESTORE if (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGED else ""


def go_on_after_a_deleted_log(url: str) -> None:
    """At the start, with nobody else at work: go on where everything is there; else `Refused`, and a copy must help."""
    path = _file_of(url)
    if path is None or not _mark(path).exists():
        return
    said = _mark(path).read_text(encoding="ascii")
    if said != _THERE and (said != _HOME or _is_begun(path)):
        raise Refused(Problem(str(path), f"{LogDeleted.__doc__} Một phần dữ liệu mới nhất không còn.", RESTORE))
    for ending in ("-shm", DELETED) if said == _THERE else ("-wal", "-shm", DELETED):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _damage_is_trouble(context: ExceptionContext) -> BaseException | None:
    if not way_out(context.original_exception) or isinstance(context.sqlalchemy_exception, OperationalError):
        return None
    return OperationalError(context.statement, context.parameters, context.original_exception)


def _note_the_log(path: Path, connection: Any, record: Any) -> None:
    if _mark(path).exists():
        raise _trouble()
    connection.execute("PRAGMA schema_version").fetchone()  # opens the log, and with it keeps others from ending it
    record.info[_LOG] = _log_of(path)


def _look_for_the_log(path: Path, connection: Connection) -> None:
    """Whoever has a log open keeps everybody from deleting it but somebody who does not ask SQLite.

    From then on nobody goes on, and this process opens no other connection: it would share the old index.
    """
    known, found = connection.info.get(_LOG), _log_of(path)
    if known is None:
        connection.info[_LOG] = found
    elif found != known:
        if found is not None and found[0] == known[0]:
            _mark(path).write_text(_THERE, encoding="ascii")
        else:
            _bring_home(connection, path)
        raise _trouble()
    if _mark(path).exists():
        raise _trouble()


def _bring_home(connection: Connection, path: Path) -> None:
    """What stands in the log without a name goes into the database, unless somebody has begun another one."""
    if not _mark(path).exists():
        _mark(path).touch()
    if _mark(path).read_text(encoding="ascii") or _is_begun(path):
        return
    made: Any = connection.connection.driver_connection
    with suppress(Exception):  # within a transaction there is nothing else to be done about it
        made.execute("ROLLBACK")
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        busy, frames, done = made.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if not busy and frames == done:
            _mark(path).write_text(_HOME, encoding="ascii")
            return
        time.sleep(0.05)


def _trouble() -> OperationalError:
    return OperationalError(None, None, LogDeleted(LogDeleted.__doc__))


def _is_begun(path: Path) -> bool:
    """Whether somebody who knew nothing of the deleted log has written into another one."""
    with suppress(FileNotFoundError):
        return path.with_name(path.name + "-wal").stat().st_size > 0
    return False


def _file_of(url: str) -> Path | None:
    address = make_url(url)
    name = address.database
    is_file = address.get_backend_name() == "sqlite" and name and name != ":memory:" and not name.startswith("file:")
    return Path(name) if is_file and name else None


def _mark(path: Path) -> Path:
    return path.with_name(path.name + DELETED)


def _log_of(path: Path) -> Log | None:
    """Which log stands beside that database now, with its index."""
    try:
        log = os.stat(f"{path}-wal").st_ino
    except OSError:
        return None
    with suppress(OSError):
        return log, os.stat(f"{path}-shm").st_ino
    return log, 0
