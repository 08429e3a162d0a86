"""Every process of a running service, those of a runner that was killed included; ends them together."""

import ctypes
import os
import sys
from contextlib import suppress
from typing import ClassVar

import psutil


class Family:
    """The children of this process that belong to the service; those it had before are strangers."""

    _running: ClassVar[int] = 0

    def __init__(self) -> None:
        self._strangers = {child.pid for child in psutil.Process().children()}
        Family._running += 1
        _adopt_orphans(True)

    def leave(self) -> None:
        """The service has ended: who loses a parent from now on is none of ours, and nobody here would take note."""
        self.reap(set())
        Family._running -= 1
        if not Family._running:
            _adopt_orphans(False)

    def reap(self, own: set[int]) -> None:
        """Forks of a runner that was killed have become our children; when they end, nobody else takes note.

        `own` are the processes whose end is waited for elsewhere.
        """
        for child in psutil.Process().children():
            with suppress(psutil.NoSuchProcess, ChildProcessError):
                if child.pid not in own | self._strangers and child.status() == psutil.STATUS_ZOMBIE:
                    os.waitpid(child.pid, os.WNOHANG)

    def members(self) -> list[psutil.Process]:
        """Every process of the service, down to the last grandchild."""
        members = [child for child in psutil.Process().children() if child.pid not in self._strangers]
        for child in list(members):
            with suppress(psutil.NoSuchProcess):
                members += child.children(recursive=True)
        return members


def _adopt_orphans(wanted: bool) -> None:
    """On Linux, children of a runner that was killed become ours, so that stopping finds them."""
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, int(wanted), 0, 0, 0)
