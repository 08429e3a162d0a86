"""What waits for me: the visits my roles answer, most urgent first, each with its one button; letters to decide."""

import pytest
from sqlalchemy import update

from config.settings import settings
from database.engine import writing
from database.models import LetterRow, VisitRow
from domain.wait import Wait
from tests.desk import Desk
from tests.letter_states import put
from tests.may import MAY
from tests.web.conftest import ROLES, AsRole
from tests.web.looking import counting

MINE = "/viec-cua-toi"
PAGE = f"/chuyen/{MAY}"


@pytest.mark.parametrize(
    ("stage", "form", "who"),
    [
        ("until_asked", "de-cu", {"officer"}),
        ("until_listed", "chon", {"leader"}),
        ("until_chosen", "phat-hanh/notice", {"clerk"}),
        ("until_met", "ket-qua", {"inspector"}),
        ("until_reported", "duyet/result", {"leader"}),
    ],
)
def test_the_button_leads_to_the_form_that_answers_for_whom_it_waits_and_for_nobody_else(
    desk: Desk, as_role: AsRole, stage: str, form: str, who: set[str]
) -> None:
    getattr(desk, stage)()

    assert {role for role in ROLES if f'href="{PAGE}/{form}"' in as_role(role).get(MINE).text} == who


def test_whoever_has_nothing_to_do_is_told_so(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()

    assert "Không có việc nào chờ Đỗ Văn Xem" in as_role("viewer").get(MINE).text


def test_what_waits_outside_is_apart_from_what_i_must_do(desk: Desk, as_role: AsRole) -> None:
    desk.until_asked()

    page = as_role("officer").get(MINE).text

    assert "Đang chờ bên ngoài (1)" in page
    assert "Cần làm" not in page


def test_findings_are_asked_of_the_working_group_of_that_year_alone(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()

    assert "Ghi kết quả" in as_role("inspector").get(MINE).text
    assert "Ghi kết quả" not in as_role("inspector", "khac", email="khac@noi-khac.example").get(MINE).text


def test_an_officer_is_told_of_letters_that_wait_for_a_decision(desk: Desk, as_role: AsRole) -> None:
    desk.until_signed()
    with writing(settings().database) as session:
        for letter in session.query(LetterRow).filter_by(purpose="invitation"):
            put(letter, "uncertain")

    assert "6 thư chưa rõ" in as_role("officer").get(MINE).text
    assert "/thu?trang_thai=uncertain" in as_role("officer").get(MINE).text
    assert "thư chưa rõ" not in as_role("leader").get(MINE).text


def test_a_failed_run_is_an_officers_first_task_with_its_button(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        changes = {"trouble": "x", "waiting_for": "officer", "wait": Wait.RUN_FAILED}
        session.execute(update(VisitRow).where(VisitRow.unit == "bien_hoa").values(**changes))

    assert f'action="{PAGE}/chay-lai"' in as_role("officer").get(MINE).text


def test_the_number_of_queries_does_not_grow_with_what_waits(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()
    leader = as_role("leader")
    counts = []
    for _ in range(2):
        leader.get(MINE)
        with counting() as sent:
            leader.get(MINE)
        counts.append(len(sent))
        with writing(settings().database) as session:
            changes = {"state": "open", "waiting_for": "leader", "wait": Wait.CHOICE}
            session.execute(update(VisitRow).where(VisitRow.state == "planned").values(**changes))

    assert "Cẩm Mỹ" in leader.get(MINE).text
    assert counts[0] == counts[1]
