"""Where a score turns: gates, caps, bonuses, evidence and what does not apply, each at its very edge (4.5)."""

from dataclasses import replace

import pytest

from domain.rubric import Cap, Grade, Rubric
from domain.rubric_inputs import Inputs
from domain.rubric_score import LineState, score
from tests.domain.test_rubric_score import RUBRIC, D, seen, treated


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
    assert (got.points, got.why) == (10, "10/30 = 33,3%")


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
