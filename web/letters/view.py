"""The ledger of letters: a page of it by state and visit, and one letter as its recipient reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from database import outbox, visits
from database.models import LetterRow, VisitRow
from database.secrecy import marks_of, subject_shown
from domain.problem import Refused
from letters.masked import masked
from letters.people import RECIPIENTS, named, people_in
from overview.beside_letters import Beside, beside_letters
from web.desk.paging import Paging


@dataclass(frozen=True)
class Entry:
    """One letter of the ledger."""

    letter: LetterRow
    visit: str  #: the key of its visit
    subject: str  #: of a secret visit, for whom it does not concern, only what kind of letter it is
    covered: bool = False  #: the reader may not open its visit
    beside: tuple[Beside, ...] = ()  #: what came back about it and settles nothing


@dataclass(frozen=True)
class Ledger:
    """A page of the ledger, newest first."""

    entries: tuple[Entry, ...]
    counts: dict[str, int]  #: of all letters, by state
    state: str
    visit: str
    paging: Paging


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a letter."""

    number: int  #: its place in the letter, from 1
    name: str
    kind: str  #: MIME type
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """One letter whole."""

    row: LetterRow
    visit: str  #: the key of its visit
    called: str  #: how people call that
    headers: tuple[tuple[str, str], ...]
    text: str
    enclosed: tuple[Enclosed, ...]
    beside: tuple[Beside, ...]  #: what came back about it and settles nothing


def visit_named(session: Session, reference: str) -> tuple[VisitRow | None, bool]:
    """The visit a filter names, and whether there is none of that name."""
    if not reference.strip():
        return None, False
    try:
        return visits.find(session, reference), False
    except Refused:
        return None, True


def read_ledger(session: Session, state: str, visit: VisitRow | None, page: int, *, in_full: bool) -> Ledger:
    """The letters of that state and visit, both if given; bodies are left where they are.

    `in_full` with the subjects of what bears a mark of secrecy.
    """
    conditions = [LetterRow.state == state] if state else []
    if visit is not None:
        conditions.append(LetterRow.visit_id == visit.id)
    counts = outbox.counts(session)
    if visit is None:
        total = counts.get(state, 0) if state else sum(counts.values())
    else:
        total = session.scalar(select(func.count()).select_from(LetterRow).where(*conditions)) or 0
    paging = Paging(page, total)
    query = (
        select(LetterRow, VisitRow)
        .options(defer(LetterRow.raw))
        .join(VisitRow, VisitRow.id == LetterRow.visit_id)
        .where(*conditions)
    )
    page_of = query.order_by(LetterRow.id.desc()).offset(paging.skipped).limit(paging.per_page)
    rows = [(row, about) for row, about in session.execute(page_of)]
    marks = {} if in_full else marks_of(session, [about for _row, about in rows])
    beside = beside_letters(session, [row for row, _about in rows])
    entries = tuple(
        Entry(
            row, about.key, subject_shown(row, marks.get(about.id, "")), bool(marks.get(about.id)),
            () if marks.get(about.id) else beside.get(row.id, ()),
        )
        for row, about in rows
    )  # fmt: skip
    return Ledger(entries, counts, state, visit.key if visit else "", paging)


def read_letter(row: LetterRow, visit: str, called: str, beside: tuple[Beside, ...] = ()) -> Letter:
    """The letter as a mail program shows it, but for the key of its link, which is the recipient's alone."""
    message = message_from_bytes(row.raw, policy=default)
    assert isinstance(message, EmailMessage)
    names = {"From": "Từ", "To": "Tới", "Cc": "Đồng gửi", "Subject": "Tiêu đề", "Message-ID": "Mã thư"}
    said = {name: str(message[name]) for name in names if message[name]}
    said |= {name: named(people_in(row.raw, name)) for name in ("From", *RECIPIENTS) if name in said}
    headers = tuple((told, said[name]) for name, told in names.items() if name in said)
    body = message.get_body(("plain",))
    text = masked(str(body.get_content()).strip()) if body else ""
    return Letter(row, visit, called, headers, text, enclosed_in(message), beside)


def enclosed_in(message: EmailMessage) -> tuple[Enclosed, ...]:
    """The files of a message; the calendar that mail programs act on is one of them."""
    found: Sequence[EmailMessage] = [
        part
        for part in message.walk()
        if isinstance(part, EmailMessage) and (part.is_attachment() or part.get_content_type() == "text/calendar")
    ]
    return tuple(
        Enclosed(number, part.get_filename() or _unnamed(part, number), part.get_content_type(), _content(part))
        for number, part in enumerate(found, start=1)
    )


def _unnamed(part: EmailMessage, number: int) -> str:
    return f"lich-{number}.ics" if part.get_content_type() == "text/calendar" else f"tep-{number}"


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
