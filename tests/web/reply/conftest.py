"""What the tests of links share: a host that was asked, an inspector whose meeting is over."""

import pytest

from tests.desk import Desk


@pytest.fixture
def met(desk: Desk) -> Desk:
    """It is the morning after the last meeting, and the inspectors were asked."""
    desk.until_met()
    return desk
