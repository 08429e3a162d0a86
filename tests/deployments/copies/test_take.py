"""A copy is taken while others write, agrees with itself, is its owner's alone, and is there whole or not at all."""

import os
import sqlite3
import stat
import threading
import zipfile
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings
from database import audit
from database.engine import engine_for, writing
from database.kept_log import KeptLog
from database.models import AuditRow
from database.record.heads import Occasion, keep_head, read_head
from deployments.copies.manifest import NAME
from deployments.copies.take import Taken, take
from domain.problem import Refused
from tests.deployments.copies.conftest import LETTER, NOW, PASSPHRASE
from tests.open_log import delete_log


def test_everything_is_in_it_and_its_secrets_only_under_the_passphrase(taken: Taken, live: Settings) -> None:
    key = (live.folder / "secrets" / "record").read_bytes()
    with zipfile.ZipFile(taken.path) as packed:
        names = set(packed.namelist())
        assert packed.read("mailbox/0001.eml") == LETTER
        assert all(key not in packed.read(name) for name in names)
    assert names == {
        NAME, "visits.db", "mailbox/0001.eml", "configuration/templates/parts/greeting.txt", "secrets.sealed",
    }  # fmt: skip
    assert taken.faults == ()
    assert taken.manifest.lines > 0


def test_without_a_passphrase_no_secret_is_in_it(live: Settings, copies: Path) -> None:
    assert "secrets.sealed" not in take(live, copies, NOW).manifest.files


def test_it_is_its_owner_s_alone_under_any_umask(live: Settings, copies: Path) -> None:
    before = os.umask(0o022)
    try:
        taken = take(live, copies, NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(taken.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copies.stat().st_mode) == 0o700
    assert [path.name for path in copies.iterdir()] == [taken.path.name], "nothing unfinished stays"


def test_while_others_write_it_has_one_moment_and_no_head_speaks_of_what_it_lacks(
    live: Settings, copies: Path, tmp_path: Path
) -> None:
    over = threading.Event()

    def write_on() -> None:
        while not over.is_set():
            with writing(live.database) as session:
                audit.note(session, "thử", "việc đang làm")
                keep_head(session, live, Occasion.DAY)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        taken = [take(live, copies, NOW.replace(second=second)) for second in range(3)]
    finally:
        over.set()
        writer.join()
        engine_for(live.database).dispose()

    assert [one.faults for one in taken] == [(), (), ()]
    assert taken[0].manifest.lines < taken[2].manifest.lines
    with zipfile.ZipFile(taken[2].path) as packed:
        packed.extract("visits.db", tmp_path / "out")
        heads = [head for line in packed.read("record-heads.txt").decode().splitlines() if (head := read_head(line))]
    with sqlite3.connect(tmp_path / "out" / "visits.db") as database:
        (lines,) = database.execute("select max(id) from audit").fetchone()
    assert max(head.lines for head in heads) <= lines == taken[2].manifest.lines


def test_a_record_that_was_changed_is_copied_all_the_same_and_told(live: Settings, copies: Path) -> None:
    with writing(live.database) as session:
        session.get_one(AuditRow, 2).what = "việc khác"
    assert take(live, copies, NOW).faults != ()


@pytest.mark.parametrize("where", ["inside", "a file", "no database", "elsewhere's database", "the same second"])
def test_what_cannot_be_is_refused_and_leaves_earlier_copies_alone(live: Settings, copies: Path, where: str) -> None:
    earlier = take(live, copies, NOW).path
    before, of, to, now = earlier.read_bytes(), live, copies, NOW.replace(hour=3)
    if where == "inside":
        to = live.folder / "copies"
    elif where == "a file":
        to = earlier
    elif where == "no database":
        of = live.model_copy(update={"home": live.folder / "mailbox"})
    elif where == "elsewhere's database":
        of = live.model_copy(update={"database_url": SecretStr("postgresql://visits@127.0.0.1/visits")})
    else:
        now = NOW
    with pytest.raises(Refused):
        take(of, to, now)
    assert [path.name for path in copies.iterdir()] == [earlier.name]
    assert earlier.read_bytes() == before


def test_a_damaged_database_is_no_copy(live: Settings, copies: Path) -> None:
    engine_for(live.database).dispose()
    with (live.folder / "visits.db").open("r+b") as file:
        file.seek(20_000)
        file.write(os.urandom(40_000))

    with pytest.raises(Refused, match=r"hỏng|không sao được"):
        take(live, copies, NOW)
    assert list(copies.iterdir()) == []


@pytest.mark.only_sqlite("deletes a file")
def test_while_a_deleted_log_is_not_brought_home_no_copy_is_taken(live: Settings, copies: Path) -> None:
    """It would lack what stood there, and a good one would be taken away for it."""
    log = KeptLog(live.database)
    log.keep()
    take(live, copies, NOW)
    delete_log(live.folder / "visits.db", ("-wal", "-shm"))

    with pytest.raises(Refused, match="Bản sao lúc này sẽ thiếu"):
        take(live, copies, NOW.replace(second=1))
    log.look()

    assert take(live, copies, NOW.replace(second=2)).faults == ()
    engine_for(live.database).dispose()
    log.close()


def test_a_key_from_outside_is_in_the_sealed_part_alone(live: Settings, copies: Path, tmp_path: Path) -> None:
    key = "a-key-of-links-that-came-from-outside"
    taken = take(live.model_copy(update={"secret_links": SecretStr(key)}), copies, NOW, PASSPHRASE)
    assert key.encode() not in b"".join(map(zipfile.ZipFile(taken.path).read, taken.manifest.files))
    assert not list(tmp_path.glob("**/secrets.sealed"))
