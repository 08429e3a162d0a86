"""The trigger: opens every visit and other obligation whose time has come and that is not open yet (R84–R86, A5)."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from database import audit, clock, visits
from database.engine import reading, writing
from flows.bell import ring
from flows.naming import AUTOMATIC
from flows.server import RESULTS


@flow(name="open-due-visits", flow_run_name=AUTOMATIC["open-due-visits"], persist_result=False, result_storage=RESULTS)
def open_due_visits() -> State[None]:
    """Mở mọi chuyến đã đến ngày mà chưa mở; chạy lại bao nhiêu lần cũng không mở hai lần."""
    opened = open_due()
    return Completed(message=f"mở {len(opened)} chuyến: {', '.join(opened)}" if opened else "không có chuyến đến hạn")


def open_due() -> list[str]:
    """Open what is due; returns its keys. An open row is called like any other, and gets its run by that."""
    url, opened = settings().database, []
    with reading(url) as session:
        due = visits.due_to_open(session, clock.now(session).date())
    for planned in due:
        with writing(url) as session:
            visit = visits.get(session, planned.id, lock=True)
            if visit.state == "planned":  # else somebody else has opened it meanwhile
                visits.begin(session, visit, audit.SYSTEM)
                visits.ask_to_wake(session, visit.id)
                opened.append(visit.key)
    ring()
    return opened
