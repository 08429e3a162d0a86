"""The day until which somebody is away is the one that the message names."""

from datetime import date

import pytest

from inbox.back_on import back_on

SENT = date(2024, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "đến hết ngày 15/5/2024", "den het 15/05", "tới ngày 15 tháng 5 năm 2024", "đến thứ Tư, 15/5",
        "từ 10/5 đến 15/5/2024", "từ ngày 10 đến ngày 15/5/2024", "nghỉ 10/5 - 15/5/2024", "10-15/5/2024",
        "đến 17 giờ 00 ngày 15/5/2024", "đến 17h00 ngày 15.5.2024", "trở lại làm việc vào ngày 15/5/2024",
        "đến 20/5 nhưng trở lại cơ quan từ 15/5/2024", "until 15 May 2024", "until May 15, 2024", "till 15th May",
        "from May 10 to May 15", "back on Wednesday, 15 May", "returning 2024-05-15", "through 15-May-2024",
        "I will return to the office on May 15th.", "ngày 15/5/2024 tôi mới về", "đến 15/5/24",
    ],
)  # fmt: skip
def test_it_is_read_in_the_usual_forms(text: str) -> None:
    assert back_on(f"Tôi vắng mặt {text}.", SENT) == date(2024, 5, 15)


@pytest.mark.parametrize(
    "text", ["", "đến khi có thông báo", "đến 31/2/2024", "điện thoại 0251 3822 111", "until further notice"]
)
def test_no_day_is_made_up(text: str) -> None:
    assert back_on(text, SENT) is None


def test_a_day_without_a_year_is_the_next_one_after_the_message() -> None:
    assert back_on("đến 5/1", date(2024, 12, 23)) == date(2025, 1, 5)
    assert back_on("đến 5/1", None) is None
