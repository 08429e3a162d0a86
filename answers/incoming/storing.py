"""A message becomes a row before anything is done about it: whole, once, whoever delivers it how often (R62, P26)."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from answers.incoming.matching import Match, match
from database import clock, incoming, stored, visits
from database.incoming import IncomingRow
from database.models import VisitRow
from database.secrecy import mark_of
from database.turns import take_turn
from domain.incoming import MailReading, MailState
from domain.record import to_data
from domain.text import printable

#: What stands for the words of a message that stays in the inbox because its visit bears a mark.
NOT_KEPT = "(không giữ nội dung: thông tin của đợt có độ mật)"


@dataclass(frozen=True)
class Arrived:
    """One message as it lies in the inbox."""

    raw: bytes  #: whole, or its headers alone where it is too large to keep
    size: int  #: bytes, of the whole
    received_at: datetime
    reading: MailReading
    whole: bool = True


@dataclass(frozen=True)
class Kept:
    """What became of one message."""

    row_id: int
    is_new: bool
    stays: bool  #: it is only named here, so it is left where it lies


def store(session: Session, arrived: Arrived) -> Kept:
    """Keep one message; the very same one that came before is that row, and nothing is changed.

    Another text under a Message-ID that is there already is a row of its own that no rule acts upon. Of what points
    at a visit that bears a mark, believed or not, nothing is kept but that it came, from whom, and what kind it is. All
    writers of messages go on one after another.
    """
    take_turn(session, "incoming")
    key, body = key_of(arrived.reading, arrived.raw), _body_hash(arrived)
    before = incoming.with_key(session, key)
    for row in before:
        if row.sha256 == body:
            return Kept(row.id, is_new=False, stays=row.raw is None)
    found = match(session, arrived.reading)
    row = _row(session, arrived, found, key, body, len(before))
    session.add(row)
    session.flush()
    return Kept(row.id, is_new=True, stays=row.raw is None)


def key_of(reading: MailReading, raw: bytes) -> str:
    """By which a message is known again: the hash of its Message-ID, or of the whole where it has none."""
    known_by = reading.message_id.strip()
    return hashlib.sha256(known_by.encode("utf-8", "surrogatepass") if known_by else raw).hexdigest()


def _body_hash(arrived: Arrived) -> str:
    """Of what follows the headers, which differ with each way by which a message is delivered."""
    if not arrived.whole:
        return hashlib.sha256(f"{arrived.size} bytes".encode()).hexdigest()
    return hashlib.sha256(arrived.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2].rstrip()).hexdigest()


def _row(session: Session, arrived: Arrived, found: Match, key: str, body: str, copy: int) -> IncomingRow:
    reading, secret = arrived.reading, _is_secret(session, found)
    if secret:
        reading = named_only(reading)
    content = _harmless(to_data(reading))
    doubt = found.doubt or ("đã có thư khác mang cùng Message-ID" if copy else "")
    return IncomingRow(
        key=key, copy=copy, sha256=body, received_at=arrived.received_at, stored_at=clock.now(session),
        size=arrived.size, raw=arrived.raw if arrived.whole and not secret else None, kind=reading.kind,
        state=MailState.NEW, sender=content["sender"], subject=content["subject"], trust=reading.trust,
        reading=content, shape=stored.READING.shape, matched_by=found.by, letter_id=found.letter_id,
        visit_id=found.visit_id, outcome=doubt,
    )  # fmt: skip


def _is_secret(session: Session, found: Match) -> bool:
    """One of the visits at which the message points bears a mark: what it says may be about that one."""
    return any(mark_of(session, visits.get(session, visit_id)) for visit_id in found.points_at)


def named_only(reading: MailReading) -> MailReading:
    """What may be kept of a message about information that bears a mark: no word of it, and no file."""
    failed = tuple(replace(one, reply="") for one in reading.failed)
    calendar = tuple(replace(one, comment="") for one in reading.calendar)
    return replace(reading, subject=NOT_KEPT, text="", failed=failed, calendar=calendar, files=())


def keep_named_only(session: Session, row: IncomingRow, visit: VisitRow) -> None:
    """Leave of a kept message only what may be kept once it is known to be about a visit that bears a mark (A20).

    The message itself lies in the inbox, or in the folder of those that were dealt with. Whoever calls has locked it.
    """
    if not mark_of(session, visit):
        return
    content = _harmless(to_data(named_only(stored.READING.read(row.reading, row.shape))))
    row.reading, row.shape, row.subject, row.raw = content, stored.READING.shape, content["subject"], None


def _harmless(value: Any) -> Any:
    """The same without the marks that no database can hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _harmless(one) for name, one in value.items()}
    return [_harmless(one) for one in value] if isinstance(value, list) else value
