"""What stands in the place of which part while a world is simulated: clock, processes, mail, Prefect's engine, ink.

Everything else is the service's own code. Documents are plain text instead of Word and PDF: what they say is looked
at, how it is drawn is not.
"""

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from typing import Any
from unittest.mock import patch
from uuid import UUID

from prefect import Task
from prefect.client.schemas.objects import State
from prefect.states import Failed
from sqlalchemy import event

import database.clock
import database.leases
import database.service_notes
import deployments.warm.runner
import flows.engine.claim
import flows.engine.run_cases
import flows.engine.step_by_step
import flows.engine.step_run
import flows.engine.wake_pipe
import flows.reconcile_visits
import letters.form.pdf_file
import letters.form.word_file
import letters.one_line
import letters.postman
import sheets.nominations.nomination_form
import tasks.letters.deliver
import tasks.worker
from database.engine import _begin_sqlite, engine_for
from letters.form.paper import Paper
from letters.form.plain_text import plain_text
from tests.simulation import at_work
from tests.simulation.simulated_mail import Mail, SimulatedYagmail
from tests.simulation.world import world

#: The modules of the service that ask the computer what time it is.
ASK_THE_TIME = (
    database.clock, database.leases, database.service_notes, deployments.warm.runner, flows.engine.claim,
    flows.engine.run_cases, flows.engine.wake_pipe, flows.reconcile_visits, tasks.letters.deliver,
)  # fmt: skip


class SimulatedTime(datetime):
    """`datetime` whose now is that of the world."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment of the world."""
        return world().now.astimezone(tz)


class _Runtime:
    """What `prefect.runtime` tells of the run at hand."""

    @property
    def id(self) -> UUID:
        """Of the flow run."""
        process = world().current
        assert process is not None
        assert process.run_id is not None
        return process.run_id

    @property
    def run_count(self) -> int:
        """How often the task was tried."""
        process = world().current
        assert process is not None
        return process.tries

    @property
    def flow_run(self) -> "_Runtime":
        """Itself."""
        return self

    task_run = flow_run


def run_task(task: Task[..., Any], *, parameters: dict[str, Any], **_known: Any) -> State[Any]:
    """What Prefect's engine makes of a task: its tries, and a state of what it returned or raised."""
    process = world().current
    assert process is not None
    for attempt in range(1, int(task.retries or 0) + 2):
        process.tries = attempt
        world().point(f"task {task.name}")
        try:
            return _state(task.fn(**parameters))
        except Exception as error:
            failed: State[Any] = Failed(data=error)
            again = task.retry_condition_fn is None or task.retry_condition_fn(task, None, failed)
            if attempt > int(task.retries or 0) or not again:
                raise
    raise AssertionError("the last try returns or raises")


def _state(returned: State[Any]) -> State[Any]:
    return returned


#: How a process knows itself and others; a lease is renewed by no thread.
_AT_WORK = {
    "_me": at_work.own, "machine": at_work.machine, "process": at_work.process, "_exists": at_work.exists,
    "_beat": lambda: None,
}  # fmt: skip


def _noted(said: str, **_more: object) -> None:
    """What the runner prints, in the trace."""
    world().note(said)


@functools.lru_cache(maxsize=4096)
def _ink(said: str) -> bytes:
    return said.encode()


@functools.cache
def remembered(pure: Callable[[str], str]) -> Callable[[str], str]:
    """The same function of a text, which looks at each text once: the same words are written in every year."""
    return functools.lru_cache(maxsize=65536)(pure)


def drawn(paper: Paper) -> bytes:
    """What the document says, in the place of its file."""
    return _ink(plain_text(paper))


def _everywhere(real: Callable[..., Any], instead: Any) -> Iterator[Any]:
    """Patches for every module that has taken `real` by its name."""
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] in (
            "flows",
            "tasks",
            "papers",
            "letters",
            "deployments",
            "sheets",
            "answers",
            "database",
        ):
            for attribute, value in list(vars(module).items()):
                if value is real:
                    yield patch.object(module, attribute, instead)


@contextmanager
def substituted(mail: Mail) -> Iterator[None]:
    """Let the parts be exchanged for as long as this lasts."""
    with ExitStack() as stack:
        for module in ASK_THE_TIME:
            stack.enter_context(patch.object(module, "datetime", SimulatedTime))
        for place in ("prefect.states.now", "prefect.client.schemas.objects.now"):
            stack.enter_context(patch(place, lambda tz="UTC": world().now))  # noqa: ARG005 - its own default
        stack.enter_context(patch.object(flows.engine.step_run, "run_task_sync", run_task))
        stack.enter_context(patch.object(flows.engine.step_by_step, "runtime", _Runtime()))
        stack.enter_context(patch.object(tasks.letters.deliver, "runtime", _Runtime()))
        for name, substitute in _AT_WORK.items():
            stack.enter_context(patch.object(tasks.worker, name, substitute))
        stack.enter_context(patch.object(deployments.warm.runner, "print", _noted, create=True))
        mailbox = Mail()  # the local one, which keeps what is held

        def connected(server: letters.postman.MailServer) -> SimulatedYagmail:
            return SimulatedYagmail(world(), mailbox if server.host == "127.0.0.1" else mail)

        stack.enter_context(patch.object(letters.postman, "_new_client", connected))
        instead: list[tuple[Callable[..., Any], Any]] = [
            (database.leases.own_clock, at_work.own_clock), (letters.form.word_file.word_file, drawn),
            (letters.form.pdf_file.pdf_file, drawn),
            (letters.one_line.one_line, remembered(letters.one_line.one_line)),
            (sheets.nominations.nomination_form.nomination_form, lambda *_about: b"a list to fill in"),
        ]  # fmt: skip
        for real, substitute in instead:
            for one in _everywhere(real, substitute):
                stack.enter_context(one)
        yield


def watch_transactions(url: str) -> None:
    """Let each transaction that writes have a point before it begins and one before it is committed."""
    engine = engine_for(url)

    def reads(connection: Any) -> bool:
        return bool(connection.get_execution_options().get("reading"))

    def begins(connection: Any) -> None:
        if reads(connection):
            return _begin_sqlite(connection)
        world().point("begin")
        _begin_sqlite(connection)
        if process := world().current:
            process.writing = True
        return None

    def commits(connection: Any) -> None:
        process = world().current
        if process and process.writing and not reads(connection):
            world().point("commit")
            process.writing = False

    def undone(connection: Any) -> None:
        process = world().current
        if process and not reads(connection):
            process.writing = False

    # The point must come before the lock is taken, or two who both want it would wait for each other.
    event.remove(engine, "begin", _begin_sqlite)
    event.listen(engine, "begin", begins)
    event.listen(engine, "commit", commits)
    event.listen(engine, "rollback", undone)
