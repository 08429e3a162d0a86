"""What the sheets of one meeting come to: a mean or the head's word, the unit's own beside it (4.5)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.dates import at
from domain.meeting_score import Given, MeetingScore, Rule, meeting_score
from domain.nomination import Meeting, OrgType
from domain.rubric import Criterion, Grade, Group, Rubric
from domain.rubric_inputs import Inputs
from domain.score_sheet import Whose, fill

D = Decimal
RUBRIC = Rubric(
    "thu", 1, "Phiếu thử", "thử", ("regular",), D(100),
    (Group("all", "Tất cả", D(100), (Criterion("content", "Nội dung", "points", D(100)),)),),
    (Grade("Tốt", D(90)), Grade("Kém", D(0))),
)  # fmt: skip
MEETING = Meeting(1, "Chi bộ Mẫu", OrgType.CELL_GRASSROOTS, "", at(date(2024, 5, 14), 14), "Phòng họp A")
HEAD = "Phạm Thị Thí Dụ"


def sheet(by: str, points: str, version: int = 1, whose: Whose = Whose.GROUP, rubric: Rubric = RUBRIC) -> Given:
    """One sheet; without points nothing was scored yet."""
    inputs = Inputs("regular", {}, {"content": D(points)} if points else {})
    return Given(fill(1, whose, rubric, inputs), by, at(date(2024, 5, 15), 8), version)


def of(*given: Given, rule: Rule = "mean") -> MeetingScore:
    return meeting_score(MEETING, given, rule, HEAD)


def test_the_group_counts_by_its_mean_and_the_unit_is_put_beside_it() -> None:
    got = of(sheet("A", "80"), sheet("B", "95.5", 2), sheet("C", "100", 3, Whose.OWN))

    assert got.total
    assert (got.total.value, got.total.grade) == (D("87.75"), "Kém")
    assert got.comparison
    assert got.comparison.said == "đơn vị tự chấm 100 (Tốt), Tổ công tác chấm 87,75 (Kém); lệch 1 tiêu chí"
    assert got.why == ""


def test_where_the_head_decides_the_others_are_kept_and_not_counted() -> None:
    got = of(sheet("A", "80"), sheet(HEAD, "95", 2), rule="head")

    assert got.total
    assert got.total.value == 95
    assert [one.by for one in got.group] == ["A", HEAD]
    assert of(sheet("A", "80"), rule="head").why == f"chờ phiếu của {HEAD}, người quyết định điểm của Tổ công tác"


def test_who_takes_the_heads_place_decides_for_him() -> None:
    got = of(sheet("A", "80"), sheet(f"B (thay {HEAD})", "70", 2), rule="head")

    assert got.total
    assert got.total.value == 70


def test_an_incomplete_sheet_is_no_part_of_a_mean() -> None:
    got = of(sheet("A", "80"), sheet("B", "", 2))

    assert got.total
    assert ([one.by for one in got.counted], got.total.value) == (["A"], 80)
    assert of(sheet("A", ""), sheet("B", "", 2)).why == "chưa phiếu nào chấm đủ tiêu chí"


def test_an_incomplete_sheet_alone_is_shown_as_far_as_it_is() -> None:
    got = of(sheet("A", ""), sheet("C", "70", 2, Whose.OWN))

    assert got.total
    assert (got.total.grade, got.total.missing) == ("", ("content",))
    assert got.comparison
    assert got.comparison.lines[0].by is None


def test_sheets_by_another_rubric_than_the_newest_are_not_mixed_into_it() -> None:
    changed = replace(RUBRIC, source="bản sửa")

    got = of(sheet("A", "80"), sheet("B", "90", 2, rubric=changed), sheet("C", "70", 3, Whose.OWN))

    assert got.rubric == changed
    assert [one.by for one in got.counted] == ["B"]
    assert got.comparison is None
    assert got.why == "đơn vị tự chấm theo phiếu khác nên không so sánh được"


def test_what_is_not_there_yet_is_said() -> None:
    assert (of().begun, of().why) == (False, "Tổ công tác chưa chấm")
    assert of(sheet("C", "70", 1, Whose.OWN)).why == "Tổ công tác chưa chấm"
    assert of(sheet("A", "80")).why == "chưa có điểm đơn vị tự chấm"


def test_the_newest_word_of_the_head_counts_alone_whoever_gives_it_for_him() -> None:
    """Both are kept; the later one is not a mean with the earlier."""
    got = of(sheet(HEAD, "95"), sheet(f"B (thay {HEAD})", "70", 2), rule="head")

    assert [one.by for one in got.counted] == [f"B (thay {HEAD})"]
    assert got.total
    assert got.total.value == 70


def test_a_meeting_is_begun_with_the_first_sheet_of_either_side() -> None:
    assert of(sheet("A", "80")).begun
    assert of(sheet("C", "70", 1, Whose.OWN)).begun
    assert of(sheet("A", "80"), sheet("C", "70", 2, Whose.OWN)).begun


def test_one_sheet_alone_counts_and_the_rubric_is_its_own() -> None:
    assert of(sheet("A", "80")).rubric == RUBRIC
    assert of().rubric is None
