"""A database of SQLite in use, whose write-ahead log somebody deletes: words are said in it by several processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from config.settings import ROOT, Settings
from database import service_notes
from database.address import why_unreadable
from database.engine import engine_for, writing
from database.kept_log import KeptLog, State, read


def says(of: Settings, word: str) -> None:
    """A word that stands in the log alone until it is brought home."""
    with writing(of.database) as session:
        service_notes.note(session, word, word)


def file_of_use(of: Settings) -> Path:
    """The database of that office after its first word."""
    says(of, "một")
    return of.folder / "visits.db"


def words_in(file: Path) -> set[str]:
    """As a process that comes later reads them."""
    read = "import sqlite3, sys; read = sqlite3.connect(sys.argv[1]).execute('select name from service_note');"
    asked = [sys.executable, "-c", read + "print(*(name for (name,) in read))", file]
    return set(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split())


def delete_log(file: Path, names: tuple[str, ...]) -> None:
    """As `rm` does."""
    for name in names:
        file.with_name(file.name + name).unlink()


def refusal(of: Settings, word: str) -> str:
    """That it may not be said, with the way out."""
    with pytest.raises(OperationalError) as error:
        says(of, word)
    told = why_unreadable(of.database, error.value)
    assert told
    return f"{told}"


def deleted_and_brought_home(of: Settings) -> None:
    """The service of that office had its log deleted after a word, saved it, and was stopped."""
    log = KeptLog(of.database)
    log.keep()
    delete_log(file_of_use(of), ("-wal", "-shm"))
    log.look()
    engine_for(of.database).dispose()
    log.close()


def starts_anew(of: Settings) -> KeptLog:
    """The next service, which keeps the log."""
    log = KeptLog(of.database)
    log.begin()
    log.keep()
    return log


def state_of(file: Path) -> State | None:
    """What the small file says."""
    kept = read(file)
    return kept and kept.state


_ANOTHER = """
import sys
from sqlalchemy.exc import OperationalError
from database import service_notes
from database.engine import engine_for, writing
for line in sys.stdin:
    try:
        if line == "lets go\\n":
            engine_for(sys.argv[1]).dispose()
        else:
            with writing(sys.argv[1]) as session:
                service_notes.note(session, line.strip(), "")
        print("written", flush=True)
    except OperationalError as error:
        print(error.orig, flush=True)
"""


@contextmanager
def another_process(of: Settings) -> Iterator[Callable[[str], str]]:
    """A second process, which says the words that it is given; `lets go` closes its connections, as before a fork."""
    pipe, environment = subprocess.PIPE, os.environ | {"PYTHONPATH": f"{ROOT}"}
    command = [sys.executable, "-c", _ANOTHER, of.database]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin
        given = other.stdin

        def other_says(word: str) -> str:
            print(word, file=given, flush=True)
            return other.stdout.readline().strip() if other.stdout else ""

        yield other_says
        given.close()


#: What a tool that asks nobody does: it writes, and dies before its log is brought home.
_STRANGER = """
import os, sqlite3, sys
stranger = sqlite3.connect(sys.argv[1], isolation_level=None)
stranger.execute("insert into service_note (name, text, at) values ('a', 'b', '2024-01-01')")
os._exit(0)
"""


def a_stranger_writes(file: Path) -> None:
    """Somebody with a tool of his own, which knows nothing of the small file."""
    subprocess.run([sys.executable, "-c", _STRANGER, file], cwd=ROOT, check=True)
