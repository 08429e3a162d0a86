"""Symbols stay on one line everywhere, and titles are parted between words (F12)."""

import pytest

from letters.form import unbroken


def shown(text: str) -> str:
    """No-break blanks as `_`."""
    return unbroken.title(text).replace("\u00a0", "_")


@pytest.mark.parametrize("symbol", ["10-CT/TW", "25-QĐi/TU", "213-QĐ/TW", "88-CV/ThU", "12-HD/BTCTW", "2020-2025"])
def test_a_symbol_is_one_piece(symbol: str) -> None:
    assert list(unbroken.parts(f"theo {symbol}, ngày")) == [("theo ", False), (symbol, True), (", ngày", False)]


@pytest.mark.parametrize("text", ["đảng - Đảng viên", "chính trị - xã hội", "7-8 giờ", "", "A-Z", "1234567-KH/TU"])
def test_other_hyphens_may_end_a_line(text: str) -> None:
    assert not any(whole for _piece, whole in unbroken.parts(text))
    assert "".join(piece for piece, _whole in unbroken.parts(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kết quả dự, giám sát sinh hoạt Đảng tháng 3/2024", "kết_quả dự, giám_sát sinh_hoạt Đảng tháng_3/2024"),
        ("tại Đảng bộ huyện Nhơn Trạch", "tại Đảng_bộ_huyện_Nhơn_Trạch"),  # the unit that it ends with is one piece
        ("tại Đảng bộ xã Mẫu 01", "tại Đảng_bộ_xã_Mẫu_01"),
        ("tại Đảng bộ huyện Nhơn Trạch năm 2024, tháng 3", "tại Đảng_bộ huyện Nhơn_Trạch năm_2024, tháng_3"),
        ("Đảng bộ Tổng Công ty Cao su Đồng Nai", "Đảng_bộ Tổng_Công_ty Cao_su Đồng_Nai"),
        ("Tổ công tác của tỉnh dự", "Tổ_công_tác của tỉnh dự"),
        ("sinh viên, hoạt động", "sinh viên, hoạt động"),
    ],
)
def test_a_title_is_parted_between_words(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_long_row_of_capitals_still_breaks_somewhere() -> None:
    row = " ".join(["Minh"] * 30)

    assert max(len(part) for part in unbroken.title(row).split(" ")) < 20


def test_a_name_in_capitals_alone_is_left_as_it_is() -> None:
    assert unbroken.title("BIÊN HÒA VÀ NHƠN TRẠCH") == "BIÊN HÒA VÀ NHƠN TRẠCH"
