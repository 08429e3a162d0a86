"""What one start of a part has written into its log: its real error, and what it wants said to people."""

import re
from collections.abc import Iterator
from pathlib import Path

from deployments.service.log_lines import as_text

#: A line that a part writes for the person before `visits up` begins so.
TELL = "» "
#: What a runner writes when its deployments stand in Prefect and it begins to take runs.
REGISTERED = "các deployment đã có trong Prefect"

#: The line in which an error is named: by a log, by the system, or the last one of a traceback.
ERROR_LINE = re.compile(
    r"^(ERROR|CRITICAL)\b|\| (ERROR|CRITICAL) +\||\[Errno |^[A-Za-z_][\w.]*(Error|Exception|Refused)(: |$)"
)
_LONGEST = 300  # characters of one line; a line of SQL can be longer than a screen
_MOST = 1_000_000  # bytes; what a start says is far less
_FULL = 20_000_000  # bytes; a start that finds so much begins a new file, and one old one is kept


class PartLog:
    """The log file of a part, which all its starts share."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._from = 0

    def begin(self) -> None:
        """A new start begins: what stands there already is of earlier ones."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._from = self.path.stat().st_size if self.path.exists() else 0
        if self._from > _FULL:
            self.path.replace(self.path.with_name(f"{self.path.name}.1"))
            self._from = 0

    def _lines(self) -> list[str]:
        try:
            with self.path.open("rb") as file:
                file.seek(self._from)
                said = file.read(_MOST).decode("utf-8", errors="replace")
        except OSError:
            return []
        lines = (text for line in said.splitlines() for text in as_text(line))
        return [line.strip() for line in lines if line.strip()]

    def has(self, line: str) -> bool:
        """Whether this start has written that line."""
        return line in self._lines()

    def told(self) -> Iterator[str]:
        """What this start has written for people."""
        return (line.removeprefix(TELL) for line in self._lines() if line.startswith(TELL))

    def error(self) -> str:
        """The last error of this start: of a traceback its last line; without any error, the last line it wrote."""
        lines = self._lines()
        errors = [line for line in lines if ERROR_LINE.search(line)]
        return (errors or lines or ["(không ghi gì)"])[-1][:_LONGEST]
