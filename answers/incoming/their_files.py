"""The files of a message as the office may use them, and its lists as they are understood (R62, A22)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from config.settings import settings
from database import incoming, plans, stored
from database.engine import reading
from database.incoming import IncomingRow
from database.models import LetterRow, VisitRow
from database.secrecy import mark_of
from domain.asked_by_mail import Asked, asked_by
from domain.incoming import MailFile, MailKind, MailReading
from domain.mail_file import FileWord, Use, said_of
from domain.obligation import Kind
from inbox.attached import file_in
from sheets.nominations.nomination_file import Understood, understand_nominations

#: Lists of one message that are looked into by themselves; more are opened by a person, one by one.
MOST_LISTS = 3
#: Bytes of the largest file that is taken out of a message to be read.
MOST_BYTES = 5 * 2**20


@dataclass(frozen=True)
class Weighed:
    """One list that came by mail, and how it is understood for the visit it was sent about."""

    file: MailFile
    understood: Understood


def read_of(row: IncomingRow) -> MailReading:
    """What was read in a message."""
    return stored.READING.read(row.reading, row.shape)


def words_of(row: IncomingRow) -> tuple[FileWord, ...]:
    """Each file of a message with what it may be good for."""
    return tuple(said_of(file) for file in read_of(row).files)


def stays_unseen(session: Session, row: IncomingRow) -> bool:
    """Whether its words and files are shown to nobody here: what it is about bears a mark, if only since it came."""
    visit = session.get(VisitRow, row.visit_id) if row.visit_id else None
    return visit is not None and bool(mark_of(session, visit))


def asked_in(session: Session, row: IncomingRow, visit: VisitRow) -> Asked | None:
    """What a message about that visit is likely to bring: what its letter asked for, else what is waited for."""
    letter = session.get(LetterRow, row.letter_id) if row.letter_id else None
    return asked_by(letter.purpose if letter else "", Kind(visit.kind), visit.wait)


def weigh(incoming_id: int, visit_id: int | None = None) -> tuple[Weighed, ...]:
    """The lists of an answer, understood for the visit it is about, or for that one.

    It is done before the transaction that settles the message: reading a file may take seconds, and others wait.
    """
    with reading(settings().database) as session:
        row = incoming.find(session, incoming_id)
        about = visit_id or (row.visit_id if row else None)
        if row is None or row.kind != MailKind.ANSWER or row.raw is None or about is None:
            return ()
        visit = session.get_one(VisitRow, about)
        if asked_in(session, row, visit) is not Asked.NOMINATIONS or mark_of(session, visit):
            return ()
        unit, year, month, raw = plans.read(session, visit.year)[0].unit(visit.unit), visit.year, visit.month, row.raw
        tables = [one.file for one in words_of(row) if one.use is Use.TABLE and one.file.size <= MOST_BYTES]
    return tuple(
        Weighed(file, understand_nominations(file.name, file_in(raw, file.number), year, month, unit))
        for file in tables[:MOST_LISTS]
    )
