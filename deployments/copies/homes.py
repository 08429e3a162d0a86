"""A home and the folder beside it: who holds it, whether it is empty, what a restore has left there (0043)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from deployments.copies.at_work import refuse_others_at_work
from deployments.service.home_lock import HomeLock
from domain.problem import Problem, Refused

#: In a home that is being laid out; it leaves with the end.
UNFINISHED = "unfinished"


@contextmanager
def told_in_words(home: Path) -> Iterator[None]:
    """A full disk, a folder that may not be written: said in one line, with what became of the home."""
    try:
        yield
    except OSError as error:
        fault = f"không ghi được {error.filename or ''}: {error.strerror}"
        remedy = "thư mục dịch vụ vẫn trọn vẹn; xem chỗ trống và quyền ghi rồi chạy lại"
        raise Refused(Problem(str(home), fault, remedy)) from None


@contextmanager
def held(of: Settings) -> Iterator[None]:
    """No service runs in that home meanwhile, and nobody is at work with its database; `Refused` with who it is.

    Workers of a pool keep no lock of the home: their leases tell of them.
    """
    home = of.folder.absolute().resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = HomeLock(home)
    lock.take()
    try:
        refuse_others_at_work(of)
        yield
    finally:
        lock.release()


def is_empty(home: Path) -> bool:
    """Whether nothing would be lost there: no file but the lock, and no secret."""
    return not home.exists() or all(HomeLock.is_one(path) for path in home.iterdir())


def clear_what_was_left(home: Path, now: datetime | None = None) -> Path | None:
    """What a restore leaves beside a home: one that was not finished goes, an old home is kept under a name with date.

    Returns the latter.
    """
    (home / UNFINISHED).unlink(missing_ok=True)
    left = home.with_name(f".{home.name}.putting-back")
    if not left.exists():
        return None
    if (left / UNFINISHED).exists() or is_empty(left):
        shutil.rmtree(left)
        return None
    moment = now or datetime.fromtimestamp(left.stat().st_mtime).astimezone()
    kept = home.with_name(f"{home.name}.before-{moment:%Y-%m-%d_%H%M%S}")
    left.rename(kept)
    return kept


def left_beside(home: Path) -> Iterator[Problem]:
    """What a restore that was killed has left: half a home, or the whole old one under a name that nobody looks for."""
    left = home.absolute().resolve().with_name(f".{home.absolute().resolve().name}.putting-back")
    if left.exists():
        what = "dữ liệu trải dở" if (left / UNFINISHED).exists() else "thư mục cũ còn nguyên"
        remedy = "chạy lại visits restore; nếu không cần nữa thì xem rồi xóa"
        yield Problem(str(left), f"một lần khôi phục bị ngắt giữa chừng, còn lại {what}", remedy, warning=True)
