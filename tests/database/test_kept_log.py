"""What `visits up` keeps beside its database: which log is the right one, and what became of a deleted one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT, Settings
from database.engine import engine_for
from database.kept_log import KeptLog, State, refuse_incomplete
from domain.problem import Refused
from tests.open_log import (
    a_stranger_writes,
    another_process,
    delete_log,
    file_of_use,
    refusal,
    says,
    starts_anew,
    state_of,
    words_in,
)  # fmt: skip

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
