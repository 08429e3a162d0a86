"""The one day of a host's list, and which meetings of the month a list of that day still announces in time."""

from datetime import date

import pytest

from domain.due import nominations_due
from domain.list_due import ListDue, first_in_time, is_tight, list_due
from domain.plan import Rules
from domain.working_days import WorkingCalendar

PLAIN = WorkingCalendar()


def test_in_good_time_the_whole_month_is_announced_in_time() -> None:
    """R85: 01/3/2026 less 30 days is 30/01/2026."""
    rule = nominations_due(2026, 3, date(2026, 1, 1), Rules(), 10, ())

    due = list_due(rule, 2026, 3, Rules(), PLAIN)

    assert due == ListDue(date(2026, 1, 30), rule.why(PLAIN), date(2026, 3, 1))
    assert not due.tight


def test_where_working_days_count_the_first_meetings_of_the_month_come_too_soon() -> None:
    """A5: a list of 16/01/2026 is 30 days before 15/02/2026."""
    due = list_due(nominations_due(2026, 2, date(2026, 1, 3), Rules(), 10, ()), 2026, 2, Rules(), PLAIN)

    assert (due.day, due.first_in_time, due.tight) == (date(2026, 1, 16), date(2026, 2, 15), True)


@pytest.mark.parametrize(
    ("received", "first"),
    [
        (date(2023, 12, 1), date(2024, 2, 1)),
        (date(2024, 1, 2), date(2024, 2, 1)),
        (date(2024, 1, 3), date(2024, 2, 2)),
        (date(2024, 1, 30), date(2024, 2, 29)),  # the last day of a leap month
        (date(2024, 1, 31), None),
    ],
)
def test_a_list_in_good_time_announces_the_whole_month_and_each_day_later_costs_it_a_day(
    received: date, first: date | None
) -> None:
    assert first_in_time(received, 2024, 2, Rules(), PLAIN) == first


@pytest.mark.parametrize(
    ("first", "tight"), [(date(2024, 2, 1), False), (date(2024, 2, 2), True), (date(2024, 2, 29), True), (None, True)]
)
def test_a_month_is_tight_unless_its_very_first_day_is_in_time(first: date | None, tight: bool) -> None:
    assert is_tight(first) is tight
