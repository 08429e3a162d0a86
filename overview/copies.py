"""What is known of copies of the database: what was put back, and where the record was last written down (P7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class Copies:
    """What can be said of copies today."""

    awaiting: str  #: why letters are held since a copy was put back; empty where nobody has to look
    restores: Sequence[AuditRow]  #: the lines of the record about copies that were put back, newest first
    head_on: date | None  #: the last day on which the end of the record was written down outside the database
    size: int | None  #: bytes of the database; None where it is not a file of this machine


def read_copies(session: Session, of: Settings) -> Copies:
    """Two queries and two files."""
    note = service_notes.read(session).get(RESTORED)
    restores = select(AuditRow).where(AuditRow.what.in_(_OF_RESTORES)).order_by(AuditRow.id.desc()).limit(10)
    days = [head.day for _number, head in heads_kept(of) if head]
    file = of.folder / "visits.db"
    return Copies(
        note.text if note else "", session.scalars(restores).all(), max(days, default=None),
        file.stat().st_size if not of.database_url and file.exists() else None,
    )  # fmt: skip


def told_of_copies(session: Session, of: Settings) -> Iterator[str]:
    """The same as sentences."""
    known = read_copies(session, of)
    yield "Bản sao lưu: dịch vụ chưa có lệnh sao lưu, nên không biết bản gần nhất được lập khi nào."
    if known.head_on:
        yield f"Đầu sổ nhật ký ({FILE}) ghi lần cuối ngày {short_date(known.head_on)}."
    for row in known.restores[:1]:
        yield f"Khôi phục: {row.who} {row.what}, {date_and_time(row.at)}."
