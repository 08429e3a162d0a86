"""The table of what a row and its run can be to each other, and what is done about each (docs/decisions/0017).

The rule: every row under way has a run that *will* run, or it is shown as stopped. What is the machine's trouble is
healed; what a person has done in Prefect is shown, with the way to go on.
"""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from prefect.client.schemas.objects import FlowRun

from config.settings import settings
from database.models import VisitRow
from domain.dates import OFFICE_ZONE
from domain.state import VisitState
from tasks.worker import alive


class Case(StrEnum):
    """How a row that is under way stands to its run. The text is what the record says of it."""

    # nothing to do
    PARKED = "đang chờ"  #: Paused under the name that the row has: it looks again when it is called
    DUE = "sắp chạy"  #: Scheduled, its time has come, the runner will take it
    WORKING = "đang làm việc"  #: Pending or Running, and its process lives
    FAILED = "lỗi, chờ người xem"  #: failed with a word in the row: shown, a person decides
    # the machine's trouble: healed
    MISSING = "không thấy lượt chạy, mở lượt mới"  #: never made, or deleted in Prefect
    ENDED = "lượt chạy đã kết thúc sớm, mở lượt mới"  #: Completed although the row is open
    FOREIGN = "lượt chạy thuộc deployment không còn, mở lượt mới"  #: nobody will ever take it
    CRASHED = "lượt chạy đang Crashed, cho chạy tiếp"
    DEAD = "lượt chạy đang Running mà tiến trình đã chết, cho chạy tiếp"
    STALE = "lượt chạy đang Pending quá lâu, cho chạy tiếp"
    BROKEN = "lượt chạy hỏng giữa chừng, cho chạy tiếp"  #: failed before it could say a word in its row
    ASLEEP = "lượt chạy hẹn giờ riêng, cho chạy ngay"  #: Scheduled for later: of an older version, or by a person
    ASTRAY = "lượt chạy dừng ở chỗ khác với sổ, cho xem lại"  #: Paused under another name than the row's
    OVERDUE = "lượt chạy đến giờ mà chưa ai nhận, gọi lại"  #: Scheduled, ours, and nobody has taken it
    # a person's act in Prefect: shown
    STOPPED = "lượt chạy bị dừng trong Prefect"  #: Cancelled
    STOPPING = "lượt chạy đang bị dừng mà không ai dừng nó"  #: Cancelling, and no process is left to end


#: Those that a new run takes over.
REPLACED = frozenset({Case.MISSING, Case.ENDED, Case.FOREIGN})
#: Those whose own run is started again.
RESTARTED = frozenset({Case.CRASHED, Case.DEAD, Case.STALE, Case.BROKEN, Case.ASLEEP, Case.ASTRAY})


def case_of(row: VisitRow, run: FlowRun | None, ours: Collection[UUID]) -> Case:
    """Which case it is; `ours` are the deployments whose runs somebody takes."""
    if run is None or run.state is None:
        return Case.MISSING
    found = _by_state(row, run)
    if found in (Case.STOPPED, Case.FAILED, Case.ENDED, Case.WORKING):
        return found
    return found if run.deployment_id in ours else Case.FOREIGN


def _by_state(row: VisitRow, run: FlowRun) -> Case:
    state = run.state
    assert state is not None
    if state.is_paused():
        return _paused(row, run)
    if state.is_scheduled():
        return _scheduled(run)
    if state.is_pending():
        stale = is_older(run, settings().pending_seconds) or _taker_is_gone(state.message)
        return Case.STALE if stale else Case.WORKING
    if state.is_running():
        return Case.DEAD if _dead(row, run) else Case.WORKING
    if state.is_cancelling():
        return Case.STOPPING if _dead(row, run) else Case.WORKING
    if state.is_cancelled():
        # The visit itself is called off and its letters are still owed: that is no reason to stop.
        return Case.CRASHED if row.state == VisitState.CANCELLED else Case.STOPPED
    if state.is_crashed():
        return Case.CRASHED
    if state.is_failed():
        return Case.FAILED if row.trouble else Case.BROKEN
    return Case.ENDED


def taken_by(worker: str) -> str:
    """What a runner says of a run that it has taken and not yet begun."""
    return f"bộ chạy {worker} nhận"


def _taker_is_gone(said: str | None) -> bool:
    found = _TAKEN.match(said or "")
    return found is not None and not alive(found[1])


_TAKEN = re.compile(taken_by(r"(\w+)") + "$")


def _paused(row: VisitRow, run: FlowRun) -> Case:
    assert run.state is not None
    if not is_older(run, settings().starting_seconds):
        return Case.PARKED
    if row.worker is not None:  # somebody has paused it in the middle of its work
        return Case.ASTRAY if _dead(row, run) else Case.WORKING
    begins = row.waiting_state is None and row.wake_wanted > row.wake_seen
    return Case.PARKED if begins or run.state.name == row.waiting_state else Case.ASTRAY


def _scheduled(run: FlowRun) -> Case:
    assert run.state is not None
    due = run.state.state_details.scheduled_time or run.state.timestamp
    now = datetime.now(OFFICE_ZONE)
    if due > now:
        return Case.ASLEEP
    return Case.OVERDUE if now - due > timedelta(minutes=settings().overdue_minutes) else Case.DUE


def _dead(row: VisitRow, run: FlowRun) -> bool:
    """Whether the process that has the run is gone; one that is only starting has not yet come to its row."""
    if not is_older(run, settings().starting_seconds):
        return False
    if row.worker is None:
        return is_older(run, settings().pending_seconds)
    return not alive(row.worker)


def is_older(run: FlowRun, seconds: float) -> bool:
    """Whether the run has been in its state for longer than that."""
    assert run.state is not None
    return datetime.now(OFFICE_ZONE) - run.state.timestamp > timedelta(seconds=seconds)
