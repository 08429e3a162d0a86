"""What the tests of the findings share: a meeting that is over, its inspector, findings that lack nothing."""

import pytest

from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.web.conftest import AsRole, Visitor
from tests.web.findings.draft import SOME


@pytest.fixture
def met(desk: Desk) -> Desk:
    """It is the morning after the last meeting."""
    desk.until_met()
    return desk


@pytest.fixture
def inspector(met: Desk, as_role: AsRole) -> Visitor:
    """The head of the working group at her browser."""
    assert met.answers("findings") == []
    return as_role("inspector")


@pytest.fixture
def complete(shipped: tuple[Plan, Contacts]) -> dict[str, str]:
    """Everything that the form asks."""
    told = {"chaired_by": "Bí thư", "minutes_by": "Thư ký", "members": "20", "present": "20", "resolution": "passed"}
    meeting = {f"meeting-1-{name}": value for name, value in told.items()}
    return meeting | {f"result-{item.id}": "met" for item in shipped[0].checklist} | SOME
