"""What the tests of the flows share: an office whose service runs on the real Prefect server."""

from collections.abc import Iterator

import pytest

from config.settings import Delivery, Settings, use
from letters.mailbox import LocalMailbox
from tests.flows.office import Office
from tests.may import MAY


@pytest.fixture
def office(office: Settings, prefect_port: int) -> Iterator[Office]:
    """The office on the day its plan of 2024 is signed, with a mail server, and a Prefect that knows no run yet."""
    mailbox = LocalMailbox(office.mailbox)
    mailbox.start()
    quick = Delivery(retries=1, retry_seconds=0.05, park_minutes=(5, 15), give_up_hours=4)
    use(office.model_copy(update={"prefect_port": prefect_port, "mailbox_port": mailbox.port, "delivery": quick}))
    try:
        with Office.opened() as opened:
            yield opened
    finally:
        mailbox.stop()


@pytest.fixture
def parked(office: Office) -> Office:
    """The visit of May waits for its host's list; whatever is not young counts as old."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.set(pending_seconds=0, starting_seconds=0)
    office.new_letters()
    return office
