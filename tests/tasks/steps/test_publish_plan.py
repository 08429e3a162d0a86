"""The plan goes out once it is issued, to everybody whom it names, with all its days (R1–R8, R77–R82)."""

from collections import Counter
from datetime import date

import pytest

from answers.papers import Sheet, approve, issue
from config.settings import Settings, settings
from database.engine import reading
from database.models import NumberRow
from domain.outcome import Done
from domain.problem import Refused
from tests.may import CLERK, LEADER
from tests.obligations import Obliged
from tests.opened_mail import enclosed, words
from tests.scans.pdfs import scan

KEY = "2024/ke-hoach"
SIGNED_ON = date(2024, 1, 3)


@pytest.fixture
def plan(office: Settings) -> Obliged:
    """The plan on the day it is signed."""
    assert office.mode == "rehearsal"
    one = Obliged(KEY)
    one.open()
    return one


def test_it_waits_for_the_clerk_and_then_reaches_everybody(plan: Obliged) -> None:
    assert plan.row.opens_on == SIGNED_ON
    assert plan.waits().wait.shown == "Chờ phát hành kế hoạch"
    assert [letter.recipient for letter in plan.letters()] == ["staff:clerk"]

    assert issue(KEY, "plan", Sheet(73, SIGNED_ON), CLERK) == "73-KH/BTCTU"
    assert plan.go_on() == Done("gửi kế hoạch số 73-KH/BTCTU tới 39 nơi")

    sent = plan.letters("annual_plan")
    assert Counter(letter.recipient.partition(":")[0] for letter in sent) == {
        "standing_board": 16, "organisation_board": 16, "staff": 1, "body": 6,
    }  # fmt: skip
    bodies = {letter.recipient for letter in sent if letter.recipient.startswith("body:")}
    assert "body:provincial_standing_body" in bodies
    assert "body:provincial_standing_board" not in bodies, "it is no recipient of the plan"
    assert {letter.must_arrive for letter in sent if letter.recipient.startswith("standing_board")} == {True}
    assert all(
        enclosed(letter) == ["2024_ke_hoach_KH-ke-hoach-nam.docx", "2024_ke_hoach_KH-ke-hoach-nam.pdf"]
        for letter in sent
    )
    with reading(settings().database) as session:
        (number,) = session.query(NumberRow).all()
        assert (number.number, number.type_code, number.state) == (73, "KH", "used")


def test_the_letter_shows_nine_visits_and_seven_reports_with_their_days(plan: Obliged) -> None:
    plan.go_on()
    issue(KEY, "plan", Sheet(73, SIGNED_ON), CLERK)
    plan.go_on()
    said = words(plan.letters("annual_plan")[0])

    assert said.count(": dự sinh hoạt Đảng tại Đảng bộ") == 9
    days = said.split("Lịch thực hiện Kế hoạch năm 2024")[1]
    assert days.count("Ngày đề nghị gửi danh sách") == 9
    assert days.count("Hạn báo cáo: 16/12/2024") == 7
    assert "Ngày đề nghị báo cáo: 01/11/2024" in days
    assert "- Đồng kính gửi: TTTU (thay b/c)" in said


def test_the_signed_sheet_is_what_is_mailed(plan: Obliged) -> None:
    """P4."""
    plan.go_on()
    issue(KEY, "plan", Sheet(73, SIGNED_ON, signed=scan()), CLERK)
    plan.go_on()
    assert enclosed(plan.letters("annual_plan")[0]) == ["2024_ke_hoach_KH-ke-hoach-nam_ban-ky.pdf"]


@pytest.mark.parametrize("sheet", [Sheet(74, SIGNED_ON), Sheet(73, date(2024, 1, 4))])
def test_another_number_or_day_than_the_plan_s_is_refused(plan: Obliged, sheet: Sheet) -> None:
    plan.set_clock(2024, 1, 5)
    plan.go_on()
    with pytest.raises(Refused, match="kế hoạch đã nạp mang số 73-KH/BTCTU ngày 03/01/2024"):
        issue(KEY, "plan", sheet, CLERK)


def test_it_has_no_approval_of_its_own(plan: Obliged) -> None:
    plan.go_on()
    with pytest.raises(Refused, match="không qua bước duyệt riêng"):
        approve(KEY, "plan", LEADER)
