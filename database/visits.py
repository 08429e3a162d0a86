"""Finds visits and the other obligations, opens them, and keeps who is at work on them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from database import audit, clock, due_dates
from database.models import StepRow, VisitRow
from domain.dates import at
from domain.obligation import Kind, Obligation, parse_reference
from domain.outcome import Waiting
from domain.problem import Problem, Refused
from domain.state import VisitState
from domain.step import RunStep

#: Rows that one statement names.
_AT_ONCE = 500


def find(session: Session, reference: str) -> VisitRow:
    """What people mean by a key, or by `2024-02` when that month has one visit (`domain.obligation`)."""
    meant = parse_reference(reference)
    query = select(VisitRow).where(
        VisitRow.kind == meant.kind, VisitRow.year == meant.year, VisitRow.month == meant.month,
        VisitRow.state != VisitState.WITHDRAWN,
    )  # fmt: skip
    by_month_alone = meant.kind is Kind.VISIT and not meant.unit
    rows = session.scalars(query if by_month_alone else query.where(VisitRow.unit == meant.unit)).all()
    if not rows:
        raise Refused(Problem(reference, "không có trong kế hoạch", f"xem: visits status --year {meant.year}"))
    if len(rows) > 1:
        keys = ", ".join(row.key for row in rows)
        raise Refused(Problem(reference, f"tháng này có {len(rows)} đợt: {keys}", "ghi rõ đơn vị"))
    return rows[0]


def of(session: Session, obligation: Obligation) -> VisitRow | None:
    """The row of that obligation, whatever its state."""
    query = select(VisitRow).where(
        VisitRow.kind == obligation.kind, VisitRow.year == obligation.year,
        VisitRow.month == obligation.month, VisitRow.unit == obligation.unit,
    )  # fmt: skip
    return session.scalars(query).first()


#: What is under way: open, or called off while somebody still has to be told.
_HAS_RUN = (VisitRow.state == VisitState.OPEN) | (
    (VisitRow.state == VisitState.CANCELLED) & VisitRow.closed_at.is_(None) & VisitRow.opened_at.is_not(None)
)


def get(session: Session, visit_id: int, *, lock: bool = False) -> VisitRow:
    """The visit with that id; `lock` keeps other writers off its row until the transaction ends."""
    if not lock:
        return session.get_one(VisitRow, visit_id)
    return session.scalars(_locking(select(VisitRow).where(VisitRow.id == visit_id))).one()


def lock(session: Session, *which: ColumnElement[bool]) -> Sequence[VisitRow]:
    """Several visits at once, kept from other writers: those of the whole year first, then by id (0039).

    Whoever writes to more than one visit begins with this. Two who took the same ones in another order would wait for
    each other for ever.
    """
    query = select(VisitRow).where(*which).order_by(VisitRow.unit != "", VisitRow.id)
    return session.scalars(_locking(query)).all()


def _locking(query: Select[VisitRow]) -> Select[VisitRow]:
    # NO KEY: whoever writes a row that refers to the visit, an answer or a line of the record, need not wait. What this
    # session has read before may be older than the lock.
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)


def of_year(session: Session, year: int, *kinds: Kind) -> Sequence[VisitRow]:
    """All visits of a year that are or were planned, in the plan's order of months; or obligations of other kinds."""
    query = select(VisitRow).where(VisitRow.year == year, VisitRow.state != VisitState.WITHDRAWN)
    query = query.where(VisitRow.kind.in_(kinds or (Kind.VISIT,)))
    return session.scalars(query.order_by(VisitRow.month, VisitRow.id)).all()


def open_ones(session: Session) -> Sequence[VisitRow]:
    """The visits that are under way."""
    query = select(VisitRow).where(VisitRow.state == VisitState.OPEN, VisitRow.kind == Kind.VISIT)
    return session.scalars(query.order_by(VisitRow.id)).all()


def with_runs(session: Session) -> Sequence[VisitRow]:
    """What must have a live run, of every kind: the open ones, and cancelled ones that still owe their letters."""
    return session.scalars(select(VisitRow).where(_HAS_RUN).order_by(VisitRow.id)).all()


def to_call(session: Session, limit: int, only: int | None = None) -> Sequence[VisitRow]:
    """What is due to look again and has nobody at work on it: an answer has come, its date has, or a person asks.

    A failed or stopped one waits for a person alone: to run it again (`rerun_by`), or to call it off. Somebody
    asks several times a second, so each of the two looks has an index of its own. `only`: whether that one is due.
    """
    rests = (_HAS_RUN, VisitRow.worker.is_(None), *(() if only is None else (VisitRow.id == only,)))
    by_date = select(VisitRow).where(*rests, VisitRow.trouble.is_(None), VisitRow.waiting_until <= clock.now(session))
    unseen = VisitRow.wake_wanted > VisitRow.wake_seen
    called = select(VisitRow).where(unseen | VisitRow.rerun_by.is_not(None), *rests)
    called = called.where(
        VisitRow.trouble.is_(None) | VisitRow.rerun_by.is_not(None) | (VisitRow.state == VisitState.CANCELLED)
    )  # fmt: skip
    found = [row for query in (called, by_date) for row in session.scalars(query.order_by(VisitRow.id).limit(limit))]
    return list({row.id: row for row in found}.values())[:limit]


def in_hand(session: Session) -> Sequence[VisitRow]:
    """Those at which a process says that it is at work."""
    return session.scalars(select(VisitRow).where(VisitRow.worker.is_not(None)).order_by(VisitRow.id)).all()


def ahead(session: Session) -> Sequence[VisitRow]:
    """What is planned and has not begun, of every kind; what a person must decide about is among it."""
    query = select(VisitRow).where(VisitRow.state.in_((VisitState.PLANNED, VisitState.UNDECIDED)))
    return session.scalars(query.order_by(VisitRow.opens_on, VisitRow.id)).all()


def over_with_runs(session: Session, run_ids: Sequence[str]) -> dict[str, str]:
    """Of these runs those whose visit is over or no longer planned, with its state; younger acts are given a minute."""
    over = VisitRow.state.in_((VisitState.CLOSED, VisitState.WITHDRAWN, VisitState.FILED)) | (
        (VisitRow.state == VisitState.CANCELLED) & (VisitRow.closed_at.is_not(None) | VisitRow.opened_at.is_(None))
    )
    query = select(VisitRow.flow_run_id, VisitRow.state).where(over, VisitRow.worker.is_(None))
    found = session.execute(query.where(VisitRow.flow_run_id.in_(run_ids)))
    return {f"{run_id}": state for run_id, state in found}


def at_work(session: Session) -> list[str]:
    """The keys of those that have not parked or failed with nothing unseen: somebody works on them, or is called."""
    quiet = VisitRow.worker.is_(None) & VisitRow.wait.is_not(None) & (VisitRow.wake_seen >= VisitRow.wake_wanted)
    # Asked fifty times a second by a rehearsal, so only what makes up a key is read.
    columns = (VisitRow.kind, VisitRow.year, VisitRow.month, VisitRow.unit)
    rows = session.execute(select(*columns).where(_HAS_RUN, ~quiet).order_by(VisitRow.id))
    return [Obligation(Kind(kind), year, month, unit).key for kind, year, month, unit in rows]


def due_to_open(session: Session, today: date) -> Sequence[VisitRow]:
    """What has not begun although its time has come, however long ago that was; of every kind."""
    query = select(VisitRow).where(VisitRow.state == VisitState.PLANNED, VisitRow.opens_on <= today)
    return session.scalars(query.order_by(VisitRow.opens_on, VisitRow.id)).all()


def begin(session: Session, visit: VisitRow, who: str) -> None:
    """Open a planned visit; one that is open already stays as it is."""
    if visit.state != VisitState.PLANNED:
        return
    visit.state, visit.opened_at = VisitState.OPEN, clock.now(session)
    audit.note(session, who, "bắt đầu", visit.id)


def ask_to_wake(session: Session, visit_id: int) -> None:
    """Note that something happened which the visit must look at; whoever parks it reads this again."""
    session.execute(update(VisitRow).where(VisitRow.id == visit_id).values(wake_wanted=VisitRow.wake_wanted + 1))


def ask_all_to_wake(session: Session, ids: Sequence[int]) -> None:
    """The same for many: each statement is held against every row that the session has read, so there are few."""
    for begin in range(0, len(ids), _AT_ONCE):
        some = VisitRow.id.in_(ids[begin : begin + _AT_ONCE])
        session.execute(update(VisitRow).where(some).values(wake_wanted=VisitRow.wake_wanted + 1))


def ask_to_run_again(visit: VisitRow, by: str) -> None:
    """Note that a person wants a failed or stopped run to go on, or one that waits to look again."""
    if visit.closed_at:
        raise Refused(Problem(visit.key, "đã xong, không còn gì để chạy lại", f"xem: visits show {visit.key}"))
    visit.rerun_by = by


def note_waiting(session: Session, visit_id: int, waiting: Waiting, wake_hour: int) -> None:
    """Keep what the visit waits for; `waiting_since` stays while it is the same thing."""
    row = get(session, visit_id, lock=True)
    if row.wait != waiting.wait:
        row.waiting_since = clock.now(session)
    row.waiting_for, row.wait = waiting.for_whom, waiting.wait
    row.waiting_message = waiting.message
    if waiting.for_whom == "date":
        due_dates.close(session, visit_id)  # a day that comes by itself is no date that somebody must keep
    until = waiting.until
    if until is not None and not hasattr(until, "hour"):
        until = at(until, wake_hour)
    row.waiting_until = until  # type: ignore[assignment]  # a date has become a moment above


def finished_steps(session: Session, visit_id: int) -> set[int]:
    """The numbers of the steps that are done; each kind counts its own."""
    return set(session.scalars(select(StepRow.step).where(StepRow.visit_id == visit_id)))


def step_done_on(session: Session, visit_id: int, step: RunStep) -> date | None:
    """The day on which that step was done; None while it is not."""
    query = select(StepRow.done_at).where(StepRow.visit_id == visit_id, StepRow.step == int(step))
    done = session.scalars(query).first()
    return done.date() if done else None


def finish_step(session: Session, visit_id: int, step: RunStep, note: str) -> None:
    """Record that a step is done; a second record of the same step is refused by the database."""
    due_dates.close(session, visit_id)
    session.add(StepRow(visit_id=visit_id, step=int(step), done_at=clock.now(session), note=note))


def reword_step(session: Session, visit_id: int, step: RunStep, note: str) -> None:
    """Let the record of a finished step say what holds now; nothing happens where it is not done."""
    session.execute(update(StepRow).where(StepRow.visit_id == visit_id, StepRow.step == int(step)).values(note=note))
