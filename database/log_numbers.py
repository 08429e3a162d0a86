"""Which files a database of SQLite is made of while it is open: by the numbers under which the system knows them.

A name that stands for another file, or for none, is how a deletion shows: SQLite itself does not notice it.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

#: What is said where not the log, but the database itself is another file.
REPLACED = "visits.db đã bị xóa hoặc thay bằng tệp khác khi đang mở, vì vậy tiến trình này không đọc, không ghi tiếp."


class LogDeleted(Exception):  # noqa: N818 - its name is what has happened
    """visits.db-wal hoặc visits.db-shm đã bị xóa khi dịch vụ đang chạy, vì vậy không đọc, không ghi tiếp."""

    def __init__(self, remedy: str, fault: str = "") -> None:
        super().__init__(fault or LogDeleted.__doc__)
        self.remedy = remedy  #: what a person must do about it


@dataclass(frozen=True)
class Numbers:
    """The database, its write-ahead log and the index of that; 0 where there is none."""

    database: int
    log: int
    index: int


def numbers_of(path: Path) -> Numbers:
    """As they stand beside each other now. `OSError` where they cannot be looked at."""
    return Numbers(_number(f"{path}"), _number(f"{path}-wal"), _number(f"{path}-shm"))


def file_of(url: str) -> Path | None:
    """The file behind that address, as SQLite finds it, through links; None for a server or a database in memory."""
    address = make_url(url)
    name = address.database
    if address.get_backend_name() != "sqlite" or not name or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(os.path.realpath(name))


def _number(path: str) -> int:
    try:
        return os.stat(path).st_ino
    except FileNotFoundError:
        return 0
