"""Lets two folders change places in one instant, which Linux promises: whoever is killed leaves one or the other."""

import ctypes
import errno
import os
from pathlib import Path

from domain.problem import Problem, Refused

_HERE, _EXCHANGE = -100, 2  # <fcntl.h>, <linux/fs.h>


def exchange(one: Path, other: Path) -> None:
    """Each gets the other's name. `Refused` where the machine cannot do so in one step; nothing has changed then."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    failed = call is None or call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    if failed:
        why = os.strerror(ctypes.get_errno() if call else errno.ENOSYS)
        remedy = f"đặt VISITS_HOME là một thư mục con trên cùng ổ đĩa, không phải điểm gắn; thư mục đang có: {other}"
        raise Refused(Problem(str(other), f"hệ tệp không đổi chỗ được hai thư mục trong một bước: {why}", remedy))
    for folder in {one.parent, other.parent}:
        to_disk(folder)


def to_disk(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
