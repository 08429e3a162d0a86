"""What became of a recommendation: it is open until a reply says that it is done, and overdue after its date (D11)."""

from datetime import date

import pytest

from domain.findings import Recommendation
from domain.follow_up import Followed, Remedy, follow

MINUTES = Recommendation(1, "Ghi đủ nội dung biên bản", "Chi ủy Chi bộ ấp 3", date(2024, 4, 30))
PLAN = Recommendation(2, "Xây dựng kế hoạch chuyên đề năm", "Đảng ủy xã Phú Hội", date(2024, 6, 30))
BEGUN = Remedy(1, "đang soạn mẫu biên bản", date(2024, 4, 2), done=False)
DONE = Remedy(1, "đã ban hành mẫu biên bản", date(2024, 4, 20), "102-CV/HU")


@pytest.mark.parametrize(
    ("replies", "is_open"),
    [
        ((), True),
        ((BEGUN,), True),
        ((DONE,), False),
        ((BEGUN, DONE), False),
        ((DONE, BEGUN), True),  # taken back: the later word counts
        ((BEGUN, BEGUN, DONE), False),
        ((DONE, DONE, BEGUN), True),
    ],
)
def test_it_is_open_until_the_last_reply_says_that_it_is_done(replies: tuple[Remedy, ...], is_open: bool) -> None:
    assert Followed(1, MINUTES, replies).open is is_open


@pytest.mark.parametrize(
    ("replies", "today", "overdue"),
    [
        ((), date(2024, 4, 29), False),
        ((), date(2024, 4, 30), False),  # the date itself is in time
        ((), date(2024, 5, 1), True),
        ((BEGUN,), date(2024, 5, 1), True),
        ((DONE,), date(2024, 5, 1), False),
        ((DONE,), date(2024, 4, 29), False),
    ],
)
def test_it_is_overdue_only_after_its_date_and_while_it_is_open(
    replies: tuple[Remedy, ...], today: date, overdue: bool
) -> None:
    assert Followed(1, MINUTES, replies).overdue(today) is overdue


def test_each_recommendation_gets_its_own_replies_by_its_place_in_the_notice() -> None:
    third = Recommendation(1, "Phân công đảng viên chuẩn bị", "Chi ủy Chi bộ ấp 3", date(2024, 5, 31))
    of_the_second = Remedy(2, "đã có kế hoạch", date(2024, 5, 6))

    found = follow((MINUTES, PLAN, third), (BEGUN, of_the_second, DONE))

    assert found == (Followed(1, MINUTES, (BEGUN, DONE)), Followed(2, PLAN, (of_the_second,)), Followed(3, third))


def test_a_reply_about_which_nothing_else_is_said_means_done() -> None:
    assert Remedy(1, "đã khắc phục", date(2024, 4, 20)).done
