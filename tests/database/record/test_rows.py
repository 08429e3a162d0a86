"""A row changed behind the service is named; whatever is done through it raises no alarm (P7)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.changes import cancel, move
from answers.papers import send_back
from answers.register import cancel as cancel_number
from answers.register import reserve
from answers.taking_up import take_up
from config.settings import Settings
from database.engine import reading
from database.models import AuditRow
from database.numbers import Series
from database.schema import prepare
from domain.dates import at
from domain.taking_up import Issued, TakenUp, Way
from tests.behind_the_service import PastTheService, found, head_is_kept, past_the_service, warned
from tests.desk import Desk
from tests.may import CLERK, FIRST_DAY, LEADER, MAY, OFFICER
from tests.mid_year import DONE, FEBRUARY, MARCH, MidYear

NUMBERS = Series("BTCTU", "TB", "2020-2025")


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


def test_returning_and_answering_anew_are_acts_and_no_alarm(desk: Desk) -> None:
    desk.until_reported()
    send_back(MAY, "thiếu kiến nghị", LEADER)
    desk.go_on()
    desk.report(desk.findings(strengths=("Chuẩn bị chu đáo", "Đủ đảng viên")))

    assert [one.state for one in desk.documents("group_report")] == ["returned"]
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
    "UPDATE document_file SET content = x'00' WHERE id = 1": f"{MAY}: công văn đề nghị danh sách, bản 1, tệp “2024-05_",
    'INSERT INTO number SELECT 900, organ_code, type_code, term, 700, state, "by", at, reason, NULL FROM number '
    "WHERE number = 80": "sổ số văn bản: số 700-TB/BTCTU, nhiệm kỳ 2020-2025: được chèn thêm",
    "DELETE FROM number WHERE number = 80": "số văn bản (mã 2): đã bị xóa sau khi ghi",
}


#: What PostgreSQL calls otherwise.
ON_POSTGRESQL = {
    "json_set(content, '$.reference', '64-CV/ThU')": (
        "jsonb_set(content::jsonb, '{reference}', to_jsonb('64-CV/ThU'::text))::json"
    ),
    "x'00'": r"'\x00'::bytea",
}


@pytest.mark.parametrize("harm", CHANGED)
@pytest.mark.usefixtures("reported")
def test_a_row_that_was_changed_behind_the_service_is_named(harm: str) -> None:
    with past_the_service() as database:
        assert database.execute(told_to(database, harm)).rowcount == 1

    (fault,) = found()

    assert CHANGED[harm] in fault


def told_to(database: PastTheService, harm: str) -> str:
    for ours, theirs in ON_POSTGRESQL.items() if database.is_postgresql else ():
        harm = harm.replace(ours, theirs)
    return harm


@pytest.mark.only_sqlite("PostgreSQL takes no such value into these columns")
@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE answer SET content = '{' WHERE kind = 'choice'",
        "UPDATE document SET drafted_at = 'hôm qua' WHERE kind = 'group_report'",
        "UPDATE audit SET details = 'x' WHERE id = 5",
    ],
)
@pytest.mark.usefixtures("reported")
def test_what_cannot_even_be_read_is_told_and_not_a_crash(harm: str) -> None:
    with past_the_service() as database:
        assert database.execute(harm).rowcount == 1

    assert found()[-1].startswith("cơ sở dữ liệu: có giá trị không đọc được, bị sửa ngoài dịch vụ")


@pytest.mark.usefixtures("reported")
def test_a_row_put_back_to_what_it_once_was_is_found() -> None:
    """The seal of then was right; the newest counts."""
    with past_the_service() as database:
        undone = "state = 'draft', approved_by = NULL, approved_at = NULL"
        database.execute(f"UPDATE document SET {undone} WHERE kind = 'result_notice'")

    assert ["đã bị sửa" in one for one in found()] == [True]


def test_what_was_there_before_the_key_is_counted_and_sealed_once(office: Settings) -> None:
    with past_the_service() as database:  # as an earlier version has left it
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
    with past_the_service() as database:
        database.execute("UPDATE number SET number = 6")
    assert len(found()) == 1
