"""The office on a service whose runs work in processes of their own: what people do to runs, and what comes of it."""

import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Scheduled
from sqlalchemy import delete, select, update

from config.settings import ROOT
from database import clock, leases, numbers, plans, visits
from database.audit import BEGINNING
from database.engine import engine_for, reading, writing
from database.models import AuditEndRow, AuditRow, Base, LetterRow, StepRow, VisitRow
from deployments.service.embedded import Service
from domain.dates import at
from domain.plan import Contacts, Plan
from flows.open_due_visits import open_due
from flows.reconcile_visits import reconcile
from rehearsal.outside import message_ids

#: A step that works for ever, as the office's own wording may.
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@dataclass
class Running:
    """One office on a running service; every test has the rows and the runs for itself."""

    service: Service
    wording: Path
    plan: Plan
    contacts: Contacts

    def begin(self) -> None:
        """Load the plan, on its day; requests take their numbers from a block."""
        with writing(self.url) as session:
            clock.set_rehearsal(session, at(self.plan.issued, 7))
            plans.save(session, self.plan, self.contacts, "thử")
            numbers.set_aside(session, numbers.Series(self.plan.issuer.organ_code, "CV", self.plan.term), 1, 40, "thử")

    def end(self) -> None:
        """Take away what the test has left in the database, in Prefect and in the mailbox."""
        with get_client(sync_client=True) as client:
            for run in client.read_flow_runs():
                client.delete_flow_run(run.id)
        with engine_for(self.url).begin() as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(Base.metadata.sorted_tables):
                if table.name not in ("audit_end", "calendar"):  # a database has both before anything happens
                    connection.execute(delete(table))
            connection.execute(update(AuditEndRow).values(last=0, hash=BEGINNING))
        shutil.rmtree(self.service.settings.mailbox)
        self.service.settings.mailbox.mkdir()

    @property
    def url(self) -> str:
        """The database."""
        return self.service.settings.database

    # What happens

    def open(self, *keys: str) -> None:
        """Only these visits are in the plan, and the day comes on which the last of them opens."""
        kept = tuple(visit for visit in self.plan.visits if visit.key(2024) in keys)
        with writing(self.url) as session:
            plans.save(session, replace(self.plan, visits=kept), self.contacts, "thử")
            days = [row.opens_on for row in visits.of_year(session, 2024)]
            clock.set_rehearsal(session, at(max(days), 8))
        open_due()

    def break_wording(self, purpose: str, only_for: str, body: str = ENDLESS) -> None:
        """The office's own wording of a letter does that whenever the letter is for this host."""
        own = self.wording / purpose / "body.txt"
        broken = f"{{% if '{only_for}' in unit.standing_board %}}{body}{{% endif %}}"
        own.write_text(broken + own.read_text(encoding="utf-8"), encoding="utf-8")

    def mend_wording(self, purpose: str) -> None:
        """As it was shipped."""
        shipped = ROOT / "letters" / "templates" / purpose / "body.txt"
        (self.wording / purpose / "body.txt").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")

    def press(self, key: str, button: str) -> None:
        """What *Retry* and *Cancel* in the UI of Prefect 3.8.8 send."""
        states = {
            "Retry": {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "Retry from the UI"},
            "Cancel": {"type": "CANCELLING", "name": "Cancelling", "message": "Cancelled from the UI"},
        }
        url = f"{self.service.settings.prefect_url}/api/flow_runs/{self.row(key).flow_run_id}/set_state"
        answer = httpx.post(url, json={"state": states[button], "force": False}, timeout=30)
        assert answer.json()["status"] == "ACCEPT", answer.text

    def wait(self, what: Callable[[], object], heal: bool = False) -> None:
        """Until that is so; with `heal`, as the live service does it every few minutes, lost runs are looked after."""
        deadline = time.monotonic() + 180
        while not what():
            assert time.monotonic() < deadline, [
                (row.key, row.waiting_state, row.worker, row.trouble) for row in self.rows()
            ]
            if heal:
                reconcile()
            time.sleep(0.1)

    # What one can see

    def rows(self) -> list[VisitRow]:
        """Every visit."""
        with reading(self.url) as session:
            return list(visits.of_year(session, 2024))

    def row(self, key: str) -> VisitRow:
        """One visit."""
        with reading(self.url) as session:
            return visits.find(session, key)

    def parked(self, key: str) -> bool:
        """Whether the visit waits for somebody, and nobody is at work on it."""
        row, state = self.row(key), self.state(key)
        return row.worker is None and state.is_paused() and state.name == row.waiting_state

    def state(self, key: str) -> State[Any]:
        """The state of its run in Prefect; one that whoever runs visits has still to make is due."""
        run_id = self.row(key).flow_run_id
        if run_id is None:
            return Scheduled()
        with get_client(sync_client=True) as client:
            run: FlowRun = client.read_flow_run(UUID(run_id))
        assert run.state
        return run.state

    def at_work(self, key: str) -> int | None:
        """The process in which its run works at this moment."""
        if (worker := self.row(key).worker) is None:
            return None
        with reading(self.url) as session:
            row = leases.of(session, worker)
            return row.pid if row else None

    def letters(self) -> list[str]:
        """What has arrived about visits, as `purpose → recipient`, as often as it has arrived."""
        of_visits = select(LetterRow).join(VisitRow, VisitRow.id == LetterRow.visit_id).where(VisitRow.kind == "visit")
        with reading(self.url) as session:
            known = {row.message_id: f"{row.purpose} → {row.recipient}" for row in session.scalars(of_visits)}
        return sorted(known[one] for one in message_ids(self.service.settings.mailbox) if one in known)

    def steps(self) -> Counter[tuple[int, int]]:
        """How often each step of each visit is recorded."""
        with reading(self.url) as session:
            return Counter((row.visit_id, row.step) for row in session.scalars(select(StepRow)))

    def record(self) -> list[str]:
        """What the record says of all visits."""
        with reading(self.url) as session:
            return [row.what for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
