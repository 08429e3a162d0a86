"""Two texts are the same when letters and figures are, in their order; where they differ is told in words (2.4)."""

import unicodedata

import pytest

from scans.same_text import compare_text

APPROVED = """TỈNH ỦY ĐỒNG NAI
Số 80-TB/BTCTU
Đồng Nai, ngày 22 tháng 3 năm 2024
Ban Tổ chức Tỉnh ủy thông báo dự sinh hoạt chuyên đề của Chi bộ Trường THPT Mẫu Một
lúc 14 giờ 00, thứ Ba, ngày 14/5/2024, kinh phí 1.500 đồng, theo đúng kế hoạch đã ban hành."""


def test_line_ends_spaces_and_marks_do_not_count() -> None:
    shown = APPROVED.replace("\n", "  ").replace("chuyên đề", "chuyên\nđề").replace(",", " ,").replace("THPT", "TH PT")
    assert compare_text(APPROVED, shown).kind == "same"


def test_letters_in_two_parts_are_the_same_letters() -> None:
    assert compare_text(APPROVED, unicodedata.normalize("NFD", APPROVED)).kind == "same"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("14/5/2024", "15/5/2024", "bản duyệt “14/5/2024,”, tệp ghi “15/5/2024,”"),
        ("1.500", "15.00", "bản duyệt “1.500”, tệp ghi “15.00”"),
        ("Số 80-", "Số 81-", "bản duyệt “80-TB/BTCTU”, tệp ghi “81-TB/BTCTU”"),
        (" theo đúng kế hoạch", " theo kế hoạch", "tệp thiếu “đúng”"),
        ("đã ban hành", "không ban hành", "tệp ghi “không”"),
        ("Mẫu Một", "Mẫu Một và Mẫu Hai", "tệp thêm “và Mẫu Hai”"),
        ("ngày 22 tháng", "ngày tháng", "tệp thiếu “22”"),
    ],
)
def test_every_difference_is_told_with_what_stands_before_it(old: str, new: str, told: str) -> None:
    found = compare_text(APPROVED, APPROVED.replace(old, new))

    assert found.kind == "different"
    (difference,) = found.differences
    assert told in difference
    assert difference.startswith("sau “")


def test_a_column_that_is_read_at_another_place_is_no_difference() -> None:
    first, *others = APPROVED.splitlines()
    assert compare_text(APPROVED, "\n".join([*others, first])).kind == "same"


def test_two_words_that_change_places_are_a_difference() -> None:
    assert compare_text(APPROVED, APPROVED.replace("dự sinh hoạt", "sinh hoạt dự")).kind == "different"


def test_another_text_is_another_document() -> None:
    other = "Kính gửi các đồng chí, đề nghị chuẩn bị hội trường và nước uống cho đại biểu về họp vào sáng thứ Hai."
    assert compare_text(APPROVED, other).kind == "another"


def test_letters_that_have_lost_their_names_are_not_compared() -> None:
    """Fonts of the time before Unicode come out as other letters."""
    assert (
        compare_text(APPROVED, "TØnh ñy th«ng b¸o dù sinh ho¹t chuyªn ®Ò cña Chi bé Tr­êng THPT MÉu Mét " * 5).kind
        == "unreadable"
    )


def test_a_text_without_end_is_not_compared_word_by_word() -> None:
    assert compare_text(APPROVED, "một hai ba đồng " * 6000).kind == "another"
