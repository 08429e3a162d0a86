"""A date knows how it is counted: by another calendar it is counted again, and says why it is that day."""

from datetime import date

import pytest

from database.converter import structure
from domain.due import DueRule, latest_for_list, nominations_due
from domain.plan import Rules
from domain.record import to_data
from domain.working_days import WorkingCalendar

PLAIN = WorkingCalendar()
SWAP = WorkingCalendar({date(2026, 1, 2): "Nghỉ hoán đổi"}, frozenset({date(2026, 1, 10)}))


def test_a_day_off_moves_a_date_back_and_a_worked_saturday_forward() -> None:
    after, before = DueRule(date(2025, 12, 30), 3), DueRule(date(2026, 1, 8), 3)

    assert (after.day(PLAIN), after.day(SWAP)) == (date(2026, 1, 2), date(2026, 1, 5))
    assert (before.day(PLAIN), before.day(SWAP)) == (date(2026, 1, 13), date(2026, 1, 12))


def test_the_line_of_why_names_the_days_off_that_were_passed() -> None:
    rule = DueRule(date(2025, 12, 30), 3)

    assert rule.why(PLAIN) == "30/12/2025 cộng 3 ngày làm việc = 02/01/2026"
    assert rule.why(SWAP) == "30/12/2025 cộng 3 ngày làm việc = 05/01/2026, không tính 1 ngày nghỉ (Nghỉ hoán đổi)"


def test_a_host_has_until_the_deadline_of_the_earliest_meeting() -> None:
    """R85: 01/3/2026 less 30 days."""
    rule = nominations_due(2026, 3, date(2026, 1, 1), Rules(), 10, ())

    assert rule.day(PLAIN) == date(2026, 1, 30)
    assert rule.why(PLAIN) == "01/3/2026 trừ 30 ngày = 30/01/2026"


def test_where_the_plan_leaves_no_time_working_days_count() -> None:
    """A5."""
    rule = nominations_due(2026, 2, date(2026, 1, 3), Rules(), 10, ())

    assert rule.day(PLAIN) == date(2026, 1, 16)
    assert rule.why(PLAIN) == "03/01/2026 cộng 10 ngày làm việc = 16/01/2026"


def test_reminders_begin_after_the_day_it_is_counted_from() -> None:
    rule = DueRule(date(2026, 1, 5), 3, (-3, -2, 0, 2))

    assert [rung.day for rung in rule.rungs(PLAIN)] == [date(2026, 1, 6), date(2026, 1, 8), date(2026, 1, 12)]


def test_a_rule_is_stored_and_read_back_the_same() -> None:
    rule = nominations_due(2026, 3, date(2026, 1, 1), Rules(day_kind="working"), 10, (-7, 1))

    assert structure(to_data(rule), DueRule) == rule


def test_a_rule_without_working_days_is_the_day_itself_and_says_so() -> None:
    rule = DueRule(date(2026, 1, 9), 0)

    assert rule.day(PLAIN) == date(2026, 1, 9)
    assert rule.why(PLAIN) == "ngày ấn định 09/01/2026"


def test_weekends_that_were_passed_are_not_counted_among_the_days_off() -> None:
    """Friday 02/01/2026 is off twice in one line of reasons, the weekend after it in none."""
    two_days = WorkingCalendar({date(2026, 1, 1): "Tết Dương lịch", date(2026, 1, 2): "Nghỉ hoán đổi"})
    rule = DueRule(date(2025, 12, 31), 1)

    assert rule.why(two_days) == (
        "31/12/2025 cộng 1 ngày làm việc = 05/01/2026, không tính 2 ngày nghỉ (Tết Dương lịch; Nghỉ hoán đổi)"
    )


def test_reminders_begin_on_the_day_that_is_named() -> None:
    rule = DueRule(date(2026, 1, 5), 5, (-4, -1), remind_from=date(2026, 1, 9))

    assert [rung.day for rung in rule.rungs(PLAIN)] == [date(2026, 1, 9)]


def test_a_host_is_not_reminded_before_the_third_day_after_the_request() -> None:
    """The request opens on Monday 05/01/2026; 06/01 and 07/01 are too early."""
    rule = nominations_due(2026, 2, date(2026, 1, 5), Rules(), 5, (-6, -5, -4, 0))

    assert rule.day(PLAIN) == date(2026, 1, 12)
    assert [rung.day for rung in rule.rungs(PLAIN)] == [date(2026, 1, 8), date(2026, 1, 12)]


def test_a_deadline_on_the_very_day_that_is_counted_explains_itself_by_the_rule() -> None:
    """R85: 10 working days after 02/01/2026 are 16/01/2026, and so are 30 days before 15/02."""
    rule = DueRule(date(2026, 1, 2), 10, meeting_day=date(2026, 2, 15), rules=Rules())

    assert rule.day(PLAIN) == date(2026, 1, 16)
    assert rule.why(PLAIN) == "15/02/2026 trừ 30 ngày = 16/01/2026"


def test_a_meeting_without_the_rules_of_its_plan_has_no_deadline() -> None:
    assert DueRule(date(2026, 1, 2), 3, meeting_day=date(2026, 6, 1)).day(PLAIN) == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("asked_on", "latest"),
    [
        (date(2026, 1, 3), date(2026, 2, 27)),
        (date(2026, 2, 26), date(2026, 2, 27)),
        (date(2026, 2, 27), date(2026, 2, 28)),  # asked for on the day before the last: the last is left
        (date(2026, 2, 28), None),
        (date(2026, 3, 5), None),
    ],
)
def test_a_list_is_of_no_use_after_the_last_meetings_of_its_month(asked_on: date, latest: date | None) -> None:
    assert latest_for_list(2026, 2, asked_on) == latest


def test_a_list_asked_for_late_is_due_before_the_month_is_over_and_says_why() -> None:
    rule = DueRule(date(2026, 2, 20), 10, not_after=date(2026, 2, 26))

    assert rule.day(PLAIN) == date(2026, 2, 26)
    assert rule.why(PLAIN) == "26/02/2026, để kịp các buổi sinh hoạt cuối tháng"


@pytest.mark.parametrize(
    ("not_after", "due"), [(date(2026, 2, 22), date(2026, 2, 20)), (date(2026, 2, 21), date(2026, 2, 20))]
)
def test_a_last_day_that_is_not_worked_is_taken_as_the_working_day_before(not_after: date, due: date) -> None:
    assert DueRule(date(2026, 2, 18), 10, not_after=not_after).day(PLAIN) == due


def test_where_no_working_day_lies_between_the_last_day_itself_is_due() -> None:
    """Asked for on a Friday, or on Saturday, of use up to Sunday: never a day before it was asked for."""
    for asked_on in (date(2026, 2, 20), date(2026, 2, 21)):
        assert DueRule(asked_on, 10, not_after=date(2026, 2, 22)).day(PLAIN) == date(2026, 2, 22)


def test_a_day_that_was_told_is_kept_with_the_reason_by_which_it_was_counted() -> None:
    """The plan's deadline stays its reason where it was that; working days that were counted do not come back."""
    by_the_plan = nominations_due(2026, 3, date(2026, 1, 1), Rules(), 10, (-3,)).fixed(PLAIN)
    by_days = nominations_due(2026, 2, date(2026, 1, 3), Rules(), 10, (-3,)).fixed(PLAIN)

    assert (by_the_plan.day(SWAP), by_the_plan.meeting_day, by_the_plan.rules) == (
        date(2026, 1, 30), date(2026, 3, 1), Rules(),
    )  # fmt: skip
    assert by_the_plan.why(PLAIN) == "01/3/2026 trừ 30 ngày = 30/01/2026"
    assert (by_days.day(SWAP), by_days.meeting_day, by_days.rules) == (date(2026, 1, 16), None, None)
    assert by_days.why(PLAIN) == "ngày ấn định 16/01/2026"
    assert (by_days.since, by_days.working_days, by_days.not_after) == (date(2026, 1, 16), 0, None)


def test_a_day_that_is_kept_is_reminded_of_from_the_same_day_on() -> None:
    assert DueRule(date(2026, 1, 5), 3).fixed(PLAIN).remind_from == date(2026, 1, 6)
    assert DueRule(date(2026, 1, 5), 3, remind_from=date(2026, 1, 7)).fixed(PLAIN).remind_from == date(2026, 1, 7)
