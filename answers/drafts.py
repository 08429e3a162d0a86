"""Keeps what somebody is still writing; of two versions of a field the newer wins (design §4: it is no answer)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from config.settings import settings
from database import drafts, visits
from database.engine import again_if_undone, reading, writing
from domain.problem import Problem, Refused
from domain.text import nfc

#: A form has a few hundred fields; whoever sends more fills the disk.
MAX_FIELDS, MAX_LETTERS = 1500, 200_000

#: What was typed into a field, and when, in milliseconds on the typist's clock.
Fields = dict[str, tuple[str, int]]


@dataclass(frozen=True)
class DraftKey:
    """Which draft: of that visit, that person or link, and how many answers came from drafts before."""

    visit_id: int
    owner: str
    turn: int


@dataclass
class Draft:
    """What is kept of a form."""

    key: DraftKey
    fields: Fields = field(default_factory=dict)
    saved_at: str = ""  #: `14:05 ngày 18/5/2024`, empty if nothing was saved

    @property
    def values(self) -> dict[str, str]:
        """What was typed, without the times."""
        return {name: text for name, (text, _) in self.fields.items()}


def open_draft(reference: str, owner: str) -> Draft:
    """The draft that person or link has open; nothing is stored by looking."""
    with reading(settings().database) as session:
        visit = visits.find(session, reference)
        turn = drafts.turn_of(session, visit.id, owner)
        row = drafts.find(session, visit.id, owner, turn)
        key = DraftKey(visit.id, owner, turn)
        if row is None:
            return Draft(key)
        return Draft(key, _fields(row.fields), f"{row.saved_at:%H:%M ngày %d/%m/%Y}")


def is_answered(key: DraftKey) -> bool:
    """Whether that draft has become an answer: whoever sends it again is told so, whatever else has changed since."""
    with reading(settings().database) as session:
        return drafts.turn_of(session, key.visit_id, key.owner) > key.turn


@again_if_undone
def save_draft(reference: str, owner: str, turn: int, typed: Mapping[str, tuple[str, int]]) -> Draft:
    """Merge what was typed into the draft, field by field; returns the whole as it is now.

    `Refused` when that turn has been answered, so that an old page does not write into a new form.
    """
    with writing(settings().database) as session:
        visit = visits.find(session, reference)
        visits.get(session, visit.id, lock=True)
        if drafts.turn_of(session, visit.id, owner) != turn:
            raise Refused(Problem("bản nháp", "kết quả từ bản nháp này đã được gửi", "tải lại trang để sửa tiếp"))
        row = drafts.find(session, visit.id, owner, turn)
        merged = merge(_fields(row.fields) if row else {}, typed)
        if len(merged) > MAX_FIELDS or sum(len(text) for text, _ in merged.values()) > MAX_LETTERS:
            raise Refused(Problem("bản nháp", "quá dài", "rút ngắn rồi lưu lại"))
        kept = drafts.keep(session, visit.id, owner, turn, {name: list(one) for name, one in merged.items()})
        return Draft(DraftKey(visit.id, owner, turn), merged, f"{kept.saved_at:%H:%M ngày %d/%m/%Y}")


def merge(kept: Mapping[str, tuple[str, int]], typed: Mapping[str, tuple[str, int]]) -> Fields:
    """Of every field the version typed last; a clock that is ahead counts as now, so that it wins once only."""
    now = int(time.time() * 1000)
    merged = dict(kept)
    for name, (text, at) in typed.items():
        moment = min(max(at, 0), now)
        if name not in merged or moment >= merged[name][1]:
            merged[name] = (nfc(text), moment)
    return merged


def _fields(stored: Mapping[str, list[object]]) -> Fields:
    return {name: (str(one[0]), int(str(one[1]))) for name, one in stored.items()}
