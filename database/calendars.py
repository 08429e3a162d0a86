"""The office's working calendar, version by version: the newest one is what every process goes by (C4)."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from config.office_calendar import OFFICE_FILE, calendar_content
from database import audit, clock, stored
from database.models import Base
from domain.calendar_content import CalendarContent
from domain.problem import Problem, Refused
from domain.record import to_data
from domain.working_days import WorkingCalendar


class CalendarRow(Base):
    """One version of the calendar. The highest version counts; going back adds one that says what an older one said."""

    __tablename__ = "calendar"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]  #: `CalendarContent` as data
    shape: Mapped[int] = mapped_column(server_default="1")  #: of `content` (`database.stored`)
    hash: Mapped[str] = mapped_column(String(64))  #: of the content: two versions that say the same have the same
    source: Mapped[str]  #: the file it came from
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str]
    before: Mapped[int | None]  #: the version to which `undo` goes back from this one


#: The contents this process has read. None is ever dropped: threads of the desk may still work by an older one.
_KNOWN: dict[str, CalendarContent] = {}


@dataclass(frozen=True)
class InForce:
    """The calendar that counts now."""

    version: int
    hash: str
    content: CalendarContent
    _made: dict[tuple[int, ...], WorkingCalendar] = field(default_factory=dict, repr=False, compare=False)

    def working(self, years: Iterable[int]) -> WorkingCalendar:
        """The working days of those years, counted out once: a change of the calendar asks for every open date."""
        wanted = tuple(sorted(set(years)))
        if wanted not in self._made:
            self._made[wanted] = self.content.calendar(wanted, f"lịch bản {self.version}")
        return self._made[wanted]


def versions(session: Session) -> Sequence[CalendarRow]:
    """All versions, newest first."""
    return session.scalars(select(CalendarRow).order_by(CalendarRow.version.desc())).all()


def in_force(session: Session) -> InForce:
    """The calendar that every process goes by; `Refused` where the database was not prepared."""
    query = select(CalendarRow.version, CalendarRow.hash).order_by(CalendarRow.version.desc())
    newest = session.execute(query.limit(1)).first()
    if newest is None:
        raise Refused(Problem("lịch làm việc", "cơ sở dữ liệu chưa có lịch", "chạy: visits up"))
    return InForce(newest.version, newest.hash, _content(session, newest.version, newest.hash))


def _content(session: Session, version: int, fingerprint: str) -> CalendarContent:
    """The content with that hash; it never changes, so each process makes it once."""
    if fingerprint not in _KNOWN:
        _KNOWN[fingerprint] = content_of(session.get_one(CalendarRow, version))
    return _KNOWN[fingerprint]


def content_of(row: CalendarRow) -> CalendarContent:
    """What that version says."""
    return stored.CALENDAR.read(row.content, row.shape)


def working(session: Session, years: Iterable[int]) -> WorkingCalendar:
    """The working days of those years by the version in force."""
    now = in_force(session)
    return _working(now.version, now.hash, tuple(sorted(set(years))))


@lru_cache(maxsize=64)
def _working(version: int, fingerprint: str, years: tuple[int, ...]) -> WorkingCalendar:
    return InForce(version, fingerprint, _KNOWN[fingerprint]).working(years)


def seed(session: Session, file: Path | None) -> None:
    """Make the office's file the first version, unless there is one: later changes of the file are imported."""
    if session.scalar(select(CalendarRow.version).limit(1)) is None:
        add(session, calendar_content(file), (file or OFFICE_FILE).name, audit.SYSTEM)


def add(session: Session, content: CalendarContent, source: str, by: str) -> CalendarRow:
    """Make that content the version in force."""
    last = session.scalar(select(CalendarRow.version).order_by(CalendarRow.version.desc()).limit(1))
    return _put(session, to_data(content), source, by, before=last)


def put_back(session: Session, by: str) -> CalendarRow:
    """Make the version before the one in force count again, as a new version; `Refused` at the first one."""
    newest = session.get_one(CalendarRow, in_force(session).version)
    former = former_of(session)
    source = f"hoàn tác bản {newest.version} → nội dung bản {former.version}"
    content = stored.CALENDAR.derived(content_of(former), former.content, former.shape)
    return _put(session, content, source, by, before=former.before)


def former_of(session: Session) -> CalendarRow:
    """The version to which `put_back` goes; `Refused` where there is none."""
    newest = session.get_one(CalendarRow, in_force(session).version)
    if newest.before is None:
        raise Refused(Problem(f"lịch bản {newest.version}", "không có bản nào trước nó", "xem: visits calendar show"))
    return session.get_one(CalendarRow, newest.before)


def _put(session: Session, content: dict[str, Any], source: str, by: str, before: int | None) -> CalendarRow:
    last = session.scalar(select(CalendarRow.version).order_by(CalendarRow.version.desc()).limit(1)) or 0
    row = CalendarRow(
        version=last + 1, content=content, shape=stored.CALENDAR.shape, hash=_fingerprint(content), source=source,
        loaded_at=clock.now(session), loaded_by=by, before=before,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def fingerprint_of(content: CalendarContent) -> str:
    """The hash of everything that a version says, in one fixed spelling."""
    return _fingerprint(to_data(content))


def _fingerprint(content: dict[str, Any]) -> str:
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
