"""In which form processes write their logs: lines for people, or JSON for an office that collects them (0048)."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TextIO

from pythonjsonlogger.json import JsonFormatter

from domain.dates import OFFICE_ZONE

#: What Prefect's logging is told by its environment, so that its processes write as ours do.
FOR_PREFECT = {
    "PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS": f"{__name__}.JsonLines",
    "PREFECT_LOGGING_HANDLERS_DEBUG_CLASS": f"{__name__}.JsonLines",
}
#: Attribute that Prefect gives a line of a run -> its name in ours.
_OF_PREFECT = {"flow_run_id": "run", "task_run_id": "task_run"}

_at_work: ContextVar[dict[str, object]] = ContextVar("at_work", default={})  # noqa: B039 - it is never changed in place


@contextmanager
def at_work_on(visit: int, run: str) -> Iterator[None]:
    """Whatever is logged meanwhile bears the number of the row and the id of the run; no name, for it may be marked."""
    before = _at_work.set({"visit": visit, "run": run})
    try:
        yield
    finally:
        _at_work.reset(before)


class _Form(JsonFormatter):
    """Moment, level, logger, message, the visit and run at work, and a traceback as one text; nothing else."""

    def __init__(self) -> None:
        super().__init__(json_ensure_ascii=False)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """Only what is named here: whatever else hangs on a record was not meant for a log."""
        log_data["time"] = datetime.fromtimestamp(record.created, OFFICE_ZONE).isoformat(timespec="milliseconds")
        log_data |= {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        log_data |= _at_work.get()
        for theirs, ours in _OF_PREFECT.items():
            if value := getattr(record, theirs, None):
                log_data[ours] = str(value)
        log_data |= {name: told for name, told in message_dict.items() if name in ("exc_info", "stack_info") and told}


class JsonLines(logging.StreamHandler[TextIO]):
    """Writes each record as one line of JSON, whatever form its configuration asks for beside."""

    def __init__(self, stream: TextIO | None = None, **_for_people: object) -> None:
        super().__init__(stream or sys.stderr)
        self.formatter = _Form()

    def setFormatter(self, _fmt: logging.Formatter | None) -> None:  # noqa: N802 - logging's own name
        """Prefect's configuration names its own, for people."""


def set_up(log_format: str) -> None:
    """Let a process that knows nothing of Prefect write in that form; `text` leaves it as Python has it."""
    if log_format == "json":
        logging.basicConfig(handlers=[JsonLines()], level=logging.WARNING, force=True)
