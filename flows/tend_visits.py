"""The reconciler: an open visit whose run is lost gets a live run again; a healthy run is never touched (design §3)."""

from datetime import datetime, timedelta
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed, Scheduled

from config.settings import settings
from database import audit, outbox, plans, visits
from database.engine import reading, writing
from database.models import VisitRow
from domain.dates import OFFICE_ZONE
from flows.bell import ring
from flows.parking import wake_run
from flows.server import RESULTS, server
from flows.wake import start
from tasks.deliver import recover
from tasks.sending import send_queued
from tasks.worker import is_alive


@flow(name="tend-visits", flow_run_name="Trông các chuyến", persist_result=False, result_storage=RESULTS)
def tend_visits() -> State[None]:
    """So sánh các chuyến đang mở với lượt chạy của chúng; lượt nào mất thì cho chạy lại."""
    healed = tend()
    return Completed(message="; ".join(healed) if healed else "mọi lượt chạy đều ổn")


def tend() -> list[str]:
    """Look at every visit that should have a run; returns what was healed, in Vietnamese."""
    healed = []
    with reading(settings().database) as session:
        rows = list(visits.with_runs(session))
    with server() as client:
        for row in rows:
            if word := _tend_one(client, row):
                healed.append(f"{row.key}: {word}")
                with writing(settings().database) as session:
                    audit.note(session, audit.SYSTEM, "chữa lượt chạy", row.id, how=word)
    return healed + _send_leftovers()


def _send_leftovers() -> list[str]:
    """Letters that a person released or wants sent again after their visit was over: no run is left to send them."""
    with reading(settings().database) as session:
        left = outbox.visits_over_with_letters(session)
    sent = []
    for visit_id in left:
        recover(visit_id)
        if count := send_queued(visit_id).sent:
            sent.append(f"gửi {count} thư còn lại của chuyến {visit_id}")
    return sent


def _tend_one(client: SyncPrefectClient, row: VisitRow) -> str:
    run = _read(client, row.flow_run_id)
    if run is None or run.state is None:
        return _replace(client, row)
    state = run.state
    if state.is_scheduled():
        # An answer whose wake-up call was lost, because the service was off or the caller died.
        return "gọi dậy" if row.wake_wanted > row.wake_seen and _parked(run) and wake_run(client, run.id) else ""
    if state.is_crashed() or (state.is_running() and _dead(row, run)) or (state.is_pending() and _stale(run)):
        client.set_flow_run_state(run.id, Scheduled(name="Chạy tiếp", message="lượt chạy trước bị mất"), force=True)
        ring()
        return f"lượt chạy đang {state.name}, cho chạy tiếp"
    if state.is_completed():
        return _replace(client, row)
    if state.is_failed() and row.trouble is None:
        # It failed before it could even say so in its row: the machine's trouble, not a person's to decide.
        client.set_flow_run_state(
            run.id, Scheduled(name="Chạy tiếp", message="lượt chạy trước hỏng giữa chừng"), force=True
        )
        ring()
        return "lượt chạy hỏng giữa chừng, cho chạy tiếp"
    return ""  # failed or cancelled: a person decides


def _read(client: SyncPrefectClient, run_id: str | None) -> FlowRun | None:
    if run_id is None:
        return None
    try:
        return client.read_flow_run(UUID(run_id))
    except ObjectNotFound:
        return None


def _parked(run: FlowRun) -> bool:
    due = run.state.state_details.scheduled_time if run.state else None
    return due is not None and due > datetime.now(OFFICE_ZONE)


def _dead(row: VisitRow, run: FlowRun) -> bool:
    """Whether the process that has the run is gone; one that is only starting has not yet come to its row."""
    if not _older(run, settings().starting_seconds):
        return False
    if row.worker is None:
        return _stale(run)
    silent = timedelta(minutes=settings().silent_minutes)
    return not is_alive(row.worker, row.worker_seen_at, datetime.now(OFFICE_ZONE), silent)


def _stale(run: FlowRun) -> bool:
    return _older(run, settings().pending_seconds)


def _older(run: FlowRun, seconds: float) -> bool:
    assert run.state is not None
    return datetime.now(OFFICE_ZONE) - run.state.timestamp > timedelta(seconds=seconds)


def _replace(client: SyncPrefectClient, row: VisitRow) -> str:
    """The run is gone from Prefect, or ended without closing the visit: a new generation takes over."""
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        if visit.flow_run_id != row.flow_run_id:
            return ""
        if visit.flow_run_id is not None:
            visit.generation += 1
            visit.flow_run_id = None
        name = plans.unit_name(session, visit)
    run_id = start(client, visit, name)
    with writing(settings().database) as session:
        visit = visits.get(session, row.id, lock=True)
        visit.flow_run_id = visit.flow_run_id or str(run_id)
    return "không thấy lượt chạy, mở lượt mới"
