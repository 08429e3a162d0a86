"""What `visits up` keeps beside its database: which log is the right one, and what became of a deleted one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT, Settings
from database.engine import engine_for
from database.kept_log import KeptLog, State, read, refuse_incomplete
from domain.problem import Refused
from tests.open_log import a_stranger_writes, another_process, delete_log, file_of_use, refusal, says, words_in

pytestmark = pytest.mark.only_sqlite("what happens to a file")
ANY = pytest.mark.parametrize("names", [("-wal",), ("-wal", "-shm"), ("-shm", "-wal"), ("-shm",)])


@pytest.fixture
def file(office: Settings) -> Path:
    """The database of an office, in use."""
    return file_of_use(office)


@pytest.fixture
def kept(office: Settings, file: Path) -> Iterator[KeptLog]:
    """Its log, kept."""
    assert file.exists()
    log = KeptLog(office.database)
    log.keep()
    yield log
    log.close()


def stops(of: Settings, log: KeptLog) -> None:
    """Every process has ended in order, the keeper last."""
    engine_for(of.database).dispose()
    log.close()


def starts_anew(of: Settings) -> KeptLog:
    log = KeptLog(of.database)
    log.begin()
    log.keep()
    return log


def state_of(file: Path) -> State | None:
    kept = read(file)
    return kept and kept.state


@ANY
def test_nobody_says_another_word_until_a_new_start_and_nothing_is_lost(
    office: Settings, file: Path, kept: KeptLog, names: tuple[str, ...]
) -> None:
    delete_log(file, names)

    assert "đừng dừng dịch vụ" in refusal(office, "hai")
    kept.look()
    assert state_of(file) is State.HOME
    told = refusal(office, "hai")
    assert "chạy lại visits up" in told
    assert "restore" not in told
    stops(office, kept)
    assert "chạy lại visits up" in refusal(office, "hai")
    again = starts_anew(office)
    says(office, "ba")
    stops(office, again)

    assert {"một", "ba"} <= words_in(file)
    assert "hai" not in words_in(file)


def test_nothing_is_lost_when_the_index_goes_first_and_the_log_later(
    office: Settings, file: Path, kept: KeptLog
) -> None:
    delete_log(file, ("-shm",))
    kept.look()
    delete_log(file, ("-wal",))
    kept.look()

    stops(office, kept)
    starts_anew(office).close()

    assert "một" in words_in(file)


@ANY
def test_who_comes_new_opens_nothing_however_soon(
    office: Settings, file: Path, kept: KeptLog, names: tuple[str, ...]
) -> None:
    """What he commits would end with the old log; what he sees would be the database of an hour ago."""
    delete_log(file, names)

    with another_process(office) as other_says:
        assert "đã bị xóa" in other_says("hai")

    assert not any(file.with_name(f"{file.name}{name}").exists() for name in names)
    kept.look()
    assert state_of(file) is State.HOME


def test_who_closes_its_connections_before_a_fork_does_not_miss_it(office: Settings, kept: KeptLog, file: Path) -> None:
    assert state_of(file) is State.OPEN
    with another_process(office) as other_says:
        assert other_says("hai") == "written"
        delete_log(file, ("-wal", "-shm"))
        assert other_says("lets go") == "written"
        assert "đã bị xóa" in other_says("ba")
    kept.look()
    stops(office, kept)
    starts_anew(office).close()

    assert {"một", "hai"} <= words_in(file)


def test_what_several_processes_have_said_is_kept(office: Settings, file: Path, kept: KeptLog) -> None:
    with another_process(office) as other_says:
        assert other_says("hai") == "written"
        delete_log(file, ("-wal", "-shm"))
        kept.look()
        refusal(office, "ba")
        assert "đã bị xóa" in other_says("bốn")
    stops(office, kept)
    starts_anew(office).close()

    assert {"một", "hai"} <= words_in(file)


@pytest.mark.parametrize("names", [("-wal", "-shm"), ("-shm",)])
def test_where_a_stranger_has_written_only_a_copy_helps(
    office: Settings, file: Path, kept: KeptLog, names: tuple[str, ...]
) -> None:
    delete_log(file, names)
    a_stranger_writes(file)
    kept.look()

    assert "visits restore" in refusal(office, "hai")
    stops(office, kept)

    with pytest.raises(Refused, match=r"có thể không còn.*visits restore"):
        starts_anew(office)
    assert "visits restore" in refusal(office, "hai")


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


def test_no_copy_is_taken_while_something_is_missing(office: Settings, file: Path, kept: KeptLog) -> None:
    refuse_incomplete(office.database)
    delete_log(file, ("-wal", "-shm"))

    with pytest.raises(Refused, match="Bản sao lúc này sẽ thiếu"):
        refuse_incomplete(office.database)
    kept.look()

    refuse_incomplete(office.database)


def test_a_killed_keeper_says_nothing_and_keeps_nobody_out(office: Settings, file: Path) -> None:
    """His log ends with whoever closes the database next, which is no deletion."""
    engine_for(office.database).dispose()
    killed = (
        "import os, sys; from database.kept_log import KeptLog; log = KeptLog(sys.argv[1]); log.keep(); os._exit(9)"
    )
    command, environment = [sys.executable, "-c", killed, office.database], os.environ | {"PYTHONPATH": f"{ROOT}"}
    assert subprocess.run(command, env=environment, cwd=ROOT).returncode == 9
    assert state_of(file) is State.OPEN

    says(office, "hai")
    engine_for(office.database).dispose()
    says(office, "ba")
    starts_anew(office).close()

    assert {"hai", "ba"} <= words_in(file)


def test_a_second_keeper_leaves_it_to_the_first(office: Settings, file: Path, kept: KeptLog) -> None:
    """Parts alone in one home: whoever starts after a deletion is told to stop the others as well."""
    second = starts_anew(office)
    second.close()
    assert state_of(file) is State.OPEN
    delete_log(file, ("-wal", "-shm"))
    kept.look()

    with pytest.raises(Refused, match="mọi phần, nếu chạy riêng"):
        starts_anew(office)
    stops(office, kept)

    starts_anew(office).close()
    assert "một" in words_in(file)


def test_a_keeper_whose_home_was_exchanged_says_nothing_in_the_new_one(
    office: Settings, file: Path, kept: KeptLog
) -> None:
    copy = file.read_bytes()
    office.folder.rename(office.folder.with_name("before"))
    office.folder.mkdir()
    file.write_bytes(copy)

    kept.look()

    assert list(office.folder.iterdir()) == [file]
    engine_for(office.database).dispose()
    office.folder.joinpath("visits.db").unlink()
    office.folder.rmdir()
    office.folder.with_name("before").rename(office.folder)


def test_after_a_stop_in_order_nothing_is_left_to_decide(office: Settings, file: Path, kept: KeptLog) -> None:
    stops(office, kept)

    assert state_of(file) is State.ENDED
    says(office, "hai")
    assert "hai" in words_in(file)


def test_a_database_that_is_replaced_under_the_service_is_said_to_be(
    office: Settings, file: Path, kept: KeptLog
) -> None:
    engine_for(office.database).dispose()
    replace(file)

    assert "thay bằng tệp khác" in refusal(office, "hai")
    kept.look()
    assert state_of(file) is State.OPEN


def test_a_copy_put_there_by_hand_is_opened_whatever_became_of_the_log_before(
    office: Settings, file: Path, kept: KeptLog
) -> None:
    delete_log(file, ("-wal", "-shm"))
    a_stranger_writes(file)
    kept.look()
    stops(office, kept)
    assert state_of(file) is State.BEGUN
    replace(file)

    starts_anew(office).close()

    says(office, "hai")


def replace(file: Path) -> None:
    copy = file.with_name("copy.db")
    copy.write_bytes(file.read_bytes())
    copy.rename(file)
