"""What the command line, the desk, the trigger and the rehearsal ask of visits: look again, run again, run now."""

from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentFlowRunCreate
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Scheduled, to_state_create

from config.settings import settings
from database import visits
from database.engine import writing
from database.models import VisitRow
from domain.obligation import Kind
from flows.engine.naming import AUTOMATIC, Label
from flows.engine.server import server
from flows.engine.wake_pipe import ring

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
RECONCILING = "reconcile-visits/trong-nom"
READING = "read-inbox/doc-thu-den"
#: What Prefect says of them when its database is new: the runner writes them anew within a minute.
NOT_WRITTEN_YET = ObjectNotFound


def wake(visit_id: int) -> None:
    """Note that there is news for the visit, and call whoever runs visits (`flows/engine/due_runs.py`)."""
    with writing(settings().database) as session:
        visits.ask_to_wake(session, visit_id)
    ring()


def create_run(client: SyncPrefectClient, visit: VisitRow, label: Label, state: State[None]) -> UUID:
    """Create the run of a visit or another obligation, by its kind; the same one and generation give the same run."""
    one = visit.obligation
    deployment = client.read_deployment_by_name(DEPLOYMENTS[one.kind])
    given = {"year": one.year, "month": one.month, "unit": one.unit}
    wanted = DeploymentFlowRunCreate(
        parameters={name: value for name, value in given.items() if value},
        name=label.name,
        tags=list(label.tags),
        # By what it is, not by its row: after a restore the same number may be another visit's.
        idempotency_key=f"{visit.key} {visit.generation}",
        state=to_state_create(state),
        # The form is for people (`flows/custom_run.py`); it may be older than the plan that this comes from.
        enforce_parameter_schema=False,
    )
    answer = client.request(
        "POST", "/deployments/{id}/create_flow_run", path_params={"id": deployment.id},
        json=wanted.model_dump(mode="json", exclude_unset=True),
    )  # fmt: skip
    return UUID(answer.json()["id"])


def run_now(*deployments: str) -> None:
    """Ask for a run of each deployment at once: at start-up, and after a plan was loaded."""
    with server() as client:
        for name in deployments:
            deployment = client.read_deployment_by_name(name)
            called = AUTOMATIC.get(name.partition("/")[0])
            client.create_flow_run_from_deployment(deployment.id, state=Scheduled(), name=called)
    ring()
