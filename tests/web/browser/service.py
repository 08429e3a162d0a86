"""The service behind the desk while somebody clicks: its runner beside the browser, on the real Prefect server."""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from config.settings import settings
from database import service_notes
from database.engine import writing

if TYPE_CHECKING:  # it imports Prefect, which few tests in a browser need
    from tests.flows.office import Office


class Service:
    """Runs what is due by itself, in a thread of its own: Playwright's loop and Prefect's do not share one."""

    def __init__(self) -> None:
        self._asked: queue.Queue[tuple[Future[Any], Callable[[Office], Any]] | None] = queue.Queue()

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """A service with a Prefect that knows no run yet."""
        service = cls()
        thread = threading.Thread(target=service._serve)
        thread.start()
        try:
            yield service
        finally:
            service._asked.put(None)
            thread.join(60)

    def do(self, what: "Callable[[Office], Any]") -> Any:
        """Let the office do something (a day passes, somebody answers elsewhere), and wait until it is done."""
        done: Future[Any] = Future()
        self._asked.put((done, what))
        return done.result(120)

    def _serve(self) -> None:
        from tests.flows.office import Office

        with Office.opened() as office:
            while True:
                try:
                    asked = self._asked.get(timeout=0.1)
                except queue.Empty:
                    _say_that_it_runs()
                    office.run_due()
                    continue
                if asked is None:
                    return
                done, what = asked
                try:
                    done.set_result(what(office))
                except BaseException as error:
                    done.set_exception(error)


def _say_that_it_runs() -> None:
    """As every runner does each minute: without it the desk tells people that the service is not running."""
    from flows.engine.wake_pipe import RUNS

    with writing(settings().database) as session:
        service_notes.note(session, RUNS)
