"""Why letters are held at this moment, as a typed reason, and what is said of a letter that was just queued (P3)."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from config.settings import Settings
from database import service_notes
from database.engine import reading
from database.models import LetterRow, VisitRow
from database.put_back import HELD, announced_in
from database.secrecy import marks_of
from domain.state import LetterState

#: The name of the note that stays until a person has looked at a database that was put back (`database.restored`).
RESTORED = "restored"


class HeldFor(StrEnum):
    """What holds the letters, each with another way out."""

    NO_SERVER = "no_server"  #: nobody has set a mail server
    ASKED = "asked"  #: VISITS_HOLD_LETTERS
    PUT_BACK = "put_back"  #: the database is a copy, or came without its key: an officer looks first


_SAFE = {
    HeldFor.NO_SERVER: "chưa đặt máy chủ thư của cơ quan",
    HeldFor.ASKED: "dịch vụ giữ mọi thư theo cấu hình VISITS_HOLD_LETTERS",
}


@dataclass(frozen=True)
class Holding:
    """Letters do not leave, and why."""

    reason: HeldFor
    text: str  #: the reason in words, the beginning of a sentence in lower case

    @property
    def wants_a_look(self) -> bool:
        """Whether a person's look at the database is what lets letters go again (`restored.confirm`)."""
        return self.reason is HeldFor.PUT_BACK

    @property
    def fate(self) -> str:
        """What becomes of letters now, as a sentence of its own."""
        return f"Thư đang được giữ lại, chưa ra ngoài: {self.text}."


def why_held(session: Session, of: Settings) -> Holding | None:
    """Why letters are held at this moment; None when they go out."""
    if of.safe:
        reason = HeldFor.NO_SERVER if not of.smtp.host else HeldFor.ASKED
        return Holding(reason, _SAFE[reason])
    if announced := announced_in(of):
        return Holding(HeldFor.PUT_BACK, f"{announced.said}; {HELD}")
    note = service_notes.read(session).get(RESTORED)
    return Holding(HeldFor.PUT_BACK, note.text) if note else None


def held_letters(session: Session) -> list[tuple[LetterRow, VisitRow]]:
    """The held letters that may be let go, oldest first, with their visits; what is secret goes from hand to hand."""
    query = select(LetterRow, VisitRow).join(VisitRow, VisitRow.id == LetterRow.visit_id).options(defer(LetterRow.raw))
    query = query.where(LetterRow.state == LetterState.HELD).order_by(LetterRow.id)
    rows = [(letter, about) for letter, about in session.execute(query)]
    marks = marks_of(session, [about for _letter, about in rows])
    return [(letter, about) for letter, about in rows if not marks[about.id]]


def said_of_letters(of: Settings, goes: str, stays: str = "Đã ghi.") -> str:
    """What is said of letters just queued: `goes` where they leave, else `stays`, that they are held, and why."""
    with reading(of.database) as session:
        held = why_held(session, of)
    return f"{stays} {held.fate}".strip() if held else goes
