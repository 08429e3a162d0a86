"""The trigger: opens every visit and other obligation whose time has come and that is not open yet (R84–R86, A5)."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from database import audit, clock, plans, visits
from database.engine import reading, writing
from flows.naming import AUTOMATIC
from flows.server import RESULTS, server
from flows.wake import start


@flow(name="open-due-visits", flow_run_name=AUTOMATIC["open-due-visits"], persist_result=False, result_storage=RESULTS)
def open_due_visits() -> State[None]:
    """Mở mọi chuyến đã đến ngày mà chưa mở; chạy lại bao nhiêu lần cũng không mở hai lần."""
    opened = open_due()
    return Completed(message=f"mở {len(opened)} chuyến: {', '.join(opened)}" if opened else "không có chuyến đến hạn")


def open_due() -> list[str]:
    """Open what is due, each visit with its one run; returns their keys.

    The run is created before the row says "open": if the process dies in between, the next round creates the same
    run again, by its idempotency key, and no second one. No transaction is open while the server is asked.
    """
    url, opened = settings().database, []
    with reading(url) as session:
        due = visits.due_to_open(session, clock.now(session).date())
        names = [plans.unit_name(session, visit) for visit in due]
    with server() as client:
        for planned, name in zip(due, names, strict=True):
            run_id = start(client, planned, name)
            with writing(url) as session:
                visit = visits.get(session, planned.id, lock=True)
                if visit.state == "planned":  # else somebody else has opened it meanwhile
                    opened.append(visit.key)
                visits.begin(session, visit, audit.SYSTEM)
                visit.flow_run_id = visit.flow_run_id or str(run_id)
    return opened
