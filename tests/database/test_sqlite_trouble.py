"""A file of SQLite that is damaged, or loses its write-ahead log under the service: noticed, told, nothing lost."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config.settings import ROOT, Settings
from database import service_notes
from database.address import why_unreadable
from database.engine import engine_for, reading, writing
from database.sqlite_trouble import SPLIT

pytestmark = pytest.mark.only_sqlite("what happens to a file")
BOTH = pytest.mark.parametrize("names", [("-wal",), ("-wal", "-shm")])


@pytest.fixture
def file(office: Settings) -> Path:
    """The database of an office, in use: a word stands in its log alone."""
    says(office, "một")
    return office.folder / "visits.db"


def says(of: Settings, word: str) -> None:
    with writing(of.database) as session:
        service_notes.note(session, word, word)


def words_in(file: Path) -> set[str]:
    """As a process that comes later reads them."""
    read = "import sqlite3, sys; read = sqlite3.connect(sys.argv[1]).execute('select name from service_note');"
    asked = [sys.executable, "-c", read + "print(*(name for (name,) in read))", file]
    return set(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split())


def delete_log(file: Path, names: tuple[str, ...]) -> None:
    for name in names:
        file.with_name(file.name + name).unlink()


@BOTH
def test_a_deleted_log_is_noticed_before_the_next_word_and_what_stood_in_it_is_kept(
    office: Settings, file: Path, names: tuple[str, ...]
) -> None:
    delete_log(file, names)

    with pytest.raises(OperationalError, match="đã bị xóa khi dịch vụ đang chạy"):
        says(office, "hai")
    says(office, "ba")

    assert {"một", "ba"} <= words_in(file)
    assert "hai" not in words_in(file)


@BOTH
def test_what_is_written_while_the_log_is_deleted_is_undone(
    office: Settings, file: Path, names: tuple[str, ...]
) -> None:
    def says_while_it_is_deleted() -> None:
        with writing(office.database) as session:
            service_notes.note(session, "hai", "hai")
            session.flush()
            delete_log(file, names)

    with pytest.raises(OperationalError, match="đã bị xóa"):
        says_while_it_is_deleted()

    assert "một" in words_in(file)
    assert "hai" not in words_in(file)


_ANOTHER = """
import sys
from sqlalchemy.exc import OperationalError
from database import service_notes
from database.engine import writing
for line in sys.stdin:
    try:
        with writing(sys.argv[1]) as session:
            service_notes.note(session, line.strip(), "")
        print("written", flush=True)
    except OperationalError as error:
        print(error.orig, flush=True)
"""


def test_of_several_processes_the_first_brings_it_home_and_the_others_go_on(office: Settings, file: Path) -> None:
    """The first one has begun another log when the second one looks."""
    command = [sys.executable, "-c", _ANOTHER, office.database]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}"}, stdin=pipe, stdout=pipe, text=True
    ) as other:

        def other_says(word: str) -> str:
            assert other.stdin
            assert other.stdout
            other.stdin.write(f"{word}\n")
            other.stdin.flush()
            return other.stdout.readline()

        assert other_says("hai") == "written\n"
        delete_log(file, ("-wal", "-shm"))
        with pytest.raises(OperationalError, match="đã bị xóa"):
            says(office, "ba")
        says(office, "bốn")
        assert "làm lại là được" in other_says("năm")
        assert other_says("sáu") == "written\n"
        assert other.stdin
        other.stdin.close()

    assert {"một", "hai", "bốn", "sáu"} <= words_in(file)
    assert not file.with_name(file.name + SPLIT).exists()


def test_where_another_log_was_begun_nobody_goes_on_and_a_copy_is_the_way_out(office: Settings, file: Path) -> None:
    delete_log(file, ("-wal", "-shm"))
    subprocess.run(
        [sys.executable, "-c", "import sqlite3, sys, os; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
         "c.execute(\"insert into service_note (name, text, at) values ('a', 'b', '2024-01-01')\"); os._exit(0)", file],
        cwd=ROOT, check=True,
    )  # fmt: skip

    for _ in range(3):
        with pytest.raises(OperationalError) as error:
            says(office, "hai")
        told = why_unreadable(office.database, error.value)
        assert told
        assert "visits restore" in told.remedy

    assert file.with_name(file.name + SPLIT).exists()


def test_a_log_that_ends_with_its_last_connection_is_no_trouble(office: Settings, file: Path) -> None:
    engine_for(office.database).dispose()
    assert not file.with_name(file.name + "-wal").exists()

    says(office, "hai")

    assert {"một", "hai"} <= words_in(file)


def test_a_damaged_page_is_trouble_of_the_database_with_the_way_out(office: Settings, file: Path) -> None:
    engine_for(office.database).dispose()
    with sqlite3.connect(file) as database:
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'service_note'").fetchone()[0]
        size = database.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    with file.open("r+b") as damaged:
        damaged.seek((page - 1) * size)
        damaged.write(os.urandom(size))

    with pytest.raises(OperationalError) as error, reading(office.database) as session:
        session.execute(text("SELECT * FROM service_note"))

    told = why_unreadable(office.database, error.value)
    assert told
    assert "hỏng" in told.fault
    assert "visits restore" in told.remedy
