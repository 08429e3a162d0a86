"""Finds what a service that was killed has left running in its home, and ends it before a new one starts."""

import os
from contextlib import suppress
from pathlib import Path

import psutil

from domain.problem import Problem, Refused

#: In the environment of every part of a service and of its children: the home it belongs to. Nobody types it, so
#: a command line with `VISITS_HOME` in its environment is never taken for a part.
PART_OF = "VISITS_PART_OF"

_PATIENCE = 6.0  # seconds; a runner that is told to stop lets its runs end for half of it


def marked(folder: Path, part: str = "") -> dict[str, str]:
    """The variable by which parts of the service in that home are known again; `part`: one that runs alone."""
    return {PART_OF: f"{folder.resolve()}{_ALONE + part if part else ''}"}


_ALONE = "#"


def left_in(folder: Path, part: str = "") -> list[psutil.Process]:
    """Every process that belongs to the service of that home, or to that part of it, if it runs alone."""
    mark = marked(folder, part)[PART_OF]
    return [
        one
        for one in psutil.process_iter(["environ"])
        if _is_of((one.info["environ"] or {}).get(PART_OF, ""), mark) and one.pid != os.getpid()
    ]


def _is_of(found: str, mark: str) -> bool:
    """Whoever has the whole home has the parts that ran there alone as well."""
    return found == mark or found.rpartition(_ALONE)[0] == mark


def end_leftovers(folder: Path, part: str = "") -> str:
    """End them: politely, then for good. Says in one line what was done; empty when nothing was there.

    Only the holder of the home's lock may do this. Whoever is ended so in the middle of a step leaves it undone
    (one transaction); the reconciler gives its run a new life.
    """
    found = left_in(folder, part)
    if not found:
        return ""
    for one in found:
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            if os.getsid(one.pid) == one.pid:  # the others are its children; it ends them in order
                one.terminate()
    psutil.wait_procs(found, timeout=_PATIENCE)
    for one in left_in(folder, part):
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(found, timeout=3)
    if left := left_in(folder, part):
        pids = ", ".join(str(one.pid) for one in left)
        raise Refused(Problem(str(folder), f"còn tiến trình của lần chạy trước: {pids}", f"kết thúc: kill -9 {pids}"))
    return f"lần chạy trước bị ngắt giữa chừng: đã kết thúc {len(found)} tiến trình còn sót"
