"""What `visits up` keeps beside a database of SQLite while it has it open: which log is the right one.

Beside the database lies a small file with the numbers of database, log and index; whoever keeps it has it locked, which
ends with his process. Each new connection of any process is held against it before it opens anything. When the log or
its index is deleted, the keeper, and nobody else, brings what stood in the log into the database, and the file says how
far that has come: until the service is started anew nobody opens a connection. The file itself stays for good, for
taking it away could split one lock in two.
"""

import fcntl
import json
import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from database.log_numbers import REPLACED, LogDeleted, Numbers, file_of, numbers_of
from domain.problem import Problem, Refused

#: The ending of the small file.
KEPT = ".log-kept"
RESTORE = 'dừng dịch vụ, khôi phục từ bản sao: visits restore TỆP --over --by "…"'
_START = "dừng dịch vụ (mọi phần, nếu chạy riêng) rồi chạy lại visits up"
_WAIT = (
    "chưa lưu được phần mới nhất vào cơ sở dữ liệu: đừng dừng dịch vụ, đĩa đầy thì dọn đĩa, chờ rồi xem visits doctor"
)
_LOST = f"một phần dữ liệu mới nhất có thể không còn: {RESTORE}"
_SIZE = 128  # bytes: written over in place, which needs no room on a full disk
_PATIENCE = 500  # milliseconds for whoever still reads or writes the deleted log, at each look
_MOMENT = 0.05  # seconds in which a keeper who begins or ends has changed the small file
_MOMENTS = 20


class State(StrEnum):
    """How it stands with the log that is kept."""

    ENDED = "ended"  #: nobody keeps it
    OPEN = "open"  #: nothing is wrong; where its keeper has died it says nothing
    DELETED = "deleted"  #: what it held is in the keeper's hands alone
    HOME = "home"  #: what it held is in the database
    BEGUN = "begun"  #: somebody who does not ask has begun another one


@dataclass(frozen=True)
class Kept:
    """What stands in the small file."""

    state: State
    numbers: Numbers


class KeptLog:
    """The log of that database, held open and looked at until `close`; of several processes the first one keeps it."""

    def __init__(self, url: str) -> None:
        self._path = file_of(url)
        self._file = -1
        self._log: sqlite3.Connection | None = None
        self._known: Kept | None = None

    def begin(self) -> None:
        """Before anybody opens the database: go on where nothing is missing; `Refused` where a copy must help.

        Where somebody else keeps it, his word counts.
        """
        if self._path is None:
            return
        try:
            self._begin(self._path)
        except OSError as error:
            raise _unreadable(self._path, error) from None

    def _begin(self, path: Path) -> None:
        if (kept := read(path)) is None:
            return
        if (file := _locked(path)) is None:
            if error := trouble_of(path):
                raise Refused(Problem(str(path), f"{error}", error.remedy))
            return
        try:
            if not _is_whole(path, kept):
                raise Refused(Problem(str(path), f"{LogDeleted.__doc__}", _LOST))
            _write(file, Kept(State.ENDED, kept.numbers))
        finally:
            os.close(file)

    def keep(self) -> None:
        """Keep it from now on, after `begin`, where the database is there and nobody else keeps it."""
        if self._path is None or not self._path.exists():
            return
        try:
            self._keep(self._path)
        except OSError as error:
            raise _unreadable(self._path, error) from None

    def _keep(self, path: Path) -> None:
        if (file := _locked(path)) is None:
            return
        try:
            self._log = _opened(path)
            self._known = Kept(State.OPEN, numbers_of(path))
            _write(file, self._known)
        except BaseException:
            os.close(file)
            raise
        self._file = file

    def look(self) -> None:
        """Where it was deleted, bring home what stood in it. Never raises: it is called again every second or so."""
        with suppress(OSError, sqlite3.Error):
            if self._path and self._known:
                self._compare(self._path)

    def close(self) -> None:
        """Look once more, then let go of it; what is wrong stays in the small file."""
        self.look()
        if self._known and self._known.state is State.OPEN:
            with suppress(OSError):  # first: whoever sees that the log has ended must see why
                self._say(State.ENDED)
        if self._log:
            with suppress(sqlite3.Error):
                self._log.close()
        if self._file >= 0:
            os.close(self._file)
        self._file, self._log, self._known = -1, None, None

    def _compare(self, path: Path) -> None:
        known, found = self._known, numbers_of(path)
        assert known, "it is kept"
        if known.state in (State.HOME, State.BEGUN) or not self._is_ours(path):
            return
        if known.state is State.OPEN and found == known.numbers:
            return
        with suppress(OSError):  # a full disk keeps nobody from saving what can be saved
            self._say(State.DELETED)
        if _is_begun(path, known.numbers):
            self._say(State.BEGUN)
        elif self._brought_home() and not _is_begun(path, known.numbers):
            self._say(State.HOME)

    def _brought_home(self) -> bool:
        """Whether all that was ever committed into the log is in the database: FULL waits for who is at it."""
        assert self._log, "it is kept"
        busy, frames, done = self._log.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
        return not busy and frames == done

    def _is_ours(self, path: Path) -> bool:
        """Whether the files at that place are still those that are kept: a restore may have put another home there."""
        assert self._known, "it is kept"
        there = os.stat(_file(path)).st_ino == os.fstat(self._file).st_ino
        return there and numbers_of(path).database == self._known.numbers.database

    def _say(self, state: State) -> None:
        assert self._known, "it is kept"
        numbers = self._known.numbers
        # Of a log without a name the number is given to another file once everybody has let go of it.
        nameless = state is not State.OPEN and self._path and numbers_of(self._path).log != numbers.log
        _write(self._file, Kept(state, replace(numbers, log=0) if nameless else numbers))
        self._known = Kept(state, numbers)


def trouble_of(path: Path) -> LogDeleted | None:
    """Why nobody may open that database now; None where nothing is wrong, or nobody keeps it."""
    kept = read(path)
    if kept is None:
        return None
    is_kept = _is_kept(path)
    if kept.state is State.ENDED or (kept.state is State.OPEN and (not is_kept or _matches(path, kept))):
        return None
    if numbers_of(path).database != kept.numbers.database:  # a copy put there by hand is none that the file speaks of
        return LogDeleted(_START, REPLACED) if is_kept else None
    if kept.state is State.HOME:
        return LogDeleted(_START)
    if kept.state is State.BEGUN:
        return LogDeleted(_LOST)
    return LogDeleted(_WAIT if is_kept else f"{_START}; nếu vẫn báo: {RESTORE}")


def refuse_incomplete(url: str) -> None:
    """`Refused` while the file lacks what stood in a deleted log: a copy of it would lack that too."""
    path = file_of(url)
    if path is None or (error := trouble_of(path)) is None:
        return
    kept = read(path)
    if kept is None or kept.state is not State.HOME:
        raise Refused(Problem(str(path), f"{error} Bản sao lúc này sẽ thiếu.", error.remedy))


def read(path: Path) -> Kept | None:
    """What the small file beside that database says; None where there is none, or no word of ours in it."""
    try:
        said = json.loads(_file(path).read_bytes())
        return Kept(State(said.pop("state")), Numbers(**said))
    except (FileNotFoundError, ValueError, AttributeError, KeyError, TypeError):
        return None


def _unreadable(path: Path, error: OSError) -> Refused:
    return Refused(Problem(f"{_file(path)}", f"không đọc, ghi được: {error.strerror}", "xem quyền ghi, chỗ trống"))


def _write(file: int, kept: Kept) -> None:
    said = json.dumps({"state": kept.state} | asdict(kept.numbers))
    os.pwrite(file, said.encode().ljust(_SIZE), 0)
    os.fsync(file)


def _matches(path: Path, kept: Kept) -> bool:
    """Also where the keeper has changed the small file meanwhile, as he does when he begins and when he ends."""
    if numbers_of(path) == kept.numbers:
        return True
    time.sleep(_MOMENT)
    return numbers_of(path) == kept.numbers or read(path) != kept


def _is_whole(path: Path, kept: Kept) -> bool:
    """Whether nothing of the log can be missing, with nobody at work."""
    found = numbers_of(path)
    if kept.state in (State.OPEN, State.ENDED) or found.database != kept.numbers.database:
        return True
    if kept.state is State.BEGUN:
        return False
    if kept.numbers.log and found.log == kept.numbers.log:
        return True
    return kept.state is State.HOME and not _is_begun(path, kept.numbers)


def _is_begun(path: Path, known: Numbers) -> bool:
    """Whether somebody who does not ask may have written: into another log, or into this one by another index."""
    found = numbers_of(path)
    if known.log and found.log == known.log:
        return found.index not in (0, known.index)
    with suppress(FileNotFoundError):
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    return False


def _opened(path: Path) -> sqlite3.Connection:
    log = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    log.execute("PRAGMA schema_version").fetchone()  # opens the log, and with it keeps others from ending it
    log.execute(f"PRAGMA busy_timeout={_PATIENCE}")
    return log


def _locked(path: Path) -> int | None:
    """The small file, locked for its keeper; None where another has it for longer than somebody who only asks."""
    file = os.open(_file(path), os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(_MOMENTS):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_MOMENT)
        else:
            return file
    os.close(file)
    return None


def _is_kept(path: Path) -> bool:
    """Whether a living process keeps it. The lock is shared with others who ask, never with the keeper."""
    try:
        file = os.open(_file(path), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _file(path: Path) -> Path:
    return path.with_name(path.name + KEPT)
