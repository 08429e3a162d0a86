"""One version of the office's calendar: which years it knows, and which of its days may still move (C3–C6)."""

from datetime import date

import pytest

from domain.calendar_content import CalendarContent, DayOff
from domain.problem import Refused

CONTENT = CalendarContent(
    2024, 2026,
    (DayOff(date(2024, 2, 8), "Tết Nguyên Đán"), DayOff(date(2025, 9, 2), "Quốc khánh", by_office=True)),
    (date(2024, 5, 4), date(2026, 1, 10)), official_through=2025, library="holidays 0.109",
)  # fmt: skip


def test_a_calendar_has_the_days_of_the_years_that_are_asked_for_and_no_others() -> None:
    one = CONTENT.calendar([2024], "bản 1")
    assert (one.days_off, one.working_saturdays) == ({date(2024, 2, 8): "Tết Nguyên Đán"}, {date(2024, 5, 4)})
    assert one.name == "bản 1"
    whole = CONTENT.calendar([2024, 2025, 2026], "bản 1")
    assert set(whole.days_off) == {date(2024, 2, 8), date(2025, 9, 2)}
    assert whole.working_saturdays == {date(2024, 5, 4), date(2026, 1, 10)}


@pytest.mark.parametrize(("years", "unknown"), [([2023, 2024], 2023), ([2026, 2027], 2027), ([2030, 2022], 2022)])
def test_a_year_of_which_it_knows_nothing_is_refused_by_name(years: list[int], unknown: int) -> None:
    with pytest.raises(Refused, match=f"năm {unknown}: .* từ năm 2024 đến năm 2026"):
        CONTENT.calendar(years, "bản 1")


@pytest.mark.parametrize(
    ("official_through", "day", "provisional"),
    [
        (2025, date(2025, 12, 31), False),
        (2025, date(2026, 1, 1), True),
        (2025, date(2024, 6, 1), False),
        (0, date(2026, 1, 1), False),  # the file does not say
    ],
)
def test_a_day_may_move_as_long_as_the_notice_of_its_year_is_not_out(
    official_through: int, day: date, provisional: bool
) -> None:
    """C4."""
    content = CalendarContent(2024, 2026, (), (), official_through, "holidays 0.109")
    assert content.is_provisional(day) is provisional


def test_a_day_off_is_the_librarys_unless_the_office_said_so() -> None:
    assert [one.by_office for one in CONTENT.days_off] == [False, True]


def test_the_days_of_one_year_are_told_alone() -> None:
    assert [one.why for one in CONTENT.days_off_in(2024)] == ["Tết Nguyên Đán"]
    assert CONTENT.days_off_in(2026) == ()
    assert CONTENT.working_saturdays_in(2024) == (date(2024, 5, 4),)
    assert CONTENT.working_saturdays_in(2025) == ()


def test_what_the_office_changes_in_one_year_is_its_own_word_and_leaves_the_others_alone() -> None:
    """C4: a day that stays as it was stays the library's; the other years keep their days and Saturdays."""
    tet, worked = date(2024, 2, 8), date(2024, 8, 24)
    changed = CONTENT.with_year(2024, {date(2024, 8, 26): "Nghỉ bù", tet: "Tết Nguyên Đán"}, (worked,), 2026)

    assert changed.days_off == (
        DayOff(tet, "Tết Nguyên Đán"), DayOff(date(2024, 8, 26), "Nghỉ bù", by_office=True), CONTENT.days_off[1],
    )  # fmt: skip
    assert changed.working_saturdays == (worked, date(2026, 1, 10))
    assert (changed.official_through, changed.library) == (2026, "holidays 0.109")


def test_a_day_off_under_another_name_is_the_offices_word() -> None:
    changed = CONTENT.with_year(2024, {date(2024, 2, 8): "Nghỉ Tết"}, (), 2025)
    assert changed.days_off_in(2024) == (DayOff(date(2024, 2, 8), "Nghỉ Tết", by_office=True),)
    assert changed.working_saturdays == (date(2026, 1, 10),)
