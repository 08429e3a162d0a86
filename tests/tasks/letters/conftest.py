"""What the tests of letters share: a visit whose request waits for the postman."""

import pytest

from tests.desk import Desk
from tests.tasks.conftest import Mailbox, leave_one_copy


@pytest.fixture
def asked(desk: Desk, mailbox: Mailbox) -> Desk:
    """The visit whose request waits to be sent, on 01/3/2024 at seven."""
    assert mailbox.messages() == []
    desk.until_asked()
    return desk


@pytest.fixture
def copied(asked: Desk) -> Desk:
    """The same, with a link in it and one copy, for the organisation board."""
    leave_one_copy(asked)
    return asked


@pytest.fixture
def queued(desk: Desk, mailbox: Mailbox) -> Desk:
    """The visit whose notice was just issued: it, six invitations and three letters to the group wait, nothing else."""
    assert mailbox.messages() == []
    desk.until_signed()
    return desk


def states(desk: Desk) -> dict[str, str]:
    """The states of the notice, the invitations and the letters to the group, by recipient."""
    purposes = ("selection_notice", "invitation", "group_notice")
    return {one.recipient: one.state for one in desk.letters() if one.purpose in purposes and one.state != "by_hand"}
