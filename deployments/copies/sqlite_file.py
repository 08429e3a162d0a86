"""A database of SQLite as one file: copied at one moment while others write, and looked at before it is trusted.

A database on a server is copied into such a file too (`server.py`), so this is what every copy holds.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from domain.problem import Problem, Refused

_PATIENCE = 60  # seconds for a writer to end, as the service itself waits


def copy_at_one_moment(source: Path, to: Path) -> None:
    """Copy a database as it is at one moment; whoever reads or writes it meanwhile goes on. The copy is one file.

    `Refused` when it cannot be read.
    """
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE)) as live,
            closing(sqlite3.connect(to)) as copy,
        ):
            live.backup(copy)
    except sqlite3.Error as error:
        raise Refused(Problem(str(source), f"không sao được: {error}", "xem visits doctor")) from None
    close_into_one_file(to)


def close_into_one_file(path: Path) -> None:
    """Let everything stand in the file itself: with WAL its last lines would be in a second one."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def fault_of(path: Path) -> str:
    """What SQLite itself finds wrong with a file; empty when it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if said == "ok" else str(said)


def revision_of(path: Path) -> str:
    """The migration that a database of ours stands at; empty where it has none."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def length_of_record(path: Path) -> tuple[int, str]:
    """How many lines the record has and the hash of the last; nothing where there is no record."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            row = connection.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return 0, ""
    return (int(row[0]), str(row[1])) if row else (0, "")
