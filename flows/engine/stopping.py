"""Shows a visit whose run stands still and will not go on by itself: in its row, in Prefect, and by a letter."""

import logging
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient

from config.settings import settings
from database import audit, clock, visits
from database.dossier import open_dossier
from database.engine import writing
from domain.wait import Wait
from flows.engine.naming import stick
from flows.engine.parking import label_now
from tasks.asking.reminding import tell_of_stop
from tasks.worker import fence

_log = logging.getLogger("flows.engine.stopping")


def stop(client: SyncPrefectClient, visit_id: int, run_id: str | None, why: str) -> None:
    """Somebody has stopped the run of this visit from outside, or it breaks time and again."""
    way_out = "bấm Chạy lại (hoặc visits retry) để đi tiếp; muốn bỏ hẳn một đợt thì bấm Hủy đợt (hoặc visits cancel)"
    stand_still(visit_id, Wait.RUN_STOPPED, f"{why}. Việc này tạm dừng, không mất gì: {way_out}.")
    if run_id is not None:
        stick(client, UUID(run_id), label_now(visit_id))


def stand_still(visit_id: int, wait: Wait, trouble: str, *, ours: bool = False) -> None:
    """Keep why it stands still where everybody looks, and write to the officer; whoever calls sends the letter.

    `ours`: the run of this process says so of itself, which it may no more once another has taken over (`LeaseLost`).
    """
    with writing(settings().database) as session:
        row = visits.get(session, visit_id, lock=True)
        if ours:
            fence(row)
        row.trouble, row.worker = trouble, None
        row.waiting_for, row.wait, row.waiting_message = wait.whom, wait, trouble
        row.waiting_since, row.waiting_until = clock.now(session), None
        audit.note(session, audit.SYSTEM, _SAID[wait], visit_id, error=trouble)
    try:
        with writing(settings().database) as session:
            tell_of_stop(open_dossier(session, visit_id, lock=True), wait, trouble)
    except Exception:
        # Whatever made the run fail may keep this letter from being written as well; the row says it already.
        _log.warning("visit %s: no letter about its stop could be written", visit_id, exc_info=True)


#: How it stands in the record.
_SAID = {Wait.RUN_STOPPED: "lượt chạy bị dừng", Wait.RUN_FAILED: "lượt chạy lỗi"}
