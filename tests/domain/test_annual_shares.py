"""Shares of the year: of what each is a part, and which months are drawn (R68, R74, D14)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.annual import AnnualSummary, MonthLine, RecommendationLine, ReportLine, RoundLine
from domain.item_lines import ItemLine
from domain.share import LEAST, Share

HELD = RoundLine(2, "Đảng bộ huyện Nhơn Trạch", ("Chi bộ Trường THPT Nhơn Trạch",), 1, 0, 0, "130-TB/BTCTU", False)
NOT_HELD = RoundLine(4, "Đảng bộ thành phố Long Khánh", (), 0, 0, 0, "", False)
WITHOUT_CELL = replace(HELD, month=3, thematic_cells=0)
ON_PAPER = replace(NOT_HELD, month=5, on_paper=True)
CAME = ReportLine("Đảng bộ huyện Long Thành", date(2024, 12, 10), cells=80, thematic_cells=0)
NEVER_CAME = ReportLine("Đảng bộ Quân sự tỉnh", None)
DUE = date(2024, 4, 30)
OPEN = RecommendationLine(2, "Nhơn Trạch", "Ghi đủ biên bản", "Chi ủy", DUE, None)
IN_TIME = replace(OPEN, done_on=DUE)
LATE = replace(OPEN, done_on=DUE + timedelta(days=1))
EARLY = replace(OPEN, done_on=DUE - timedelta(days=1))


def a_year(
    *rounds: RoundLine, reports: tuple[ReportLine, ...] = (), told: tuple[RecommendationLine, ...] = ()
) -> AnnualSummary:
    return AnnualSummary(rounds=rounds, reports=reports, items=(), recommendations=told)


def test_a_report_that_never_came_is_missing_from_the_share() -> None:
    assert a_year(reports=(CAME, CAME, NEVER_CAME)).reports_share == Share(2, 3)


def test_thematic_cells_are_a_share_of_the_rounds_of_which_it_is_known() -> None:
    assert a_year(HELD, HELD, WITHOUT_CELL, NOT_HELD, ON_PAPER).thematic_share == Share(2, 3)


def test_what_is_done_is_a_share_of_all_recommendations_and_what_is_late_of_what_is_done() -> None:
    year = a_year(told=(OPEN, IN_TIME, EARLY, LATE))
    assert (year.answered_share, year.late_share) == (Share(3, 4), Share(1, 3))


@pytest.mark.parametrize(("line", "late"), [(OPEN, False), (EARLY, False), (IN_TIME, False), (LATE, True)])
def test_the_date_itself_is_in_time_and_what_is_open_is_not_late(line: RecommendationLine, late: bool) -> None:
    assert line.late is late


@pytest.mark.parametrize(
    ("year", "carried_out"),
    [
        (a_year(HELD, reports=(CAME,)), True),
        (a_year(HELD, NOT_HELD, reports=(CAME,)), False),
        (a_year(HELD, reports=(CAME, NEVER_CAME)), False),
        (a_year(NOT_HELD, reports=(NEVER_CAME,)), False),
    ],
)
def test_a_plan_is_carried_out_when_every_round_was_held_and_every_report_came(
    year: AnnualSummary, carried_out: bool
) -> None:
    assert year.carried_out is carried_out


def test_each_month_counts_its_own_recommendations_once() -> None:
    march = replace(LATE, month=3)
    assert a_year(told=(march, OPEN, IN_TIME, EARLY, LATE, march)).months == [
        MonthLine(2, in_time=2, late=1, open=1),
        MonthLine(3, in_time=0, late=2, open=0),
    ]


@pytest.mark.parametrize("line", [IN_TIME, LATE, OPEN])
@pytest.mark.parametrize(("missing", "drawn"), [(1, False), (0, True), (-1, True)])
def test_a_month_is_drawn_when_it_has_enough_whatever_became_of_them(
    line: RecommendationLine, missing: int, drawn: bool
) -> None:
    year = a_year(told=(line,) * (LEAST - missing))
    assert bool(year.drawn_months) is drawn


def test_cells_are_drawn_where_both_numbers_are_known_even_if_one_is_nought() -> None:
    unknown, none_attended = replace(CAME, thematic_cells=None), replace(CAME, cells=0)
    assert a_year(reports=(CAME, unknown, none_attended)).own_cells_drawn == [CAME]


def test_groups_stand_best_first_and_weakest_first_by_their_share() -> None:
    items = (
        ItemLine("II.1.a", "", met=90, partly_met=10), ItemLine("II.2.a", "", met=98, partly_met=2),
        ItemLine("II.3.a", "", met=1, not_met=9), ItemLine("II.4.a", "", met=30, not_met=70),
        ItemLine("II.5.a", "", met=19, partly_met=1),
    )  # fmt: skip
    year = replace(a_year(), items=items)
    assert [group.code for group in year.good_groups] == ["II.2", "II.5", "II.1"]
    assert [group.code for group in year.weak_groups] == ["II.3", "II.4"]


def test_hosts_are_punctual_by_their_whole_list_and_only_those_count_that_sent_one() -> None:
    in_time, late = replace(HELD, listed_meetings=3), replace(HELD, month=3, listed_meetings=2, late=True)
    assert a_year(in_time, in_time, late, HELD, NOT_HELD).punctual_share == Share(2, 3)


def test_what_a_round_is_not_told_to_have_counts_as_nought() -> None:
    assert (HELD.listed_meetings, HELD.late_meetings) == (0, 0)


def test_only_what_no_round_looked_at_was_never_considered() -> None:
    unseen = ItemLine("II.1.b", "", not_examined=2)
    items = (
        unseen, ItemLine("II.1.c", "", not_examined=1, met=1), ItemLine("II.1.d", "", not_examined=1, partly_met=1),
        ItemLine("II.1.e", "", not_examined=1, not_met=1), ItemLine("II.1.f", "", not_examined=0),
        ItemLine("II.1.g", "", not_examined=1, met=1, partly_met=1, not_met=1),
    )  # fmt: skip
    assert replace(a_year(), items=items).never_considered == [unseen]


def test_of_a_group_what_was_lacking_most_often_stands_first() -> None:
    seldom, often = ItemLine("II.1.a", "", met=9, partly_met=1), ItemLine("II.1.b", "", partly_met=2, not_met=3)
    fine, other = ItemLine("II.1.c", "", met=10), ItemLine("II.2.a", "", not_met=9)
    year = replace(a_year(), items=(seldom, fine, other, often))
    assert year.lacking_in(ItemLine("II.1", "")) == [often, seldom]
