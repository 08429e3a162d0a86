"""A wall clock that jumps, under a whole service at once (design trap 0): every process reads it from one file.

Only the wall clock is moved. The monotonic one, by which programs wait, goes on as it does on a machine whose clock
somebody sets; moved with it, waits of Python would never end.
"""

import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import ROOT
from domain.dates import OFFICE_ZONE

_LIBRARY = "faketime/libfaketimeMT.so.1"


class MovedClock:
    """The service's clock as the test sets and reads it; the test's own process stays in its own time."""

    def __init__(self, file: Path, start: datetime) -> None:
        self._file, self._offset = file, 0.0
        self.set(start)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in order to live by this clock."""
        path = os.pathsep.join([str(ROOT / "tests" / "live" / "moved"), *filter(None, [os.environ.get("PYTHONPATH")])])
        return {
            "LD_PRELOAD": f"{_library()}", "FAKETIME_TIMESTAMP_FILE": f"{self._file}", "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1",
            # Its cure for an old fault of threads that wait makes every change of threads take five milliseconds.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "PYTHONPATH": path,
        }  # fmt: skip

    def set(self, moment: datetime) -> None:
        """Every process jumps there; the file is replaced, for one that is just written would be no offset at all."""
        self._offset = moment.timestamp() - time.time()
        beside = self._file.with_suffix(".new")
        beside.write_text(f"{self._offset:+.3f}\n", encoding="ascii")
        os.replace(beside, self._file)

    def now(self) -> datetime:
        """This moment on the service's clock."""
        return datetime.fromtimestamp(time.time() + self._offset, OFFICE_ZONE)


def _library() -> Path:
    for folder in (Path("/usr/lib"), Path("/usr/lib64")):
        for found in [*folder.glob(_LIBRARY), *folder.glob(f"*/{_LIBRARY}")]:
            return found
    pytest.skip("libfaketime is not installed")
