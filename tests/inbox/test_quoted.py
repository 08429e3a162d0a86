"""A person's own words are told apart from the letter that they answer."""

import pytest

from inbox.quoted import own_words

OURS = "Đề nghị đồng chí gửi danh sách."


@pytest.mark.parametrize(
    "below",
    [
        f"On Wed, May 1, 2024 at 8:00 AM Ban To chuc <btc@tinhuy.example> wrote:\n> {OURS}",
        f"Vào Th 4, 1 thg 5, 2024 vào lúc 08:00 Ban Tổ chức <btc@tinhuy.example> đã viết:\n\n> {OURS}",
        f"Vào Th 4, 1 thg 5, 2024 vào lúc 08:00 Ban Tổ chức <\nbtc@tinhuy.example> đã viết:\n\n{OURS}",
        f"Vào 08:00, 01/05/2024, Ban Tổ chức đã viết:\n{OURS}",
        f"-----Original Message-----\nFrom: Ban To chuc\nSent: 1 May\nSubject: x\n\n{OURS}",
        f"----- Thư gốc -----\n{OURS}",
        f"---------- Forwarded message ---------\nTừ: x\n{OURS}",
        f"________________________________\nFrom: Ban <btc@x.example>\nSent: Wed\nTo: An\nSubject: x\n\n{OURS}",
        f"Từ: Ban Tổ chức\nĐã gửi: Thứ Tư\nĐến: An\nChủ đề: x\n\n{OURS}",
        f"*Từ:* Ban <btc@x.example>\n*Ngày:* 1/5/2024\n*Tới:* An\n*Tiêu đề:* x\n\n{OURS}",
        f"Begin forwarded message:\n\nFrom: x\n{OURS}",
        f"> {OURS}\n>> {OURS}",
        "-- \nNguyễn Văn An\nChánh Văn phòng",
        "Gửi từ iPhone của tôi",
        "Sent from my Galaxy",
        "Được gửi từ Outlook cho Android",
    ],
)
def test_what_stands_below_is_left_out(below: str) -> None:
    assert own_words(f"Tôi gửi danh sách.\n\n{below}\n") == "Tôi gửi danh sách."


def test_words_between_and_below_what_is_quoted_are_kept() -> None:
    text = "On Wed, May 1, 2024 Ban <btc@x.example> wrote:\n> Bao giờ?\nMai.\n> Ai ký?\nTôi.\n"

    assert own_words(text) == "Mai.\nTôi."


@pytest.mark.parametrize(
    "text",
    [
        "Từ: 8 giờ 00\nĐến: 10 giờ 00\nNgày: 15/5/2024\nChủ đề: Học tập Bác",
        "Trong buổi họp, đồng chí Bí thư đã viết: cố gắng.",
        "-- điểm thứ nhất\n-- điểm thứ hai",
        "----\n1 | 2\n----",
        "On time, as you wrote:\nyes",
    ],
)
def test_a_list_that_looks_like_headers_is_kept(text: str) -> None:
    assert own_words(text) == text
