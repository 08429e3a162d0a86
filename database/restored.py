"""Knows that the database is an older copy than what this home has seen already, and holds the letters until a look.

Beside the database lies a mark: how far the record of who did what had come. A record that ends before it, or says
something else there, was put back from a copy. Letters that went out since then are not in it, and runs in Prefect are
further on; so a new generation of runs begins, and nothing leaves until somebody has looked. The same holds for a
database whose record was sealed with another key than the one that is here: it came without its secrets.
"""

import json
import os
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import audit, service_notes, visits
from database.engine import reading, writing
from database.models import AuditEndRow, AuditRow, VisitRow
from database.record.check import sealed_elsewhere, still_matching
from database.record.heads import Occasion, keep_head, keep_restored

#: The name of the note that stays until a person has looked.
RESTORED = "restored"
#: Far more than any run of this database was ever replaced: no key of a run that Prefect knows is used again.
_GENERATIONS = 1000


def keep_mark(of: Settings) -> None:
    """Write down how far the record has come. Once a minute is enough, and before the service stops."""
    with reading(of.database) as session:
        if service_notes.read(session).get(RESTORED):
            return
        end = session.scalars(select(AuditEndRow)).one()
        mark = json.dumps({"line": end.last, "hash": end.hash})
    path = _mark(of)
    if path.exists() and path.read_text(encoding="ascii") == mark:
        return
    beside = path.with_suffix(".new")
    beside.write_text(mark, encoding="ascii")
    os.replace(beside, path)


def keep_head_of_record(session: Session, of: Settings, occasion: Occasion) -> None:
    """Write down beside the database where the record stands, for `visits doctor`; not while a restore is looked at."""
    if not service_notes.read(session).get(RESTORED):
        keep_head(session, of, occasion)


def notice(of: Settings) -> str:
    """Compare database and mark at the start of a live service; what a person must know, or nothing.

    A database that was put back begins a new generation of runs, and holds its letters until `confirm`.
    """
    if of.mode != "live":
        return ""
    with writing(of.database) as session:
        if service_notes.read(session).get(RESTORED) or not (said := _put_back(session, of)):
            return ""
        service_notes.note(session, RESTORED, said)
        for row in visits.lock(session, VisitRow.flow_run_id.is_not(None)):
            row.flow_run_id = row.worker = None
            row.generation += _GENERATIONS
    return said


def confirm(session: Session, by: str, of: Settings) -> bool:
    """Somebody has looked: letters go out again, by themselves those queued from now on. False if nothing was held.

    The heads of the record that the database does not agree with count no longer, and the file of the heads says so.
    """
    if not service_notes.read(session).get(RESTORED):
        return False
    service_notes.forget(session, RESTORED)
    back_to = still_matching(session, of)
    audit.note(session, by, "đã xem bản khôi phục, cho thư đi lại", back_to=back_to)
    keep_restored(session, of, back_to)
    return True


def why_held(session: Session, of: Settings) -> str:
    """Why letters are held at this moment; empty when they go out."""
    if of.safe:
        return "chế độ an toàn: chưa cấu hình máy chủ thư, hoặc đặt VISITS_HOLD_LETTERS"
    note = service_notes.read(session).get(RESTORED) if of.mode == "live" else None
    return note.text if note else ""


def _put_back(session: Session, of: Settings) -> str:
    """By what one sees that it was put back, noted in the record; empty where it was not."""
    held = "Thư được giữ lại cho đến khi có người xem"
    mark = _read(_mark(of))
    end = session.scalars(select(AuditEndRow)).one()
    found = end.last
    if mark and not _has(session, *mark):
        audit.note_with_new_key(session, audit.SYSTEM, "nhận ra bản khôi phục", had=mark[0], found=found)
        told = f"nhật ký dừng ở dòng {found}, trước đó đã đến dòng {mark[0]}"
        return f"cơ sở dữ liệu là bản cũ được khôi phục: {told}. {held}"
    if sealed_elsewhere(session):
        audit.note_with_new_key(session, audit.SYSTEM, "nhận ra nhật ký niêm bằng khóa khác", found=found)
        told = (
            "khóa niêm nhật ký không có ở đây, từ nay niêm bằng khóa mới; nếu khóa cũ còn thì dừng lại và đặt lại khóa"
        )
        return f"cơ sở dữ liệu được đặt lại mà không kèm khóa: {told}. {held}"
    return ""


def _has(session: Session, line: int, own: str) -> bool:
    """Whether the record has come so far, and says the same there."""
    return line == 0 or session.scalar(select(AuditRow.hash).where(AuditRow.id == line)) == own


def _mark(of: Settings) -> Path:
    return of.folder / "mark.json"


def _read(path: Path) -> tuple[int, str] | None:
    try:
        mark = json.loads(path.read_text(encoding="ascii"))
        return int(mark["line"]), str(mark["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
