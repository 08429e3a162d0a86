"""The inbox: every few minutes, and whenever somebody asks, what has come in by mail is kept and dealt with (R62)."""

from contextlib import suppress
from typing import Any

from prefect import Task, flow, task
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateName as StateName
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed

from config.settings import settings
from flows.engine.naming import AUTOMATIC
from flows.engine.server import RESULTS, server
from flows.engine.wake_pipe import ring
from tasks.incoming import InboxUnavailable, Round, note_fault, read_inbox

#: How a round ends in Prefect; those that found nothing, and tries that failed, are taken away by the next one.
QUIET, READ, UNREAD, NO_INBOX = "Không có thư mới", "Đã đọc", "Chưa đọc được", "Chưa đặt hộp thư"
_PAGE = 200


@flow(name="read-inbox", flow_run_name=AUTOMATIC["read-inbox"], persist_result=False, result_storage=RESULTS)
def read_the_inbox() -> State[None]:
    """Đọc hộp thư đến của cơ quan; mỗi thư chỉ ghi một lần, xử lý một lần, đọc lại bao nhiêu lần cũng vậy."""
    with server() as client:
        _forget_quiet_rounds(client)
    if not settings().inbox.host:
        return Completed(name=NO_INBOX, message="chưa đặt VISITS_INBOX__HOST, không đọc hộp thư nào")
    try:
        result = reading_task()()
    except InboxUnavailable as error:
        # No failed run: it would be told every few minutes. The doctor tells it once it lasts.
        note_fault(str(error))
        return Completed(name=UNREAD, message=str(error))
    ring()
    return Completed(name=QUIET if result.quiet else READ, message=str(result))


def reading_task() -> Task[[], Round]:
    """The Prefect task of one round, with the tries that a mail server gets elsewhere (`Delivery`)."""
    policy = settings().delivery

    @task(
        name="Đọc hộp thư",
        task_run_name="Doc hop thu",  # ASCII for the time line, see `step_task`
        retries=policy.retries,
        retry_delay_seconds=policy.retry_seconds,
        retry_condition_fn=_only_what_may_come_later,
        persist_result=False,
    )
    def read() -> Round:
        return read_inbox()

    return read


def _only_what_may_come_later(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.data, InboxUnavailable) or isinstance(getattr(state.data, "result", None), InboxUnavailable)


def _forget_quiet_rounds(client: SyncPrefectClient) -> None:
    """Rounds that found nothing would fill the list of runs with hundreds a day: only the last one stays."""
    quiet = FlowRunFilter(state=FlowRunFilterState(name=StateName(any_=[QUIET, UNREAD, NO_INBOX])))
    own = FlowFilter(name=FlowFilterName(any_=["read-inbox"]))
    for run in client.read_flow_runs(flow_filter=own, flow_run_filter=quiet, limit=_PAGE):
        with suppress(ObjectNotFound):  # two rounds that begin in the same second tidy up at once
            client.delete_flow_run(run.id)
