"""Scoring a meeting: decimals, gates, what does not apply, bonuses, shares of nothing, and what is missing (4.5)."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problem import Refused
from domain.rubric import Band, Cap, Criterion, Fact, Grade, Group, Measure, NotApplicable, Rubric
from domain.rubric_checks import check_rubric
from domain.rubric_compare import compare
from domain.rubric_inputs import Inputs
from domain.rubric_score import LineState, Score, score

D = Decimal
SHARE = (
    Band(D(40), D(90)),
    Band(D(30), D(75), True, D(90)),
    Band(D(10), max=D(75)),
)
RUBRIC = Rubric(
    "thu", 1, "Phiếu thử", "thử", ("regular", "thematic", "combined"), D(100),
    (
        Group("attendance", "Tham dự", D(40), (
            Criterion("share", "Tỷ lệ dự", "ratio", D(40), part="present", of="expected", bands=SHARE,
                      caps=(Cap("absent", D(10)),)),
        )),
        Group("conduct", "Tiến hành", D(60), (
            Criterion("content", "Nội dung", "points", D(35)),
            Criterion("theme", "Chuyên đề", "points", D(20), applies_when=("thematic",)),
            Criterion("minutes", "Biên bản", "boolean", D(5)),
            Criterion("extra", "Điểm thưởng", "points", D(2), bonus=True),
            Criterion("remark", "Nhận xét", "info"),
        )),
    ),
    (Grade("Tốt", D(90), ("minutes",)), Grade("Khá", D(70)), Grade("Kém", D(0))),
    (Measure("present", "Có mặt"), Measure("expected", "Phải dự")),
    (Fact("absent", "Vắng không lý do"),),
)  # fmt: skip


def treated(how: str, *, rescale: bool = False) -> Rubric:
    """The sheet with another treatment of a theme that a meeting does not have."""
    conduct = RUBRIC.groups[1]
    theme = replace(conduct.criteria[1], not_applicable=NotApplicable(how))
    criteria = (conduct.criteria[0], theme, *conduct.criteria[2:])
    return replace(RUBRIC, groups=(RUBRIC.groups[0], replace(conduct, criteria=criteria)), rescale=rescale)


def seen(
    kind: str = "thematic", present: int = 27, expected: int = 30, facts: frozenset[str] = frozenset(),
    **marks: Decimal | bool,
) -> Inputs:  # fmt: skip
    given: Mapping[str, Decimal | bool] = {"content": D(35), "theme": D(20), "minutes": True, **marks}
    return Inputs(kind, {"present": D(present), "expected": D(expected)}, given, facts)


def test_the_sheet_of_these_tests_is_sound() -> None:
    assert check_rubric(RUBRIC) == []


def test_a_perfect_meeting_has_everything() -> None:
    got = score(RUBRIC, seen())
    assert (got.points, got.out_of, got.value, got.grade, got.missing) == (100, 100, 100, "Tốt", ())
    assert got.groups == {"attendance": 40, "conduct": 60}


@pytest.mark.parametrize(
    ("present", "expected", "points"), [(9, 10, 40), (8999, 10000, 30), (75, 100, 30), (7499, 10000, 10), (0, 5, 10)]
)
def test_a_share_is_computed_and_never_rounded_up(present: int, expected: int, points: int) -> None:
    """89,99% is not 90%."""
    got = score(RUBRIC, seen(present=present, expected=expected)).line("share")
    assert got.points == points


def test_a_share_says_how_it_was_computed() -> None:
    assert score(RUBRIC, seen()).line("share").why == "27/30 = 90%"
    assert score(RUBRIC, seen(present=8999, expected=10000)).line("share").why == "8999/10000 = 89,9%"


def test_a_share_of_nothing_does_not_apply_and_divides_by_nothing() -> None:
    got = score(RUBRIC, seen(present=0, expected=0))
    assert got.line("share").state is LineState.NOT_APPLICABLE
    assert got.grade == "Tốt"


def test_half_points_count_and_no_point_is_rounded_before_the_grade() -> None:
    got = score(RUBRIC, seen(content=D("25.0"), theme=D("19.5")))
    assert (got.value, got.grade) == (D("89.5"), "Khá")


def test_a_gate_keeps_the_top_grade_away_and_says_so() -> None:
    """Q8: 95 points without minutes are only Khá."""
    got = score(RUBRIC, seen(minutes=False))
    assert (got.value, got.grade) == (95, "Khá")
    assert got.gates == ("đủ điểm “Tốt” nhưng chưa đạt tối đa: Biên bản",)


def test_a_fact_caps_a_criterion() -> None:
    got = score(RUBRIC, seen(facts=frozenset({"absent"}))).line("share")
    assert got.points == 10
    assert "vắng không lý do: nhiều nhất 10 điểm" in got.why


@pytest.mark.parametrize(
    ("how", "rescale", "points", "out_of", "value", "grade"),
    [
        ("full", False, 100, 100, D(100), "Tốt"),
        ("zero", False, 80, 100, D(80), "Khá"),
        ("exclude", False, 80, 80, D(80), "Khá"),
        ("exclude", True, 80, 80, D(100), "Tốt"),
    ],
)
def test_what_does_not_apply_counts_full_or_not_or_zero(
    how: str, rescale: bool, points: int, out_of: int, value: Decimal, grade: str
) -> None:
    """A regular meeting has no theme; only a sheet that says so is counted up to its total."""
    got = score(treated(how, rescale=rescale), seen("regular"))
    assert got.line("theme").state is LineState.NOT_APPLICABLE
    assert (got.points, got.out_of, got.value, got.grade) == (points, out_of, value, grade)


def test_counting_up_is_exact() -> None:
    """72 of 80 are 90 of 100, not 89,99…"""
    got = score(treated("exclude", rescale=True), seen("regular", content=D(27)))
    assert (got.value, got.grade) == (90, "Tốt")


def test_everything_left_out_is_no_grade_and_no_division_by_zero() -> None:
    sheet = treated("exclude", rescale=True)
    groups = tuple(
        replace(group, criteria=tuple(replace(one, not_applicable=NotApplicable("exclude")) for one in group.criteria))
        for group in sheet.groups
    )
    left = dict.fromkeys(("share", "content", "theme", "minutes"), "chi bộ mới thành lập")
    got = score(replace(sheet, groups=groups), Inputs("regular", not_applicable=left))
    assert (got.out_of, got.grade) == (0, "")


def test_a_sheet_on_which_a_kind_of_meeting_cannot_reach_the_total_is_warned_of() -> None:
    for how, rescale, warned in (
        ("full", False, False), ("zero", False, True), ("exclude", False, True), ("exclude", True, False),
    ):  # fmt: skip
        flaws = check_rubric(treated(how, rescale=rescale))
        assert [one.warning for one in flaws] == [True] * warned
        assert all("nhiều nhất 80 điểm" in one.fault for one in flaws)


def test_a_bonus_comes_on_top_but_never_above_the_total() -> None:
    assert score(RUBRIC, seen(extra=D(2))).value == 100
    assert score(RUBRIC, seen(content=D(30), extra=D("1.5"))).value == D("96.5")
    assert score(RUBRIC, seen(content=D(30))).line("extra").state is LineState.SCORED


def test_what_is_missing_is_named_and_leaves_the_meeting_without_a_grade() -> None:
    got = score(RUBRIC, Inputs("thematic", {"present": D(3)}, {"content": D(3)}))
    assert got.missing == ("share", "theme", "minutes")
    assert (got.grade, got.gates) == ("", ())
    assert got.line("share").why == "chưa có số liệu: Phải dự"


def test_points_that_need_evidence_wait_for_it() -> None:
    content = replace(RUBRIC.groups[1].criteria[0], evidence_required=True)
    conduct = replace(RUBRIC.groups[1], criteria=(content, *RUBRIC.groups[1].criteria[1:]))
    sheet = replace(RUBRIC, groups=(RUBRIC.groups[0], conduct))
    assert score(sheet, seen()).missing == ("content",)
    assert score(sheet, replace(seen(), notes={"content": "biên bản trang 3"})).missing == ()


@pytest.mark.parametrize(
    ("inputs", "place"),
    [
        (seen(content=D(36)), "content"),
        (seen(content=D("3.2")), "content"),
        (seen(content=D(-1)), "content"),
        (seen(content=True), "content"),
        (seen(content=D("NaN")), "content"),
        (seen(minutes=D(5)), "minutes"),
        (seen(share=D(5)), "share"),
        (seen(nothing=D(5)), "nothing"),
        (seen(present=31), "share"),
        (seen(present=-1), "present"),
        (replace(seen(), measures={"present": D("2.5"), "expected": D(3)}), "present"),
        (replace(seen(), measures={"speakers": D(2)}), "speakers"),
        (seen(facts=frozenset({"late"})), "late"),
        (replace(seen(), not_applicable={"nobody": ""}), "nobody"),
        (seen("monthly"), "kind"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(inputs: Inputs, place: str) -> None:
    with pytest.raises(Refused) as refused:
        score(RUBRIC, inputs)
    assert place in {one.place for one in refused.value.problems}


HALVES = st.integers(0, 70).map(lambda halves: D(halves) / 2)


@given(HALVES, st.integers(0, 40).map(lambda halves: D(halves) / 2), st.booleans(), st.integers(0, 60))
def test_the_points_are_the_sum_of_the_lines_and_the_grade_follows_from_them(
    content: Decimal, theme: Decimal, minutes: bool, present: int
) -> None:
    got = score(RUBRIC, seen(present=present, expected=60, content=content, theme=theme, minutes=minutes))
    assert got.points == sum(line.points for line in got.lines) == sum(got.groups.values())
    best = "Tốt" if got.value >= 90 and minutes else "Khá" if got.value >= 70 else "Kém"
    assert got.grade == best


def test_two_sheets_of_one_meeting_are_put_side_by_side() -> None:
    """4.5: the unit's own score and the group's are both kept and compared."""
    own, group = score(RUBRIC, seen()), score(RUBRIC, seen(content=D(20), minutes=False))
    both = compare(RUBRIC, own, group)
    assert [(one.id, one.by) for one in both.differing] == [("content", 15), ("minutes", 5)]
    assert (both.value.own, both.value.group, both.value.by) == (100, 80, 20)
    assert (both.own_grade, both.group_grade, both.same_grade) == ("Tốt", "Khá", False)
    assert both.said == "đơn vị tự chấm 100 (Tốt), Tổ công tác chấm 80 (Khá); lệch 2 tiêu chí"
    assert [(one.id, one.by) for one in both.groups] == [("attendance", 0), ("conduct", 20)]


def test_a_criterion_that_only_one_side_scored_comes_first() -> None:
    own = score(RUBRIC, seen())
    group = score(RUBRIC, Inputs("thematic", {"present": D(27), "expected": D(30)}, {"content": D(1), "theme": D(2)}))
    both = compare(RUBRIC, own, group)
    assert [(one.id, one.by) for one in both.differing] == [("minutes", None), ("content", 34), ("theme", 18)]
    assert not both.same_grade


def test_scores_by_other_sheets_or_kinds_are_not_compared() -> None:
    own = score(RUBRIC, seen())
    others: list[Score] = [
        replace(own, rubric="khac"), replace(own, version=2), score(treated("full"), seen("combined")),
    ]  # fmt: skip
    for other in others:
        with pytest.raises(Refused):
            compare(RUBRIC, own, other)
