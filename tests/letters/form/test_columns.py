"""No column is narrower than its longest word, and all together are as wide as the text."""

import pytest

from letters.form.blocks import Span, Table
from letters.form.columns import column_widths, word_width
from letters.form.profile import PROFILES

PROFILE = PROFILES["hd36_2018"]


def table(heads: list[str], row: list[str], shares: list[int]) -> Table:
    cells = tuple((Span(text),) for text in row)
    return Table(tuple((Span(text),) for text in heads), tuple(shares), ("left",) * len(heads), (cells,))


def test_widths_go_by_shares_where_every_word_has_room() -> None:
    found = column_widths(table(["Đơn vị", "Nội dung"], ["Biên Hòa", "Sổ nghị quyết"], [1, 3]), PROFILE)

    assert found == pytest.approx((41.25, 123.75))


def test_a_column_that_is_too_narrow_takes_from_the_others_by_their_shares() -> None:
    found = column_widths(
        table(
            ["Tháng", "Đơn vị", "Nội dung", "Thời hạn"], ["2", "Biên Hòa", "Sổ nghị quyết", "05/4/2024"], [1, 8, 40, 2]
        ),
        PROFILE,
    )

    assert sum(found) == pytest.approx(PROFILE.text_width)
    assert found[0] - 2 * PROFILE.cell_sides > word_width("Tháng", PROFILE.table_size)
    assert found[3] - 2 * PROFILE.cell_sides > word_width("05/4/2024", PROFILE.table_size)
    assert found[2] / found[1] == pytest.approx(5)


def test_a_word_that_no_page_could_hold_leaves_room_for_the_others() -> None:
    found = column_widths(table(["TT", "Tên"], ["01", "x" * 500], [1, 9]), PROFILE)

    assert sum(found) == pytest.approx(PROFILE.text_width)
    assert found[0] >= word_width("TT", PROFILE.table_size)


def test_columns_that_all_need_more_than_there_is_share_what_there_is() -> None:
    long = "x" * 40
    found = column_widths(table([long] * 4, [long] * 4, [1, 1, 1, 1]), PROFILE)

    assert found == pytest.approx((PROFILE.text_width / 4,) * 4)


@pytest.mark.parametrize(
    ("word", "width"),
    [("Tháng", 11.77), ("05/4/2024", 17.17), ("85-TB/BTCTU", 27.05), ("chuyên", 12.94), ("được", 9.12), ("ưỡn", 7.24)],
)
def test_words_are_measured_as_the_font_draws_them_never_narrower(word: str, width: float) -> None:
    """Millimetres at 12 points, read out of Liberation Serif Bold, which has the widths of Times New Roman Bold."""
    assert width - 0.02 <= word_width(word, 12) <= width + 0.3


def test_a_letter_that_is_not_known_is_as_wide_as_can_be() -> None:
    assert word_width("😀", 12) >= word_width("M", 12)
