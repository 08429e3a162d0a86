"""Step 1: the request for nominations goes out once, on its day, to those who must have it (D1, R62–R65, R86)."""

from datetime import date

import pytest

from domain.outcome import Done, Waiting
from domain.step import Step
from domain.wait import Wait
from tests.desk import Desk
from tests.opened_mail import enclosed, mail, words

BOARD = "ban-thuong-vu@bien-hoa.example"
ORGANISATION_BOARD = "ban-to-chuc@bien-hoa.example"


def test_the_request_goes_to_the_standing_board_with_copies_to_its_organisation_board_and_the_leaders(
    desk: Desk,
) -> None:
    """R62, R78, R79."""
    desk.set_clock(2024, 3, 1)

    assert desk.ask() == Done("đề nghị gửi Ban Thường vụ Thành ủy Biên Hòa, công văn số 01-CV/BTCTU")

    (letter,) = desk.letters("nomination_request")
    assert (letter.purpose, letter.recipient, letter.state) == ("nomination_request", "host", "queued")
    assert letter.addresses == [BOARD, ORGANISATION_BOARD, "lanh-dao-ban@ban-to-chuc.example"]
    message = mail(letter)
    assert BOARD in message["To"]
    assert ORGANISATION_BOARD in message["Cc"]
    assert letter.must_arrive


def test_the_request_names_the_office_that_receives_and_the_last_day(desk: Desk) -> None:
    """R63, R85: the 1st of May less 30 days is the 1st of April."""
    desk.set_clock(2024, 3, 1)
    desk.ask()

    text = words(desk.letters("nomination_request")[0])

    assert "Phòng Tổ chức đảng - Đảng viên" in text
    assert "ngày 01 tháng 4 năm 2024" in text
    assert "01 chi bộ tổ chức sinh hoạt chuyên đề" in text


def test_the_request_carries_the_letter_and_the_list_to_fill_in(desk: Desk) -> None:
    """P6: the editable form comes first. A22: the list is made for this host and month."""
    desk.set_clock(2024, 3, 1)
    desk.ask()

    assert enclosed(desk.letters("nomination_request")[0]) == [
        "2024-05_bien_hoa_CV-de-nghi-danh-sach.docx",
        "2024-05_bien_hoa_CV-de-nghi-danh-sach.pdf",
        "2024-05_bien_hoa_mau-danh-sach.xlsx",
    ]


def test_a_step_that_runs_again_does_not_ask_again(desk: Desk) -> None:
    """6.7 no. 4."""
    desk.set_clock(2024, 3, 1)
    desk.ask()
    desk.postman_calls()

    desk.run_step(1)
    desk.set_clock(2024, 3, 9)
    desk.run_step(1)

    assert [letter.state for letter in desk.letters("nomination_request")] == ["sent"]
    assert desk.finished == {Step.REQUEST_NOMINATIONS}


@pytest.mark.parametrize(
    ("key", "day"),
    [("2024-05/bien_hoa", date(2024, 3, 1)), ("2024-10/quan_su_tinh", date(2024, 8, 1))],
)
def test_nothing_is_asked_before_the_day_of_the_plan(desk: Desk, key: str, day: date) -> None:
    """R86: the first of the month two months ahead."""
    desk.key = key

    assert desk.run_step(1) == Waiting(Wait.REQUEST_DAY, day, "chưa đến ngày gửi đề nghị danh sách")
    assert desk.letters() == []
    assert desk.finished == set()


def test_the_first_host_is_asked_on_the_day_the_plan_is_signed(desk: Desk) -> None:
    """A5: 30 days before the 1st had passed, so it has ten working days, and is told what these still announce."""
    desk.key = "2024-02/nhon_trach"

    assert isinstance(desk.ask(), Done)

    text = words(desk.letters("nomination_request")[0])
    assert "chậm nhất là ngày 17 tháng 01 năm 2024." in text
    assert "từ ngày 16/02/2024 trở đi được báo trước đủ 30 ngày" in text


def test_a_service_that_was_off_asks_late_rather_than_never(desk: Desk) -> None:
    """6.7 no. 5, design trap 14."""
    desk.set_clock(2024, 3, 27)

    desk.ask()

    assert len(desk.letters("nomination_request")) == 1


def test_the_words_do_not_tell_personal_data_of_the_armed_forces_apart_from_a_warning(desk: Desk) -> None:
    """A20, P3: a restricted host is asked not to send personal data by e-mail."""
    desk.key = "2024-03/cong_an_tinh"
    desk.ask()
    restricted = words(desk.letters("nomination_request")[0])
    desk.key = "2024-02/nhon_trach"
    desk.ask()

    assert "cá nhân" in restricted
    assert "cá nhân" not in words(desk.letters("nomination_request")[0])
