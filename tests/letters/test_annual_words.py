"""The annual report judges by its figures: each word where its figures are, each name with its number (D14)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.annual import AnnualSummary, RecommendationLine
from domain.item_lines import ItemLine
from letters.form.blocks import Chart, Table
from letters.form.plain_text import chart_lines, plain_text, said_text
from letters.wording import render

Facts = dict[str, object]
Told = Callable[..., str]

BOOKS = ItemLine(
    "II.2.b", "Sổ nghị quyết", met=12, partly_met=7, not_met=1, considered_at=("Nhơn Trạch", "Tân Phú"),
    lacking_at=("Tân Phú",), group="sổ sách",
)  # fmt: skip
MAJORITY = ("tất cả lượt", "hầu hết lượt", "phần lớn lượt", "đa số lượt")


@pytest.fixture
def told(facts: Facts) -> Told:
    """The report of the sample year with something of it otherwise."""

    def tell(**changes: object) -> str:
        summary = facts["summary"]
        assert isinstance(summary, AnnualSummary)
        return render("annual_report", facts | {"summary": replace(summary, **changes)}).body  # type: ignore[arg-type]

    return tell


@pytest.mark.parametrize(
    ("met", "partly", "not_met", "said"),
    [
        (20, 0, 0, "được bảo đảm: tất cả lượt nội dung được xem xét đạt yêu cầu, 20/20 lượt (100%)"),
        (19, 0, 1, "cơ bản được bảo đảm: hầu hết lượt nội dung được xem xét đạt yêu cầu, 19/20 lượt (95%)"),
        (15, 5, 0, "cơ bản được bảo đảm: phần lớn lượt nội dung được xem xét đạt yêu cầu, 15/20 lượt (75%)"),
        (11, 9, 0, "còn hạn chế: đa số lượt nội dung được xem xét đạt yêu cầu, 11/20 lượt (55%)"),
        (10, 9, 1, "còn hạn chế: một nửa lượt nội dung được xem xét đạt yêu cầu, 10/20 lượt (50%)"),
        (9, 9, 2, "còn nhiều hạn chế: chưa đến một nửa lượt nội dung được xem xét đạt yêu cầu, 09/20 lượt (45%)"),
        (0, 9, 11, "còn nhiều hạn chế: không có lượt nội dung được xem xét nào đạt yêu cầu, 00/20 lượt (0%)"),
    ],
)
def test_the_judgement_follows_the_share_of_items_met(
    told: Told, met: int, partly: int, not_met: int, said: str
) -> None:
    body = told(items=(replace(BOOKS, met=met, partly_met=partly, not_met=not_met),))

    assert f"Nền nếp, nội dung sinh hoạt của các tổ chức đảng được dự {said}." in body
    assert any(word in body for word in MAJORITY) == (2 * met > 20)


def test_too_little_to_judge_is_said_so(told: Told) -> None:
    body = told()
    assert "chưa đủ cơ sở đánh giá chung" in body
    assert not any(word in body for word in MAJORITY)


def test_a_weak_group_is_named_with_numbers_items_and_places(told: Told) -> None:
    body = told(items=(BOOKS,))

    lacking = "chưa đạt hoặc đạt một phần: “Sổ nghị quyết” (08/20 lượt, tại Tân Phú)"
    assert f"- Mục II.2 (sổ sách): 12/20 lượt đạt (60%); {lacking}." in body
    assert "Nhóm nội dung đạt kết quả tốt" not in body


def test_a_good_group_is_named_with_numbers_and_places(told: Told) -> None:
    body = told(items=(replace(BOOKS, met=19, partly_met=1, not_met=0),))

    assert "- Mục II.2 (sổ sách): 19/20 lượt đạt (95%); đạt đủ tại Nhơn Trạch." in body
    assert "Nhóm nội dung cần khắc phục" not in body


def test_a_year_that_was_not_carried_out_is_not_called_so(told: Told, facts: Facts) -> None:
    assert "Kế hoạch chưa được thực hiện đủ: tổ chức 01/02 đợt dự, giám sát, nhận 02/03 báo cáo" in told()
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    full = told(rounds=summary.rounds[:1], reports=summary.reports[:2])
    assert "Kế hoạch đã được thực hiện đủ: tổ chức 01/01 đợt dự, giám sát, nhận 02/02 báo cáo" in full


def test_late_remedies_are_counted_and_marked(told: Told, facts: Facts) -> None:
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    (answered, unanswered) = summary.recommendations
    late = replace(answered, done_on=answered.due.replace(day=16))
    body = told(recommendations=(answered, late, unanswered))

    assert "đã báo cáo thực hiện 02/03 kiến nghị, trong đó 01/02 kiến nghị thực hiện chậm" in body
    paper = render("annual_report", facts | {"summary": replace(summary, recommendations=(answered, late))}).paper
    assert paper
    assert plain_text(paper).count("16/4/2024 (chậm)") == 1
    assert not replace(answered, done_on=answered.due).late, "the day itself is in time"
    assert isinstance(late, RecommendationLine)
    assert (
        "chậm"
        not in told().split("5. Thực hiện kiến nghị")[1].split("Thực hiện kiến nghị tại các thông báo kết quả\n-")[0]
    )


def test_causes_are_told_as_they_were_recorded_or_said_to_be_missing(told: Told, facts: Facts) -> None:
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    assert "chưa ghi nguyên nhân" in told()
    assert "chưa ghi nguyên nhân" not in told(causes=summary.strengths)
    assert "chưa ghi nguyên nhân" not in told(limitations=())


def test_the_own_work_of_the_units_stands_in_text_and_chart(facts: Facts) -> None:
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    first = replace(summary.reports[0], cells=12, thematic_cells=5, committees=4, short_name="Long Thành")
    paper = render("annual_report", facts | {"summary": replace(summary, reports=(first, *summary.reports[1:]))}).paper
    assert paper
    charts = [chart_lines(block) for block in paper.body if isinstance(block, Chart)]

    assert charts[0] == [
        "Chi bộ do các cấp ủy tự dự, giám sát",
        "- Long Thành: Sinh hoạt chuyên đề 5 (42%), Sinh hoạt khác 7 (58%); n = 12",
        "- Tất cả: Sinh hoạt chuyên đề 5 (42%), Sinh hoạt khác 7 (58%); n = 12",
    ]


def test_many_units_stand_in_the_appendix_and_few_in_the_text(facts: Facts) -> None:
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    many = replace(summary, reports=summary.reports * 6)
    paper = render("annual_report", facts | {"summary": many}).paper
    few = render("annual_report", facts).paper
    assert paper
    assert paper.appendix
    assert few
    assert few.appendix
    assert len(paper.appendix.blocks) == len(few.appendix.blocks) + 2


def test_the_year_before_is_compared_where_it_is_known_and_else_not_mentioned(facts: Facts) -> None:
    assert "6. So với năm 2023" in render("annual_report", facts).body
    assert "So với năm" not in render("annual_report", facts | {"compared": ()}).body


def test_an_office_in_a_city_reports_to_its_own_committee(facts: Facts) -> None:
    plan = facts["plan"]
    city = replace(
        plan.structure,  # type: ignore[attr-defined]
        upper="thành phố", upper_level="Cấp thành phố", committee="Thành ủy", organisation="Đảng bộ thành phố",
    )  # fmt: skip
    body = render("annual_report", facts | {"plan": replace(plan, structure=city)}).body  # type: ignore[type-var]

    assert "báo cáo Ban Thường vụ Thành ủy kết quả" in body
    assert "Tổ công tác của thành phố dự, giám sát" in body


def test_months_are_drawn_where_they_have_enough_and_the_year_always(told: Told, facts: Facts) -> None:
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    (answered, unanswered) = summary.recommendations
    few = told()
    many = told(recommendations=(*[answered] * 4, unanswered, replace(unanswered, month=3)))

    assert "- Cả năm: Thực hiện đúng thời hạn 1, Chưa báo cáo 1; n = 2" in few
    assert "- Tháng 2:" not in few
    assert "- Tháng 2: Thực hiện đúng thời hạn 4 (80%), Chưa báo cáo 1 (20%); n = 5" in many
    assert "- Tháng 3:" not in many


def test_many_rounds_stand_in_the_appendix(facts: Facts) -> None:
    summary = facts["summary"]
    assert isinstance(summary, AnnualSummary)
    paper = render("annual_report", facts | {"summary": replace(summary, rounds=summary.rounds * 8)}).paper
    assert paper
    assert "Kết quả từng đợt tại Phụ lục." in said_text(paper)
    assert paper.appendix
    first = paper.appendix.blocks[1]
    assert isinstance(first, Table)
    assert len(first.rows) == 17
