"""What lies behind when a plan is taken up: which of it is asked about, and which answers can be taken (R62, A5)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.nomination import Nominations
from domain.obligation import Kind, Obligation
from domain.plan import Contacts, Plan, Rules
from domain.taking_up import Attended, Issued, TakenUp, Way, check_taken_up, said_before, why_ask
from domain.working_days import WorkingCalendar
from tests.may import COMPLETE

TODAY = date(2024, 6, 15)
MAY = Obligation(Kind.VISIT, 2024, 5, "bien_hoa")
UNIT, PLAN = Obligation(Kind.SELF_REPORT, 2024, 0, "long_thanh"), Obligation(Kind.PLAN, 2024)
LISTED = Nominations(COMPLETE, date(2024, 3, 20), "63-CV/ThU")
FROM_FIVE = TakenUp(
    Way.GO_ON, 5, requested_on=date(2024, 3, 1), nominations=LISTED, chosen=(1,), chosen_on=date(2024, 3, 25),
    notice=Issued(120, date(2024, 4, 2)),
)  # fmt: skip


@pytest.fixture
def plan(shipped: tuple[Plan, Contacts]) -> Plan:
    return shipped[0]


def asked(plan: Plan, month: int, today: date, grace: int = 14) -> str:
    one = Obligation(Kind.VISIT, 2024, month, "bien_hoa")
    return why_ask(one, plan, plan.opens_on(month), today, grace, WorkingCalendar())


@pytest.mark.parametrize(
    ("month", "why"),
    [
        (2, "tháng 02/2024 đã qua"),
        (5, "tháng 5/2024 đã qua"),
        (6, "đang trong tháng 6/2024"),
        (7, "đã quá ngày gửi đề nghị 01/5/2024"),
        (8, ""),
        (9, ""),
    ],
)
def test_on_15_june_the_past_the_running_month_and_what_was_due_long_ago_are_asked_about(
    plan: Plan, month: int, why: str
) -> None:
    assert asked(plan, month, TODAY) == why


def test_on_the_day_of_the_plan_february_opens_although_its_request_is_late(plan: Plan) -> None:
    """A5: the request follows the signature, and a meeting at the end of the month is still in time."""
    assert asked(plan, 2, date(2024, 1, 3)) == asked(plan, 3, date(2024, 1, 3)) == ""


@pytest.mark.parametrize(("days", "is_asked"), [(0, False), (1, False), (7, False), (14, False), (15, True)])
def test_a_service_that_was_off_over_the_first_makes_up_for_it_within_two_weeks(
    plan: Plan, days: int, is_asked: bool
) -> None:
    today = date.fromordinal(date(2024, 3, 1).toordinal() + days)
    assert bool(asked(plan, 5, today)) == is_asked


def test_within_the_two_weeks_the_host_must_still_be_able_to_keep_the_30_days(plan: Plan) -> None:
    """One month ahead: on 1/4 a meeting on 31/5 has its last day on 1/5; with 60 days nothing of May is in time."""
    short = replace(plan, rules=Rules(request_months_ahead=1, nomination_days=55))
    assert asked(short, 5, date(2024, 4, 5)) == ""
    assert asked(short, 5, date(2024, 4, 7)) == "không còn đủ thời hạn báo trước cho tháng 5/2024"
    hopeless = replace(plan, rules=Rules(request_months_ahead=1, nomination_days=90))
    assert asked(hopeless, 5, date(2024, 4, 7)) == "", "late from the first day on: the plan's own matter"


def test_a_plan_that_asks_in_the_month_itself_opens_on_its_first_day(plan: Plan) -> None:
    at_once = replace(plan, rules=Rules(request_months_ahead=0, nomination_days=1))
    assert asked(at_once, 5, date(2024, 5, 1)) == asked(at_once, 5, date(2024, 5, 3)) == ""


def test_the_plan_is_asked_about_months_after_its_issue_and_a_report_when_its_date_is_over(plan: Plan) -> None:
    def why(one: Obligation, opens_on: date, today: date) -> str:
        return why_ask(one, plan, opens_on, today, 14, WorkingCalendar())

    assert why(PLAN, plan.issued, date(2024, 1, 10)) == ""
    assert why(PLAN, plan.issued, TODAY) == "kế hoạch đã ký từ ngày 03/01/2024"
    assert why(UNIT, date(2024, 11, 1), TODAY) == why(UNIT, date(2024, 11, 1), date(2024, 12, 16)) == ""
    assert why(UNIT, date(2024, 11, 1), date(2024, 12, 17)) == "hạn báo cáo 16/12/2024 đã qua"
    summary = Obligation(Kind.SUMMARY, 2024)
    assert why(summary, date(2024, 12, 17), date(2024, 12, 20)) == ""
    assert "17/12/2024" in why(summary, date(2024, 12, 17), date(2025, 3, 1))
    follow_up = Obligation(Kind.FOLLOW_UP, 2024, 5, "bien_hoa")
    assert why(follow_up, date(2024, 2, 1), TODAY) == "", "it comes from the service's own visit"


@pytest.mark.parametrize(
    ("taken", "one", "place"),
    [
        (TakenUp(Way.LEAVE_OUT), MAY, "--reason"),
        (TakenUp(Way.DONE), replace(MAY, month=7), "--done"),
        (TakenUp(Way.DONE, result=Issued(9, date(2024, 7, 1))), MAY, "--result-date"),
        (TakenUp(Way.DONE, notice=Issued(9, date(2024, 1, 2))), MAY, "--notice-date"),
        (
            TakenUp(Way.DONE, notice=Issued(9, date(2024, 5, 9)), result=Issued(8, date(2024, 5, 8))),
            MAY,
            "--result-date",
        ),
        (TakenUp(Way.DONE, attended=(Attended("Chi bộ A", date(2024, 7, 1)),)), MAY, "--attended"),
        (TakenUp(Way.DONE), UNIT, "--received"),
        (TakenUp(Way.GO_ON, 2, requested_on=date(2024, 2, 1)), PLAN, "--from-step"),
        (TakenUp(Way.GO_ON, 3, requested_on=date(2024, 2, 1)), UNIT, "--from-step"),
        (TakenUp(Way.GO_ON, 2), MAY, "--requested"),
        (replace(FROM_FIVE, step=6), MAY, "--from-step"),
        (replace(FROM_FIVE, nominations=None), MAY, "--list"),
        (replace(FROM_FIVE, chosen=(9,)), MAY, "--chosen"),
        (replace(FROM_FIVE, chosen=(2,)), MAY, "lựa chọn"),
        (replace(FROM_FIVE, chosen_on=None), MAY, "--chosen-on"),
        (replace(FROM_FIVE, notice=None), MAY, "--notice-number"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_place(
    plan: Plan, taken: TakenUp, one: Obligation, place: str
) -> None:
    assert place in [problem.place for problem in check_taken_up(taken, one, plan, TODAY) if not problem.warning]


@pytest.mark.parametrize(
    ("taken", "one"),
    [
        (TakenUp(Way.OPEN), MAY),
        (TakenUp(Way.DONE), MAY),
        (TakenUp(Way.DONE), PLAN),
        (TakenUp(Way.LEAVE_OUT, reason="Đơn vị đang kiện toàn"), MAY),
        (FROM_FIVE, MAY),
        (replace(FROM_FIVE, chosen=(2,), override="Đơn vị không có chi bộ chuyên đề"), MAY),
        (TakenUp(Way.GO_ON, 2, requested_on=date(2024, 3, 1)), MAY),
        (TakenUp(Way.GO_ON, 2, requested_on=date(2024, 3, 1)), UNIT),
        (TakenUp(Way.DONE, received_on=date(2024, 6, 10)), UNIT),
    ],
)
def test_an_answer_that_can_be_is_taken(plan: Plan, taken: TakenUp, one: Obligation) -> None:
    assert [problem for problem in check_taken_up(taken, one, plan, TODAY) if not problem.warning] == []


def test_the_annual_report_says_what_was_done_before() -> None:
    assert said_before(TakenUp(Way.DONE)) == "thực hiện trước khi dùng phần mềm"
    assert said_before(FROM_FIVE) == "bước 1–4 thực hiện trước khi dùng phần mềm"
    assert said_before(TakenUp(Way.GO_ON, 2)) == "bước 1 thực hiện trước khi dùng phần mềm"
    assert said_before(TakenUp(Way.OPEN)) == said_before(TakenUp(Way.LEAVE_OUT, reason="x")) == ""


@pytest.mark.parametrize(
    ("today", "why"),
    [
        (date(2024, 5, 1), "đang trong tháng 5/2024"),
        (date(2024, 5, 31), "đang trong tháng 5/2024"),
        (date(2024, 6, 1), "tháng 5/2024 đã qua"),
    ],
)
def test_a_month_runs_from_its_first_to_its_last_day(plan: Plan, today: date, why: str) -> None:
    assert asked(plan, 5, today) == why


def test_a_request_that_opens_within_its_own_month_is_not_asked_about_at_once(plan: Plan) -> None:
    """The plan is signed on 03/01 and asks in the month itself."""
    at_once = replace(plan, rules=Rules(request_months_ahead=0, nomination_days=1))
    assert asked(at_once, 1, date(2024, 1, 5)) == ""


def test_the_last_day_on_which_the_30_days_can_be_kept_is_still_in_time(plan: Plan) -> None:
    """One month ahead: with 55 days 06/4 is the last day, with 60 days the day of the request itself."""
    short = replace(plan, rules=Rules(request_months_ahead=1, nomination_days=55))
    assert [bool(asked(short, 5, date(2024, 4, day))) for day in (6, 7)] == [False, True]
    shorter = replace(plan, rules=Rules(request_months_ahead=1, nomination_days=60))
    assert [bool(asked(shorter, 5, date(2024, 4, day))) for day in (1, 2)] == [False, True]


def test_a_report_is_not_asked_about_before_its_date_nor_before_it_opens(plan: Plan) -> None:
    def why(opens_on: date, today: date) -> str:
        return why_ask(UNIT, plan, opens_on, today, 14, WorkingCalendar())

    assert why(date(2024, 11, 1), date(2024, 12, 1)) == ""
    assert why(date(2024, 12, 20), date(2024, 12, 18)) == why(date(2024, 12, 20), date(2024, 12, 20)) == ""


def test_the_grace_of_a_summary_ends_after_its_last_day(plan: Plan) -> None:
    def why(today: date) -> str:
        return why_ask(Obligation(Kind.SUMMARY, 2024), plan, date(2024, 12, 17), today, 14, WorkingCalendar())

    assert why(date(2024, 12, 31)) == ""
    assert why(date(2025, 1, 1)) == "kỳ tổng hợp năm 2024 đã đến từ ngày 17/12/2024"


def refused(plan: Plan, taken: TakenUp, one: Obligation = MAY, today: date = TODAY) -> list[str]:
    return [problem.place for problem in check_taken_up(taken, one, plan, today) if not problem.warning]


def test_a_visit_can_be_done_from_the_first_day_of_its_month_on(plan: Plan) -> None:
    assert refused(plan, TakenUp(Way.DONE), today=date(2024, 4, 30)) == ["--done"]
    assert refused(plan, TakenUp(Way.DONE), today=date(2024, 5, 1)) == []


def test_papers_of_today_of_the_plans_own_day_and_of_one_day_are_possible(plan: Plan) -> None:
    def papers(notice: date, result: date) -> list[str]:
        return refused(plan, TakenUp(Way.DONE, notice=Issued(9, notice), result=Issued(10, result)))

    assert papers(plan.issued, TODAY) == papers(TODAY, TODAY) == []
    assert papers(date(2024, 1, 2), date(2024, 6, 16)) == ["--notice-date", "--result-date"]
    assert papers(date(2024, 5, 9), date(2024, 5, 8)) == ["--result-date"]


def test_a_place_was_attended_today_at_the_latest_or_nobody_knows_when(plan: Plan) -> None:
    days = (None, date(2024, 5, 9), TODAY)
    attended = tuple(Attended(f"Chi bộ {number}", day) for number, day in enumerate(days, start=1))
    assert refused(plan, TakenUp(Way.DONE, attended=attended)) == []
    assert [one.is_thematic_cell for one in attended] == [False] * 3


@pytest.mark.parametrize(
    ("taken", "places"),
    [
        (TakenUp(Way.GO_ON, 2, requested_on=date(2024, 3, 1)), []),
        (TakenUp(Way.GO_ON, 3, requested_on=date(2024, 3, 1)), ["--list"]),
        (TakenUp(Way.GO_ON, 3, requested_on=date(2024, 3, 1), nominations=LISTED), []),
        (replace(FROM_FIVE, step=4, notice=None), []),
        (replace(FROM_FIVE, step=4, notice=None, chosen_on=None), ["--chosen-on"]),
        (TakenUp(Way.GO_ON, 1, requested_on=date(2024, 3, 1)), ["--from-step"]),
        (TakenUp(Way.GO_ON, requested_on=date(2024, 3, 1)), ["--from-step"]),
    ],
)
def test_each_step_asks_for_what_the_steps_before_it_leave_behind_and_for_no_more(
    plan: Plan, taken: TakenUp, places: list[str]
) -> None:
    assert refused(plan, taken) == places


def test_where_one_can_go_on_is_said_for_each_kind(plan: Plan) -> None:
    def remedy(one: Obligation, step: int) -> tuple[str, str]:
        taken = TakenUp(Way.GO_ON, step, requested_on=date(2024, 3, 1))
        (problem,) = [one for one in check_taken_up(taken, one, plan, TODAY) if one.place == "--from-step"]
        return problem.fault, problem.remedy

    assert remedy(UNIT, 3) == ("không tiếp nhận từ bước 3 được", "ghi số từ 2 đến 2")
    assert remedy(MAY, 6) == (
        "không tiếp nhận từ bước 6 được",
        "ghi số từ 2 đến 5; đã dự rồi thì --from-step 5 và nhập kết quả, hoặc --done",
    )
    assert remedy(PLAN, 2)[0] == "việc này không tiếp nhận dở dang được"


def test_an_answer_without_a_step_names_none() -> None:
    assert TakenUp(Way.DONE).step == 0
