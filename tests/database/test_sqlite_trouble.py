"""A file of SQLite that is damaged, or loses its write-ahead log under the service: noticed, told, nothing lost."""

import os
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
from database.sqlite_trouble import go_on_after_a_deleted_log
from domain.problem import Refused
from tests.damage import damage

pytestmark = pytest.mark.only_sqlite("what happens to a file")
ANY = pytest.mark.parametrize("names", [("-wal",), ("-wal", "-shm"), ("-shm",)])


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


def starts_anew(of: Settings) -> None:
    """Every process has ended, and nobody is at work."""
    engine_for(of.database).dispose()
    go_on_after_a_deleted_log(of.database)


def refusal(of: Settings, word: str) -> str:
    """That it may not be said, with the way out."""
    with pytest.raises(OperationalError) as error:
        says(of, word)
    told = why_unreadable(of.database, error.value)
    assert told
    return f"{told}"


@ANY
def test_after_the_log_is_deleted_nobody_says_another_word_until_a_new_start_and_nothing_is_lost(
    office: Settings, file: Path, names: tuple[str, ...]
) -> None:
    delete_log(file, names)

    for _ in range(3):
        told = refusal(office, "hai")
        assert "đã bị xóa khi dịch vụ đang chạy" in told
        assert "chạy lại visits up" in told
    starts_anew(office)
    says(office, "ba")

    assert {"một", "ba"} <= words_in(file)
    assert "hai" not in words_in(file)


@ANY
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
    starts_anew(office)

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


def test_of_several_processes_none_goes_on_and_what_each_has_said_is_kept(office: Settings, file: Path) -> None:
    pipe, environment = subprocess.PIPE, os.environ | {"PYTHONPATH": f"{ROOT}"}
    command = [sys.executable, "-c", _ANOTHER, office.database]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin
        assert other.stdout

        def other_says(word: str) -> str:
            print(word, file=other.stdin, flush=True)
            return other.stdout.readline() if other.stdout else ""

        assert other_says("hai") == "written\n"
        delete_log(file, ("-wal", "-shm"))
        refusal(office, "ba")
        assert "đã bị xóa" in other_says("bốn")
        other.stdin.close()
    starts_anew(office)
    says(office, "năm")

    assert {"một", "hai", "năm"} <= words_in(file)


def test_where_another_log_was_begun_only_a_copy_helps(office: Settings, file: Path) -> None:
    delete_log(file, ("-wal", "-shm"))
    subprocess.run(
        [sys.executable, "-c", "import sqlite3, sys, os; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
         "c.execute(\"insert into service_note (name, text, at) values ('a', 'b', '2024-01-01')\"); os._exit(0)", file],
        cwd=ROOT, check=True,
    )  # fmt: skip

    refusal(office, "hai")

    with pytest.raises(Refused, match="visits restore"):
        starts_anew(office)
    assert "đã bị xóa" in refusal(office, "hai")


def test_a_log_that_ends_with_its_last_connection_is_no_trouble(office: Settings, file: Path) -> None:
    engine_for(office.database).dispose()
    assert not file.with_name(file.name + "-wal").exists()

    says(office, "hai")

    assert {"một", "hai"} <= words_in(file)


def test_a_damaged_page_is_trouble_of_the_database_with_the_way_out(office: Settings, file: Path) -> None:
    assert file.exists()
    damage(office, "service_note")

    with pytest.raises(OperationalError) as error, reading(office.database) as session:
        session.execute(text("SELECT * FROM service_note"))

    told = why_unreadable(office.database, error.value)
    assert told
    assert "hỏng" in told.fault
    assert "visits restore" in told.remedy
