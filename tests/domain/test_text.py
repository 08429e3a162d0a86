"""Vietnamese text: one form, honest matching, the alphabet's order (P8–P17)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import (
    clean,
    loose_key,
    match_key,
    nfc,
    plain_letters,
    printable,
    safe_name,
    slug,
    sort_key,
    tone_styles,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huyện ủy", "Huyện uỷ"),
        ("Biên Hòa", "Biên Hoà"),
        ("Đồng Nai", unicodedata.normalize("NFD", "Đồng Nai")),
        ("Đồng Nai", "Ðồng Nai"),
        ("Chi bộ  ấp 1", "chi bộ\u00a0ấp 1"),
    ],
)
def test_two_spellings_of_one_name_match(one: str, other: str) -> None:
    """P9, P11, P15."""
    assert match_key(one) == match_key(other)


def test_khoi_without_tone_is_only_a_suggestion() -> None:
    """A11: never corrected silently."""
    assert match_key("Khôi") != match_key("Khối")
    assert loose_key("Khôi") == loose_key("Khối")


@given(st.text(alphabet="aàáâấbđeêéghioôơúưỷy ỷ\u0301\u0323", max_size=30))
def test_cleaning_twice_is_cleaning_once_and_the_result_is_nfc(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert unicodedata.is_normalized("NFC", clean(text))
    assert nfc(nfc(text)) == nfc(text)


def test_names_sort_by_the_alphabet_and_not_by_code_points() -> None:
    """P16: Đ after D, C before Đ, tones second."""
    names = ["Định Quán", "Cẩm Mỹ", "Công an tỉnh", "Biên Hòa", "Ân", "Ánh", "An", "Đào", "Dũng"]
    assert sorted(names, key=sort_key) == [
        "An", "Ánh", "Ân", "Biên Hòa", "Cẩm Mỹ", "Công an tỉnh", "Dũng", "Đào", "Định Quán",
    ]  # fmt: skip


def test_tones_order_as_ngang_huyen_hoi_nga_sac_nang() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_the_placement_of_tone_marks_is_told_apart() -> None:
    """P11; `quý` and `của` have only one placement and say nothing."""
    assert tone_styles("Huyện ủy Biên Hòa") == {"old"}
    assert tone_styles("Huyện uỷ Biên Hoà") == {"new"}
    assert tone_styles("quý của quà") == set()


def test_a_slug_is_ascii() -> None:
    """P25."""
    assert slug("Đảng bộ Tổng Công ty Cao su") == "dang_bo_tong_cong_ty_cao_su"


def test_plain_letters_keep_case_and_order() -> None:
    """For the time line of Prefect, which draws ASCII only."""
    assert plain_letters("1 · Đề nghị danh sách") == "1 - De nghi danh sach"


@pytest.mark.parametrize(
    "mark", [chr(one) for one in (0x00AD, 0xFEFF, 0x2060, *range(0x200B, 0x2010), *range(0x202A, 0x202F))], ids=ascii
)
def test_a_mark_that_nobody_sees_makes_no_other_name(mark: str) -> None:
    """P12."""
    assert clean(f"Biên{mark} Hòa") == "Biên Hòa"


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f"], ids=ascii)
def test_every_blank_is_one_blank(blank: str) -> None:
    """P9."""
    assert clean(f" Biên{blank}{blank}Hòa ") == "Biên Hòa"


@pytest.mark.parametrize("sign", ["\u2010", "\u00ac", "\u00ae", "–"], ids=ascii)
def test_a_sign_that_is_seen_stays(sign: str) -> None:
    assert clean(f"Tổ chức đảng {sign} Đảng viên") == f"Tổ chức đảng {sign} Đảng viên"


def test_six_tones_are_six_words() -> None:
    """P15."""
    assert len({match_key(word) for word in ("ma", "mà", "mả", "mã", "má", "mạ")}) == 6


def test_a_blank_comes_before_every_letter_and_a_digit_after_every_letter() -> None:
    """P16: a short name stands before those that begin with it."""
    names = ["Chi bộ 2", "Chi bộ z", "Chi bộ 1", "Chi bộ ấp", "Chi bộ a z", "Chi bộ aab", "Chi bộ"]
    assert sorted(names, key=sort_key) == [
        "Chi bộ", "Chi bộ a z", "Chi bộ aab", "Chi bộ ấp", "Chi bộ z", "Chi bộ 1", "Chi bộ 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("sổ\x00nghị quyết", "sổ nghị quyết"),
        ("\x1fđầu, cuối\x7f", " đầu, cuối "),
        ("một\x80hai\x9fba\xa0bốn", "một hai ba\xa0bốn"),
        ("dòng một\r\n\tdòng hai", "dòng một\r\n\tdòng hai"),
        ("nửa \ud800\udfff cặp \ufffe\uffff", "nửa  cặp "),
        ("ưu điểm ủy", "ưu điểm ủy"),
        ("bên cạnh: ~ \ud7ff\ue000", "bên cạnh: ~ \ud7ff\ue000"),
    ],
)
def test_what_no_paper_can_hold_is_taken_out_and_every_other_letter_stays(written: str, kept: str) -> None:
    assert printable(written) == kept
    assert printable(kept) == kept


def test_a_control_mark_parts_words_as_a_blank_does() -> None:
    assert clean(" sổ\x00 nghị\x07quyết ") == "sổ nghị quyết"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Văn thư\\Danh sách (tháng 3).xlsx", "Danh sách (tháng 3).xlsx"),
        ("../../etc/passwd", "passwd"),
        ('danh:sách"\r\n.xlsx', "danh_sách___.xlsx"),
        (" ..", "danh-sach"),
        ("", "danh-sach"),
    ],
)
def test_a_file_keeps_of_its_name_what_no_system_misreads(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_file_keeps_the_last_hundred_letters_of_a_long_name_and_with_them_its_kind() -> None:
    assert safe_name("a" * 95 + ".xlsx") == "a" * 95 + ".xlsx"
    assert safe_name("b" + "a" * 95 + ".xlsx") == "a" * 95 + ".xlsx"
