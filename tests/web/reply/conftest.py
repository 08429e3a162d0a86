"""What the tests of links share: a host that was asked, an inspector whose meeting is over."""

import pytest

from tests.desk import Desk


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The host was asked; it is 20/3/2024."""
    desk.until_asked()
    desk.set_clock(2024, 3, 20, 9)
    return desk


@pytest.fixture
def met(desk: Desk) -> Desk:
    """It is the morning after the last meeting, and the inspectors were asked."""
    desk.until_met()
    return desk
