"""Lets Ctrl-C and SIGTERM stop a command that serves, in order."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from cli.output import say


class StopBeforeTheEnd(KeyboardInterrupt):
    """Ctrl-C in the middle of a rehearsal."""


@contextmanager
def until_told_to_stop() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set, so that everything is stopped in order."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda *_: stop.set())
    try:
        yield stop
    except StopBeforeTheEnd:
        say("đã dừng theo yêu cầu")
        sys.exit(130)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
