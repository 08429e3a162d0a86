"""The days of a year's plan before anything has happened (R40–R48, R62, R66–R69, R86)."""

from dataclasses import replace
from datetime import date

from domain.plan import Contacts, Plan, SelfSupervision
from domain.schedule import PlannedReport, PlannedRound, planned_reports, planned_rounds
from domain.working_days import WorkingCalendar


def test_each_visit_has_the_day_of_its_request_and_the_last_day_for_its_list(shipped: tuple[Plan, Contacts]) -> None:
    plan = shipped[0]
    rounds = planned_rounds(plan, WorkingCalendar(), 10)

    assert [one.month for one in rounds] == [one.month for one in plan.visits]
    assert rounds[0] == PlannedRound(2, "Đảng bộ huyện Nhơn Trạch", date(2024, 1, 3), date(2024, 1, 17))
    (may,) = [one for one in rounds if one.month == 5]
    assert (may.asked_on, may.list_due) == (date(2024, 3, 1), date(2024, 4, 1))


def test_a_report_is_asked_for_so_many_days_before_and_never_before_the_plan_is_signed(
    shipped: tuple[Plan, Contacts],
) -> None:
    plan = replace(shipped[0], self_supervising=SelfSupervision(date(2024, 12, 16), ("long_thanh",)))
    name = plan.unit("long_thanh").name

    assert planned_reports(plan, 45) == [PlannedReport(name, date(2024, 11, 1), date(2024, 12, 16))]
    assert planned_reports(plan, 400) == [PlannedReport(name, date(2024, 1, 3), date(2024, 12, 16))]
