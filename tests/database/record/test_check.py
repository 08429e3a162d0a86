"""Whoever has the database, and even the code, but not the key of the record, is found out and told where (P7)."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from answers.changes import cancel, move
from answers.papers import send_back
from answers.register import cancel as cancel_number
from answers.register import reserve
from answers.taking_up import take_up
from config.settings import Settings, settings, use
from database import audit
from database.engine import engine_for, reading, writing
from database.models import AuditRow
from database.numbers import Series
from database.record.chain import Walk
from database.record.check import faults
from database.record.heads import FILE, Occasion, heads_kept, keep_head
from database.record.key import known_key
from database.restored import confirm, notice
from database.schema import prepare
from domain.dates import at
from domain.problem import Problem, Refused
from domain.taking_up import Issued, TakenUp, Way
from tests.desk import Desk
from tests.may import CLERK, FIRST_DAY, LEADER, MAY, OFFICER
from tests.mid_year import DONE, FEBRUARY, MARCH, MidYear

NUMBERS = Series("BTCTU", "TB", "2020-2025")


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """A visit whose report was approved; where its record stood was kept the day before and that day."""
    desk.until_reported()
    head_is_kept()
    desk.set_clock(2024, 5, 20)
    desk.approve("result")
    desk.go_on()
    head_is_kept()
    return desk


def head_is_kept() -> None:
    with reading(settings().database) as session:
        keep_head(session, settings(), Occasion.DAY)


def found() -> list[str]:
    """What the examination tells, warnings left aside."""
    with reading(settings().database) as session:
        return [f"{one.place}: {one.fault}" for one in faults(session, settings()) if not one.warning]


def warned() -> list[str]:
    with reading(settings().database) as session:
        return [f"{one.place}: {one.fault}" for one in faults(session, settings()) if one.warning]


@contextmanager
def file_of_the_database() -> Iterator[sqlite3.Connection]:
    """What somebody does who has the file, and no service in between."""
    engine_for(settings().database).dispose()
    with sqlite3.connect(settings().folder / "visits.db") as database:
        yield database
    database.close()


def last_line() -> int:
    with reading(settings().database) as session:
        return audit.settled(session)[0]


def recompute(database: sqlite3.Connection, first: int) -> None:
    """The whole chain anew from that line on, by the code of this service and without its key."""
    (previous,) = database.execute("SELECT hash FROM audit WHERE id = ?", (first - 1,)).fetchone()
    rows = database.execute(
        "SELECT id, at, who, what, visit_id, details, seals FROM audit WHERE id >= ? ORDER BY id", (first,)
    )
    for number, moment, who, what, visit_id, details, seals in rows.fetchall():
        spoken = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        parts = (who, what, visit_id, json.loads(details), json.loads(seals) if seals else None)
        own = audit.chained(previous, number, spoken, *parts)
        database.execute("UPDATE audit SET previous = ?, hash = ? WHERE id = ?", (previous, own, number))
        previous = own
    database.execute("UPDATE audit_end SET hash = ?", (previous,))


# Nothing was touched


def test_an_ordinary_year_raises_no_alarm(desk: Desk) -> None:
    """Letters, reports, plan, findings, numbers: every table that is sealed, through every act of the story."""
    desk.until_year_end()
    head_is_kept()

    assert found() == []
    assert warned() == []


def test_moving_issuing_anew_and_calling_off_are_acts_and_no_alarm(desk: Desk) -> None:
    desk.until_issued()
    move(MAY, 1, at(FIRST_DAY, 15), OFFICER, venue="Phòng họp B", reason="trùng lịch")
    desk.go_on()
    desk.issue("notice", 81)
    desk.go_on()
    cancel(MAY, "đơn vị bận", LEADER)

    assert [one.state for one in desk.documents("selection_notice")] == ["issued", "issued"]
    assert found() == []


def test_returning_and_redrafting_are_acts_and_no_alarm(desk: Desk) -> None:
    desk.until_reported()
    send_back(MAY, "thiếu kiến nghị", LEADER)
    desk.go_on()
    desk.report(desk.findings(strengths=("Chuẩn bị chu đáo", "Đủ đảng viên")))
    desk.run_step(5)
    desk.approve("report")

    assert [one.state for one in desk.documents("group_report")] == ["returned", "approved"]
    assert found() == []


def test_numbers_kept_and_given_up_and_a_corrected_paper_are_acts_and_no_alarm(mid_year: MidYear) -> None:
    """F22: taking a paper up again frees the number that it named; what is deleted so is recorded as deleted."""
    reserve(NUMBERS, 300, CLERK)
    cancel_number(NUMBERS, 300, CLERK, "ghi nhầm")
    take_up(FEBRUARY, DONE, OFFICER)
    take_up(FEBRUARY, replace(DONE, result=Issued(98, date(2024, 3, 10))), OFFICER)
    take_up(MARCH, TakenUp(Way.DONE, result=Issued(99, date(2024, 4, 1))), OFFICER)  # 99 is free again

    assert mid_year.row(MARCH).state == "closed"
    assert found() == []


# The lines


def test_an_end_cut_off_is_named_with_the_day_from_which_it_is_missing(reported: Desk) -> None:
    """The chain itself is whole: its end was put back with it."""
    assert reported.visit.state == "open"
    lines, kept = last_line(), first_head()
    with file_of_the_database() as database:
        cut(database, kept)
    assert chain_alone() == []

    assert (
        f"nhật ký: khác đi từ ngày 20/5/2024: đầu sổ ngày ấy ghi {lines} dòng, nay sổ hết ở dòng {kept}, phần cuối đã "
        f"bị cắt; còn khớp đến ngày 18/5/2024, dòng {kept}"
    ) in found()


def test_a_chain_computed_anew_does_not_bear_the_seal(reported: Desk) -> None:
    lines = last_line()
    with file_of_the_database() as database:
        database.execute("UPDATE audit SET who = 'kẻ khác' WHERE id = ?", (lines - 1,))
        recompute(database, lines - 1)

    assert reported.visit.state == "open"
    assert f"nhật ký, dòng {lines - 1}–{lines}: không mang dấu của khóa: viết hoặc tính lại ngoài dịch vụ" in found()
    assert any("khác đi từ ngày 20/5/2024" in one and "sổ đã bị viết lại" in one for one in found())


@pytest.mark.usefixtures("reported")
def test_a_chain_whose_seals_were_taken_off_is_no_older_record() -> None:
    """As if it were from before there was a key: what stood outside says otherwise, and so do its own seals of rows."""
    with file_of_the_database() as database:
        database.execute("UPDATE audit SET mac = NULL, sealed_by = NULL")
        database.execute("UPDATE audit_end SET sealed_by = NULL")
        database.execute("UPDATE number SET number = 81 WHERE number = 80")
    prepare(settings().database)

    assert any("không mang dấu của khóa" in one for one in found())
    assert any("số 81-TB/BTCTU" in one for one in found())


@pytest.mark.usefixtures("reported")
def test_two_lines_in_each_other_s_place_are_named() -> None:
    lines = last_line()
    with file_of_the_database() as database:
        for before, after in ((lines, -1), (lines - 1, lines), (-1, lines - 1)):
            database.execute("UPDATE audit SET id = ? WHERE id = ?", (after, before))

    assert f"nhật ký, dòng {lines - 1}: đã bị sửa hoặc được chèn thêm" in found()
    assert f"nhật ký, dòng {lines}: đã bị sửa hoặc được chèn thêm" in found()


@pytest.mark.usefixtures("reported")
def test_a_record_rewritten_together_with_the_file_of_heads_differs_from_the_letters() -> None:
    """The notice went out with a head in it; whoever got it has it still."""
    with file_of_the_database() as database:
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


# The rows

#: What is changed -> how it is named.
CHANGED = {
    "UPDATE answer SET content = json_set(content, '$.reference', '64-CV/ThU') WHERE kind = 'nominations'": (
        f"{MAY}: danh sách, bản 1 của Ban Thường vụ Thành ủy Biên Hòa: đã bị sửa sau khi ghi"
    ),
    "UPDATE answer SET \"by\" = 'kẻ khác' WHERE kind = 'choice'": f"{MAY}: lựa chọn, bản 1 của kẻ khác: đã bị sửa",
    "UPDATE number SET number = 81 WHERE number = 80": "sổ số văn bản: số 81-TB/BTCTU, nhiệm kỳ 2020-2025: đã bị sửa",
    "UPDATE document SET approved_by = 'kẻ khác' WHERE kind = 'result_notice'": f"{MAY}: thông báo kết quả",
    "UPDATE document SET body = body || ' thêm' WHERE kind = 'selection_notice'": f"{MAY}: thông báo dự sinh hoạt",
    "UPDATE document_file SET content = x'00' WHERE id = 1": f"{MAY}: thông báo dự sinh hoạt, bản 1, tệp “2024-05_",
    'INSERT INTO number SELECT 900, organ_code, type_code, term, 700, state, "by", at, reason, NULL FROM number '
    "WHERE number = 80": "sổ số văn bản: số 700-TB/BTCTU, nhiệm kỳ 2020-2025: được chèn thêm",
    "DELETE FROM number WHERE number = 80": "số văn bản (mã 1): đã bị xóa sau khi ghi",
}


@pytest.mark.parametrize("harm", CHANGED)
@pytest.mark.usefixtures("reported")
def test_a_row_that_was_changed_behind_the_service_is_named(harm: str) -> None:
    with file_of_the_database() as database:
        assert database.execute(harm).rowcount == 1

    (fault,) = found()

    assert CHANGED[harm] in fault


@pytest.mark.usefixtures("reported")
def test_a_row_put_back_to_what_it_once_was_is_found() -> None:
    """The seal of then was right; the newest counts."""
    with file_of_the_database() as database:
        undone = "state = 'draft', approved_by = NULL, approved_at = NULL"
        database.execute(f"UPDATE document SET {undone} WHERE kind = 'result_notice'")

    assert ["đã bị sửa" in one for one in found()] == [True]


def test_what_was_there_before_the_key_is_counted_and_sealed_once(office: Settings) -> None:
    with file_of_the_database() as database:  # as an earlier version has left it
        database.execute("UPDATE audit SET mac = NULL, sealed_by = NULL, seals = NULL")
        database.execute("UPDATE audit_end SET sealed_by = NULL")
        database.execute(
            "INSERT INTO number VALUES (1, 'BTCTU', 'TB', '2020-2025', 5, 'reserved', 'x', '2024-01-01', '', NULL)"
        )
    assert (found(), warned()) == ([], ["nhật ký: 1 câu trả lời, văn bản, số có từ trước, chưa niêm"])

    prepare(office.database)
    prepare(office.database)

    assert found() == []
    with reading(office.database) as session:
        (line,) = session.query(AuditRow).filter(AuditRow.seals.is_not(None)).all()
        assert list(line.seals or {}) == ["number:1"]
    with file_of_the_database() as database:
        database.execute("UPDATE number SET number = 6")
    assert len(found()) == 1


# A restore is told apart


@pytest.fixture
def live(reported: Desk) -> Settings:
    assert reported.visit.state == "open"
    return use(settings().model_copy(update={"mode": "live"}))


@pytest.fixture
def put_back(live: Settings, tmp_path: Path) -> Callable[[], None]:
    """A copy of the database as it is now; called, it is put in the place of the one of then."""
    engine_for(live.database).dispose()
    shutil.copy(live.folder / "visits.db", tmp_path / "copy.db")

    def put() -> None:
        engine_for(live.database).dispose()
        shutil.copy(tmp_path / "copy.db", live.folder / "visits.db")

    return put


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
    with file_of_the_database() as database:
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


def cut(database: sqlite3.Connection, last: int) -> None:
    """Take the lines after that one out, and let the end say so."""
    database.execute("DELETE FROM audit WHERE id > ?", (last,))
    database.execute("UPDATE audit_end SET last = ?, hash = (SELECT hash FROM audit WHERE id = ?)", (last, last))


def first_head() -> int:
    return min(head.lines for _number, head in heads_kept(settings()) if head)


def chain_alone() -> list[Problem]:
    with reading(settings().database) as session:
        return list(Walk(known_key()).faults(session))
