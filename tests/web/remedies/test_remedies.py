"""What a host did about its recommendations, at the desk and by its link (D11)."""

from collections.abc import Callable

import pytest

from config.settings import settings
from database import follow_ups, visits
from database.engine import reading
from domain.follow_up import Followed
from tests.desk import Desk
from tests.may import MAY
from tests.obligations import Obliged
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_of

KEY, PAGE = f"{MAY}/kien-nghi", f"/chuyen/{MAY}/kien-nghi"
TYPED = {
    "received_on": "18/12/2024", "their_symbol": "102-CV/ThU", "text-1": "Đã ghi đủ trong sổ mới", "done-1": "done",
    "seen": "0", "do": "confirm",
}  # fmt: skip


@pytest.fixture(autouse=True)
def year_end(desk: Desk) -> None:
    """It is 18/12/2024, and the one recommendation, due on 01/7, has no answer."""
    desk.until_year_end()


def the_one() -> Followed:
    with reading(settings().database) as session:
        (one,) = follow_ups.followed(session, visits.find(session, MAY))
        return one


def test_the_page_says_what_is_open_since_when_to_those_it_concerns(as_role: AsRole) -> None:
    for_office, for_others = as_role("officer").get(PAGE).text, as_role("viewer").get(PAGE).text

    assert "Ghi đủ kết quả biểu quyết" in for_office
    assert "quá hạn" in for_office
    assert "Ghi đủ kết quả biểu quyết" not in for_others
    assert f'href="{PAGE}"' in as_role("officer").get(f"/chuyen/{MAY}").text


def test_an_officer_enters_a_reply_after_a_look_at_it(as_role: AsRole) -> None:
    officer = as_role("officer")
    preview = officer.post(f"{PAGE}/tra-loi", TYPED | {"do": "preview"})
    assert "đã thực hiện xong: Đã ghi đủ trong sổ mới" in preview.text
    assert the_one().open

    officer.post(f"{PAGE}/tra-loi", TYPED)

    assert not the_one().open
    assert "Đã ghi đủ trong sổ mới" in officer.get(PAGE).text


def test_what_is_done_in_part_stays_open(as_role: AsRole) -> None:
    officer = as_role("officer")

    taken = officer.post(f"{PAGE}/tra-loi", TYPED | {"done-1": "part"})

    assert "còn 01 kiến nghị chưa xong" in officer.follow(taken).text
    assert the_one().open
    assert len(the_one().remedies) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text-1": "", "done-1": ""}, "chưa ghi kết quả của kiến nghị nào"),
        ({"text-1": ""}, "Chưa ghi kết quả thực hiện"),
        ({"done-1": ""}, "Chưa chọn mức độ thực hiện"),
        ({"received_on": "19/12/2024"}, "chưa tới"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_taken(as_role: AsRole, wrong: dict[str, str], told: str) -> None:
    answer = as_role("officer").post(f"{PAGE}/tra-loi", TYPED | wrong)

    assert answer.status_code == 422
    assert told.casefold() in answer.text.casefold()
    assert the_one().remedies == ()


def test_the_host_answers_by_the_link_in_its_reminder_and_the_follow_up_ends(stranger: Callable[[], Visitor]) -> None:
    one = Obliged(KEY)
    one.go_on()
    link = link_of(KEY, "remedy_reminder")
    host = stranger()
    assert "Ghi đủ kết quả biểu quyết" in host.get(link).text

    answers = [host.post(link, TYPED).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(the_one().remedies) == 1
    one.go_on()
    assert one.finished == {1}
