"""Messages as rows of the inbox, as if they had been fetched and read: what tests of several rooms send and look at."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from config.settings import settings
from database import clock, incoming, stored, visits
from database.engine import reading, writing
from database.incoming import IncomingRow
from domain.incoming import MailFile, MailKind, MailReading, MailState, MatchedBy, Trust
from domain.record import to_data
from tests.may import MAY

#: The host's own address in the contacts of the shipped plan.
HOST_ADDRESS = "ban-thuong-vu@bien-hoa.example"
#: Name, type, bytes.
Sent = tuple[str, str, bytes]


def message(sender: str, subject: str, text: str, files: Sequence[Sent] = ()) -> bytes:
    """The whole message as it came."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "office@co-quan.example", subject
    made.set_content(text)
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def came(
    files: Sequence[Sent] = (), *, visit: str = MAY, letter: int | None = None, sender: str = HOST_ADDRESS,
    text: str = "Kính gửi danh sách của đơn vị.", subject: str = "Gửi danh sách", kind: MailKind = MailKind.ANSWER,
    matched: MatchedBy = MatchedBy.REPLY, trust: Trust = Trust.PASS, at: datetime | None = None, copy: int = 0,
    kept: bool = True, state: MailState = MailState.NEW,
) -> int:  # fmt: skip
    """Let a message come about that visit (empty: nobody knows about which); returns its number."""
    read = MailReading(
        kind, sender, "Văn phòng", subject, f"<{subject}@don-vi.example>", text=text, trust=trust,
        files=tuple(
            MailFile(number, name, mime, len(content), hashlib.sha256(content).hexdigest())
            for number, (name, mime, content) in enumerate(files, start=1)
        ),
    )  # fmt: skip
    raw = message(sender, subject, text, files)
    with writing(settings().database) as session:
        now = clock.now(session)
        count = session.query(IncomingRow).count()
        row = IncomingRow(
            key=hashlib.sha256(f"{subject}-{count}".encode()).hexdigest(), copy=copy,
            sha256=hashlib.sha256(raw).hexdigest(), received_at=at or now, stored_at=now, size=len(raw),
            raw=raw if kept else None, kind=kind, state=state, sender=sender, subject=subject, trust=trust,
            reading=to_data(read), shape=stored.READING.shape, matched_by=matched if visit else MatchedBy.NOTHING,
            letter_id=letter, visit_id=visits.find(session, visit).id if visit else None,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def row_of(number: int) -> IncomingRow:
    """The message as it stands."""
    with reading(settings().database) as session:
        row = incoming.find(session, number)
        assert row is not None
        session.expunge(row)
        return row
