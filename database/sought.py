"""The names in people's answers by which somebody may look for a visit: organisations, guests, the units' own symbols.

They stand in the JSON of answers, where no database finds them without marks and case. The newest version of each kind
of answer is what counts.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.models import AnswerRow, Base
from domain.answer_kind import AnswerKind
from domain.text import clean, loose_key

ORGANISATION, PERSON, SYMBOL = "organisation", "person", "symbol"


class SoughtRow(Base):
    """One name in the newest version of one kind of answer of one visit."""

    __tablename__ = "sought"
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))  #: of the answer that says it
    sort: Mapped[str] = mapped_column(String(16))  #: `organisation`, `person`, `symbol`
    name: Mapped[str]  #: as it was written
    key: Mapped[str]  #: the same without marks and case


def keep_names(session: Session, answer: AnswerRow) -> None:
    """Let an answer be found by what it names, and no longer by what the version before named."""
    named = [(sort, clean(name)) for sort, name in _named(answer.kind, answer.content) if name]
    if answer.kind not in _NAMING:
        return
    session.execute(delete(SoughtRow).where(SoughtRow.visit_id == answer.visit_id, SoughtRow.kind == answer.kind))
    session.add_all(
        SoughtRow(visit_id=answer.visit_id, kind=answer.kind, sort=sort, name=name, key=loose_key(name))
        for sort, name in named
    )


#: The kinds of answers that name somebody or something; findings are not looked through (R22–R38).
_NAMING = (AnswerKind.NOMINATIONS, AnswerKind.GUEST, AnswerKind.SELF_REPORT)


def _named(kind: str, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    match kind:
        case AnswerKind.NOMINATIONS:
            yield SYMBOL, content["their_symbol"]
            for meeting in content["meetings"]:
                yield ORGANISATION, meeting["organisation"]
        case AnswerKind.GUEST:
            for guest in content["guests"]:
                yield PERSON, guest["name"]
        case AnswerKind.SELF_REPORT:
            yield SYMBOL, content["symbol"]
