"""What can be wrong with one criterion: its fields, its bands and cases, the things it asks for (4.5)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.rubric import Band, Cap, Case, Criterion, Fact, Grade, Group, Measure, Rubric
from domain.rubric_criterion import check_criterion

D = Decimal
RUBRIC = Rubric(
    "thu", 1, "Phiếu thử", "thử", ("regular", "thematic"), D(5), (Group("all", "Tất cả", D(5), ()),),
    (Grade("Kém", D(0)),),
    (Measure("members", "Số đảng viên"), Measure("present", "Có mặt"), Measure("minutes", "Số phút", whole=False)),
    (Fact("absent", "Vắng không lý do"),),
)  # fmt: skip
TWO = (Band(D(5), D(30)), Band(D(2), max=D(30)))
COUNTED = Criterion("speakers", "Ý kiến", "bands", D(5), measure="members", bands=TWO)
SHARE = Criterion("share", "Tỷ lệ dự", "ratio", D(5), part="present", of="members", bands=TWO)
POINTS = Criterion("content", "Nội dung", "points", D(5))
NOTE = Criterion("remark", "Nhận xét", "info")
BY_SIZE = replace(
    COUNTED, bands=(), case_by="members",
    cases=(Case(TWO, max=D(30)), Case((Band(D(5), D(50)), Band(D(3), max=D(50))), D(30))),
)  # fmt: skip


def flaws(one: Criterion) -> list[tuple[tuple[str | int, ...], str]]:
    """The ways, from the criterion on, and the faults."""
    return [(flaw.way[1:], flaw.fault) for flaw in check_criterion(RUBRIC, ("all",), one)]


@pytest.mark.parametrize("one", [COUNTED, SHARE, POINTS, NOTE, BY_SIZE], ids=lambda one: str(one.id))
def test_a_sound_criterion_has_no_flaw(one: Criterion) -> None:
    assert flaws(one) == []


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (replace(COUNTED, bands=()), "tiêu chí “speakers” chưa có mức điểm"),
        (replace(SHARE, bands=()), "tiêu chí “share” chưa có mức điểm"),
        (replace(POINTS, bands=TWO), "tiêu chí “content” kiểu points không dùng mức điểm"),
        (replace(POINTS, cases=BY_SIZE.cases), "tiêu chí “content” kiểu points không dùng mức điểm"),
        (replace(BY_SIZE, bands=TWO), "tiêu chí “speakers” có cả bands và cases"),
        (replace(COUNTED, measure="", most=D(60)), "tiêu chí “speakers” chưa ghi tính theo gì"),
        (replace(SHARE, part=""), "tiêu chí “share” chưa ghi tỷ lệ của gì"),
        (replace(SHARE, of=""), "tiêu chí “share” chưa ghi tỷ lệ của gì"),
        (replace(POINTS, max_points=D(0)), "tiêu chí “content” không có điểm"),
        (replace(POINTS, max_points=D(-1)), "tiêu chí “content” không có điểm"),
    ],
)
def test_a_criterion_has_the_fields_of_its_kind_and_no_others(one: Criterion, fault: str) -> None:
    assert flaws(one) == [((), fault)]


def test_one_point_or_half_a_point_is_enough() -> None:
    assert flaws(replace(POINTS, max_points=D(1))) == flaws(replace(POINTS, max_points=D("0.5"))) == []


def test_what_is_only_noted_has_no_points() -> None:
    assert flaws(replace(NOTE, max_points=D(2))) == [(("max_points",), "tiêu chí “remark” chỉ ghi nhận nhưng có điểm")]


def test_cases_need_to_know_by_what_they_differ() -> None:
    assert flaws(replace(BY_SIZE, case_by="")) == [(("cases",), "tiêu chí “speakers” chưa ghi chia theo gì")]


@pytest.mark.parametrize(
    ("one", "place", "fault"),
    [
        (replace(COUNTED, measure="speech", most=D(60)), "measure", "không có số đếm “speech” trong measures"),
        (replace(SHARE, part="guests"), "part", "không có số đếm “guests” trong measures"),
        (replace(SHARE, of="guests"), "of", "không có số đếm “guests” trong measures"),
    ],
)
def test_what_is_counted_must_be_among_the_measures(one: Criterion, place: str, fault: str) -> None:
    assert flaws(one) == [((place,), fault)]


def test_what_decides_between_cases_must_be_among_the_measures() -> None:
    assert flaws(replace(BY_SIZE, case_by="size"))[0] == (("case_by",), "không có số đếm “size” trong measures")


def test_a_fact_that_is_asked_for_must_be_among_the_facts_or_kinds_of_meeting() -> None:
    known = replace(
        POINTS, caps=(Cap("absent", D(1)),), applies_when=("thematic",), applies_unless=("absent", "combined")
    )
    assert flaws(known) == []
    unknown = replace(
        POINTS, caps=(Cap("absent", D(1)), Cap("late", D(1))), applies_when=("new",), applies_unless=("absent", "old")
    )
    assert flaws(unknown) == [
        (("caps", 1, "when"), "không có điều kiện “late” trong facts"),
        (("applies_when", 0), "không có điều kiện “new” trong facts"),
        (("applies_unless", 1), "không có điều kiện “old” trong facts"),
    ]


@pytest.mark.parametrize(("points", "is_wrong"), [(D(4), False), (D(5), False), (D("5.5"), True)])
def test_a_cap_is_not_above_the_criterions_own_points(points: Decimal, is_wrong: bool) -> None:
    found = flaws(replace(POINTS, caps=(Cap("absent", D(1)), Cap("absent", points))))
    assert found == [(("caps", 1, "points"), "giới hạn 5,5 điểm cao hơn điểm tối đa 5")] * is_wrong


def bands(*given: Band) -> list[tuple[tuple[str | int, ...], str]]:
    return flaws(replace(COUNTED, bands=given))


def test_a_band_holds_something_and_gives_no_more_than_the_criterion_has() -> None:
    assert bands(*TWO, Band(D(1), D(40), True, D(40))) == [(("bands", 2), "mức này không chứa giá trị nào")]
    assert bands(Band(D(5), D(40)), Band(D("5.5"), D(30), True, D(40)), TWO[1]) == [
        (("bands", 1, "points"), "mức 5,5 điểm cao hơn điểm tối đa 5")
    ]


def test_the_best_band_gives_all_points() -> None:
    assert bands(Band(D(4), D(30)), TWO[1]) == [
        (("bands",), "không mức nào đạt điểm tối đa 5, cao nhất 4"),
    ]
    assert bands(Band(D(0), D(30)), Band(D(0), max=D(30))) == [
        (("bands",), "không mức nào đạt điểm tối đa 5, cao nhất 0"),
    ]


def test_gaps_and_overlaps_are_told_at_their_band_with_the_unit() -> None:
    gap, overlap = (Band(D(5), D(31)), TWO[1]), (Band(D(5), D(29)), TWO[1])
    assert bands(*gap) == [(("bands", 0), "đúng 30 không có điểm")]
    assert bands(*overlap) == [(("bands", 0), "đúng 29 thuộc hai mức")]
    assert flaws(replace(SHARE, bands=gap)) == [(("bands", 0), "từ 30 đến dưới 31% không có điểm")]
    assert flaws(replace(SHARE, bands=overlap)) == [(("bands", 0), "từ 29 đến dưới 30% thuộc hai mức")]


def test_of_what_does_not_come_whole_the_values_between_count_too() -> None:
    up_to_29 = (Band(D(5), D(30)), Band(D(2), max=D(29), max_inclusive=True))
    assert bands(*up_to_29) == []
    assert flaws(replace(COUNTED, measure="minutes", most=D(60), bands=up_to_29)) == [
        (("bands", 0), "trên 29 đến dưới 30 không có điểm")
    ]


def test_a_band_without_an_end_covers_what_does_not_come_whole_too() -> None:
    assert flaws(replace(COUNTED, measure="minutes")) == []


def test_a_share_ends_at_100_per_cent_and_everything_begins_with_nothing() -> None:
    whole = (Band(D(5), D(50), True, D(100), True), Band(D(2), D(0), True, D(50)))
    assert flaws(replace(SHARE, bands=whole)) == []
    short = (Band(D(5), D(50), True, D(100)), Band(D(2), D(0), False, D(50)))
    assert flaws(replace(SHARE, bands=short)) == [
        (("bands", 1), "đúng 0% không có điểm"), (("bands", 0), "đúng 100% không có điểm"),
    ]  # fmt: skip
    assert bands(*whole) == [(("bands", 0), "từ 101 trở lên không có điểm")]


def test_the_range_of_what_is_counted_may_be_narrowed() -> None:
    narrow = (Band(D(5), D(10), True, D(20), True), Band(D(2), D(3), True, D(10)))
    assert flaws(replace(COUNTED, bands=narrow, least=D(3), most=D(20))) == []


def test_every_size_from_one_member_on_has_its_case_and_only_one() -> None:
    def cases(*given: Case) -> list[tuple[tuple[str | int, ...], str]]:
        return flaws(replace(BY_SIZE, cases=given))

    assert cases(Case(TWO, D(1), True, D(30)), Case(TWO, D(30))) == []
    assert cases(Case(TWO, D(2), True, D(30)), Case(TWO, D(30))) == [
        (("cases", 0), "Số đảng viên: đúng 1 không thuộc trường hợp nào")
    ]
    assert cases(Case(TWO, max=D(30)), Case(TWO, D(30), False)) == [
        (("cases", 1), "Số đảng viên: đúng 30 không thuộc trường hợp nào")
    ]
    assert cases(Case(TWO, max=D(30), max_inclusive=True), Case(TWO, D(30))) == [
        (("cases", 1), "Số đảng viên: đúng 30 thuộc hai trường hợp")
    ]


def test_the_bands_of_each_case_are_looked_at() -> None:
    gap = Case((Band(D(5), D(31)), TWO[1]), D(30))
    assert flaws(replace(BY_SIZE, cases=(BY_SIZE.cases[0], gap))) == [
        (("cases", 1, "bands", 0), "đúng 30 không có điểm")
    ]
    empty = Case((), D(30))
    assert flaws(replace(BY_SIZE, cases=(BY_SIZE.cases[0], empty))) == [
        (("cases", 1, "bands", 0), "từ 0 trở lên không có điểm")
    ]
