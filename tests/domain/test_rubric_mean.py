"""The mean of several sheets of one meeting: exact, nothing rounded before the grade, gates kept (4.5)."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.rubric import Band, Criterion, Grade, Group, Measure, NotApplicable, Rubric
from domain.rubric_inputs import Inputs
from domain.rubric_mean import mean
from domain.rubric_score import LineState, Score, score

D = Decimal
RUBRIC = Rubric(
    "thu", 1, "Phiếu thử", "thử", ("regular", "thematic"), D(100),
    (
        Group("conduct", "Tiến hành", D(100), (
            Criterion("content", "Nội dung", "points", D(75)),
            Criterion("theme", "Chuyên đề", "points", D(20), not_applicable=NotApplicable("exclude")),
            Criterion("minutes", "Biên bản", "boolean", D(5)),
            Criterion("extra", "Điểm thưởng", "points", D(3), bonus=True),
            Criterion("remark", "Nhận xét", "info"),
        )),
    ),
    (Grade("Tốt", D(90), ("minutes",)), Grade("Khá", D(70)), Grade("Kém", D(0))),
    rescale=True,
)  # fmt: skip


def seen(content: str, *, minutes: bool = True, theme: str = "20", **more: str) -> Score:
    return score(RUBRIC, Inputs("regular", {}, {"content": D(content), "theme": D(theme), "minutes": minutes}, **more))


def without_theme(content: str) -> Score:
    marks = {"content": D(content), "minutes": True}
    return score(RUBRIC, Inputs("regular", {}, marks, not_applicable={"theme": "không có chuyên đề"}))


def test_two_sheets_are_their_mean_criterion_by_criterion() -> None:
    both = mean(RUBRIC, [seen("70"), seen("60.5")])

    assert both.line("content").points == D("65.25")
    assert both.line("content").why == "trung bình của 2 phiếu: 70; 60,5"
    assert (both.value, both.groups, both.grade, both.missing) == (D("90.25"), {"conduct": D("90.25")}, "Tốt", ())


def test_one_sheet_stays_what_it_is() -> None:
    alone = seen("70")

    assert mean(RUBRIC, [alone]) is alone


def test_nothing_is_rounded_before_the_grade() -> None:
    """Two of three at 90 and one at 89,5 are 89,83…: not yet Tốt."""
    assert mean(RUBRIC, [seen("65"), seen("65"), seen("64.5")]).grade == "Khá"


def test_the_mean_goes_by_what_was_put_in_and_not_by_values_that_were_cut() -> None:
    """Counted up from 80 points, 72 are 90."""
    cut = replace(without_theme("67"), value=D("89.99"))

    both = mean(RUBRIC, [cut, cut, without_theme("67")])

    assert (both.value, both.grade) == (D(90), "Tốt")


def test_a_gate_is_passed_only_where_nobody_took_a_point_off() -> None:
    both = mean(RUBRIC, [seen("75"), seen("75", minutes=False)])

    assert (both.value, both.grade) == (D("97.5"), "Khá")
    assert both.gates == ("đủ điểm “Tốt” nhưng chưa đạt tối đa: Biên bản",)


def test_what_nobody_applied_does_not_apply_and_what_was_noted_is_kept() -> None:
    one, other = without_theme("60"), without_theme("62")

    assert mean(RUBRIC, [one, other]).line("theme").state is LineState.NOT_APPLICABLE
    assert mean(RUBRIC, [one, seen("62")]).line("theme").state is LineState.SCORED
    notes = [score(RUBRIC, Inputs("regular", notes={"remark": said})) for said in ("Sôi nổi", "Sôi nổi", "Đúng giờ")]
    assert mean(RUBRIC, notes).line("remark").why == "Sôi nổi; Đúng giờ"


def test_all_left_out_divides_by_nothing() -> None:
    ratio = Criterion(
        "share", "Tỷ lệ", "ratio", D(100), part="a", of="b", bands=(Band(D(100)),),
        not_applicable=NotApplicable("exclude"),
    )  # fmt: skip
    measures = (Measure("a", "A"), Measure("b", "B"))
    sheet = replace(RUBRIC, groups=(Group("all", "Tất cả", D(100), (ratio,)),), measures=measures)
    nothing = score(sheet, Inputs("regular", {"a": D(0), "b": D(0)}))

    both = mean(sheet, [nothing, nothing])

    assert (both.out_of, both.value, both.grade) == (0, 0, "")


HALVES = st.integers(0, 150).map(lambda halves: D(halves) / 2)


@given(st.lists(HALVES, min_size=1, max_size=7))
def test_the_mean_lies_between_the_sheets_and_its_grade_follows_from_the_exact_sum(contents: list[Decimal]) -> None:
    scores = [seen(f"{content}") for content in contents]

    got = mean(RUBRIC, scores)

    assert min(one.value for one in scores) <= got.value <= max(one.value for one in scores)
    total = sum(contents, D(0)) + 25 * len(contents)
    best = "Tốt" if total >= 90 * len(contents) else "Khá" if total >= 70 * len(contents) else "Kém"
    assert got.grade == best


def test_a_remark_loses_nothing_and_gives_nothing_in_a_mean() -> None:
    line = mean(RUBRIC, [seen("70"), seen("60")]).line("remark")

    assert (line.points, line.out_of, line.full) == (0, 0, True)
