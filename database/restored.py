"""Knows that the database is an older copy than what this home has seen already, and holds the letters until a look.

Beside the database lies a mark: how far the record of who did what had come. A record that ends before it, or says
something else there, was put back from a copy. Letters that went out since then are not in it, and runs in Prefect are
further on; so a new generation of runs begins, and nothing leaves until somebody has looked. The same holds for a
database whose record was sealed with another key than the one that is here: it came without its secrets.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import audit, service_notes, visits
from database.engine import reading, writing
from database.holding import RESTORED
from database.models import AuditEndRow, VisitRow
from database.put_back import HELD, PUT_BACK, Announced, announced_in
from database.record.check import sealed_elsewhere, still_matching
from database.record.heads import Head, Occasion, keep_head
from database.record.looks import keep_restored, reaches, take_over, unknown_here

#: The file beside the database that says how far its record had come.
MARK = "mark.json"
#: Far more than any run of this database was ever replaced: no key of a run that Prefect knows is used again.
_GENERATIONS = 1000
_NEW_KEY = "khóa niêm nhật ký không có ở đây, từ nay niêm bằng khóa mới; nếu khóa cũ còn thì dừng lại và đặt lại khóa"


def keep_mark(of: Settings) -> None:
    """Write down how far the record has come. Once a minute is enough, and before the service stops."""
    with reading(of.database) as session:
        if service_notes.read(session).get(RESTORED):
            return
        _keep(session, of, unknown_here(session, of))


def _keep(session: Session, of: Settings, looks: Sequence[Head]) -> None:
    """The mark before the looks: whoever dies in between finds the mark explained once more."""
    end = session.scalars(select(AuditEndRow)).one()
    mark, path = json.dumps({"line": end.last, "hash": end.hash}), _mark(of)
    if not path.exists() or path.read_text(encoding="ascii") != mark:
        beside = path.with_suffix(".new")
        beside.write_text(mark, encoding="ascii")
        os.replace(beside, path)
    take_over(of, looks)


def keep_head_of_record(session: Session, of: Settings, occasion: Occasion) -> None:
    """Write down beside the database where the record stands, for `visits doctor`; not while a restore is looked at."""
    if not service_notes.read(session).get(RESTORED):
        keep_head(session, of, occasion)


def notice(of: Settings) -> str:
    """Compare database and mark at the start of a service; what a person must know, or nothing.

    A database that was put back begins a new generation of runs, and holds its letters until `confirm`. Of a rehearsal,
    which begins anew each time, only `visits restore` itself can say so.
    """
    announced = announced_in(of)
    if of.mode != "live" and announced is None:
        return ""
    with writing(of.database) as session:
        if service_notes.read(session).get(RESTORED):
            said = ""
        elif said := _said_of(session, of, announced):
            service_notes.note(session, RESTORED, said)
            if announced is None or announced.older:
                _begin_new_runs(session)
    (of.folder / PUT_BACK).unlink(missing_ok=True)
    return said


def _said_of(session: Session, of: Settings, announced: Announced | None) -> str:
    if announced is None:
        return _put_back(session, of)
    said = f"{announced.said}; {_NEW_KEY}" if sealed_elsewhere(session) else announced.said
    audit.note_with_new_key(session, audit.SYSTEM, said)
    return f"{said}; {HELD}"


def _begin_new_runs(session: Session) -> None:
    for row in visits.lock(session, VisitRow.flow_run_id.is_not(None)):
        row.flow_run_id = row.worker = None
        row.generation += _GENERATIONS


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


def _put_back(session: Session, of: Settings) -> str:
    """By what one sees that it was put back, noted in the record; empty where it was not.

    A mark of before a restore that somebody has looked at on another machine is explained by that look.
    """
    mark, looks = _read(_mark(of)), unknown_here(session, of)
    if mark and any(mark[0] > look.back_to for look in looks):
        _keep(session, of, looks)
        mark = None
    end = session.scalars(select(AuditEndRow)).one()
    found = end.last
    if mark and not reaches(session, *mark):
        audit.note_with_new_key(session, audit.SYSTEM, "nhận ra bản khôi phục", had=mark[0], found=found)
        told = f"nhật ký dừng ở dòng {found}, trước đó đã đến dòng {mark[0]}"
        return f"cơ sở dữ liệu là bản cũ được khôi phục: {told}; {HELD}"
    if sealed_elsewhere(session):
        audit.note_with_new_key(session, audit.SYSTEM, "nhận ra nhật ký niêm bằng khóa khác", found=found)
        return f"cơ sở dữ liệu được đặt lại mà không kèm khóa: {_NEW_KEY}; {HELD}"
    return ""


def _mark(of: Settings) -> Path:
    return of.folder / MARK


def _read(path: Path) -> tuple[int, str] | None:
    try:
        mark = json.loads(path.read_text(encoding="ascii"))
        return int(mark["line"]), str(mark["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
