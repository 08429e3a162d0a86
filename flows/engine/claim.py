"""What a run does when it comes to its visit and when it leaves: claims the row, and gives it back (design §3)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import httpx
from prefect.exceptions import ObjectNotFound, Pause, PrefectHTTPStatusError
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from answers.needed_letters import missing
from config.settings import settings
from database import audit, clock, outbox, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import LetterRow, VisitRow
from domain.dates import OFFICE_ZONE
from domain.letters_and_documents import Purpose
from domain.problem import Problem, Refused
from domain.state import LetterState, VisitState
from domain.wait import Wait
from flows.engine.naming import stick
from flows.engine.parking import label_now, park_ahead
from flows.engine.server import server
from flows.engine.stopping import stand_still
from flows.engine.wake import wake
from tasks.letters.call_off import call_off
from tasks.letters.sending import send_queued
from tasks.taken_over import begin
from tasks.worker import LeaseLost, fence, is_alive, lay_down, me, take_up

_log = logging.getLogger("flows.engine.claim")


@dataclass(frozen=True)
class Claim:
    """A visit in the hands of this run. `elsewhere` says in Vietnamese why it is not, and the run ends well."""

    visit_id: int
    finished: frozenset[int] = frozenset()
    cancelled: bool = False
    wakeup: int = 0
    elsewhere: str = ""

    def has_letters(self) -> bool:
        """Whether there is anything for the postman, or anything unclear about what he did."""
        with reading(settings().database) as session:
            open_letters = outbox.of_visit(session, self.visit_id, "queued", "sending", "uncertain")
            held = outbox.held_up(session, self.visit_id)
            return bool(open_letters or held or missing(session, self.visit_id))


def claim_visit(run_id: UUID, key: str) -> Claim:
    """Take the visit on, unless another live run has it: then that one is woken and this one ends.

    Raises `Refused` when the plan has no such visit, or it was closed by another run.
    """
    with reading(settings().database) as session:
        visit = visits.find(session, key)
        holder, today = visit.flow_run_id, clock.now(session).date()
    too_early = visit.state == VisitState.PLANNED and today < visit.opens_on
    if holder == str(run_id) and (too_early or visit.state == VisitState.UNDECIDED):
        park_ahead(run_id, visit.id)  # somebody pressed Resume before its day, or before anybody has decided
    if holder == str(run_id) and visit.state == VisitState.CLOSED:
        # Somebody pressed Retry, or the process died between its last act and saying so: nothing is wrong.
        return Claim(visit.id, elsewhere=f"{key}: đã kết thúc từ trước")
    if holder and holder != str(run_id) and _is_live(UUID(holder)):
        with writing(settings().database) as session:
            begin(session, visits.get(session, visit.id, lock=True), audit.SYSTEM)
        wake(visit.id)
        return Claim(visit.id, elsewhere=f"{key}: đang có lượt chạy {holder}; đã gọi lượt đó chạy tiếp")
    with _laid_down_if_undone(visit.id), writing(settings().database) as session:
        return _take(visits.get(session, visit.id, lock=True), run_id, holder, session)


@contextmanager
def _laid_down_if_undone(visit_id: int) -> Iterator[None]:
    """A claim that was not committed holds nothing: this process would else renew its lease, and fence, for ever."""
    try:
        yield
    except BaseException:
        lay_down(visit_id)
        raise


def _take(row: VisitRow, run_id: UUID, holder: str | None, session: Session) -> Claim:
    if row.state == VisitState.CLOSED:
        raise Refused(Problem(row.key, "đã kết thúc, không chạy lại", "xem: visits show"))
    if row.flow_run_id not in (holder, str(run_id)):
        raise Refused(Problem(row.key, f"lượt {row.flow_run_id} vừa nhận việc này", "để lượt đó chạy"))
    if row.flow_run_id == str(run_id) and row.worker != me() and is_alive(session, row.worker):
        # The same run was started twice. The other process goes on and says how it ends; this one leaves no word.
        raise Pause
    begin(session, row, audit.SYSTEM)
    take_up(session, row.id)
    row.flow_run_id, row.worker = str(run_id), me()
    row.worker_seen_at = datetime.now(OFFICE_ZONE)
    row.wake_seen, row.wakeups = row.wake_wanted, row.wakeups + 1
    if row.trouble:
        outbox.withdraw(
            session, row.id, Purpose.RUN_STOPPED
        )  # it goes on: nobody need hear any more that it stood still
    row.trouble = row.rerun_by = None
    cancelled = row.state == VisitState.CANCELLED
    if cancelled:
        call_off(open_dossier(session, row.id))
    finished = frozenset(visits.finished_steps(session, row.id))
    return Claim(row.id, finished, cancelled, row.wakeups)


def is_named_anywhere() -> bool:
    """Whether a visit or a letter is still in the hands of this process; after a run that ended well, none is."""
    with reading(settings().database) as session:
        visit = session.scalar(select(VisitRow.id).where(VisitRow.worker == me()).limit(1))
        letter = session.scalar(
            select(LetterRow.id).where(LetterRow.state == LetterState.SENDING, LetterRow.sending_by == me()).limit(1)
        )
    return visit is not None or letter is not None


def _is_live(run_id: UUID) -> bool:
    with server() as client:
        try:
            run = client.read_flow_run(run_id)
        except ObjectNotFound:
            return False
    return run.state is not None and not run.state.is_final()


def finish(visit_id: int) -> None:
    """Close the visit, or leave it cancelled; nothing waits for anybody any more."""
    with writing(settings().database) as session:
        row = visits.get(session, visit_id, lock=True)
        fence(row)
        if row.state == VisitState.OPEN:
            row.state = VisitState.CLOSED
            audit.note(session, audit.SYSTEM, "kết thúc", visit_id)
        row.closed_at = clock.now(session)
        row.waiting_for = row.wait = row.waiting_message = None
        row.waiting_since = row.waiting_until = None
        row.worker = None
    lay_down(visit_id)


def leave_in_trouble(run_id: UUID, visit_id: int, trouble: Exception) -> None:
    """Keep why the run failed where everybody looks, and tell the officer."""
    stand_still(visit_id, Wait.RUN_FAILED, f"{trouble}", ours=True)
    lay_down(visit_id)
    try:
        send_queued(visit_id)
        with server() as client:
            stick(client, run_id, label_now(visit_id))
    except Exception:
        # The row says it already, and the reconciler sends what is left: this is only the quickest way.
        _log.warning("visit %s: not everything about its failure could be told yet", visit_id, exc_info=True)


#: What the machine and not the office is to blame for: it passes, and the run starts again by itself.
MACHINE = (OperationalError, httpx.HTTPError, PrefectHTTPStatusError)


def let_go(visit_id: int) -> None:
    """After trouble of the machine: nobody is at work on the visit, and it looks again in a minute.

    If not even that can be written, the reconciler finds the failed run.
    """
    lay_down(visit_id)
    with suppress(*MACHINE, LeaseLost), writing(settings().database) as session:
        row = visits.get(session, visit_id, lock=True)
        fence(row)
        row.worker = None
        row.waiting_until = clock.now(session) + timedelta(minutes=1)
