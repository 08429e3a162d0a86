"""The year in figures: who is named where in the annual report, and what adds up (R68, R74, D14)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.annual import AnnualSummary, RecommendationLine, ReportLine, RoundLine
from domain.figures import Figure, Record
from domain.item_lines import ItemLine

HELD = RoundLine(2, "Đảng bộ huyện Nhơn Trạch", ("Chi bộ Trường THPT Nhơn Trạch",), 1, 1, 1, "130-TB/BTCTU", False)
COMMITTEE = replace(HELD, month=3, unit="Đảng bộ huyện Tân Phú", thematic_cells=0)
NOT_HELD = RoundLine(4, "Đảng bộ thành phố Long Khánh", (), 0, 0, 0, "", False, remark="đơn vị đang kiện toàn")
ON_PAPER = replace(NOT_HELD, month=5, unit="Đảng bộ huyện Vĩnh Cửu", on_paper=True, before="thực hiện trước")
LATE = replace(HELD, month=6, unit="Đảng bộ thành phố Biên Hòa", late=True, before="bước 1–4 thực hiện trước")
IN_TIME = ReportLine("Đảng bộ huyện Long Thành", date(2024, 12, 10))
TOO_LATE = ReportLine("Đảng bộ huyện Cẩm Mỹ", date(2024, 12, 20), late=True)
NEVER_CAME = ReportLine("Đảng bộ Quân sự tỉnh", None, late=True)
OPEN = RecommendationLine(2, "Nhơn Trạch", "Ghi đủ biên bản", "Chi ủy", date(2024, 4, 30), None)
ANSWERED = replace(OPEN, text="Xây dựng kế hoạch", done_on=date(2024, 4, 2))
YEAR = AnnualSummary(
    rounds=(HELD, COMMITTEE, NOT_HELD, ON_PAPER, LATE), reports=(IN_TIME, TOO_LATE, NEVER_CAME), items=(),
    recommendations=(OPEN, ANSWERED),
    figures=(Figure("rounds", "Số đợt", (Record("visit", 1, "2024-02/nhon_trach"),)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("list_of", "named"),
    [
        ("held", [HELD, COMMITTEE, ON_PAPER, LATE]),
        ("not_held", [NOT_HELD]),
        ("without_thematic_cell", [COMMITTEE]),  # of one on paper nobody knows, so nobody is blamed
        ("done_before", [ON_PAPER, LATE]),
        ("late_lists", [LATE]),
        ("late_reports", [TOO_LATE]),
        ("missing_reports", [NEVER_CAME]),
        ("open_recommendations", [OPEN]),
    ],
)
def test_each_list_of_the_report_names_those_and_no_others(list_of: str, named: list[object]) -> None:
    assert list(getattr(YEAR, list_of)) == named


def test_what_nothing_was_recorded_of_is_nought() -> None:
    assert (YEAR.count("rounds"), YEAR.count("reports_late")) == (1, 0)


def test_a_figure_is_what_its_records_come_to() -> None:
    records = (Record("answer", 7, "2024-02/nhon_trach", 3), Record("answer", 9, "2024-03/tan_phu"))
    several = replace(YEAR, figures=(*YEAR.figures, Figure("limitations", "Số hạn chế", records)))

    assert several.count("limitations") == 4
    assert several.count("rounds") == 1


def test_the_items_of_one_group_are_added_up_and_those_of_a_longer_number_are_not_among_them() -> None:
    """II.1 is not II.10."""
    items = (
        ItemLine("II.1.a", "Chương trình", 1, 2, 3, 4, 5),
        ItemLine("II.1.b", "Báo cáo", 10, 20, 30, 40, 50),
        ItemLine("II.10.a", "Lưu trữ", met=7),
        ItemLine("II.2", "Sinh hoạt chuyên đề", not_met=1),
    )

    assert replace(YEAR, items=items).groups == [
        ItemLine("II.1", "", 11, 22, 33, 44, 55),
        ItemLine("II.10", "", met=7),
        ItemLine("II.2", "", not_met=1),
    ]


def test_of_a_round_nothing_is_said_that_nobody_recorded() -> None:
    """Answers and paper are the exception; whoever builds a line says so."""
    assert (HELD.answered, HELD.on_paper, HELD.before, IN_TIME.late) == (0, False, "", False)
    nothing = ItemLine("II.3", "Nghị quyết")
    assert [nothing.met, nothing.partly_met, nothing.not_met, nothing.not_applicable, nothing.not_examined] == [0] * 5
