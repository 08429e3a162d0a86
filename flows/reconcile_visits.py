"""The reconciler: every visit under way has a run that will run, or is shown as stopped (docs/decisions/0017)."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Completed

from config.settings import settings
from database import outbox, plans, service_notes, visits
from database.engine import reading, writing
from database.health import MONDAY_FAULT, TENDED
from database.models import VisitRow
from domain.dates import OFFICE_ZONE
from domain.problem import Refused
from flows import artifacts
from flows.engine.due_runs import mend, read_run
from flows.engine.health import look
from flows.engine.naming import AUTOMATIC, label_of, name_upcoming
from flows.engine.parking import ahead_name, parked
from flows.engine.run_cases import case_of
from flows.engine.server import RESULTS, server
from flows.engine.wake import DEPLOYMENTS, create_run
from flows.engine.wake_pipe import ring
from tasks.asking.weekly import tell_leaders
from tasks.letters.deliver import recover
from tasks.letters.sending import send_queued

#: How a round ends in Prefect; those that found nothing to do are taken away by the next one.
QUIET, HEALED = "Không có gì", "Đã chữa"

_LIVE = (StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.PAUSED, StateType.CANCELLING)
_PAGE = 200
_log = logging.getLogger("flows.reconcile_visits")


@flow(
    name="reconcile-visits", flow_run_name=AUTOMATIC["reconcile-visits"], persist_result=False, result_storage=RESULTS
)
def reconcile_visits() -> State[None]:
    """So sánh các việc đang mở với lượt chạy của chúng; lượt nào mất thì cho chạy lại, lượt nào bị dừng thì báo."""
    with server() as client:
        _forget_quiet_rounds(client)
    healed = reconcile()
    if not healed:
        return Completed(name=QUIET, message="mọi lượt chạy đều ổn")
    return Completed(name=HEALED, message="; ".join(healed))


def reconcile() -> list[str]:
    """Look at everything that should have a run, or must not have one; returns what was healed, in Vietnamese."""
    with server() as client:
        ours = {one.id for one in client.read_deployments(flow_filter=_of_obligations())}
        live = {f"{run.id}": run for run in _live_runs(client)}
        with reading(settings().database) as session:
            rows = list(visits.with_runs(session))
        healed = []
        for row in rows:
            run = live.pop(row.flow_run_id or "", None) or read_run(client, row.flow_run_id)
            if word := mend(client, row, run, case_of(row, run, ours)):
                healed.append(f"{row.key}: {word}")
        _keep_ahead(client, live, ours)
        healed += _end_strays(client, live)
        name_upcoming(client)
    ring()
    healed += _on_monday()  # before what is left is sent: nobody gets last Monday's letter (0052)
    healed += _send_leftovers()
    told = _asked_of_prefect()
    with writing(settings().database) as session:
        for name, text in told.items():
            if text:
                service_notes.note(session, name, text)
            else:
                service_notes.forget(session, name)
        service_notes.note(session, TENDED, "; ".join(healed))
    return healed


def _on_monday() -> list[str]:
    """The letters of Monday morning; what is wrong with them, such as an edited wording, holds up nothing else."""
    try:
        count = tell_leaders()
    except Exception as fault:
        _log.exception("the letters of Monday could not be seen to")
        why = str(fault) if isinstance(fault, Refused) else f"máy không soạn được ({type(fault).__name__}: {fault})"
        with writing(settings().database) as session:
            service_notes.note(session, MONDAY_FAULT, why)
        return []
    with writing(settings().database) as session:
        service_notes.forget(session, MONDAY_FAULT)
    return [f"gửi {count} thư sáng thứ Hai"] if count else []


def _asked_of_prefect() -> Mapping[str, str]:
    """What Prefect tells of its schedules and runs, kept for the desk (0014); a rehearsal has no schedules."""
    if settings().mode != "live":
        return {}
    with server() as client:
        return look(client.request, datetime.now(OFFICE_ZONE))


def _of_obligations() -> FlowFilter:
    return FlowFilter(name=FlowFilterName(any_=[name.partition("/")[0] for name in DEPLOYMENTS.values()]))


def _live_runs(client: SyncPrefectClient) -> Iterator[FlowRun]:
    """Every run of a visit or another obligation that has not ended, in a few requests for all of them."""
    alive = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(_LIVE))))
    for offset in range(0, 10**6, _PAGE):
        page = client.read_flow_runs(
            flow_filter=_of_obligations(), flow_run_filter=alive, limit=_PAGE, offset=offset
        )  # fmt: skip
        yield from page
        if len(page) < _PAGE:
            return


def _keep_ahead(client: SyncPrefectClient, live: dict[str, FlowRun], ours: set[UUID]) -> None:
    """Let what is planned stand in Prefect as well, named and dated, from the day on which the plan is loaded."""
    with reading(settings().database) as session:
        rows = [(row, label_of(row, plans.unit_name(session, row), None)) for row in visits.ahead(session)]
    made: set[int] = set()
    for row, label in rows:
        run = live.pop(row.flow_run_id or "", None) or read_run(client, row.flow_run_id)
        if run is None or run.state is None or run.state.is_final() or run.deployment_id not in ours:
            _make_ahead(client, row)
            made.add(row.year)
        elif run.name != label.name:
            client.update_flow_run(run.id, name=label.name, tags=list(label.tags))
            if run.state is not None and run.state.is_paused() and run.state.name != ahead_name(row):
                client.set_flow_run_state(run.id, parked(ahead_name(row), label.message), force=True)
            made.add(row.year)
    for year in sorted(made):
        artifacts.show_year(year)


def _make_ahead(client: SyncPrefectClient, row: VisitRow) -> None:
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        if (visit.state, visit.flow_run_id) != (row.state, row.flow_run_id):
            return  # its day has come meanwhile: whoever runs visits makes its run
        visit.generation += 0 if visit.flow_run_id is None else 1
        visit.flow_run_id = None
        label = label_of(visit, plans.unit_name(session, visit), None)
    run_id = create_run(client, visit, label, parked(ahead_name(visit), label.message))
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        visit.flow_run_id = visit.flow_run_id or str(run_id)


def _end_strays(client: SyncPrefectClient, live: dict[str, FlowRun]) -> list[str]:
    """Runs that no row needs any more: their visit is over or no longer planned, or another run has it."""
    with reading(settings().database) as session:
        over = visits.over_with_runs(session, list(live))
    ended = []
    for run_id, run in live.items():
        assert run.state is not None
        if run_id in over:
            state: State[None] = Completed(message="việc này đã xong từ trước")
            if over[run_id] != "closed":
                state = Cancelled(message="không còn trong kế hoạch, hoặc đã hủy")
        elif run.state.is_paused():
            state = Cancelled(message="lượt khác làm việc này")
        else:
            continue  # it will look at its row by itself
        client.set_flow_run_state(run.id, state, force=True)
        ended.append(f"{run.name}: kết thúc lượt chạy thừa")
    return ended


def _send_leftovers() -> list[str]:
    """Letters that nobody is left to send: of visits that are over, and of those that stand still."""
    with reading(settings().database) as session:
        over, stopped = outbox.visits_over_with_letters(session), outbox.stopped_with_letters(session)
    sent = []
    for visit_id in (*over, *stopped):
        if visit_id in over:
            recover(visit_id)
        if count := send_queued(visit_id).sent:
            with reading(settings().database) as session:
                sent.append(f"gửi {count} thư còn lại của {visits.get(session, visit_id).key}")
    return sent


def _forget_quiet_rounds(client: SyncPrefectClient) -> None:
    """Rounds that found nothing would fill the list of runs with hundreds a day: only the last one stays."""
    quiet = FlowRunFilter(state=FlowRunFilterState(name=FlowRunFilterStateName(any_=[QUIET])))
    own = FlowFilter(name=FlowFilterName(any_=["reconcile-visits"]))
    for run in client.read_flow_runs(flow_filter=own, flow_run_filter=quiet, limit=_PAGE):
        with suppress(ObjectNotFound):  # after a rest several rounds are due in the same second, and tidy up at once
            client.delete_flow_run(run.id)
