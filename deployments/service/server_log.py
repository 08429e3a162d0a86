"""Follows the log of the Prefect server: a service of it that fails again and again shows nowhere else.

The scheduler of Prefect, for example, is a loop that logs an error and tries again, while pages and API stay green.
"""

import re
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from deployments.service.log_lines import as_text
from deployments.service.part_log import ERROR_LINE

_WINDOW = 15 * 60.0  # seconds; what has not happened again for so long is over
_RECURS = 3  # one error may be a moment's trouble
_MOST = 2_000_000  # bytes read at one look
_LONGEST = 200

#: `22:41:33.059 | ERROR   | docket.dependencies - ↩ [11ms] schedule_deployments(){…}`: docket runs Prefect's loops.
_HEAD = re.compile(r"^\d\d:\d\d:\d\d\.\d+ \| (\w+) +\| (\S+) - (.*)")
_LOOPS = ("docket.", "prefect.server.services.", "prefect.server.events.", "prefect.server.logs.")
_TASK = re.compile(r"([a-z]\w+)\(")

#: What the loops are called that this service depends on.
_NAMES = {
    "schedule_deployments": "xếp lịch (schedule_deployments)",
    "schedule_recent_deployments": "xếp lịch (schedule_recent_deployments)",
    "mark_deployments_not_ready": "theo dõi deployment (mark_deployments_not_ready)",
    "monitor_late_runs": "theo dõi lượt trễ (monitor_late_runs)",
    "taskrunrecorder": "ghi các bước (taskrunrecorder)",
    "eventpersister": "ghi sự kiện (eventpersister)",
}


@dataclass
class _Failure:
    at: float
    what: str
    error: str = ""


class ServerLog:
    """Reads what has been added since the last look; remembers a quarter of an hour."""

    def __init__(self, path: Path, window: float = _WINDOW) -> None:
        self._path, self._window = path, window
        self._read = path.stat().st_size if path.exists() else 0  # what a former server said is over
        self._rest = b""
        self._failures: deque[_Failure] = deque()
        self._inside = False  #: the lines that come belong to the newest failure

    def look(self) -> str:
        """What keeps failing, in a sentence; empty when nothing does."""
        now = time.monotonic()
        for line in self._added():
            self._take(line, now)
        while self._failures and now - self._failures[0].at > self._window:
            self._failures.popleft()
        return self._said()

    def _added(self) -> list[str]:
        try:
            size = self._path.stat().st_size
            if size < self._read:  # somebody has emptied it
                self._read, self._rest = 0, b""
            with self._path.open("rb") as file:
                file.seek(self._read)
                added = file.read(_MOST)
        except OSError:
            return []
        self._read += len(added)
        *whole, self._rest = (self._rest + added).split(b"\n")
        return [text for line in whole for text in as_text(line.decode("utf-8", errors="replace"))]

    def _take(self, line: str, now: float) -> None:
        if head := _HEAD.match(line):
            level, logger, text = head.groups()
            self._inside = level in ("ERROR", "CRITICAL") and logger.startswith(_LOOPS)
            if self._inside:
                task = _TASK.search(text) if logger.startswith("docket.") else None
                self._failures.append(_Failure(now, task[1] if task else logger.rpartition(".")[2], text))
        elif self._inside and ERROR_LINE.search(line):
            self._failures[-1].error = line.strip()

    def _said(self) -> str:
        by_loop: dict[str, list[_Failure]] = {}
        for one in self._failures:
            by_loop.setdefault(one.what, []).append(one)
        worst = max(by_loop.values(), key=len, default=[])
        if len(worst) < _RECURS:
            return ""
        last = worst[-1]
        name = _NAMES.get(last.what, last.what)
        # The number is left out: it would be another word every minute.
        return f"việc {name} của máy chủ lỗi liên tiếp: {(last.error or 'xem logs/server.log')[:_LONGEST]}"
