"""What the parts of a score sheet mean where a file says nothing else (4.5)."""

from decimal import Decimal

import pytest

from domain.rubric import Band, Case, Criterion, Grade, Group, Measure, Rubric, implied_by

D = Decimal
RUBRIC = Rubric(
    "thu", 1, "Phiếu thử", "thử", ("regular",), D(5), (Group("all", "Tất cả", D(5), ()),), (Grade("Kém", D(0)),),
    (Measure("members", "Số đảng viên"), Measure("minutes", "Số phút", whole=False)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("band", "held"),
    [
        (Band(D(1)), [29, 30, 31]),
        (Band(D(1), D(30)), [30, 31]),
        (Band(D(1), D(30), min_inclusive=False), [31]),
        (Band(D(1), max=D(30)), [29]),
        (Band(D(1), max=D(30), max_inclusive=True), [29, 30]),
        (Band(D(1), D(30), True, D(30), True), [30]),
        (Band(D(1), D(29), False, D(31)), [30]),
    ],
)
def test_a_stretch_begins_with_its_first_value_and_ends_before_its_last_unless_it_says_otherwise(
    band: Band, held: list[int]
) -> None:
    """`từ 30`, `trên 30`, `dưới 30`, `đến 30`."""
    numbers = range(29, 32)
    assert [number for number in numbers if band.holds(D(number))] == held
    case = Case((), band.min, band.min_inclusive, band.max, band.max_inclusive)
    assert [number for number in numbers if case.holds(D(number))] == held


def test_a_case_begins_and_ends_as_a_band_does() -> None:
    assert Case((), D(30)).holds(D(30))
    assert not Case((), max=D(30)).holds(D(30))
    assert Case(()).holds(D(-1))
    assert Case(()).holds(D(10**9))


def test_people_come_whole_and_what_is_not_declared_does_not() -> None:
    assert [RUBRIC.whole(name) for name in ("members", "minutes", "guests")] == [True, False, False]


@pytest.mark.parametrize(
    ("kind", "most", "highest"),
    [("ratio", "Infinity", 100), ("ratio", "80", 80), ("bands", "Infinity", D("Infinity")), ("bands", "500", 500)],
)
def test_a_share_is_never_more_than_the_whole(kind: str, most: str, highest: Decimal) -> None:
    assert Criterion("share", "Tỷ lệ dự", kind, D(5), most=D(most)).highest == highest


def test_a_combined_meeting_is_regular_and_thematic_too() -> None:
    """A8."""
    assert implied_by("combined") == {"regular", "thematic", "combined"}
    assert implied_by("regular") == {"regular"}


def test_a_name_is_looked_up_wherever_it_is_declared() -> None:
    assert [RUBRIC.named(name) for name in ("all", "minutes", "khac")] == ["Tất cả", "Số phút", "khac"]


def test_what_a_file_does_not_say_is_not_so() -> None:
    """No counting up, no bonus, no evidence, and no example: a sheet that is somebody's rule."""
    assert (RUBRIC.rescale, RUBRIC.example) == (False, False)
    one = Criterion("content", "Nội dung", "points")
    assert (one.bonus, one.evidence_required, one.max_points, one.least) == (False, False, 0, 0)
