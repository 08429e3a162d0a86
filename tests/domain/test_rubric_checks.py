"""Every flaw of a score sheet is told at the entry that is at fault, and a sound sheet has none (4.5)."""

import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.rubric import Band, Cap, Case, Criterion, Fact, Grade, Group, Measure, NotApplicable, Rubric
from domain.rubric_checks import check_rubric
from domain.rubric_flaw import Flaw

D = Decimal
CONTENT = Criterion("content", "Nội dung", "points", D("5.5"))
MINUTES = Criterion("minutes", "Biên bản", "boolean", D(1))
SPEAKERS = Criterion(
    "opinions", "Ý kiến phát biểu", "bands", D("3.5"), measure="speakers",
    bands=(Band(D("3.5"), D(5)), Band(D(0), max=D(5))), caps=(Cap("secretary_only", D(1)),),
)  # fmt: skip
CONDUCT = Group("conduct", "Tiến hành", D("6.5"), (CONTENT, MINUTES))
GRADES = (Grade("Tốt", D(10), ("minutes", "conduct")), Grade("Khá", D(7)), Grade("Kém", D(0)))
RUBRIC = Rubric(
    "thu", 1, "Phiếu thử", "42-HD/BTCTU", ("regular", "thematic"), D(10),
    (CONDUCT, Group("debate", "Thảo luận", D("3.5"), (SPEAKERS,))), GRADES,
    (Measure("speakers", "Số ý kiến"), Measure("members", "Số đảng viên")),
    (Fact("secretary_only", "Chỉ bí thư phát biểu"),),
)  # fmt: skip


def ways(rubric: Rubric) -> list[tuple[str | int, ...]]:
    return [flaw.way for flaw in check_rubric(rubric) if not flaw.warning]


def with_criterion(number: int, **changes: Any) -> Rubric:
    """The sheet with another first or second criterion of its first group."""
    criteria = list(CONDUCT.criteria)
    criteria[number] = replace(criteria[number], **changes)
    return replace(RUBRIC, groups=(replace(CONDUCT, criteria=tuple(criteria)), *RUBRIC.groups[1:]))


def with_speakers(**changes: Any) -> Rubric:
    debate = replace(RUBRIC.groups[1], criteria=(replace(SPEAKERS, **changes),))
    return replace(RUBRIC, groups=(CONDUCT, debate))


def with_grade(number: int, **changes: Any) -> Rubric:
    grades = list(GRADES)
    grades[number] = replace(grades[number], **changes)
    return replace(RUBRIC, grades=tuple(grades))


def test_a_sound_sheet_has_no_flaw_in_its_first_version_or_any_later_one() -> None:
    assert check_rubric(RUBRIC) == check_rubric(replace(RUBRIC, version=2)) == []


@pytest.mark.parametrize(
    ("rubric", "places"),
    [
        (replace(RUBRIC, meeting_kinds=("regular", "monthly")), [("meeting_kinds", 1)]),
        (replace(RUBRIC, meeting_kinds=()), [("meeting_kinds",)]),
        (replace(RUBRIC, version=0), [("version",)]),
        (replace(RUBRIC, groups=(), grades=GRADES[1:]), [("groups",)]),
        (with_criterion(1, kind="stars"), [("groups", 0, "criteria", 1, "kind")]),
        (
            with_criterion(0, not_applicable=NotApplicable("half")),
            [("groups", 0, "criteria", 0, "not_applicable", "treat_as")],
        ),
    ],
)
def test_the_head_of_a_sheet_names_only_what_there_is(rubric: Rubric, places: list[tuple[str | int, ...]]) -> None:
    assert ways(rubric) == places


@pytest.mark.parametrize(
    ("rubric", "place"),
    [
        (with_criterion(0, id="minutes"), ("groups", 0, "criteria", 1, "id")),
        (with_criterion(0, id="debate"), ("groups", 0, "criteria", 0, "id")),
        (with_criterion(0, id="regular"), ("groups", 0, "criteria", 0, "id")),
        (with_criterion(0, id="Nội dung"), ("groups", 0, "criteria", 0, "id")),
        (
            replace(RUBRIC, measures=(*RUBRIC.measures, Measure("speakers", "Số ý kiến"))),
            ("measures", 2, "id"),
        ),
        (replace(RUBRIC, facts=(*RUBRIC.facts, Fact("members", "Đủ đảng viên"))), ("facts", 1, "id")),
    ],
)
def test_an_id_stands_for_one_thing_and_in_plain_letters(rubric: Rubric, place: tuple[str | int, ...]) -> None:
    assert ways(rubric) == [place]


NFD = unicodedata.normalize("NFD", "Nội dung")


@pytest.mark.parametrize(
    ("rubric", "place"),
    [
        (replace(RUBRIC, label=NFD), ("label",)),
        (replace(RUBRIC, source=NFD), ("source",)),
        (replace(RUBRIC, groups=(replace(CONDUCT, label=NFD), RUBRIC.groups[1])), ("groups", 0, "label")),
        (with_criterion(0, label=NFD), ("groups", 0, "criteria", 0, "label")),
        (with_grade(1, label=NFD), ("grades", 1, "label")),
    ],
)
def test_a_label_has_composed_letters(rubric: Rubric, place: tuple[str | int, ...]) -> None:
    """P8."""
    assert ways(rubric) == [place]


def test_points_of_criteria_add_up_to_their_group_and_groups_to_the_sheet() -> None:
    assert ways(with_criterion(0, max_points=D(6))) == [("groups", 0, "max_points")]
    assert ways(with_criterion(0, max_points=D(5))) == [("groups", 0, "max_points")]
    assert ways(replace(RUBRIC, total=D("10.5"))) == [("total",)]
    assert ways(with_criterion(0, kind="info", max_points=D(0))) == [("groups", 0, "max_points")]


def test_a_bonus_is_no_part_of_the_sum() -> None:
    extra = Criterion("extra", "Điểm thưởng", "points", D(2), bonus=True)
    group = replace(CONDUCT, criteria=(*CONDUCT.criteria, extra))
    assert ways(replace(RUBRIC, groups=(group, RUBRIC.groups[1]))) == []


@pytest.mark.parametrize("points", [D("0.25"), D("-0.5"), D("-Infinity")])
def test_points_come_in_halves_and_are_never_less_than_nothing(points: Decimal) -> None:
    way = ("groups", 1, "criteria", 0)
    assert ways(with_speakers(caps=(Cap("secretary_only", points),))) == [(*way, "caps", 0, "points")]
    bands = (Band(D("3.5"), D(5)), Band(points, max=D(5)))
    assert ways(with_speakers(bands=bands)) == [(*way, "bands", 1, "points")]
    cases = (Case(SPEAKERS.bands, max=D(30)), Case(bands, D(30)))
    assert ways(with_speakers(bands=(), cases=cases, case_by="members")) == [(*way, "cases", 1, "bands", 1, "points")]


@pytest.mark.parametrize(
    ("rubric", "places"),
    [
        (replace(RUBRIC, grades=()), [("grades",)]),
        (with_grade(1, min=D(10)), [("grades", 1, "min")]),  # as high as the one above
        (with_grade(0, min=D(6)), [("grades", 1, "min")]),
        (with_grade(0, min=D("10.5")), [("grades", 0, "min")]),  # more than the sheet has
        (with_grade(2, min=D(1)), [("grades", 2, "min")]),
        (
            with_grade(2, min=D(-1)),
            [("grades", 2, "min"), ("grades", 2, "min")],
        ),  # no number of points, and not nothing
        (with_grade(2, requires_full=("minutes",)), [("grades", 2, "requires_full")]),
        (with_grade(0, requires_full=("minutes", "speech")), [("grades", 0, "requires_full", 1)]),
    ],
)
def test_grades_fall_from_the_total_to_nothing_and_gates_name_what_there_is(
    rubric: Rubric, places: list[tuple[str | int, ...]]
) -> None:
    assert ways(rubric) == places


def test_what_a_regular_meeting_never_has_is_told_once_at_the_first_of_it() -> None:
    """A7: two criteria ask for a theme and count nothing without one."""
    zero = NotApplicable("zero")
    criteria = tuple(replace(one, applies_when=("thematic",), not_applicable=zero) for one in (CONTENT, MINUTES))
    sheet = replace(RUBRIC, groups=(replace(CONDUCT, criteria=criteria), RUBRIC.groups[1]))

    (flaw,) = check_rubric(sheet)

    assert (flaw.way, flaw.warning) == (("groups", 0, "criteria", 0), True)
    assert flaw.fault == "buổi thường kỳ không có tiêu chí này: nhiều nhất 3,5 điểm"


def test_a_flaw_keeps_a_sheet_from_being_used_unless_it_is_said_to_be_a_warning() -> None:
    assert not Flaw(("total",), "các nhóm cộng lại 9 điểm", "sửa tổng điểm").warning
