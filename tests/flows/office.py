"""An office as the tests of the flows see it: its clock, its people, its letters, and its runs in Prefect."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Self
from unittest.mock import patch
from uuid import UUID

import httpx
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.client.schemas.responses import FlowRunResponse, SetStateStatus
from prefect.context import _temporary_global_settings_context, get_settings_context
from prefect.events.worker import EventsWorker
from prefect.exceptions import Pause
from prefect.flow_engine import run_flow
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from prefect.states import Pending

from answers.choice import choose
from answers.findings import report_findings
from answers.nominations import nominate
from answers.papers import Sheet, approve, issue
from answers.register import set_aside
from config.settings import ROOT, Numbering, Settings, settings, use
from database import clock, plans, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import LetterRow, VisitRow
from database.numbers import Series
from database.schema import prepare
from deployments.registry import FLOWS, register
from domain.dates import OFFICE_ZONE, at
from domain.obligation import Kind
from domain.plan import Plan
from flows.engine.due_runs import call_due
from flows.engine.wake import wake
from flows.open_due_visits import open_due
from rehearsal.outside import message_ids
from rehearsal.script import ScriptedVisit, read_script
from tests.may import CLERK, HOST, INSPECTOR, LEADER, MAY


@contextmanager
def talking_to(of: Settings) -> Iterator[None]:
    """Let Prefect in this process, in every thread of it, talk to the server of `of`, and register the deployments.

    The environment would not do: another test may have imported Prefect already.
    """
    changes: dict[Any, Any] = {
        PREFECT_API_URL: f"{of.prefect_url}/api",
        PREFECT_LOGGING_TO_API_ENABLED: False,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,  # as in deployments/warm/runner.py: its thread costs a second a run
    }
    # Another thread of every run only watches for `suspend_flow_run`, which nobody uses; it costs 0.2 s a run.
    watch_nothing = patch("prefect.flow_engine.observe_flow_run_suspension", lambda *_: nullcontext())
    everywhere = _temporary_global_settings_context
    with temporary_settings(changes), everywhere(get_settings_context()), watch_nothing:
        register_for(of)
        yield
        EventsWorker.drain_all(timeout=5)  # else it goes on calling a server that has ended


def register_for(of: Settings) -> None:
    """Register as the service of `of` does, with its database, which knows no plan."""
    before = settings()
    prepare(of.database)
    use(of)
    try:
        register()
    finally:
        use(before)


def press_resume(run_id: UUID) -> str:
    """What the Resume button in Prefect's pages sends; what the server says to it."""
    return str(press(f"flow_runs/{run_id}/resume", {})["status"])


def press(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """What a button in Prefect's pages sends, pressed again as long as the server's database is busy (503)."""
    for _ in range(20):
        answer = httpx.post(f"{settings().prefect_url}/api/{path}", json=body, timeout=30)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.1)
    answer.raise_for_status()
    said: dict[str, Any] = answer.json()
    return said


def _number_by_itself(plan: Plan) -> None:
    """The clerk has set blocks aside for what asks and invites: only tests of these numbers have him give them."""
    use(settings().model_copy(update={"numbering": Numbering(from_blocks=("CV", "GM"))}))
    for type_code in ("CV", "GM"):
        set_aside(Series(plan.issuer.organ_code, type_code, plan.term), 1, 40, CLERK)


@dataclass
class Office:
    """One office with the plan of 2024. Days pass only by `on`, and runs run only in `run_due`, in this process."""

    client: SyncPrefectClient
    script: dict[str, ScriptedVisit]
    flows: dict[UUID, Flow[..., Any]]  #: deployment -> what it runs
    _read: set[str] = field(default_factory=set)

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator[Self]:
        """On the day the plan is signed; what earlier tests left in Prefect is taken away."""
        script = read_script(ROOT / "config" / "rehearsals" / "2024.yaml").visits
        with get_client(sync_client=True) as client:
            for run in client.read_flow_runs():
                client.delete_flow_run(run.id)
            flows = {client.read_deployment_by_name(name).id: flow for name, flow in FLOWS.items()}
            with writing(settings().database) as session:
                for row in visits.of_year(session, 2024, *Kind):
                    row.state = row.state if row.kind == Kind.VISIT else "withdrawn"
                plan, _contacts = plans.read(session, 2024)
            _number_by_itself(plan)
            yield cls(client, script, flows)

    def plan_only(self, *keys: str) -> None:
        """Take the other visits out of the plan, and everything else of the year, so that the test has just these."""
        with writing(settings().database) as session:
            plan, contacts = plans.read(session, 2024)
            kept = tuple(visit for visit in plan.visits if visit.key(2024) in keys)
            plans.save(session, replace(plan, visits=kept), contacts, "thử")
            session.flush()
            for row in visits.of_year(session, 2024, *Kind):
                row.state = row.state if row.key in keys else "withdrawn"

    def set(self, **changes: object) -> None:
        """Change settings of this office."""
        use(settings().model_copy(update=changes))

    # What the clock and the service do

    def on(self, year: int, month: int, day: int, hour: int = 7, minute: int = 0) -> None:
        """Let that moment come: what was parked until then goes on, what is due to open opens, and all of it runs."""
        moment = at(date(year, month, day), hour, minute)
        with writing(settings().database) as session:
            clock.set_rehearsal(session, moment)
            due = [row.id for row in visits.with_runs(session) if row.waiting_until and row.waiting_until <= moment]
        for visit_id in due:
            wake(visit_id)
        open_due()
        self.run_due()

    def run_due(self) -> list[State[Any]]:
        """Do what the runner does until nothing is due: take each run, and run it, here instead of in a fork."""
        ended = []
        while due := self._due():
            for response in due:
                run = self.client.read_flow_run(response.id)
                if self.client.set_flow_run_state(run.id, Pending()).status is not SetStateStatus.ACCEPT:
                    continue
                assert run.deployment_id
                with suppress(Pause):
                    run_flow(
                        self.flows[run.deployment_id], flow_run=run, parameters=run.parameters, return_type="state"
                    )
                state = self.client.read_flow_run(run.id).state
                assert state
                ended.append(state)
        return ended

    def _due(self) -> Sequence[FlowRunResponse]:
        """Ask the rows, then Prefect, as whoever runs visits does."""
        call_due(self.client, self.flows, limit=100)
        return self.client.get_scheduled_flow_runs_for_deployments(
            list(self.flows), scheduled_before=datetime.now(OFFICE_ZONE)
        )

    def call(self) -> None:
        """Ask the rows alone, and leave what they start for `run_due`."""
        call_due(self.client, self.flows, limit=100)

    def go_on(self, key: str = MAY) -> None:
        """What follows every answer: the visit looks at it."""
        assert self.visit(key)
        self.run_due()

    # What people do

    def press_retry(self, key: str = MAY) -> None:
        """What the Retry button in the UI of Prefect sends, and what follows."""
        self.change_state("SCHEDULED", "AwaitingRetry", "Retry from the UI", key=key)
        self.run_due()

    def press_cancel(self, key: str = MAY) -> None:
        """What the Cancel button in Prefect's pages sends: the big red one on every open visit."""
        self.change_state("CANCELLING", "Cancelling", "Cancelled from the UI", key=key)

    def change_state(self, kind: str, name: str, message: str = "", *, force: bool = False, key: str = MAY) -> None:
        """What *Change state* and the buttons of a run send (`set_state`)."""
        state = {"type": kind, "name": name, "message": message}
        said = press(f"flow_runs/{self.run(key).id}/set_state", {"state": state, "force": force})
        # Cancelling a run without a process is refused in favour of Cancelled, which is what was wanted.
        assert said["status"] == "ACCEPT" or said["state"]["type"] == "CANCELLED", said

    def host_sends_its_list(self, key: str = MAY) -> None:
        """The list of the script, complete and received today."""
        nominate(key, self.script[key].lists[-1].as_nominations(self.today), HOST)
        self.go_on(key)

    def leader_chooses(self, *numbers: int, key: str = MAY) -> None:
        """The choice, agreed with the host."""
        choose(key, numbers, LEADER, consulted="Thường trực Thành ủy")
        self.go_on(key)

    def clerk_issues(self, paper: str, number: int, key: str = MAY) -> None:
        """The number of today."""
        issue(key, paper, Sheet(number, self.today), CLERK)
        self.go_on(key)

    def clerk_issues_on(self, paper: str, number: int, day: date, key: str = MAY) -> None:
        """The number of that day."""
        issue(key, paper, Sheet(number, day), CLERK)
        self.go_on(key)

    def leader_approves(self, paper: str, key: str = MAY) -> None:
        """The newest draft."""
        approve(key, paper, LEADER)
        self.go_on(key)

    def inspectors_report(self, key: str = MAY) -> None:
        """The findings of the script, complete."""
        with reading(settings().database) as session:
            dossier = open_dossier(session, self.visit(key).id)
            findings = self.script[key].findings.as_findings(dossier.plan, dossier.chosen)
        report_findings(key, findings, INSPECTOR)
        self.go_on(key)

    # What one can see

    @property
    def today(self) -> date:
        """The day on the office's clock."""
        with reading(settings().database) as session:
            return clock.now(session).date()

    def visit(self, key: str = MAY) -> VisitRow:
        """The row of a visit."""
        with reading(settings().database) as session:
            return visits.find(session, key)

    def waits(self, key: str = MAY) -> tuple[str | None, str | None, date | None]:
        """For whom the visit waits, under which name, and until when."""
        row = self.visit(key)
        return row.waiting_for, row.waiting_state, row.waiting_until and row.waiting_until.date()

    def run(self, key: str = MAY) -> FlowRun:
        """The visit's run in Prefect."""
        run_id = self.visit(key).flow_run_id
        assert run_id, f"{key} has no run"
        return self.client.read_flow_run(UUID(run_id))

    def state(self, key: str = MAY) -> State[Any]:
        """The state of the visit's run, as Prefect shows it."""
        state = self.run(key).state
        assert state
        return state

    def outbox(self, *states: str) -> list[LetterRow]:
        """The letters of all visits, in these states or all."""
        with reading(settings().database) as session:
            rows = session.query(LetterRow).order_by(LetterRow.id).all()
        return [row for row in rows if not states or row.state in states]

    def message_ids(self) -> list[str]:
        """The Message-ID of every letter in the mailbox, as often as it has arrived."""
        return message_ids(settings().mailbox)

    def new_letters(self) -> list[str]:
        """What has arrived in the mailbox since this was last asked: `nomination_request → host`, sorted."""
        known = {row.message_id: f"{row.purpose} → {row.recipient}" for row in self.outbox()}
        fresh = [one for one in self.message_ids() if one not in self._read]
        self._read.update(fresh)
        return sorted(known[one] for one in fresh)
