"""Findings: complete, every fault explained, every limitation answered (R15, R16–R38, 2.7)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.findings_check import check_findings, check_visit
from domain.nomination import Meeting, OrgType
from domain.plan import ChecklistItem, Contacts, Plan

CHECKLIST = (
    ChecklistItem("R16", "II.1.a", "Chương trình", "chương trình"),
    ChecklistItem("R17", "II.1.b", "Báo cáo", "báo cáo"),
)
DAY = date(2024, 3, 5)
COMPLETE = Findings(
    items=(ItemFinding("R16", ItemResult.MET), ItemFinding("R17", ItemResult.NOT_APPLICABLE)),
    strengths=("Đúng trình tự",),
    limitations=("Biên bản vắn tắt",),
    recommendations=(Recommendation(1, "Ghi đủ biên bản", "Chi ủy", date(2024, 4, 5)),),
)


def faults(findings: Findings) -> list[str]:
    return [problem.place for problem in check_findings(findings, CHECKLIST, DAY)]


def test_complete_findings_have_no_faults() -> None:
    assert faults(COMPLETE) == []


def test_each_missing_item_is_named_by_its_place_in_the_plan() -> None:
    assert faults(replace(COMPLETE, items=())) == ["II.1.a", "II.1.b"]


def test_a_limitation_without_a_remedy_and_a_remedy_without_a_limitation_are_named() -> None:
    """2.7 no. 2."""
    assert faults(replace(COMPLETE, recommendations=())) == ["hạn chế 1"]
    assert faults(replace(COMPLETE, limitations=())) == ["kiến nghị 1"]


def test_a_remedy_needs_an_owner_and_a_date_after_the_meeting() -> None:
    """2.7 no. 4."""
    nobody = Recommendation(1, "Ghi đủ", " ", DAY)
    assert faults(replace(COMPLETE, recommendations=(nobody,))) == ["kiến nghị 1", "kiến nghị 1"]


def test_unknown_and_doubled_items_are_named() -> None:
    more = (*COMPLETE.items, ItemFinding("R99", ItemResult.MET), ItemFinding("R16", ItemResult.MET))
    assert faults(replace(COMPLETE, items=more)) == ["R99", "R16"]


@pytest.mark.parametrize(
    ("limitation", "due", "places"),
    [
        (1, date(2024, 3, 6), []),
        (1, DAY, ["kiến nghị 1"]),  # the day of the meeting itself is no time to mend anything
        (1, date(2024, 3, 1), ["kiến nghị 1"]),
        (0, date(2024, 3, 6), ["hạn chế 1", "kiến nghị 1"]),
        (2, date(2024, 3, 6), ["hạn chế 1", "kiến nghị 1"]),
    ],
)
def test_a_remedy_belongs_to_a_limitation_of_the_list_and_has_its_date_after_the_meeting(
    limitation: int, due: date, places: list[str]
) -> None:
    one = Recommendation(limitation, "Ghi đủ biên bản", "Chi ủy", due)
    assert faults(replace(COMPLETE, recommendations=(one,))) == places


def test_each_limitation_is_answered_by_its_own_number() -> None:
    two = replace(COMPLETE, limitations=("Biên bản vắn tắt", "Ít ý kiến phát biểu"))
    second = Recommendation(2, "Phân công chuẩn bị", "Chi ủy", date(2024, 4, 5))
    assert faults(two) == ["hạn chế 2"]
    assert faults(replace(two, recommendations=(*COMPLETE.recommendations, second))) == []
    empty = replace(second, text=" ")
    assert faults(replace(two, recommendations=(*COMPLETE.recommendations, empty))) == ["kiến nghị 2"]


def test_a_report_names_at_least_one_strength() -> None:
    """R15."""
    assert faults(replace(COMPLETE, strengths=())) == ["ưu điểm"]


# What was lacking comes to a limitation (R15)

FAULT = ItemFinding("R16", ItemResult.NOT_MET, "chưa có chương trình", limitations=(1,))


def with_item(item: ItemFinding) -> Findings:
    return replace(COMPLETE, items=(item, COMPLETE.items[1]))


def test_a_fault_that_is_told_and_named_among_the_limitations_is_complete() -> None:
    assert faults(with_item(FAULT)) == []


@pytest.mark.parametrize("result", [ItemResult.NOT_MET, ItemResult.PARTLY_MET])
def test_what_was_lacking_needs_a_remark_and_a_limitation(result: ItemResult) -> None:
    said = check_findings(with_item(ItemFinding("R16", result)), CHECKLIST, DAY)

    assert [str(problem) for problem in said] == [
        f"II.1.a: kết quả “{result.vietnamese}” chưa có ghi chú → ghi rõ thiếu gì",
        f"II.1.a: kết quả “{result.vietnamese}” chưa nêu thành hạn chế → "
        "nêu mục này ở một hạn chế, hoặc ghi lý do không coi là hạn chế",
    ]


def test_a_stated_reason_stands_for_the_limitation() -> None:
    excused = replace(FAULT, limitations=(), no_limitation="đã bổ sung tại buổi sinh hoạt")
    assert faults(with_item(excused)) == []
    assert faults(with_item(replace(excused, no_limitation=" "))) == ["II.1.a"]


def test_an_item_that_is_met_comes_to_no_limitation_and_none_points_beyond_the_list() -> None:
    assert faults(with_item(replace(FAULT, result=ItemResult.MET))) == ["II.1.a"]
    assert faults(with_item(replace(FAULT, limitations=(1, 2)))) == ["II.1.a"]


@pytest.mark.parametrize("result", [ItemResult.NOT_EXAMINED, ItemResult.NOT_APPLICABLE])
def test_a_form_in_which_nothing_was_considered_is_not_complete(result: ItemResult) -> None:
    nothing = replace(COMPLETE, items=tuple(ItemFinding(item.id, result) for item in CHECKLIST))
    (problem,) = check_findings(nothing, CHECKLIST, DAY)
    assert (problem.place, problem.fault) == ("danh mục giám sát", "chưa xem xét nội dung nào")


def test_what_was_given_before_faults_were_explained_is_warned_of_and_stands() -> None:
    old = replace(with_item(ItemFinding("R16", ItemResult.NOT_MET)), rules=1)
    assert all(problem.warning for problem in check_findings(old, CHECKLIST, DAY))
    assert faults(replace(old, strengths=())) == ["II.1.a", "II.1.a", "ưu điểm"]


@pytest.mark.parametrize(("rules", "warning"), [(1, True), (2, False), (3, False)])
def test_from_the_second_rules_on_an_unexplained_fault_stops_the_findings(rules: int, warning: bool) -> None:
    """Decision 0028."""
    (problem,) = check_findings(replace(with_item(replace(FAULT, limitations=())), rules=rules), CHECKLIST, DAY)
    assert (problem.fault, problem.warning) == ("kết quả “Chưa đạt” chưa nêu thành hạn chế", warning)


@pytest.mark.parametrize(
    ("named", "strangers"), [((1,), ""), ((2,), ""), ((1, 2), ""), ((0, 2), "0"), ((1, 3), "3"), ((0, 1, 3), "0, 3")]
)
def test_a_fault_may_come_to_any_limitation_of_the_list_and_to_no_other(named: tuple[int, ...], strangers: str) -> None:
    two = replace(
        with_item(replace(FAULT, limitations=named)),
        limitations=("Biên bản vắn tắt", "Ít ý kiến phát biểu"),
        recommendations=tuple(replace(COMPLETE.recommendations[0], limitation=number) for number in (1, 2)),
    )
    said = [problem.fault for problem in check_findings(two, CHECKLIST, DAY)]
    assert said == ([f"chỉ tới hạn chế {strangers}, không có"] if strangers else [])


# Of several meetings each has its own results (decision 0040)

MEETINGS = tuple(
    Meeting(number, f"Chi bộ {number}", OrgType.CELL_SUBORDINATE, "", at(DAY, 14), "Hội trường") for number in (1, 3)
)
APART = replace(
    COMPLETE, items=tuple(replace(item, meeting=number) for number in (1, 3) for item in COMPLETE.items)
)  # fmt: skip


def faults_of_both(findings: Findings) -> list[str]:
    return [problem.place for problem in check_findings(findings, CHECKLIST, DAY, MEETINGS)]


def test_each_meeting_needs_every_item() -> None:
    assert faults_of_both(APART) == []
    assert faults_of_both(replace(APART, items=APART.items[:3])) == ["Chi bộ 3: II.1.b"]
    assert faults_of_both(replace(APART, items=(*APART.items, APART.items[0]))) == ["R16"]


def test_results_of_no_meeting_are_asked_for_anew_and_those_of_before_stand() -> None:
    assert faults_of_both(COMPLETE)[-1] == "danh mục giám sát"
    assert faults_of_both(replace(COMPLETE, rules=2)) == []


def test_each_meeting_has_a_strength_or_all_have_one() -> None:
    only_first = replace(APART, strengths_at=(1,))
    (problem,) = check_findings(only_first, CHECKLIST, DAY, MEETINGS)
    assert problem.fault == "chưa ghi của Chi bộ 3"
    assert faults_of_both(replace(APART, strengths=("Một", "Hai"), strengths_at=(1, 0))) == []


def test_a_fault_is_told_with_its_meeting() -> None:
    items = (*APART.items[:2], replace(FAULT, remark="", meeting=3), APART.items[3])
    assert faults_of_both(replace(APART, items=items)) == ["Chi bộ 3: II.1.a"]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (3, ["Chi bộ 3: II.1.b"]),  # who has not finished is told only what he has not filled in
        (4, ["danh mục giám sát"]),
        (5, ["R16", "danh mục giám sát"]),
    ],
)
def test_that_nothing_was_considered_is_said_once_every_meeting_has_all_its_results(
    rows: int, places: list[str]
) -> None:
    unseen = tuple(replace(item, result=ItemResult.NOT_EXAMINED) for item in (*APART.items, APART.items[0]))
    assert faults_of_both(replace(APART, items=unseen[:rows])) == places


@pytest.mark.parametrize(("rules", "warning"), [(1, True), (2, False), (3, False)])
def test_what_a_plan_asks_of_each_meeting_stops_findings_but_those_of_before_the_second_rules(
    shipped: tuple[Plan, Contacts], rules: int, warning: bool
) -> None:
    plan = replace(shipped[0], checklist=CHECKLIST, asked_of_meetings=("chaired_by",))
    (problem,) = check_visit(replace(COMPLETE, rules=rules), plan, MEETINGS[:1])
    assert (problem.place, problem.fault, problem.warning) == ("Chi bộ 1: chủ trì", "chưa ghi", warning)
