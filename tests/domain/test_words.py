"""What only helps at the command line is known as such wherever it stands (one pattern for all)."""

import pytest

from domain.words import speaks_of_commands, without_commands


@pytest.mark.parametrize(
    "text", ["xem: visits show 2024-05", "thêm --reason", 'dùng: visits letters resolve 3 --by "…"']
)
def test_a_command_or_an_option_is_one(text: str) -> None:
    assert speaks_of_commands(text)


@pytest.mark.parametrize("text", ["", "xem lại rồi gửi", "đặt VISITS_SMTP__HOST trước", "từ 05/3 -- 07/3", "visits"])
def test_other_text_is_none(text: str) -> None:
    assert not speaks_of_commands(text)


def test_a_way_out_at_the_command_line_beside_the_desk_s_own_is_left_out() -> None:
    told = "Sửa địa chỉ rồi bấm Retry (hoặc visits retry 2024-05/bien_hoa --by)."

    assert without_commands(told) == "Sửa địa chỉ rồi bấm Chạy lại."
