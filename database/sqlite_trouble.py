"""What happens to a file of SQLite from outside: it is damaged, or its write-ahead log is deleted under the service.

SQLite calls damage by a class of its own; here it is trouble of the database like any other, so that whoever waits for
a locked database waits for a restored one. A deleted log SQLite does not notice: who has it open goes on writing into
a file that has no name any more, and who comes later reads the database of an hour ago and would send letters again.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError

from database.kept_log import RESTORE, trouble_of
from database.log_numbers import REPLACED, LogDeleted, Numbers, file_of, numbers_of

#: SQLite's numbers for a file that is damaged, and for one that is none of its own.
_DAMAGED = (11, 26)
_AGAIN = "chạy lại lệnh này; nếu là dịch vụ: dừng rồi chạy lại visits up"


def watch(engine: Engine) -> None:
    """Let every connection and transaction of this engine notice both, as `OperationalError`."""
    event.listen(engine, "handle_error", _damage_is_trouble, retval=True)
    if path := file_of(engine.url.render_as_string(hide_password=False)):
        _OpenLogs(path).watch(engine)


def way_out(error: BaseException | None) -> str:
    """What a person must do about an error of either kind; empty for any other."""
    if isinstance(error, LogDeleted):
        return error.remedy
    return RESTORE if (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGED else ""


def _damage_is_trouble(context: ExceptionContext) -> BaseException | None:
    if not way_out(context.original_exception) or isinstance(context.sqlalchemy_exception, OperationalError):
        return None
    return OperationalError(context.statement, context.parameters, context.original_exception)


class _OpenLogs:
    """Which log each connection of this process has open. While one is, its numbers change by a deletion alone.

    All connections of a process share one index: one that is opened on another log would write it by the old index, and
    destroy the database. So after a deletion this process opens none; only its end is sure to close them all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: dict[int, Numbers] = {}

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "do_connect", self._before)
        event.listen(engine, "connect", self._opened)
        event.listen(engine, "begin", self._look)
        event.listen(engine, "commit", self._look)
        event.listen(engine, "close", self._closed)
        event.listen(engine, "close_detached", lambda connection: self._closed(connection, None))

    def _before(self, _dialect: object, _record: object, _arguments: object, _named: object) -> None:
        self._refuse_another()

    def _opened(self, connection: Any, _record: object) -> None:
        try:
            connection.execute("PRAGMA schema_version").fetchone()  # opens the log, and keeps others from ending it
            self._refuse_another()  # whoever deletes it just now has made a new one of us
            found = self._found()
        except BaseException:
            connection.close()
            raise
        self._open[id(connection)] = found

    def _refuse_another(self) -> None:
        # Other threads open and close meanwhile: what was open before the look and still is was open all the time.
        before, found = dict(self._open), self._found()
        for connection, known in before.items():
            if self._open.get(connection) == known:
                self._compare(known, found)
        try:
            error = trouble_of(self._path)
        except OSError as unreadable:
            raise _trouble(unreadable) from None
        if error:
            raise _trouble(error)

    def _look(self, connection: Connection) -> None:
        own, found = id(connection.connection.driver_connection), self._found()
        if own not in self._open or not self._open[own].log:  # the file has been given a log since
            self._open[own] = found
        self._compare(self._open[own], found)

    def _closed(self, connection: Any, _record: object) -> None:
        self._open.pop(id(connection), None)

    def _compare(self, known: Numbers, found: Numbers) -> None:
        if not known.log or found == known:
            return
        if found.database != known.database:  # put back or upgraded meanwhile: nothing is wrong with what is there now
            raise _trouble(LogDeleted(_AGAIN, REPLACED))
        raise _trouble(trouble_of(self._path) or LogDeleted(_AGAIN))

    def _found(self) -> Numbers:
        try:
            return numbers_of(self._path)
        except OSError as error:
            raise _trouble(error) from None


def _trouble(error: Exception) -> OperationalError:
    return OperationalError(None, None, error)
