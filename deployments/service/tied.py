"""Becomes another program that ends when its parent ends (Linux): `python tied.py PARENT PROGRAM ARGUMENT…`.

A file that is run by its path, with nothing of this service imported: it stands between a fork and the real program.
The bond holds across `exec`; a function run between fork and exec (`preexec_fn`) could hang in a parent with threads.
"""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1  # <linux/prctl.h>


def main() -> None:
    """Tie this process to its parent, then become the program; nothing happens when the parent is gone already."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() == parent:
        os.execv(program[0], program)


if __name__ == "__main__":
    main()
