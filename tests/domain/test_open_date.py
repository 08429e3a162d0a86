"""What a change of the calendar moves: every date that differs, old and new, and nothing else."""

from dataclasses import replace
from datetime import date

from domain.open_date import OpenDate, moves, settled

ONE = OpenDate("2026-02/a", "hạn lựa chọn", date(2026, 1, 6), "vì vậy", provisional=True)
TWO = OpenDate("2026-02/b", "hạn lựa chọn", date(2026, 1, 6))


def test_only_what_differs_is_a_move() -> None:
    (move,) = moves([ONE, TWO], [replace(ONE, day=date(2026, 1, 7)), TWO])

    assert str(move) == "2026-02/a · hạn lựa chọn: 06/01/2026 → 07/01/2026"


def test_a_date_that_falls_away_or_comes_is_said_so() -> None:
    assert [str(one) for one in moves([ONE], [TWO])] == [
        "2026-02/a · hạn lựa chọn: 06/01/2026 → không có",
        "2026-02/b · hạn lựa chọn: không có → 06/01/2026",
    ]


def test_a_provisional_date_that_stays_is_settled_and_one_that_moves_is_not() -> None:
    official = replace(ONE, provisional=False)

    assert settled([ONE, TWO], [official, TWO]) == (official,)
    assert settled([ONE], [replace(official, day=date(2026, 1, 7))]) == ()


def test_a_date_that_comes_under_the_new_calendar_says_how_it_is_counted() -> None:
    (moved,) = moves([TWO], [replace(TWO, day=date(2026, 1, 7), why="cộng 3 ngày làm việc")])
    (gone,) = moves([ONE], [])

    assert (moved.old, moved.new, moved.why) == (TWO.day, date(2026, 1, 7), "cộng 3 ngày làm việc")
    assert (gone.old, gone.new, gone.why) == (ONE.day, None, "")


def test_dates_of_one_visit_are_told_apart_by_what_they_are_for() -> None:
    listed = replace(ONE, what="hạn gửi danh sách", day=date(2026, 1, 20))
    later = replace(listed, day=date(2026, 1, 21))

    assert [one.what for one in moves([ONE, listed], [ONE, later])] == ["hạn gửi danh sách"]


def test_what_was_never_provisional_is_not_settled_and_what_stays_provisional_neither() -> None:
    assert not TWO.provisional
    assert settled([TWO], [TWO]) == ()
    assert settled([TWO], [replace(TWO, provisional=True)]) == ()
    assert settled([ONE], [ONE]) == ()
    assert settled([ONE], []) == ()
