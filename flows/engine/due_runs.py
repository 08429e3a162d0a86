"""Whoever runs visits asks the rows what is due, and starts it: by an answer, by its date, or because a person asks.

The date of a visit stands in its row alone. A call that is lost is made again at the next look, half a second later.
"""

from collections.abc import Collection
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Scheduled

from config.settings import settings
from database import audit, visits
from database.engine import reading, writing
from database.models import VisitRow
from database.turns import only_one
from domain.state import VisitState
from flows.engine.parking import label_now
from flows.engine.run_cases import REPLACED, RESTARTED, Case, case_of, is_older
from flows.engine.stopping import stop
from flows.engine.wake import create_run

#: So often in an hour a run is started again by itself; what still breaks then is for a person to see.
_PATIENCE = 12
#: So many seconds trouble of the machine is given to pass before a run that broke is started again.
_PAUSE = 60.0

#: A run that only has to be called, one that only a person calls again, and one that broke and had rather pause first.
_RESTING, _ENDED = (Case.PARKED, Case.ASTRAY, Case.ASLEEP), (Case.STOPPED, Case.FAILED)
_BROKE = (Case.BROKEN, Case.CRASHED, Case.DEAD, Case.STALE)


def call_due(client: SyncPrefectClient, ours: Collection[UUID], limit: int) -> None:
    """Start what is due and rests, at most so many; what is at work or about to start is left alone."""
    with reading(settings().database) as session:
        rows = visits.to_call(session, limit)
    for row in rows:
        with only_one(settings().database, f"call {row.id}") as mine:
            if mine:
                _call(client, row.id, ours)


def _call(client: SyncPrefectClient, visit_id: int, ours: Collection[UUID]) -> None:
    with reading(settings().database) as session:
        rows = visits.to_call(session, 1, visit_id)  # another runner may have called it just now
    for row in rows:
        run = read_run(client, row.flow_run_id)
        case = case_of(row, run, ours)
        wanted = row.rerun_by or row.state == VisitState.CANCELLED
        if run is not None and (case in _RESTING or (wanted and case in (*_ENDED, *_BROKE))):
            _start(client, run, "Chạy lại" if row.rerun_by else "Tiếp tục", row.rerun_by)
        elif run is None or case not in _BROKE or is_older(run, _PAUSE):
            mend(client, row, run, case)


def mend(client: SyncPrefectClient, row: VisitRow, run: FlowRun | None, case: Case) -> str:
    """Do what the table says about this case; returns what was done, in Vietnamese, empty when nothing was."""
    if case in _BROKE and _is_hopeless(row):
        stop(client, row.id, row.flow_run_id, f"lượt chạy hỏng nhiều lần liền: {_said(run)}")
        return f"{case}; đã hỏng nhiều lần, chờ người xem"
    if case in REPLACED:
        return _replace(client, row, run, case)
    if run is None:
        return ""
    if case in RESTARTED or case is Case.OVERDUE:
        _start(client, run, "Chạy tiếp", "", f"{case}")
    elif case in (Case.STOPPED, Case.STOPPING):
        if case is Case.STOPPING:
            client.set_flow_run_state(run.id, Cancelled(message=_said(run)), force=True)
        if row.trouble:
            return ""  # it was shown already
        stop(client, row.id, row.flow_run_id, f"có người bấm Cancel trong Prefect ({_said(run)})")
        return f"{case}"
    else:
        return ""
    _note(row, f"{case}")
    return f"{case}"


def read_run(client: SyncPrefectClient, run_id: str | None) -> FlowRun | None:
    """The run, or None when there is none or it was deleted in Prefect."""
    if run_id is None:
        return None
    try:
        return client.read_flow_run(UUID(run_id))
    except ObjectNotFound:
        return None


def _start(client: SyncPrefectClient, run: FlowRun, name: str, by: str | None, why: str = "") -> None:
    """Make a run due now, whatever state it is in."""
    message = f"{by} yêu cầu" if by else why
    client.set_flow_run_state(run.id, Scheduled(name=name, message=message), force=True)


def _replace(client: SyncPrefectClient, row: VisitRow, run: FlowRun | None, case: Case) -> str:
    """A run that is gone, over, or that nobody will take: a new generation goes on where the old one was."""
    first = row.flow_run_id is None
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        if visit.flow_run_id != row.flow_run_id:
            return ""  # somebody else was quicker
        if not first:
            visit.generation += 1
            visit.flow_run_id = None
    run_id = create_run(client, visit, label_now(row.id), Scheduled())
    if run is not None and run.state is not None and not run.state.is_final():
        client.set_flow_run_state(run.id, Cancelled(message=f"lượt {run_id} làm tiếp việc này"), force=True)
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        visit.flow_run_id = visit.flow_run_id or str(run_id)
        if first:
            return "mở lượt chạy"
        audit.note(session, audit.SYSTEM, HEALED, row.id, how=f"{case}")
    return f"{case}"


def _note(row: VisitRow, word: str) -> None:
    with writing(settings().database) as session:
        audit.note(session, audit.SYSTEM, HEALED, row.id, how=word)


#: How a run that was started again by itself stands in the record of its visit.
HEALED = "chữa lượt chạy"


def _is_hopeless(row: VisitRow) -> bool:
    with reading(settings().database) as session:
        return audit.count_lately(session, row.id, HEALED, hours=1) >= _PATIENCE


def _said(run: FlowRun | None) -> str:
    """The last word of a run in Prefect."""
    state = run.state if run else None
    return f"{state.name}: {state.message}" if state and state.message else f"{state.name}" if state else "không rõ"
