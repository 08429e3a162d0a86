"""Somebody of the working group, or an officer, keeps a photo with a finding, or takes one out again (R14, P3)."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from answers.answering import Giver, refuse_if
from config.settings import settings
from database import audit, photos, visits
from database.dossier import Dossier, open_dossier
from database.engine import again_if_undone, writing
from domain.problem import Problem, Refused
from domain.text import clean
from scans.picture import redrawn

#: A visit's file is no album: a few pages and rooms.
MOST = 12
MOST_LETTERS = 300


def keep_photo(reference: str, content: bytes, giver: Giver, *, item: str = "", note: str = "") -> int:
    """Keep a photo in the visit's file, drawn anew; returns its number. Nothing is mailed with it, ever.

    `item` is that of the checklist it shows, empty for none. `Refused` before a meeting was chosen, for what is no
    photo, for one that the visit has already, and beyond `MOST`.
    """
    return _keep(reference, redrawn(content), giver, item, clean(note)[:MOST_LETTERS])


@again_if_undone
def _keep(reference: str, drawn: bytes, giver: Giver, item: str, note: str) -> int:
    mark = hashlib.sha256(drawn).hexdigest()
    with _open_visit(reference) as dossier:
        session, visit = dossier.session, dossier.visit
        refuse_if(list(_faults(dossier, item, mark)))
        row = photos.add(session, visit.id, drawn, mark, item=item, note=note, by=giver.name, source=giver.source)
        audit.note(session, giver.name, f"giữ ảnh {row.number}", visit.id, source=giver.source, file=mark)
        return row.number


def _faults(dossier: Dossier, item: str, mark: str) -> Iterator[Problem]:
    if not dossier.chosen:
        yield Problem("ảnh", "chưa chọn nơi dự", "giữ ảnh sau khi dự")
    if item and item not in {one.id for one in dossier.plan.checklist}:
        yield Problem("mục", "không có mục này trong danh mục giám sát", "chọn lại")
    kept = photos.of_visit(dossier.session, dossier.visit.id)
    if any(one.sha256 == mark for one in kept):
        yield Problem("ảnh", "ảnh này đã có trong hồ sơ")
    if len(kept) >= MOST:
        yield Problem("ảnh", f"hồ sơ đã có {MOST} ảnh", "bỏ bớt ảnh không cần rồi thêm")


@again_if_undone
def take_out(reference: str, number: int, giver: Giver, *, only_own: bool) -> None:
    """Take a photo out of the file: its picture is gone, the record keeps that it was there and who took it out."""
    with _open_visit(reference) as dossier:
        row = photos.find(dossier.session, dossier.visit.id, number)
        if row is None:
            raise Refused(Problem("ảnh", "không còn ảnh này", "tải lại trang"))
        if only_own and row.by != giver.name:
            raise Refused(Problem("ảnh", f"{row.by} đã giữ ảnh này", "nhờ người đó hoặc chuyên viên bỏ"))
        row.content = None
        what = f"bỏ ảnh {number}"
        audit.note(dossier.session, giver.name, what, dossier.visit.id, source=giver.source, file=row.sha256)


@contextmanager
def _open_visit(reference: str) -> Iterator[Dossier]:
    """The visit, locked; no step waits for a photo, so nobody is woken."""
    with writing(settings().database) as session:
        visit = visits.find(session, reference)
        dossier = open_dossier(session, visit.id, lock=True)
        if visit.state != "open":
            raise Refused(Problem("ảnh", "đợt không còn mở", "ảnh đã giữ vẫn ở trong hồ sơ"))
        yield dossier
