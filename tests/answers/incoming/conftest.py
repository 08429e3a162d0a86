"""What the tests of what came in by mail share."""

import pytest

from tests.desk import Desk
from tests.tasks.conftest import leave_one_copy


@pytest.fixture
def sent(desk: Desk) -> Desk:
    """The request went out on 01/3/2024, to the host and one copy, and the list is waited for."""
    desk.until_asked()
    leave_one_copy(desk)
    desk.postman_calls()
    desk.set_clock(2024, 3, 3, 9)
    return desk
