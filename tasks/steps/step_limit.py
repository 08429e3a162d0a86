"""Ends a step that hangs, so that it holds up nobody else: first the step, and if that does not help its process."""

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from prefect.utilities.timeout import timeout
from sqlalchemy import func, select

from config.settings import settings
from database import audit
from database.engine import again_if_undone, writing
from database.models import AuditRow

#: How a step that hung stands in the record of its visit.
HUNG = "bước quá giờ"
#: Seconds that a step which is told to end has for it.
_GRACE = 10


class StepHangs(Exception):  # noqa: N818 - its name is what has happened
    """Bước không xong trong thời hạn, phần dở dang đã được hủy: bấm Retry (hoặc visits retry)."""


class StepTimeoutError(TimeoutError):
    """Raised inside a step whose time is over."""


@contextmanager
def in_step_time() -> Iterator[None]:
    """The work of a step takes so long at most; `StepTimeoutError` in the middle of it when it takes longer.

    It is put around the work alone, once the step has its turn at the database: what a step waits for others who
    write is not its own time, or one step that hangs would take all those with it that queue behind it.
    """
    seconds = settings().step_seconds
    with at_most(seconds + _GRACE), timeout(seconds, timeout_exc_type=StepTimeoutError):
        yield


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End this process if what is done here takes longer: even code that no exception reaches, deep in a library.

    Where each thread stood is written to the log first. The run is then one whose process has died: it starts again.
    """
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__ or sys.stderr)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@again_if_undone
def hung(visit_id: int, step: str) -> StepHangs:
    """Count a step that was ended because it took too long; what to raise about it."""
    with writing(settings().database) as session:
        before = session.scalar(
            select(func.count()).select_from(AuditRow).where(AuditRow.visit_id == visit_id, AuditRow.what == HUNG)
        )
        audit.note(session, audit.SYSTEM, HUNG, visit_id, step=step)
    return StepHangs(f"{StepHangs.__doc__} {step}: quá {settings().step_seconds} giây, lần thứ {(before or 0) + 1}")
