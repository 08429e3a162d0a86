"""The trigger: opens every visit and other obligation whose time has come and that is not open yet (R84–R86, A5)."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from database import audit, clock, plans, taking_up, visits
from database.engine import reading, writing
from database.models import VisitRow
from domain.state import VisitState
from flows.custom_run import offer_choices
from flows.engine.naming import AUTOMATIC
from flows.engine.server import RESULTS, server
from flows.engine.wake_pipe import ring
from tasks.taken_over import ask_again_what_cannot_open, begin


@flow(name="open-due-visits", flow_run_name=AUTOMATIC["open-due-visits"], persist_result=False, result_storage=RESULTS)
def open_due_visits() -> State[None]:
    """Bắt đầu mọi việc đã đến ngày mà chưa bắt đầu; chạy lại bao nhiêu lần cũng không bắt đầu hai lần."""
    opened = open_due()
    with server() as client:
        offer_choices(client)  # what starts this is often a plan that was just loaded
    return Completed(message=f"bắt đầu {len(opened)} việc: {', '.join(opened)}" if opened else "không có việc đến hạn")


def open_due() -> list[str]:
    """Open what is due; returns its keys. An open row is called like any other, and gets its run by that.

    What lies behind is held back first: nobody is written to about a month that is over unless a person said so.
    """
    url, opened = settings().database, []
    _hold_back(url)
    with reading(url) as session:
        due = visits.due_to_open(session, clock.now(session).date())
    for planned in due:
        with writing(url) as session:
            visit = visits.get(session, planned.id, lock=True)
            if visit.state == VisitState.PLANNED:  # else somebody else has opened it meanwhile
                begin(session, visit, audit.SYSTEM)
                visits.ask_to_wake(session, visit.id)
                opened.append(visit.key)
    ring()
    return opened


def _hold_back(url: str) -> None:
    """Put the question about whatever is due and may not begin by itself (`domain.taking_up`)."""
    with reading(url) as session:
        if not (due := visits.due_to_open(session, clock.now(session).date())):
            return
        years = sorted({row.year for row in due})
    with writing(url) as session:
        visits.lock(session, VisitRow.year.in_(years))
        for year in years:
            plan, _contacts = plans.read(session, year)
            held = taking_up.hold_back(session, plan, "khi dịch vụ chạy lại")
            for row in visits.due_to_open(session, clock.now(session).date()):
                if row.year == year and row.taken_up and ask_again_what_cannot_open(session, row):
                    held.append(row.key)
            if held:
                audit.note(session, audit.SYSTEM, "chờ quyết định, chưa mở", year=year, held=held)
