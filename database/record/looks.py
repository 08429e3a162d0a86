"""What somebody has said after looking at a restore, kept in the database for the homes that were not there (0043).

Each machine of a service has heads and a mark of its own, and a restore is looked at on one of them. The others would
call the database forged: so the word that sets heads aside stands in the database too, sealed as in the file.
"""

from collections.abc import Sequence

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import audit, clock, service_notes
from database.models import AuditRow
from database.record.heads import Head, Occasion, add, heads_kept, read_head
from database.record.key import known_key

#: Under this name they stand among the words of the service, one a line, as in the file of heads.
LOOKS = "restored_heads"


def keep_restored(session: Session, of: Settings, back_to: int) -> None:
    """Say, in the database and in the file, that the heads beyond that line count no longer: somebody has looked.

    In the file only once the transaction stands: it must not say so of a look that was refused or undone.
    """
    lines, own = audit.settled(session)
    key = known_key()
    if key is not None:
        head = Head(clock.now(session).date(), Occasion.RESTORED, lines, own, back_to=back_to).sealed(key)
        service_notes.note(session, LOOKS, "\n".join([*_lines(session), str(head)]))
        event.listen(session, "after_commit", lambda _session: add(of, head), once=True)


def unknown_here(session: Session, of: Settings) -> Sequence[Head]:
    """The looks of which this home has not heard yet: sealed with the known key, and said of this very record."""
    key = known_key()
    here = {str(head) for _number, head in heads_kept(of) if head}
    told = [head for line in _lines(session) if line not in here and (head := read_head(line))]
    return [
        head
        for head in told
        if head.occasion is Occasion.RESTORED and head.is_sealed_by(key) and reaches(session, head.lines, head.hash)
    ]


def take_over(of: Settings, heads: Sequence[Head]) -> None:
    """Let this home's file say the same from now on."""
    for head in heads:
        add(of, head)


def reaches(session: Session, line: int, own: str) -> bool:
    """Whether the record has come so far, and says the same there."""
    return line == 0 or session.scalar(select(AuditRow.hash).where(AuditRow.id == line)) == own


def _lines(session: Session) -> list[str]:
    note = service_notes.read(session).get(LOOKS)
    return note.text.splitlines() if note else []
