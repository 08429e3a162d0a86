"""What whoever calls runs does beside: says that it is there, keeps its lease, goes on with what others left (0046)."""

import time
from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from sqlalchemy.exc import OperationalError

from config.settings import settings
from database import service_notes
from database.engine import writing
from database.restored import keep_mark
from flows.engine.taking_over import take_over
from flows.engine.wake_pipe import RUNS
from tasks.worker import RUNNER, end_lease, keep_lease, me

_LOOKS = 8  #: so often within the time of a lease it is renewed, and those that are over are looked for
MINUTE = 60.0


class Lookout:
    """Asked at every round of a runner; it looks when the time has come."""

    def __init__(self) -> None:
        self.looked = -MINUTE

    def look(self, client: SyncPrefectClient, ours: Collection[UUID]) -> None:
        """Renew this process's lease, and go on with what another one has left in the middle."""
        if time.monotonic() - self.looked < settings().lease_seconds / _LOOKS:
            return
        keep_lease(RUNNER)
        for line in take_over(client, ours):
            print(f"làm tiếp việc dở dang: {line}", flush=True)
        self.looked = time.monotonic()


def say_that_somebody_runs() -> None:
    """Once a minute: the doctor tells by it whether anybody runs visits here."""
    with writing(settings().database) as session:
        service_notes.note(session, RUNS, me())
    keep_mark(settings())


def leave() -> None:
    """Give the lease back at the end; one that cannot be given back ends by itself."""
    with suppress(OperationalError):
        end_lease()
