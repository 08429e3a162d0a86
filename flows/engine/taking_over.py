"""Takes over what a process that died, or was silent for too long, left in the middle, on whatever machine (0046)."""

from collections.abc import Collection
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient

from config.settings import settings
from database import leases, visits
from database.engine import reading, writing
from database.models import VisitRow
from database.turns import only_one
from flows.engine.due_runs import mend, read_run
from flows.engine.run_cases import RESTARTED, case_of
from flows.engine.wake import RECONCILING, run_now
from tasks.worker import RUNNER, is_alive

#: Whose a visit is from there on: no process has this name, so it counts as dead until another one claims the visit.
NOBODY = "nobody"


def take_over(client: SyncPrefectClient, ours: Collection[UUID]) -> list[str]:
    """Start again the runs of visits whose process is gone; returns what was done, in Vietnamese.

    When a whole runner is gone, what it had taken and not begun, and the letters of visits that are over, are looked
    for as well.
    """
    done = []
    for row in _left():
        with only_one(settings().database, f"call {row.id}") as mine:
            if mine and (said := _take_over(client, row, ours)):
                done.append(f"{row.key}: {said}")
    if _bury_runners():
        run_now(RECONCILING)
        done.append("một bộ chạy đã dừng: tìm việc dở dang của nó")
    return done


def _left() -> list[VisitRow]:
    """The visits in the hands of a process that is not alive."""
    with reading(settings().database) as session:
        return [row for row in visits.in_hand(session) if not is_alive(session, row.worker)]


def _take_over(client: SyncPrefectClient, row: VisitRow, ours: Collection[UUID]) -> str:
    run = read_run(client, row.flow_run_id)
    case = case_of(row, run, ours)
    if case not in RESTARTED or not _freed(row):
        return ""
    return mend(client, row, run, case)


def _freed(row: VisitRow) -> bool:
    """Take the visit out of those hands for good: whoever comes back finds that it is not his (`fence`).

    It does not rest either, until its run has begun again: what the dead process had seen, nobody has acted on.
    """
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        if visit.worker != row.worker or is_alive(session, visit.worker):
            return False
        visit.worker = NOBODY
    return True


def _bury_runners() -> bool:
    """Whether a runner has gone since anybody looked last; of several who see it one says yes."""
    with reading(settings().database) as session:
        gone = [one.id for one in leases.over(session, RUNNER)]
    if not gone:
        return False
    with writing(settings().database) as session:
        return sum(leases.end(session, worker) for worker in gone) > 0
