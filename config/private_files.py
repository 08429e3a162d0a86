"""Nobody else on this machine reads what an office keeps: how files are made, how an older home is put right (P3)."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

#: What others than the owner may do with a file of the office: nothing.
OTHERS = 0o077


def keep_private() -> None:
    """Whatever this process and those it starts make from now on is its owner's alone."""
    os.umask(OTHERS)


def open_to_others(folder: Path) -> Iterator[Path]:
    """Every file and folder from `folder` down that somebody else may read or change; nothing if there is none.

    Links are passed over: what they lead to has rights of its own. On Windows rights are another matter.
    """
    if os.name == "nt" or not folder.exists():
        return
    for path in (folder, *folder.rglob("*")):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:  # taken away meanwhile, as letters and pipes are
            continue
        if not stat.S_ISLNK(mode) and mode & OTHERS:
            yield path


def close_to_others(folder: Path) -> int:
    """Take those rights away; returns at how many files and folders. One that is another user's is left as it is."""
    closed = 0
    for path in open_to_others(folder):
        try:
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~OTHERS)
        except (FileNotFoundError, PermissionError):
            continue
        closed += 1
    return closed
