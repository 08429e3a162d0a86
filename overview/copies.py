"""What is known of copies of the database: what was put back, and where the record was last written down (P7)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import service_notes
from database.holding import RESTORED
from database.models import AuditRow
from database.record.heads import FILE, heads_kept
from domain.dates import date_and_time, short_date

#: What the record says when a copy was noticed, and when somebody has looked at it.
_OF_RESTORES = ("nhận ra bản khôi phục", "nhận ra nhật ký niêm bằng khóa khác", "đã xem bản khôi phục, cho thư đi lại")


#: What `visits backup` calls a copy.
_NAME = re.compile(r"visits-(rehearsal-)?\d{4}-\d\d-\d\d_\d{6}\.zip")


def copies_in(folder: Path, mode: str) -> Sequence[Path]:
    """Every copy of that mode there by its name, the oldest first; other files are no matter of ours."""
    if not folder.is_dir():
        return ()
    named = ((path, _NAME.fullmatch(path.name)) for path in sorted(folder.iterdir()))
    return [path for path, found in named if found and bool(found[1]) == (mode == "rehearsal") and path.is_file()]


@dataclass(frozen=True)
class Copies:
    """What can be said of copies today."""

    has_place: bool  #: an office has said where copies go
    newest: str  #: name of the newest copy there, with day and time in it; empty where there is none

    awaiting: str  #: why letters are held since a copy was put back; empty where nobody has to look
    restores: Sequence[AuditRow]  #: the lines of the record about copies that were put back, newest first
    head_on: date | None  #: the last day on which the end of the record was written down outside the database
    size: int | None  #: bytes of the database; None where it is not a file of this machine


def read_copies(session: Session, of: Settings) -> Copies:
    """Two queries, two files and a folder."""
    note = service_notes.read(session).get(RESTORED)
    restores = select(AuditRow).where(AuditRow.what.in_(_OF_RESTORES)).order_by(AuditRow.id.desc()).limit(10)
    days = [head.day for _number, head in heads_kept(of) if head]
    file = of.folder / "visits.db"
    copies = copies_in(of.copies.folder, of.mode) if of.copies.folder else ()
    return Copies(
        of.copies.folder is not None, copies[-1].name if copies else "",
        note.text if note else "", session.scalars(restores).all(), max(days, default=None),
        file.stat().st_size if not of.database_url and file.exists() else None,
    )  # fmt: skip


def told_of_copies(session: Session, of: Settings) -> Iterator[str]:
    """The same as sentences."""
    known = read_copies(session, of)
    if known.head_on:
        yield f"Đầu sổ nhật ký ({FILE}) ghi lần cuối ngày {short_date(known.head_on)}."
    for row in known.restores[:1]:
        yield f"Khôi phục: {row.who} {row.what}, {date_and_time(row.at)}."
