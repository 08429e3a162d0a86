"""Step 2 of a month that ended while the service was off: no host is written to about it (A5)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from tests.desk import Desk
from tests.may import INCOMPLETE
from tests.opened_mail import words

BEFORE = [date(2024, 3, 18), date(2024, 3, 25), date(2024, 3, 29)]
AFTER = [date(2024, 4, 2), date(2024, 4, 8), date(2024, 4, 11), date(2024, 4, 22)]
LEADER_MAIL = "lanh-dao-ban@ban-to-chuc.example"


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The visit after its request of 01/3/2024 went out."""
    desk.until_asked()
    desk.postman_calls()
    return desk


def test_a_service_that_was_off_until_the_month_was_over_writes_to_no_host_about_it(asked: Desk) -> None:
    """Off from March to July: an officer is asked what becomes of May, its host hears nothing."""
    asked.set_clock(2024, 7, 10)
    waiting = asked.waits()
    assert (waiting.for_whom, waiting.wait.shown) == ("officer", "Chờ danh sách tháng đã qua")
    assert asked.letters("nomination_reminder") == []
    assert "visits cancel" in words(asked.letters("staff_task", "staff:officer")[0])

    asked.nominate(received=date(2024, 4, 1))
    assert asked.waits().wait.shown == "Chờ lựa chọn"


def test_an_incomplete_list_of_a_month_that_is_over_is_not_sent_back_to_its_host(asked: Desk) -> None:
    asked.set_clock(2024, 4, 2)
    asked.nominate(INCOMPLETE)
    asked.set_clock(2024, 6, 3)
    assert asked.waits().wait.shown == "Chờ danh sách tháng đã qua"
    assert asked.letters("nomination_incomplete") == []


def test_a_better_list_is_asked_for_by_a_day_of_the_month(asked: Desk) -> None:
    """Five working days after 28/5 are 04/6, when no meeting of May is left to attend."""
    asked.set_clock(2024, 5, 28, 9)
    asked.nominate([replace(INCOMPLETE[0], starts_at=at(date(2024, 5, 31), 19))])

    assert asked.waits().until == date(2024, 5, 30)
    assert "chậm nhất là ngày 30 tháng 5 năm 2024" in words(asked.letters("nomination_incomplete")[0])
