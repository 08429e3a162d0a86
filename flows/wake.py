"""The one way to make a visit look again: for the command line, the desk, the trigger and the rehearsal."""

import time
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State
from prefect.exceptions import ObjectNotFound
from prefect.states import Scheduled

from config.settings import settings
from database import audit, visits
from database.engine import reading, writing
from database.models import VisitRow
from domain.obligation import Kind
from domain.problem import Problem, Refused
from flows.bell import ring
from flows.parking import wake_run
from flows.server import server

#: The deployment that runs visits, as `flow/deployment`.
DEPLOYMENT = "monthly-visit/chuyen-thang"
#: … and those of the other obligations.
DEPLOYMENTS: dict[Kind, str] = {
    Kind.VISIT: DEPLOYMENT,
    Kind.SELF_REPORT: "self-supervision/bao-cao-don-vi",
    Kind.PLAN: "publish-plan/ke-hoach-nam",
    Kind.SUMMARY: "annual-summary/tong-hop-nam",
    Kind.FOLLOW_UP: "follow-up/theo-doi-kien-nghi",
}
OPENING = "open-due-visits/dau-thang"
TENDING = "tend-visits/trong-nom"


def wake(visit_id: int) -> bool:
    """Note that there is news for the visit and start its run if it is parked; False if none is parked.

    A visit in the middle of its work needs no waking: it reads the note before it parks.
    """
    with writing(settings().database) as session:
        visits.ask_to_wake(session, visit_id)
    return start_parked(visit_id)


def start_parked(visit_id: int) -> bool:
    """Start the parked run of a visit that already has its note; False if none is parked."""
    with reading(settings().database) as session:
        run_id = visits.get(session, visit_id).flow_run_id
    if run_id is None:
        return False
    with server() as client:
        try:
            return wake_run(client, UUID(run_id))
        except ObjectNotFound:
            return False


def start(client: SyncPrefectClient, visit: VisitRow, unit_name: str) -> UUID:
    """Create the run of a visit or another obligation, by its kind; the same one and generation give the same run."""
    one = visit.obligation
    deployment = client.read_deployment_by_name(DEPLOYMENTS[one.kind])
    given = {"year": one.year, "month": one.month, "unit": one.unit}
    run: FlowRun = client.create_flow_run_from_deployment(
        deployment.id,
        parameters={name: value for name, value in given.items() if value},
        name=one.named(unit_name),
        tags=[tag for tag in (f"{one.year}", f"tháng {one.month}" if one.month else "", one.unit) if tag],
        idempotency_key=f"visit-{visit.id}-{visit.generation}",
        state=Scheduled(),
    )
    ring()
    return run.id


def run_now(*deployments: str) -> None:
    """Ask for a run of each deployment at once: at start-up, and after a plan was loaded."""
    with server() as client:
        for name in deployments:
            deployment = client.read_deployment_by_name(name)
            client.create_flow_run_from_deployment(deployment.id, state=Scheduled())
    ring()


def retry(visit_id: int, by: str) -> None:
    """Run a failed or cancelled run again from the step at which it stopped: what the UI's Retry button does.

    Raises `Refused` when there is nothing to retry.
    """
    with writing(settings().database) as session:
        visit = visits.get(session, visit_id, lock=True)
        if visit.flow_run_id is None:
            raise Refused(Problem(visit.key, "chưa có lượt chạy nào", "đợi đến ngày mở chuyến"))
        audit.note(session, by, "chạy lại", visit_id)
        visits.ask_to_wake(session, visit_id)
        run_id = UUID(visit.flow_run_id)
    with server() as client:
        state = _resting_state(client, run_id)
        if state is None:
            raise Refused(Problem(visit.key, "lượt chạy đang làm việc", "đợi nó dừng"))
        if state.is_scheduled():
            wake_run(client, run_id)
        else:
            client.set_flow_run_state(run_id, Scheduled(name="Chạy lại", message=f"{by} yêu cầu"), force=True)
            ring()


def _resting_state(client: SyncPrefectClient, run_id: UUID) -> State[None] | None:
    """The state of a run that is parked or over; None if it goes on working.

    A run that has just failed needs a second or two to say so, which a person should not have to notice.
    """
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        state = client.read_flow_run(run_id).state
        if state is not None and (state.is_final() or state.is_scheduled()):
            return state
        time.sleep(0.2)
    return None
