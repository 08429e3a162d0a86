"""The report of a unit that supervises itself: late or not, counted or not, and what cannot be (R66–R69, D13)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.plan import ChecklistItem
from domain.problem import Problem
from domain.self_report import BY_ITEM, Reported, ReportedItem, SelfReport, check_self_report

DUE = date(2024, 12, 16)
REPORT = SelfReport(date(2024, 12, 10), "88-BC/HU", date(2024, 12, 9), committees=2, cells=14, thematic_cells=5)


@pytest.mark.parametrize(
    ("first_on", "late"),
    [(None, False), (date(2024, 12, 15), False), (DUE, False), (date(2024, 12, 17), True)],
)
def test_the_date_itself_is_in_time_and_what_never_came_is_not_late(first_on: date | None, late: bool) -> None:
    """R67."""
    assert Reported(REPORT, 1, first_on).late(DUE) is late


def test_a_second_version_after_the_date_does_not_make_a_report_late_that_was_in_time() -> None:
    again = replace(REPORT, received_on=date(2024, 12, 20))
    assert not Reported(again, 2, date(2024, 12, 10)).late(DUE)


@pytest.mark.parametrize(
    ("reported", "counts"),
    [
        (Reported(), False),
        (Reported(REPORT, 1, REPORT.received_on), True),
        (Reported(REPORT, 1, REPORT.received_on, accepted=True), True),
        (Reported(REPORT, 1, REPORT.received_on, returned="thiếu số chi bộ chuyên đề"), False),
        (Reported(returned="thiếu số chi bộ chuyên đề"), False),
    ],
)
def test_its_figures_count_once_it_has_come_and_was_not_sent_back(reported: Reported, counts: bool) -> None:
    assert reported.counts is counts


def test_of_a_report_that_has_not_come_nothing_is_known() -> None:
    assert (Reported().version, Reported().accepted) == (0, False)


def places(report: SelfReport, *, warnings: bool = False) -> list[str]:
    found: list[Problem] = check_self_report(report, date(2024, 12, 12))
    return [one.place for one in found if one.warning is warnings]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []),
        ({"received_on": date(2024, 12, 12)}, []),  # today
        ({"received_on": date(2024, 12, 13)}, ["ngày nhận"]),
        ({"dated": None}, []),
        ({"dated": date(2024, 12, 10)}, []),
        ({"dated": date(2024, 12, 11)}, ["ngày văn bản"]),
        ({"committees": 0, "cells": 0, "thematic_cells": 0}, []),
        ({"committees": -1}, ["số đảng ủy"]),
        ({"cells": -2, "thematic_cells": -3}, ["số chi bộ", "số chi bộ chuyên đề"]),
        ({"thematic_cells": 14}, []),
        ({"thematic_cells": 15}, ["số chi bộ chuyên đề"]),
        ({"cells": None, "thematic_cells": 15}, []),
    ],
)
def test_what_cannot_be_is_named(change: dict[str, date | int | None], wrong: list[str]) -> None:
    assert places(replace(REPORT, **change)) == wrong


def test_a_figure_that_was_not_given_is_only_a_warning() -> None:
    bare = SelfReport(date(2024, 12, 10))
    assert places(bare) == []
    assert places(bare, warnings=True) == ["số đảng ủy", "số chi bộ", "số chi bộ chuyên đề"]
    assert places(replace(REPORT, cells=None), warnings=True) == ["số chi bộ"]


CHECKLIST = tuple(ChecklistItem(f"R{n}", f"II.2.{letter}", "Sổ", "sổ") for n, letter in ((19, "a"), (20, "b")))


@pytest.mark.parametrize(
    ("items", "errors", "doubts"),
    [
        ((), [], [BY_ITEM]),
        ((ReportedItem("R19", 16), ReportedItem("R20", 14, 1, 1, "thiếu")), [], []),
        ((ReportedItem("R19", 16),), [], [BY_ITEM]),
        ((ReportedItem("R19", 16), ReportedItem("R20", 17)), [], ["II.2.b"]),
        ((ReportedItem("R19", 16), ReportedItem("R20", 14, 2)), [], ["II.2.b"]),
        ((ReportedItem("R19", 16), ReportedItem("R20", 16), ReportedItem("R99", 1)), ["R99"], []),
    ],
)
def test_items_are_held_against_the_checklist_and_the_number_attended(
    items: tuple[ReportedItem, ...], errors: list[str], doubts: list[str]
) -> None:
    """R16–R38, D13: 2 committees and 14 cells were attended."""
    found = check_self_report(replace(REPORT, items=items), date(2024, 12, 12), CHECKLIST)
    assert [one.place for one in found if not one.warning] == errors
    assert [one.place for one in found if one.warning] == doubts


def doubts_about(*items: ReportedItem, **attended: int | None) -> list[tuple[str, str]]:
    """Place and fault of each warning about the items."""
    report = replace(REPORT, thematic_cells=0, items=items, **attended)
    return [(one.place, one.fault) for one in check_self_report(report, date(2024, 12, 12), CHECKLIST) if one.warning]


def test_an_item_counts_what_was_found_met_partly_met_or_not_met() -> None:
    one = ReportedItem("R19", met=9, partly_met=4, not_met=2)
    assert (one.lacking, one.considered) == (6, 15)


def test_what_a_unit_does_not_say_of_an_item_counts_nothing() -> None:
    assert (ReportedItem("R19").lacking, ReportedItem("R19").considered) == (0, 0)
    assert ReportedItem("R19", partly_met=1).considered == ReportedItem("R19", not_met=1).considered == 1


def test_a_report_gives_what_it_says_of_an_item_and_nothing_of_the_others() -> None:
    first, second = ReportedItem("R19", 16), ReportedItem("R20", 14, 2, remark="thiếu sổ")
    report = replace(REPORT, items=(first, second))
    assert [report.of_item(item) for item in ("R19", "R20", "R21")] == [first, second, None]


def test_an_item_that_was_looked_at_in_some_organisations_only_is_no_doubt() -> None:
    assert doubts_about(ReportedItem("R19", 10), ReportedItem("R20")) == []


def test_more_organisations_than_were_attended_are_doubted_with_both_numbers() -> None:
    found = doubts_about(ReportedItem("R19", 14, 2, 1, "thiếu sổ"), ReportedItem("R20", 16))
    assert found == [("II.2.a", "17 tổ chức đảng trong 16 đã dự, giám sát")]


@pytest.mark.parametrize("attended", [{"committees": 0, "cells": 14}, {"committees": 14, "cells": 0}])
def test_where_no_committee_or_no_cell_was_attended_the_others_are_the_whole_number(attended: dict[str, int]) -> None:
    found = doubts_about(ReportedItem("R19", 14), ReportedItem("R20", 15), **attended)
    assert found == [("II.2.b", "15 tổ chức đảng trong 14 đã dự, giám sát")]


@pytest.mark.parametrize(("place", "unknown"), [("số đảng ủy", "committees"), ("số chi bộ", "cells")])
def test_no_number_is_doubted_while_it_is_not_known_how_many_were_attended(place: str, unknown: str) -> None:
    found = doubts_about(ReportedItem("R19", 99), ReportedItem("R20", 99), **{unknown: None})
    assert found == [(place, "chưa ghi")]


def test_what_is_lacking_without_a_remark_is_counted_in_the_warning() -> None:
    found = doubts_about(ReportedItem("R19", 10, 1, 2), ReportedItem("R20", 10, 1, 2, "thiếu sổ"))
    assert found == [("II.2.a", "03 tổ chức đảng chưa đạt hoặc đạt một phần, chưa có nhận xét")]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), "chưa ghi"),
        ((ReportedItem("R19", 16),), "chưa ghi mục II.2.b"),
        ((ReportedItem("R20", 16),), "chưa ghi mục II.2.a"),
    ],
)
def test_missing_items_are_named_unless_all_are_missing(items: tuple[ReportedItem, ...], said: str) -> None:
    assert doubts_about(*items) == [(BY_ITEM, said)]
