"""The process that reads one file after another for its parent, within limits (`python -m apart.child`).

It is started anew, not forked: no connection, no lock, no secret of the service is in it.
"""

import gc
import os
import pickle
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import IO

from apart.parcel import pack_answer, put, take

try:
    import resource
except ImportError:  # not on Windows, where files are read apart as well, but without these limits
    resource = None  # type: ignore[assignment]

#: Bytes of memory, seconds of CPU for one file, open files. The largest list that is read needs a third of each.
MEMORY, CPU_SECONDS, OPEN_FILES = 640 * 2**20, 12, 64
#: After so many seconds without a file the process ends and gives back what it holds.
IDLE_SECONDS = 300
#: A process that has grown by so many bytes at a file is not kept for the next one.
_TIRED = 200 * 2**20
_MOST_ASKED = 64 * 2**20

#: What is said of a file beside the answer itself.
READ, TOO_MUCH, FAILED = "read", "too much", "failed"


def main() -> None:
    """Read files until the parent closes the pipe."""
    asked, answers = _pipes()
    _limit_process()
    began = _largest()  # on Linux that of the parent at the start, if that was larger
    while True:
        _wake_after(IDLE_SECONDS)
        try:
            packed = take(asked, _MOST_ASKED)
        except EOFError:
            return
        _wake_after(0)
        _limit_cpu()
        answer = _answer(packed, began + _TIRED)
        with suppress(BrokenPipeError):  # the parent has gone; the next look at its pipe tells
            put(answers, answer)


def _answer(packed: bytes, tired_from: int) -> bytes:
    """What is said of the file, the answer itself, and whether this process must not be asked again."""
    gc.enable()
    try:
        function, arguments = pickle.loads(packed)
        answer = function(*arguments)
        gc.disable()  # it would walk over all cells of a large list again and again, for most of a second
        return pack_answer((READ, answer, resource is None or _largest() > tired_from))
    except MemoryError:
        return pack_answer((TOO_MUCH, "", True))
    except BaseException:  # a library in Rust that panics raises something that is no `Exception`
        return pack_answer((FAILED, traceback.format_exc(limit=-8), True))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes to the parent; what a library prints goes nowhere."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    return asked, answers


def _limit_process() -> None:
    with suppress(OSError):  # where the kernel must end something, it should be this process
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if resource is None:
        return
    for kind, most in (("AS", MEMORY), ("FSIZE", 0), ("CORE", 0), ("NOFILE", OPEN_FILES)):
        with suppress(ValueError, OSError):  # macOS knows some of them by name only
            resource.setrlimit(getattr(resource, f"RLIMIT_{kind}"), (most, most))


def _limit_cpu() -> None:
    """So many seconds from now on; the kernel ends the process then, whatever it is at."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with suppress(ValueError, OSError):  # a hard limit below it ends the process earlier, which is as good
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))


def _largest() -> int:
    """The most bytes that the process has held at once."""
    if resource is None:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _wake_after(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # what comes of it is the end of the process


if __name__ == "__main__":
    main()
