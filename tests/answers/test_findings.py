"""Findings are taken once the last chosen meeting is over, and the report is approved no earlier (R14, D9)."""

from datetime import date

import pytest

from config.settings import settings
from database.engine import writing
from database.models import ClockRow
from domain.dates import at
from domain.problem import Refused
from tests.desk import Desk


@pytest.mark.parametrize(
    ("hour", "minute", "reason"),
    [(13, 0, "chưa kết thúc"), (14, 30, "chưa kết thúc .dự kiến 16 giờ 00"), (15, 59, "chưa kết thúc")],
)
def test_before_the_meeting_is_over_nothing_is_known_of_it(desk: Desk, hour: int, minute: int, reason: str) -> None:
    desk.until_issued()
    desk.set_clock(2024, 5, 14, hour, minute)

    with pytest.raises(Refused, match=reason):
        desk.report(desk.findings())

    assert desk.answers("findings") == []


def test_the_day_before_it_is_too_early(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 5, 13, 20)

    with pytest.raises(Refused, match="chưa tới ngày sinh hoạt"):
        desk.report(desk.findings())


def test_from_its_end_on_they_are_taken(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 5, 14, 16)

    desk.report(desk.findings())

    assert len(desk.answers("findings")) == 1


def test_who_approves_too_early_is_told_what_he_can_do(desk: Desk) -> None:
    """A leader saves no draft: he comes back."""
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    with writing(settings().database) as session:  # the machine's clock was wrong by some days
        session.get_one(ClockRow, 1).rehearsal_now = at(date(2024, 5, 14), 15)

    with pytest.raises(Refused, match="→ duyệt sau khi buổi sinh hoạt kết thúc"):
        desk.approve("report")
