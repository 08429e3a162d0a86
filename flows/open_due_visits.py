"""The monthly trigger: opens every visit whose time has come and that is not open yet (R84–R86, A5)."""

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from database import audit, clock, plans, visits
from database.engine import reading, writing
from flows.wake import start


@flow(name="open-due-visits", flow_run_name="Mở các chuyến đến hạn", persist_result=False)
def open_due_visits() -> State[None]:
    """Mở mọi chuyến đã đến ngày mà chưa mở; chạy lại bao nhiêu lần cũng không mở hai lần."""
    opened = open_due()
    return Completed(message=f"mở {len(opened)} chuyến: {', '.join(opened)}" if opened else "không có chuyến đến hạn")


def open_due() -> list[str]:
    """Open what is due, each visit with its one run; returns their keys.

    The run is created before the row says "open": if the process dies in between, the next round creates the same
    run again, by its idempotency key, and no second one.
    """
    url, opened = settings().database, []
    with reading(url) as session:
        due = [visit.id for visit in visits.due_to_open(session, clock.now(session).date())]
    with get_client(sync_client=True) as client:
        for visit_id in due:
            with writing(url) as session:
                visit = visits.get(session, visit_id, lock=True)
                plan, _contacts = plans.read(session, visit.year)
                run_id = start(client, visit, plan.unit(visit.unit).short_name)
                visits.begin(session, visit, audit.SYSTEM)
                visit.flow_run_id = str(run_id)
                opened.append(visit.key)
    return opened
