"""What people write of work done before the service is understood as they mean it, or asked about (P6, P19)."""

from datetime import date

import pytest

from domain.taking_up import Attended, Issued, TakenUp, Way
from domain.taking_up_words import parse_attended, parse_before


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("  ", None),
        ("xong", TakenUp(Way.DONE)),
        ("Đã xong.", TakenUp(Way.DONE)),
        (
            "Xong; TB 120-TB/BTCTU ngày 20/01/2024; KQ số 131 ngày 10/3/2024",
            TakenUp(Way.DONE, notice=Issued(120, date(2024, 1, 20)), result=Issued(131, date(2024, 3, 10))),
        ),
        (
            "xong; dự: Chi bộ Trường THPT Mẫu, 05/3/2024, chuyên đề; dự Chi bộ ấp 1",
            TakenUp(
                Way.DONE,
                attended=(Attended("Chi bộ Trường THPT Mẫu", date(2024, 3, 5), True), Attended("Chi bộ ấp 1")),
            ),
        ),
        ("đã đề nghị 03/01/2024", TakenUp(Way.GO_ON, 2, requested_on=date(2024, 1, 3))),
        ("Đã gửi đề nghị ngày 2024-01-03", TakenUp(Way.GO_ON, 2, requested_on=date(2024, 1, 3))),
        ("mở", TakenUp(Way.OPEN)),
        ("bỏ: đơn vị giải thể; nhập vào Xã Mẫu", TakenUp(Way.LEAVE_OUT, reason="đơn vị giải thể; nhập vào Xã Mẫu")),
    ],
)
def test_it_is_understood(text: str, meant: TakenUp | None) -> None:
    assert parse_before(text) == meant


@pytest.mark.parametrize(
    "text", ["gần xong", "xong; công văn 3", "bỏ", "đã đề nghị", "đã đề nghị 30/02/2024", "xong; TB 120 ngày 2024"]
)
def test_what_nobody_would_understand_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="ghi như"):
        parse_before(text)


def test_a_place_that_was_attended_needs_only_its_name() -> None:
    assert parse_attended("Chi bộ A; 05/3/2024; chuyên đề") == Attended("Chi bộ A", date(2024, 3, 5), True)
    assert parse_attended("chuyên đề; Chi bộ A") == Attended("Chi bộ A", None, True)
    with pytest.raises(ValueError, match="chưa ghi tên"):
        parse_attended("05/3/2024; chuyên đề")


def test_what_is_not_understood_is_repeated_on_one_line_of_a_table() -> None:
    """A semicolon separates cells in some tables, so the message has commas."""
    with pytest.raises(ValueError, match="không hiểu “gần xong, TB 120 ngày 20/01/2024”"):
        parse_before("gần xong; TB 120 ngày 20/01/2024")
