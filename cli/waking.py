"""After an answer: tells the running service, or says that it will see the answer when it runs."""

import httpx

from cli.output import say
from config.settings import settings
from deployments.service.environment import enter
from domain.problem import Problem, Refused
from flows.engine.wake_pipe import tell as call


def tell() -> None:
    """Call whoever runs visits; the answer is stored already, so a service that is off loses nothing."""
    if not call():
        say("Dịch vụ chưa chạy; việc này sẽ tiếp tục khi chạy `visits up`.")


def open_what_is_due() -> None:
    """After a plan was loaded: let the running service open what is due; without one, its start will."""
    try:
        connect()
    except Refused:
        return
    from flows.engine.wake import OPENING, run_now

    run_now(OPENING)


def connect() -> None:
    """Point this process at the running service; `Refused` when it does not run."""
    try:
        httpx.get(f"{settings().prefect_url}/api/health", timeout=2).raise_for_status()
    except httpx.HTTPError:
        raise Refused(Problem(settings().prefect_url, "dịch vụ chưa chạy", "chạy: visits up")) from None
    enter(settings())
