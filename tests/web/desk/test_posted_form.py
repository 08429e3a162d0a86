"""A fault and its remedy are told as sentences."""

import pytest

from web.desk.posted_form import sentence


@pytest.mark.parametrize(
    ("fault", "remedy", "told"),
    [
        ("chưa ghi tên", "ghi tên đầy đủ", "Chưa ghi tên. Ghi tên đầy đủ."),
        ("còn hiệu lực không?", "", "Còn hiệu lực không?"),
        ("thiếu số, ngày, …", "ghi đủ.", "Thiếu số, ngày, … Ghi đủ."),
        ("đã cấp số", "chạy: visits numbers show", "Đã cấp số."),
    ],
)
def test_each_sentence_ends_with_one_mark(fault: str, remedy: str, told: str) -> None:
    assert sentence(fault, remedy) == told
