"""Whoever has the database, and even the code, but not the key of the record, is found out and told where (P7)."""

import json
from collections.abc import Callable

import pytest

from config.settings import Settings, settings, use
from database import audit
from database.engine import writing
from database.record.heads import FILE
from database.restored import confirm, notice
from database.schema import prepare
from domain.problem import Refused
from tests.behind_the_service import (
    chain_alone,
    cut,
    first_head,
    found,
    head_is_kept,
    last_line,
    past_the_service,
    recompute,
    warned,
)  # fmt: skip
from tests.databases import databases
from tests.desk import Desk
from tests.may import LEADER

# The lines


def test_an_end_cut_off_is_named_with_the_day_from_which_it_is_missing(reported: Desk) -> None:
    """The chain itself is whole: its end was put back with it."""
    assert reported.visit.state == "open"
    lines, kept = last_line(), first_head()
    with past_the_service() as database:
        cut(database, kept)
    assert chain_alone() == []

    assert (
        f"nhật ký: khác đi từ ngày 20/5/2024: đầu sổ ngày ấy ghi {lines} dòng, nay sổ hết ở dòng {kept}, phần cuối đã "
        f"bị cắt; còn khớp đến ngày 18/5/2024, dòng {kept}"
    ) in found()


def test_a_chain_computed_anew_does_not_bear_the_seal(reported: Desk) -> None:
    lines = last_line()
    with past_the_service() as database:
        database.execute("UPDATE audit SET who = 'kẻ khác' WHERE id = ?", (lines - 1,))
        recompute(database, lines - 1)

    assert reported.visit.state == "open"
    assert f"nhật ký, dòng {lines - 1}–{lines}: không mang dấu của khóa: viết hoặc tính lại ngoài dịch vụ" in found()
    assert any("khác đi từ ngày 20/5/2024" in one and "sổ đã bị viết lại" in one for one in found())


@pytest.mark.usefixtures("reported")
def test_a_chain_whose_seals_were_taken_off_is_no_older_record() -> None:
    """As if it were from before there was a key: what stood outside says otherwise, and so do its own seals of rows."""
    with past_the_service() as database:
        database.execute("UPDATE audit SET mac = NULL, sealed_by = NULL")
        database.execute("UPDATE audit_end SET sealed_by = NULL")
        database.execute("UPDATE number SET number = 81 WHERE number = 80")
    prepare(settings().database)

    assert any("không mang dấu của khóa" in one for one in found())
    assert any("số 81-TB/BTCTU" in one for one in found())


@pytest.mark.usefixtures("reported")
def test_two_lines_in_each_other_s_place_are_named() -> None:
    lines = last_line()
    with past_the_service() as database:
        for before, after in ((lines, -1), (lines - 1, lines), (-1, lines - 1)):
            database.execute("UPDATE audit SET id = ? WHERE id = ?", (after, before))

    assert f"nhật ký, dòng {lines - 1}: đã bị sửa hoặc được chèn thêm" in found()
    assert f"nhật ký, dòng {lines}: đã bị sửa hoặc được chèn thêm" in found()


@pytest.mark.usefixtures("reported")
def test_a_record_rewritten_together_with_the_file_of_heads_differs_from_the_letters() -> None:
    """The notice went out with a head in it; whoever got it has it still."""
    with past_the_service() as database:
        database.execute("UPDATE audit SET who = 'kẻ khác' WHERE id = 2")
        recompute(database, 2)
    (settings().folder / FILE).unlink()

    assert any(one.startswith("nhật ký, so với thư") and "sổ đã bị viết lại" in one for one in found())


@pytest.mark.usefixtures("reported")
def test_a_changed_line_of_the_file_of_heads_is_named() -> None:
    path = settings().folder / FILE
    about, first, second = path.read_text("utf-8").splitlines()
    forged = first.replace("2024-05-18 day", "2024-05-17 day")
    path.write_text(f"{about}\n{forged}\n{second}\nlời thừa\n", encoding="utf-8")

    assert found() == [f"{FILE}, dòng 2: đã bị sửa: không mang dấu của khóa", f"{FILE}, dòng 4: không đọc được"]


@pytest.mark.usefixtures("reported")
def test_a_file_of_heads_that_is_gone_is_missed() -> None:
    (settings().folder / FILE).unlink()

    assert found() == []
    assert [one.split(":")[0] for one in warned()] == [FILE]


@pytest.mark.usefixtures("reported")
def test_without_the_key_nothing_is_called_right() -> None:
    lines = last_line()
    (settings().folder / "secrets" / "record").unlink()

    assert found() == [f"nhật ký, dòng 1–{lines}: không thấy khóa của nhật ký nên không kiểm được dấu"]
    assert not (settings().folder / "secrets" / "record").exists(), "whoever only looks makes no other key"


# A restore is told apart


@pytest.fixture
def live(reported: Desk) -> Settings:
    assert reported.visit.state == "open"
    return use(settings().model_copy(update={"mode": "live"}))


@pytest.fixture
def put_back(live: Settings) -> Callable[[], None]:
    """A copy of the database as it is now; called, it is put in the place of the one of then."""
    copy = databases().keep(live.database)
    return lambda: databases().put_back(copy, live.database)


def something_happens(count: int = 1) -> None:
    for _ in range(count):
        with writing(settings().database) as session:
            audit.note(session, "thử", "có việc")


def test_a_copy_that_was_put_back_is_an_alarm_until_somebody_has_looked(
    live: Settings, put_back: Callable[[], None]
) -> None:
    copied = last_line()
    something_happens(3)
    head_is_kept()
    put_back()
    mark_is_ahead(live, copied + 3)
    assert any("phần cuối đã bị cắt" in one for one in found())

    assert "bản cũ được khôi phục" in notice(live)
    with writing(live.database) as session:
        assert confirm(session, LEADER.name, live)
    something_happens(5)
    head_is_kept()

    assert found() == []
    assert any(f"đầu sổ ghi trước đó quá dòng {copied} không dùng" in one for one in warned())
    with past_the_service() as database:
        cut(database, last_line() - 3)
    assert any("phần cuối đã bị cắt" in one for one in found()), "heads go on after the restore"


def test_a_database_that_came_without_its_key_goes_on_with_another_once_somebody_has_looked(live: Settings) -> None:
    (live.folder / "secrets" / "record").unlink()
    with pytest.raises(Refused, match="không thấy khóa"):
        something_happens()

    assert "không kèm khóa" in notice(live)
    assert any("niêm bằng khóa khác" in one for one in found())
    with writing(live.database) as session:
        assert confirm(session, LEADER.name, live)

    something_happens()
    assert found() == []


def test_whoever_has_the_wrong_key_decides_nothing(live: Settings) -> None:
    """Two machines with one database share the key, or the record would be called forged."""
    before = last_line()
    (live.folder / "secrets" / "record").write_text("another-key-of-another-machine", encoding="ascii")

    with pytest.raises(Refused, match="VISITS_SECRET_RECORD_FILE"):
        something_happens()
    assert last_line() == before


def mark_is_ahead(of: Settings, line: int) -> None:
    (of.folder / "mark.json").write_text(json.dumps({"line": line, "hash": "0"}), encoding="ascii")
