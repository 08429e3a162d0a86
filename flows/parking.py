"""Parks a visit's run until a date or a person moves it, at no cost, and never sleeps through an answer (design §3)."""

from datetime import date, datetime
from typing import NoReturn
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import State
from prefect.exceptions import Pause
from prefect.states import Scheduled
from sqlalchemy import select

from config.settings import settings
from database import clock, visits
from database.engine import reading, writing
from database.models import VisitRow
from domain.dates import OFFICE_ZONE, at
from domain.step import Waiting
from flows import artifacts
from flows.bell import ring
from flows.server import server

#: A wait that only an answer can end still needs a date in Prefect; this one is far enough.
_FAR_YEARS = 100


def park(run_id: UUID, visit_id: int, waiting: Waiting) -> NoReturn:
    """End this process and leave the run behind as `Scheduled` under the name of what it waits for.

    The state is set first and the row is read again after it: an answer that was committed in between is seen
    here, one that is committed later finds the parked run and wakes it.
    """
    url = settings().database
    with writing(url) as session:
        visits.note_waiting(session, visit_id, waiting, settings().wake_hour)
        row = visits.get(session, visit_id)
        due = _on_real_clock(row.waiting_until, clock.is_rehearsal(session))
        row.worker = None
        seen = row.wake_seen
    with server() as client:
        state: State[None] = Scheduled(scheduled_time=due, name=waiting.state_name, message=waiting.message)
        client.set_flow_run_state(run_id, state)
        with reading(url) as session:
            missed = visits.get(session, visit_id).wake_wanted > seen
        if missed:
            wake_run(client, run_id)
        artifacts.show(run_id, visit_id)
    raise Pause(state=state)


def park_again(client: SyncPrefectClient, run_id: UUID) -> None:
    """Put a parked run back that was taken by mistake, as it was: under its name, until its date.

    As in `park`, the state comes first and the row is read after it: whoever had an answer meanwhile found the run
    taken, and left it to this reading to wake it.
    """
    states = [state for state in client.read_flow_run_states(run_id) if state.is_scheduled()]
    before = max(states, key=lambda state: state.timestamp)
    due = before.state_details.scheduled_time
    client.set_flow_run_state(run_id, Scheduled(scheduled_time=due, name=before.name, message=before.message))
    with reading(settings().database) as session:
        row = session.scalar(select(VisitRow).where(VisitRow.flow_run_id == str(run_id)))
        missed = row is not None and row.wake_wanted > row.wake_seen
    if missed:
        wake_run(client, run_id)


def wake_run(client: SyncPrefectClient, run_id: UUID) -> bool:
    """Start a parked run now; False when it is not parked and so needs no waking."""
    run = client.read_flow_run(run_id)
    if run.state is None or not run.state.is_scheduled():
        return False
    if run.state.state_details.scheduled_time and run.state.state_details.scheduled_time <= datetime.now(OFFICE_ZONE):
        return True  # it is about to start as it is
    client.set_flow_run_state(run_id, Scheduled(name="Tiếp tục"))
    ring()
    return True


def _on_real_clock(until: datetime | None, rehearsal: bool) -> datetime:
    """When Prefect should start the run by itself.

    A rehearsal's dates lie in the past, and its clock jumps; there a parked run waits for the clock's keeper to
    wake it, and Prefect shows its date a hundred years on.
    """
    if until is None:
        return at(date(datetime.now(OFFICE_ZONE).year + _FAR_YEARS, 1, 1))
    if not rehearsal:
        return until
    day = min(until.day, 28) if until.month == 2 else until.day  # that year may have no 29 February
    return until.replace(year=until.year + _FAR_YEARS, day=day)
