"""What the tests of the record share: a visit that has come far, with heads of its record."""

import pytest

from tests.behind_the_service import head_is_kept
from tests.desk import Desk


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """A visit whose report was approved; where its record stood was kept the day before and that day."""
    desk.until_reported()
    head_is_kept()
    desk.set_clock(2024, 5, 20)
    desk.approve("result")
    desk.go_on()
    head_is_kept()
    return desk
