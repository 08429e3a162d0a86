"""Gaps and overlaps between bands, against a check of every half value one by one."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.rubric import Band
from domain.rubric_bands import Hole, holes, is_empty, plain

D = Decimal
EDGES = st.integers(0, 12).map(D)


@st.composite
def bands(draw: st.DrawFn) -> list[Band]:
    edges = draw(st.lists(st.tuples(EDGES, EDGES, st.booleans(), st.booleans()), max_size=5))
    return [Band(D(1), min(a, b), low, max(a, b), high) for a, b, low, high in edges]


@given(bands())
def test_a_range_is_covered_once_exactly_when_every_value_has_one_band(found: list[Band]) -> None:
    """Edges are whole, so the halves between them stand for all other values."""
    counts = [sum(band.holds(D(half) / 2) for band in found) for half in range(25)]
    told = holes(found, D(0), D(12), whole=False)
    assert any(one.other is None for one in told) == any(count == 0 for count in counts)
    assert any(one.other is not None for one in told) == any(count > 1 for count in counts)


@given(bands())
def test_of_whole_numbers_only_whole_numbers_count(found: list[Band]) -> None:
    counts = [sum(band.holds(D(number)) for band in found) for number in range(13)]
    told = holes(found, D(0), D(12), whole=True)
    assert any(one.other is None for one in told) == any(count == 0 for count in counts)
    assert any(one.other is not None for one in told) == any(count > 1 for count in counts)


def test_exactly_fifty_percent_is_said_to_be_exactly_that() -> None:
    """Q10: `trên 50 %` and `từ 40 đến dưới 50 %`."""
    found = [Band(D(5), D(50), False), Band(D(4), D(40), True, D(50)), Band(D(3), max=D(40))]
    assert [one.said for one in holes(found, D(0), D(100), whole=False)] == ["đúng 50"]


def test_exactly_thirty_members_are_said_to_be_exactly_that() -> None:
    """Q10: `trên 30 đảng viên` and `dưới 30`."""
    found = [Band(D(1), max=D(30)), Band(D(1), D(30), False)]
    assert [one.said for one in holes(found, D(1), D("Infinity"), whole=True)] == ["đúng 30"]


def test_twenty_nine_is_next_to_thirty_for_people_but_not_for_shares() -> None:
    found = [Band(D(1), max=D(29), max_inclusive=True), Band(D(1), D(30))]
    assert holes(found, D(1), D("Infinity"), whole=True) == []
    assert [one.said for one in holes(found, D(0), D(100), whole=False)] == ["trên 29 đến dưới 30"]


def test_holes_are_said_as_people_write_ranges() -> None:
    one = [Band(D(1), D(10), True, D(20))]
    assert [hole.said for hole in holes(one, D(0), D(30), whole=False)] == ["từ 0 đến dưới 10", "từ 20 đến 30"]
    assert [hole.said for hole in holes(one, D(0), D(30), whole=True)] == ["từ 0 đến 9", "từ 20 đến 30"]
    assert [hole.said for hole in holes(one, D(10), D("Infinity"), whole=False)] == ["từ 20 trở lên"]
    assert [hole.said for hole in holes([], D(0), D("Infinity"), whole=True)] == ["từ 0 trở lên"]


def test_a_number_is_written_with_a_comma_and_without_needless_zeros() -> None:
    """P20."""
    assert [plain(D(one)) for one in ("8.50", "90", "100.0", "0")] == ["8,5", "90", "100", "0"]


def test_touching_stretches_leave_nothing_between_them_and_share_nothing() -> None:
    five = Band(D(1), max=D(5), max_inclusive=True)
    assert holes([five, Band(D(2), D(5), False)], D(0), D(12), whole=False) == []
    assert holes([Band(D(1), max=D(5)), Band(D(2), D(5))], D(0), D(12), whole=False) == []


def test_a_stretch_that_is_empty_or_beyond_the_range_is_no_hole() -> None:
    """That is told elsewhere, and only once."""
    whole = Band(D(1), D(0), True, D(10), True)
    for other in (Band(D(1), D(5), True, D(5)), Band(D(1), D(20), True, D(30)), Band(D(1), D(7), True, D(6))):
        assert holes([whole, other], D(0), D(10), whole=False) == []
        assert holes([other, whole], D(0), D(10), whole=False) == []


def test_a_hole_is_told_at_the_stretch_behind_it_or_else_at_the_one_that_reached_farthest() -> None:
    low, high = Band(D(1), D(0), True, D(10)), Band(D(1), D(5), True, D(10))
    assert holes([low, high], D(0), D(20), whole=False) == [
        Hole("từ 5 đến dưới 10", 1, 0), Hole("từ 10 đến 20", 0),
    ]  # fmt: skip
    assert holes([low, Band(D(1), D(12))], D(0), D(20), whole=False) == [Hole("từ 10 đến dưới 12", 1)]
    assert holes([], D(0), D(20), whole=False) == [Hole("từ 0 đến 20", 0)]


def test_an_empty_stretch_is_one_in_which_no_value_lies() -> None:
    def empty(*edges: str, low: bool = True, high: bool = False, whole: bool = False) -> bool:
        return is_empty(Band(D(1), D(edges[0]), low, D(edges[1]), high), whole=whole)

    assert empty("5", "5")
    assert not empty("5", "5", high=True)
    assert empty("6", "5", high=True)
    assert not empty("5", "6", low=False)
    assert empty("5", "6", low=False, whole=True)
    assert empty("5.2", "5.8", whole=True)
    assert not empty("5.2", "6", high=True, whole=True)


def test_ranges_without_an_end_say_where_they_begin() -> None:
    endless = D("Infinity")
    over = [Band(D(1), max=D(20), max_inclusive=True)]
    assert [one.said for one in holes(over, D(0), endless, whole=False)] == ["trên 20"]
    assert [one.said for one in holes(over, D(0), D(30), whole=False)] == ["trên 20 đến 30"]
