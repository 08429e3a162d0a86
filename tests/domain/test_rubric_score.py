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
    """89,99 % is not 90 %."""
    got = score(RUBRIC, seen(present=present, expected=expected)).line("share")
    assert got.points == points


def test_a_share_says_how_it_was_computed() -> None:
    assert score(RUBRIC, seen()).line("share").why == "27/30 = 90 %"
    assert score(RUBRIC, seen(present=8999, expected=10000)).line("share").why == "8999/10000 = 89,9 %"


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


def test_a_sheet_may_be_meant_for_some_kinds_and_years_only() -> None:
    assert RUBRIC.fits("regular", 2026)
    assert not replace(RUBRIC, years=(2025,)).fits("regular", 2026)
    assert not replace(RUBRIC, meeting_kinds=("regular",)).fits("thematic", 2026)


def test_a_bonus_is_part_of_the_points_and_of_its_group_but_not_of_what_could_be_had() -> None:
    got = score(RUBRIC, seen(content=D(30), extra=D("1.5")))
    assert (got.points, got.out_of, got.groups["conduct"]) == (D("96.5"), 100, D("56.5"))


def gated(rubric: Rubric, *names: str) -> Rubric:
    """The sheet whose top grade asks for these to be full."""
    return replace(rubric, grades=(Grade("Tốt", D(75), names), *rubric.grades[1:]))


@pytest.mark.parametrize(("how", "grade"), [("full", "Tốt"), ("exclude", "Tốt"), ("zero", "Khá")])
def test_a_gate_is_shut_by_what_does_not_apply_only_where_that_counts_nothing(how: str, grade: str) -> None:
    assert score(gated(treated(how), "theme"), seen("regular")).grade == grade


def test_a_group_is_full_without_its_bonus_and_its_remarks() -> None:
    assert score(gated(RUBRIC, "conduct"), seen()).grade == "Tốt"
    assert score(gated(RUBRIC, "conduct"), seen(minutes=False)).grade == "Khá"
    assert score(gated(RUBRIC, "conduct"), seen(minutes=False, extra=D(2))).grade == "Khá"


def test_what_is_missing_is_not_full_and_what_is_noted_lost_nothing() -> None:
    got = score(RUBRIC, Inputs("thematic", notes={"remark": "Sôi nổi"}))
    assert (got.line("minutes").full, got.line("remark").full, got.line("remark").why) == (False, True, "Sôi nổi")


@pytest.mark.parametrize(("present", "points", "is_told"), [(27, 20, True), (24, 20, True), (10, 10, False)])
def test_a_cap_takes_points_off_and_never_adds_any(present: int, points: int, is_told: bool) -> None:
    """28 of 30 are 40 points, 24 are 30, 10 are 10; the cap is 20."""
    share = replace(RUBRIC.groups[0].criteria[0], caps=(Cap("absent", D(20)),))
    sheet = replace(RUBRIC, groups=(replace(RUBRIC.groups[0], criteria=(share,)), RUBRIC.groups[1]))
    got = score(sheet, seen(present=present, facts=frozenset({"absent"}))).line("share")
    assert (got.points, "nhiều nhất 20 điểm" in got.why) == (points, is_told)


def test_a_cap_that_is_just_reached_takes_nothing_off_and_is_not_told() -> None:
    got = score(RUBRIC, seen(present=10, facts=frozenset({"absent"}))).line("share")
    assert (got.points, got.why) == (10, "10/30 = 33,3 %")


@pytest.mark.parametrize(("points", "missing"), [("0", ()), ("0.5", ("content",)), ("1", ("content",))])
def test_evidence_is_asked_for_from_half_a_point_on_and_not_for_nothing(points: str, missing: tuple[str, ...]) -> None:
    content = replace(RUBRIC.groups[1].criteria[0], evidence_required=True)
    conduct = replace(RUBRIC.groups[1], criteria=(content, *RUBRIC.groups[1].criteria[1:]))
    sheet = replace(RUBRIC, groups=(RUBRIC.groups[0], conduct))
    assert score(sheet, seen(content=D(points))).missing == missing


@pytest.mark.parametrize(("reason", "why"), [("chi bộ mới thành lập", "chi bộ mới thành lập"), ("", "không áp dụng")])
def test_what_a_person_left_out_has_his_reason_or_says_that_it_does_not_apply(reason: str, why: str) -> None:
    got = score(RUBRIC, replace(seen(), not_applicable={"theme": reason})).line("theme")
    assert (got.state, got.why) == (LineState.NOT_APPLICABLE, why)


@pytest.mark.parametrize(
    ("facts", "why"), [(frozenset({"absent"}), "không áp dụng: Vắng không lý do"), (frozenset[str](), "đạt")]
)
def test_a_criterion_may_not_apply_because_of_a_fact(facts: frozenset[str], why: str) -> None:
    minutes = replace(RUBRIC.groups[1].criteria[2], applies_unless=("absent",))
    conduct = RUBRIC.groups[1]
    criteria = (*conduct.criteria[:2], minutes, *conduct.criteria[3:])
    sheet = replace(RUBRIC, groups=(RUBRIC.groups[0], replace(conduct, criteria=criteria)))
    assert score(sheet, seen(facts=facts)).line("minutes").why == why
