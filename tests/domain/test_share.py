"""Words and per cent follow the figures: no word may stand that its figures do not bear (D14, decision 0034)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.share import LEAST, Share

SHARES = st.integers(1, 500).flatmap(lambda whole: st.integers(0, whole).map(lambda part: Share(part, whole)))


@pytest.mark.parametrize(
    ("part", "whole", "per_cent", "word"),
    [
        (9, 9, "100%", "tất cả"), (0, 9, "0%", "không có"), (9, 10, "90%", "hầu hết"), (89, 99, "90%", "phần lớn"),
        (7, 10, "70%", "phần lớn"), (69, 100, "69%", "đa số"), (51, 100, "51%", "đa số"), (5, 10, "50%", "một nửa"),
        (49, 100, "49%", "chưa đến một nửa"), (30, 100, "30%", "chưa đến một nửa"), (29, 100, "29%", "số ít"),
        (4, 5, "80%", "phần lớn"), (3, 4, "", ""), (0, 0, "", ""),
    ],
)  # fmt: skip
def test_each_word_begins_where_the_rule_says(part: int, whole: int, per_cent: str, word: str) -> None:
    assert (Share(part, whole).per_cent, Share(part, whole).word) == (per_cent, word)


@given(SHARES)
def test_no_majority_is_said_at_or_below_half(share: Share) -> None:
    if 2 * share.part <= share.whole:
        assert share.word not in ("tất cả", "hầu hết", "phần lớn", "đa số")
    elif share.whole >= LEAST:
        assert share.word in ("tất cả", "hầu hết", "phần lớn", "đa số")


@given(SHARES)
def test_only_all_is_a_hundred_per_cent_and_only_none_is_nought(share: Share) -> None:
    if share.whole >= LEAST:
        assert (share.per_cent == "100%") == (share.part == share.whole)
        assert (share.per_cent == "0%") == (share.part == 0)
        assert abs(int(share.per_cent[:-1]) - 100 * share.part / share.whole) <= 1


def test_it_is_written_as_so_many_of_so_many() -> None:
    assert (Share(4, 8).of, Share(202, 211).of) == ("04/08", "202/211")


@pytest.mark.parametrize(
    ("part", "whole", "per_cent"), [(99, 100, "99%"), (999, 1000, "99%"), (1, 100, "1%"), (1, 1000, "1%")]
)
def test_nearly_all_is_never_rounded_to_all_nor_hardly_any_to_none(part: int, whole: int, per_cent: str) -> None:
    assert Share(part, whole).per_cent == per_cent


def test_the_only_one_there_is_is_all_of_it_and_nothing_of_nothing_is_no_share_at_all() -> None:
    assert Share(1, 1).at_least(100)
    assert not Share(0, 1).at_least(1)
    assert not Share(0, 0).at_least(1)
