"""The folder of copies: the newest few stay; the doctor asks how old the last one is and whether it can be read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from database.record.key import known_key
from deployments.copies import package
from domain.dates import date_and_time
from domain.problem import Problem, Refused
from overview.copies import copies_in


def keep_newest(taken: Path, mode: str, count: int) -> Sequence[Path]:
    """Take away all copies beside the one that was just taken but the newest of them; returns those that are gone.

    That one stays even where a clock that was wrong has given others a later name.
    """
    others = [path for path in copies_in(taken.parent, mode) if path != taken]
    gone = others[: len(others) - (count - 1)] if len(others) >= count else []
    for path in gone:
        path.unlink()
    return gone


def look(of: Settings, now: datetime) -> Iterator[Problem]:
    """What is wrong with the copies of this installation: none, too old, not to be read, sealed by nobody we know."""
    folder = of.copies.folder
    if folder is None:
        if of.mode == "live":
            remedy = "đặt VISITS_COPIES__FOLDER và bật party-visits-backup.timer"
            yield Problem("bản sao", "chưa đặt nơi để bản sao: máy hỏng thì mất hết", remedy, warning=True)
        return
    copies = copies_in(folder, of.mode)
    if not copies:
        yield Problem(str(folder), "chưa có bản sao nào", "chạy: visits backup")
        return
    yield from _look_at(copies[-1], of, now)


def _look_at(newest: Path, of: Settings, now: datetime) -> Iterator[Problem]:
    try:
        with package.opened(newest) as copy:
            copy.read_through()
            manifest = copy.manifest
    except Refused as refused:
        yield from refused.problems
        return
    if manifest.is_forged(known_key()):
        yield Problem(str(newest), "tệp kê không mang dấu của khóa: bản sao đã bị sửa", "chạy: visits backup")
    if (now - manifest.taken).total_seconds() > of.copies.days * 86400:
        fault = f"bản sao mới nhất từ {date_and_time(manifest.taken)}, quá {of.copies.days:g} ngày"
        yield Problem(str(newest), fault, "xem systemctl status party-visits-backup; chạy: visits backup")
