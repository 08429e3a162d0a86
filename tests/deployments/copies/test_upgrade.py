"""A newer program takes over what an earlier one has left, a visit waiting at each step, or leaves all as it was."""

import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import Settings, Smtp, use
from database import service_notes
from database.engine import engine_for, reading, writing
from database.holding import RESTORED
from database.record.check import faults
from database.restored import confirm, notice
from deployments.copies import homes, sqlite_file
from deployments.copies.checking import newest_revision
from deployments.copies.upgrade import upgrade
from domain.dates import OFFICE_ZONE
from domain.problem import Problem, Refused
from tests.database.test_earlier_databases import EARLIER, STORY, VERSIONS, waits_for
from tests.desk import Desk
from tests.holding import held_because

NOW = datetime(2024, 6, 3, 12, 0, tzinfo=OFFICE_ZONE)
OLDEST = VERSIONS[0]


@pytest.fixture
def earlier(home: Settings) -> Settings:
    """A live home as the first landing left it, the visit of May waiting for its findings."""
    return left_by(home, OLDEST, "met")


def left_by(home: Settings, version: str, point: str) -> Settings:
    with tarfile.open(EARLIER / f"{version}.tar.xz") as kept:
        (home.folder / "visits.db").write_bytes(kept.extractfile(f"{point}.db").read())  # type: ignore[union-attr]
    return use(home.model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")}))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("point", STORY)
def test_a_visit_that_waited_under_an_earlier_version_goes_on_after_the_upgrade(
    version: str, point: str, home: Settings, tmp_path: Path
) -> None:
    before, act, after = STORY[point]
    of = left_by(home, version, point)
    was = sqlite_file.revision_of(of.folder / "visits.db")

    done = upgrade(of, tmp_path / "copies", NOW, "Nguyễn Văn Ví Dụ", list, despite=False)

    assert sqlite_file.revision_of(of.folder / "visits.db") == newest_revision() != was
    assert sqlite_file.revision_of(done.old_home / "visits.db") == was
    assert_letters_are_held_until_a_look(of)
    use(home)
    desk = Desk()
    assert desk.visit.wait is before
    assert waits_for(desk) is before
    act(desk)
    assert waits_for(desk) is after


def assert_letters_are_held_until_a_look(of: Settings) -> None:
    assert notice(of) == "", "the start has nothing new to say"
    with reading(of.database) as session:
        assert "nâng cấp, bản sao trước đó lúc 12 giờ 00, thứ Hai, ngày 03/6/2024" in held_because(session, of)
        assert [one for one in faults(session, of) if not one.warning] == []
    with writing(of.database) as session:
        assert confirm(session, "Nguyễn Văn Ví Dụ", of)
    engine_for(of.database).dispose()


def test_runs_of_prefect_stay_those_of_their_visits(earlier: Settings, tmp_path: Path) -> None:
    """Nothing has happened since the copy, unlike after a restore."""
    run = "11111111-1111-1111-1111-111111111111"
    with closing(sqlite3.connect(earlier.folder / "visits.db")) as database, database:
        database.execute("update visit set flow_run_id = ?", (run,))

    upgrade(earlier, tmp_path / "copies", NOW, "Nguyễn Văn Ví Dụ", list, despite=False)

    assert Desk().visit.flow_run_id == run


@pytest.mark.parametrize("despite", [False, True])
def test_what_the_doctor_finds_brings_the_old_home_back_unless_somebody_accepts_it(
    despite: bool, earlier: Settings, tmp_path: Path
) -> None:
    was = (earlier.folder / "visits.db").read_bytes()
    fault = Problem("nhật ký", "khác đi từ ngày 01/3/2024")

    if despite:
        done = upgrade(earlier, tmp_path / "copies", NOW, "Nguyễn Văn Ví Dụ", lambda: [fault], despite=True)
        assert list(done.problems) == [fault]
        with reading(earlier.database) as session:
            assert service_notes.read(session)[RESTORED]
        return
    with pytest.raises(Refused, match=r"khác đi từ ngày 01/3/2024.*dữ liệu vẫn như trước khi nâng cấp"):
        upgrade(earlier, tmp_path / "copies", NOW, "Nguyễn Văn Ví Dụ", lambda: [fault], despite=False)
    assert (earlier.folder / "visits.db").read_bytes() == was
    assert [path.name for path in tmp_path.glob("home.*")] == ["home.failed-2024-06-03_120000"]


def test_a_migration_that_breaks_leaves_the_home_as_it_was(earlier: Settings, tmp_path: Path) -> None:
    """A table that a later migration makes is there already: an error of the database, as a real one would be."""
    with closing(sqlite3.connect(earlier.folder / "visits.db")) as database, database:
        database.execute("alter table answer rename to answers_of_another_kind")
    was = (earlier.folder / "visits.db").read_bytes()

    with pytest.raises(Refused, match="không nâng cấp được"):
        upgrade(earlier, tmp_path / "copies", NOW, "Nguyễn Văn Ví Dụ", list, despite=False)

    assert (earlier.folder / "visits.db").read_bytes() == was
    assert not list(tmp_path.glob("home.*"))
    assert len(list((tmp_path / "copies").glob("visits-*.zip"))) == 1, "the copy is there all the same"
    assert homes.is_empty(tmp_path / ".home.putting-back")
