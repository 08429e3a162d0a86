"""Loaded by every Python process under a moved clock: `time.sleep` sleeps by `select`, as it did before Python 3.11.

It sleeps until a moment of the monotonic clock, which libfaketime takes for one of the wall clock and refuses.
"""

import select
import time


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = _sleep
