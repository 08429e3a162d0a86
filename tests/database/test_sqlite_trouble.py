"""A file of SQLite that is damaged, or loses its write-ahead log under a process: noticed, told, nothing written."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from config.settings import Settings
from database import service_notes
from database.address import why_unreadable
from database.engine import engine_for, reading, writing
from database.sqlite_trouble import watch
from tests.damage import damage
from tests.open_log import delete_log, file_of_use, refusal, says, words_in

pytestmark = pytest.mark.only_sqlite("what happens to a file")
ANY = pytest.mark.parametrize("names", [("-wal",), ("-wal", "-shm"), ("-shm",)])


@pytest.fixture
def file(office: Settings) -> Path:
    return file_of_use(office)


@ANY
def test_after_its_log_is_deleted_a_process_says_no_other_word(
    office: Settings, file: Path, names: tuple[str, ...]
) -> None:
    delete_log(file, names)

    for _ in range(3):
        told = refusal(office, "hai")
        assert "đã bị xóa khi dịch vụ đang chạy" in told
        assert "chạy lại" in told


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
    engine_for(office.database).dispose()

    assert "hai" not in words_in(file)


def test_a_process_that_has_the_deleted_log_open_opens_no_other_one(office: Settings, file: Path) -> None:
    """All its connections share one index: the new log would be written by the old one."""
    with engine_for(office.database).connect() as held:
        held.execute(text("SELECT 1"))
        delete_log(file, ("-wal", "-shm"))

        for _ in range(2):
            with pytest.raises(OperationalError, match="đã bị xóa"), reading(office.database) as session:
                session.connection()

        assert not file.with_name(f"{file.name}-shm").exists()
        held.rollback()


def test_behind_a_link_the_log_is_watched_as_well(office: Settings, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(office.folder / "visits.db")
    address = SecretStr(f"sqlite:///{tmp_path / 'link.db'}")
    linked = office.model_copy(update={"database_url": address})
    says(linked, "một")

    delete_log(office.folder / "visits.db", ("-wal", "-shm"))

    assert "đã bị xóa" in refusal(linked, "hai")


def test_a_process_whose_database_was_replaced_stops_and_leaves_the_new_one_alone(office: Settings, file: Path) -> None:
    """As a command that waits at its question while a copy is put back."""
    before = set(office.folder.iterdir())
    file.with_name("copy.db").write_bytes(file.read_bytes())
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink()
    file.with_name("copy.db").rename(file)

    told = refusal(office, "hai")

    assert "thay bằng tệp khác" in told
    assert "restore" not in told
    assert set(office.folder.iterdir()) <= before


def test_a_folder_that_cannot_be_looked_into_is_trouble_and_no_deletion(office: Settings, file: Path) -> None:
    assert file.exists()
    aside = office.folder.rename(office.folder.with_name("aside"))
    office.folder.symlink_to(office.folder)
    try:
        with pytest.raises(OperationalError) as error:
            says(office, "hai")
    finally:
        office.folder.unlink()
        aside.rename(office.folder)

    assert isinstance(error.value.orig, OSError)
    says(office, "ba")


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


def test_threads_that_open_and_close_at_the_same_moment_do_not_take_each_other_for_a_deletion(office: Settings) -> None:
    """The last one to close takes the log away, and the next one to open makes another: that is no trouble."""
    engine = create_engine(office.database, poolclass=NullPool)
    watch(engine)

    def open_and_close(_number: int) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM audit")

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(open_and_close, range(600)))) == 600
