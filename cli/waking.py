"""After an answer: tells the running service, or says that it will see the answer when it runs."""

import httpx

from cli.output import say
from config.settings import settings
from database import visits
from database.engine import reading
from deployments.environment import enter
from domain.problem import Problem, Refused


def tell(reference: str) -> None:
    """Wake the visit; the answer is stored already, so a service that is off loses nothing."""
    with reading(settings().database) as session:
        visit_id = visits.find(session, reference).id
    try:
        connect()
    except Refused:
        say("Dịch vụ chưa chạy; chuyến sẽ tiếp tục khi chạy `visits up`.")
        return
    # Prefect takes seconds to import; only the commands that need it pay for it.
    from flows.wake import start_parked

    start_parked(visit_id)


def open_what_is_due() -> None:
    """After a plan was loaded: let the running service open what is due; without one, its start will."""
    try:
        connect()
    except Refused:
        return
    from flows.wake import OPENING, run_now

    run_now(OPENING)


def connect() -> None:
    """Point this process at the running service; `Refused` when it does not run."""
    try:
        httpx.get(f"{settings().prefect_url}/api/health", timeout=2).raise_for_status()
    except httpx.HTTPError:
        raise Refused(Problem(settings().prefect_url, "dịch vụ chưa chạy", "chạy: visits up")) from None
    enter(settings())
