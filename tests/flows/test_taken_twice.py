"""The same run started twice, by two runners or by a waker who came too late: only one works on the visit."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import FlowRunResponse
from prefect.states import Running, Scheduled

from config.settings import settings
from database import visits
from database.engine import writing
from deployments.warm.run_claim import is_being_cancelled, note_crash, take
from domain.dates import OFFICE_ZONE
from flows.engine.claim import is_named_anywhere
from flows.engine.wake import wake
from tasks.worker import me
from tests.at_work import at_work
from tests.flows.office import Office
from tests.may import MAY

pytestmark = pytest.mark.prefect


@pytest.fixture
def parked(office: Office) -> Office:
    """The visit of May waits for its host's list."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.new_letters()
    return office


@pytest.fixture
def another(parked: Office) -> Iterator[str]:  # noqa: ARG001 - whose database it is
    """By which another living process stands in the row of a visit at work."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield at_work(process.pid)


def test_a_run_that_is_at_work_in_another_process_is_left_to_it(parked: Office, another: str) -> None:
    """The second one looks at nothing, sends nothing, and says nothing about how the run ends."""
    wakeups = parked.visit().wakeups
    name_in_row(another)
    parked.client.set_flow_run_state(parked.run().id, Scheduled(), force=True)
    parked.run_due()
    assert parked.state().type is StateType.RUNNING
    assert (parked.visit().worker, parked.visit().wakeups) == (another, wakeups)


def test_of_two_runners_that_find_a_run_only_one_gets_it(parked: Office) -> None:
    """Both have asked the server what is due before either took it."""
    wake(parked.visit().id)
    parked.call()
    found = due(parked)
    first, second = take(parked.client, found), take(parked.client, found)
    assert first
    assert first.id == parked.run().id
    assert second is None


def test_a_run_that_was_parked_again_meanwhile_stays_parked(parked: Office) -> None:
    """A slow runner wants to take what another has run and parked since: the server does not let it."""
    wake(parked.visit().id)
    parked.call()
    found = due(parked)
    parked.run_due()
    before, wakeups = parked.state(), parked.visit().wakeups
    assert take(parked.client, found) is None
    assert parked.state().id == before.id
    assert parked.run_due() == []
    assert parked.visit().wakeups == wakeups


@pytest.mark.usefixtures("parked")
def test_a_process_knows_that_its_run_has_left_a_visit_in_its_hands() -> None:
    """Then it must end: whoever looks after lost runs asks whether it is alive."""
    assert not is_named_anywhere()
    name_in_row(me())
    assert is_named_anywhere()


def test_a_run_is_never_taken_from_running(parked: Office) -> None:
    """A waker who came too late does not give it to a second runner as long as it is at work."""
    wake(parked.visit().id)
    parked.call()
    found = due(parked)
    parked.client.set_flow_run_state(found.id, Running(), force=True)
    assert take(parked.client, found) is None
    parked.client.set_flow_run_state(found.id, Scheduled(), force=True)


def name_in_row(worker: str) -> None:
    """Somebody is at work on the visit."""
    with writing(settings().database) as session:
        visits.find(session, MAY).worker = worker


def due(office: Office) -> FlowRunResponse:
    """The one run that a runner finds due."""
    (found,) = office.client.get_scheduled_flow_runs_for_deployments(
        list(office.flows), scheduled_before=datetime.now(OFFICE_ZONE)
    )
    return found


def test_a_run_that_is_deleted_in_prefect_while_somebody_has_it_breaks_no_runner(parked: Office) -> None:
    """The runner goes on with the other visits; the row gets a new run from the reconciler."""
    run = parked.run()
    due = FlowRunResponse.model_validate(run.model_dump() | {"created": None, "updated": None})
    parked.client.delete_flow_run(run.id)

    assert take(parked.client, due) is None
    assert not is_being_cancelled(parked.client, run)
    note_crash(parked.client, run, 1, 9)
