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
