"""Parks a visit's run until a date or a person moves it: `Paused` in Prefect, at no cost (design §3)."""

from typing import NoReturn
from uuid import UUID

from prefect.client.schemas.objects import State, StateDetails, StateType
from prefect.exceptions import Pause

from config.settings import settings
from database import plans, visits
from database.due_dates import open_of
from database.engine import reading, writing
from database.models import VisitRow
from domain.outcome import Waiting
from flows import artifacts
from flows.engine.naming import Label, label_of, stick
from flows.engine.server import server
from tasks.worker import fence, lay_down

#: What a run waits for that was made ahead of its day, so that the whole year stands in Prefect.
NOT_YET = "Chưa đến ngày mở"


def parked(name: str, message: str = "") -> State[None]:
    """`Paused` under the name of what is waited for: time line, tasks, artifacts and *Resume* stay to be seen.

    Without a time-out Prefect leaves it alone for ever. The date is not in it either: it stands in our row, and
    whoever runs visits asks the rows (`flows/engine/due_runs.py`).
    """
    return State(
        type=StateType.PAUSED, name=name, message=message, state_details=StateDetails(pause_reschedule=True)
    )  # fmt: skip


def park(run_id: UUID, visit_id: int, waiting: Waiting) -> NoReturn:
    """End this process and leave the run behind as `Paused` under the name of what it waits for.

    The row says first that nobody is at work on it. An answer that comes in this very moment raises the row's
    counter, which whoever runs visits sees at its next look: there is nothing to race against here.
    """
    with writing(settings().database) as session:
        row = visits.get(session, visit_id, lock=True)
        fence(row)
        visits.note_waiting(session, visit_id, waiting, settings().wake_hour)
        row.worker = None
    lay_down(visit_id)
    state = _lie_down(run_id, label_now(visit_id), waiting.wait.shown)
    artifacts.show(run_id, visit_id)
    raise Pause(state=state)


def park_ahead(run_id: UUID, visit_id: int) -> NoReturn:
    """Leave the run of a visit that has not begun as it was: somebody pressed *Resume* too early."""
    with reading(settings().database) as session:
        name = ahead_name(visits.get(session, visit_id))
    raise Pause(state=_lie_down(run_id, label_now(visit_id), name))


def ahead_name(row: VisitRow) -> str:
    """Under which name the run of a visit is parked that has not begun: its day, or a person's word, is waited for."""
    return row.waiting_state or NOT_YET


def label_now(visit_id: int) -> Label:
    """How the run of that visit is called as its row stands now."""
    with reading(settings().database) as session:
        row = visits.get(session, visit_id)
        dates = open_of(session, visit_id)
        return label_of(row, plans.unit_name(session, row), dates[0].due if dates else None)


def _lie_down(run_id: UUID, label: Label, name: str) -> State[None]:
    state = parked(name, label.message)
    with server() as client:
        client.set_flow_run_state(run_id, state)
        stick(client, run_id, label)
    return state
