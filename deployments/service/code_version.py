"""Notices that code or settings on disk are newer than the running service, which goes on with the old ones."""

import time
from pathlib import Path

from config.settings import PLACE, ROOT

_EVERY = 5.0  # seconds between two looks
_ROOMS = ("answers", "config", "database", "deployments", "domain", "flows", "letters", "papers", "tasks")


class CodeVersion:
    """The code, the settings and the office's own wording as they were when the service started.

    The shipped wording is read anew when it changes, but a file that comes to stand above it is not looked for.
    """

    def __init__(self, root: Path = ROOT, wording: Path | None = None, place: Path = PLACE) -> None:
        self._root, self._wording, self._place = root, wording, place
        self._known = self._on_disk()
        self._looked = time.monotonic()

    def has_moved(self) -> bool:
        """Whether anything was written since this was last said; looks at the disk every few seconds at most."""
        if time.monotonic() - self._looked < _EVERY:
            return False
        self._looked = time.monotonic()
        before, self._known = self._known, self._on_disk()
        return before != self._known

    def _on_disk(self) -> dict[Path, int]:
        files = [self._place / "local" / "visits.env"]
        for room in _ROOMS:
            files += (self._root / room).rglob("*.py")
        files += self._wording.rglob("*.txt") if self._wording else []
        return {file: written for file in files if (written := _written(file))}


def _written(file: Path) -> int:
    """When it was last written; 0 if it has just been taken away."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
