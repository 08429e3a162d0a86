"""The write-ahead log is deleted to make room on a full disk: said not to stop, saved when there is room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT, Settings
from database.engine import engine_for
from database.kept_log import State
from domain.problem import Refused
from tests.open_log import file_of_use, starts_anew, state_of, words_in

pytestmark = pytest.mark.only_sqlite("what happens to a file")


@pytest.fixture
def file(office: Settings) -> Path:
    """The database of an office, in use."""
    return file_of_use(office)


_FULL = """
import os, resource, signal, sys
from pathlib import Path
from sqlalchemy.exc import OperationalError
from database.address import why_unreadable
from database.kept_log import KeptLog
from tests.open_log import delete_log
from database.engine import writing
from sqlalchemy import text
url, file = sys.argv[1], Path(sys.argv[2])
log = KeptLog(url)
log.keep()
with writing(url) as session:
    big = "insert into service_note (name, text, at) values ('big', :text, '2024-01-01')"
    session.execute(text(big), {"text": "x" * 900_000})
delete_log(file, tuple(sys.argv[3:]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, resource.RLIM_INFINITY))
def told():
    log.look()
    try:
        with writing(url) as session:
            session.connection()
    except OperationalError as error:
        return why_unreadable(url, error)
print(told(), flush=True)
if sys.stdin.readline() == "room\\n":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(told(), flush=True)
    sys.stdin.readline()
os._exit(0)
"""


def on_a_full_disk(of: Settings, file: Path, names: tuple[str, ...], *room: str) -> list[str]:
    """What a process says whose log is deleted while the database cannot grow, and again when there is room."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}"}
    command = [sys.executable, "-c", _FULL, of.database, f"{file}", *names]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, input="\n".join([*room, ""]), capture_output=True, text=True, check=True
    )
    return ended.stdout.splitlines()


def test_on_a_full_disk_it_is_said_not_to_stop_and_made_good_when_there_is_room(office: Settings, file: Path) -> None:
    engine_for(office.database).dispose()

    full, room = on_a_full_disk(office, file, ("-wal", "-shm"), "room")

    assert "đừng dừng dịch vụ, đĩa đầy thì dọn đĩa" in full
    assert "chạy lại visits up" in room
    starts_anew(office).close()
    assert {"một", "big"} <= words_in(file)


def test_who_stops_it_all_the_same_is_told_that_something_may_be_missing(office: Settings, file: Path) -> None:
    engine_for(office.database).dispose()
    on_a_full_disk(office, file, ("-wal", "-shm"))
    assert state_of(file) is State.DELETED

    with pytest.raises(Refused, match="có thể không còn"):
        starts_anew(office)


def test_a_log_that_is_still_there_is_whole_even_where_nobody_brought_it_home(office: Settings, file: Path) -> None:
    engine_for(office.database).dispose()
    on_a_full_disk(office, file, ("-shm",))
    assert state_of(file) is State.DELETED

    starts_anew(office).close()

    assert {"một", "big"} <= words_in(file)
