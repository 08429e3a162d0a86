"""What happens to a file of SQLite from outside: it is damaged, or its write-ahead log is deleted under the service.

SQLite calls damage by a class of its own; here it is trouble of the database like any other, so that whoever waits for
a locked database waits for a restored one. A deleted log SQLite does not notice: who has it open goes on writing into
a file that has no name any more, and who comes later reads the database of an hour ago and would send letters again.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

#: SQLite's numbers for a file that is damaged, and for one that is none of its own.
_DAMAGED = (11, 26)
_LOG = "log"  #: under which a connection keeps by which number it knows its log
#: Beside a database of which two logs were written: nobody opens it until a copy is put back.
SPLIT = ".two-logs"
_PATIENCE = 30.0  #: seconds in which whoever still reads the deleted log is waited for


class LogDeleted(Exception):  # noqa: N818 - its name is what has happened
    """visits.db-wal đã bị xóa khi dịch vụ đang chạy; dữ liệu trong đó được chuyển vào visits.db, làm lại là được."""


class TwoLogs(Exception):  # noqa: N818 - its name is what has happened
    """visits.db-wal đã bị xóa khi dịch vụ đang chạy, và hai bản khác nhau đã được ghi tiếp."""


def watch(engine: Engine) -> None:
    """Let every transaction of this engine notice both, as `OperationalError`."""
    event.listen(engine, "handle_error", _damage_is_trouble, retval=True)
    event.listen(engine, "begin", _look_for_the_log)
    event.listen(engine, "commit", _look_for_the_log)
    event.listen(engine, "connect", lambda made, record: _note_the_log(engine, made, record))


def is_damage(error: BaseException | None) -> bool:
    """Whether only a copy helps: the file is damaged, or two logs of it were written."""
    return isinstance(error, TwoLogs) or (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGED


def _damage_is_trouble(context: ExceptionContext) -> BaseException | None:
    if not is_damage(context.original_exception) or isinstance(context.sqlalchemy_exception, OperationalError):
        return None
    return OperationalError(context.statement, context.parameters, context.original_exception)


def _note_the_log(engine: Engine, connection: Any, record: Any) -> None:
    path = _file_of(engine)
    if path is None:
        return
    if path.with_name(path.name + SPLIT).exists():
        raise _trouble(TwoLogs)
    connection.execute("PRAGMA schema_version").fetchone()  # opens the log, and with it keeps others from ending it
    record.info[_LOG] = _known_from_now(path)


def _known_from_now(path: Path) -> int | None:
    """The number of the log; an earlier one of that number, which is surely gone, is nobody's any more."""
    number = _number(path)
    if number is not None:
        _moved(path, number).unlink(missing_ok=True)
    return number


def _look_for_the_log(connection: Connection) -> None:
    """Whoever has a log open keeps everybody from deleting it but somebody who does not ask SQLite."""
    path = _file_of(connection.engine)
    if path is None:
        return
    known = connection.info.get(_LOG)
    if known is None:
        connection.info[_LOG] = _known_from_now(path)
    elif _number(path) != known:
        if not _is_home(connection, path, known):
            raise _trouble(LogDeleted)  # the next transaction of this connection tries again
        connection.invalidate()
        connection.engine.dispose()
        raise _trouble(LogDeleted)


def _is_home(connection: Connection, path: Path, known: int) -> bool:
    """Whether what stood in the log without a name is in the database: brought there now, or by another process.

    Of several processes that have it open the first to notice brings it, and says so before it begins another log. One
    that was begun without that word is somebody's who knew of nothing (`TwoLogs`).
    """
    made: Any = connection.connection.driver_connection
    with suppress(Exception):  # within a transaction there is nothing else to be done about it
        made.execute("ROLLBACK")
    until = time.monotonic() + _PATIENCE
    while not _moved(path, known).exists():
        if _number(path) is not None and _log(path).stat().st_size:
            path.with_name(path.name + SPLIT).touch()
            raise _trouble(TwoLogs)
        busy, frames, done = made.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if not busy and frames == done:
            _moved(path, known).touch()
        elif time.monotonic() > until:
            return False
        else:
            time.sleep(0.05)
    return True


def _trouble(kind: type[Exception]) -> OperationalError:
    return OperationalError(None, None, kind(kind.__doc__))


def _file_of(engine: Engine) -> Path | None:
    name = engine.url.database
    return Path(name) if name and name != ":memory:" and not name.startswith("file:") else None


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _moved(path: Path, number: int) -> Path:
    """The word of whoever has brought home what stood in the log of that number."""
    return path.with_name(f"{path.name}.log-{number}-moved")


def _number(path: Path) -> int | None:
    try:
        return os.stat(_log(path)).st_ino
    except OSError:
        return None
