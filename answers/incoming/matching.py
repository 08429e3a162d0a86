"""Which letter and visit a message is about, and who of its contacts writes (R62, P26, decision 0051).

Three ways, the surest first: the letter that it answers or reports about, the signed tag in the address to which it
was sent, the tag of its subject. Where two of them say different things nobody is believed: a person looks.
"""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import plans, visits
from database.addressees import addressee_key
from database.models import LetterRow, RecipientRow, VisitRow
from domain.incoming import MailReading, MatchedBy
from domain.obligation import Kind
from domain.plan import Contacts
from domain.state import VisitState
from letters import reply_tag
from letters.masked import original_id

#: `[KH73/2024][T05]`, as `letters/templates/parts/tag.txt` writes it.
_SUBJECT = re.compile(r"\[[A-Z]+(\d{2,})/(\d{4})\]\s*\[T(\d{2})\]")


@dataclass(frozen=True)
class Match:
    """What a message is about, as far as that is known."""

    letter_id: int | None = None
    visit_id: int | None = None
    by: MatchedBy = MatchedBy.NOTHING
    doubt: str = ""  #: why a person must look, in Vietnamese, although something was found


def match(session: Session, reading: MailReading) -> Match:
    """The letter and the visit that a message is about; neither where there is a doubt, which is told."""
    answered, (tagged, forged) = _answered(session, reading), _tagged(session, reading)
    if forged:
        return Match(doubt="mã trong địa chỉ nhận không do dịch vụ này tạo ra")
    letters = [one for one in (answered, *tagged) if one is not None]
    if len({one.visit_id for one in letters}) > 1:
        return Match(doubt="thư chỉ tới nhiều đợt khác nhau")
    month = _MonthOf.subject(session, reading.subject)
    if not letters:
        visit = month.visit(session, reading.sender) if month else None
        return Match(None, visit.id, MatchedBy.SUBJECT) if visit else Match()
    found = letters[0]
    if month and not month.has(visits.get(session, found.visit_id)):
        return Match(doubt="mã trong tiêu đề là của tháng khác với thư được trả lời")
    return Match(found.id, found.visit_id, MatchedBy.REPLY if answered is not None else MatchedBy.TAG)


def who_writes(session: Session, visit: VisitRow, address: str) -> str:
    """Who of the people of that visit has that address: the key of the addressee, as letters have it; else empty.

    `host` and `organisation_board:…` are the two of its unit, `inspector:1`, `staff:leader`, `body:…` those of the
    plan's contacts; beside them whoever got a letter of the visit there (`guest:1`). An address can be forged: only
    what the own server says of it (`Trust`) makes it more than a claim.
    """
    wanted = address.strip().casefold()
    if not wanted:
        return ""
    _plan, contacts = plans.read(session, visit.year)
    keys = (key for key, email in _addresses(contacts, visit.unit) if email.casefold() == wanted)
    return next(keys, "") or _written_to(session, visit, wanted)


def own_addresses(session: Session, *more: str) -> frozenset[str]:
    """The office's own addresses, lower case: those that send letters, and `more` of the settings."""
    offices = (plans.read(session, year)[1].office.email for year in plans.years(session))
    return frozenset(one.strip().casefold() for one in (*offices, *more) if "@" in one)


def _addresses(contacts: Contacts, unit: str) -> list[tuple[str, str]]:
    boards = (("host", contacts.standing_boards), (f"organisation_board:{unit}", contacts.organisation_boards))
    return [
        *((key, board[unit].email) for key, board in boards if unit in board),
        *((f"inspector:{place}", one.email) for place, one in enumerate(contacts.inspectors, start=1)),
        *((f"staff:{role}", one.email) for role, one in contacts.staff.items()),
        *((f"body:{key}", one.email) for key, one in contacts.bodies.items()),
    ]


def _written_to(session: Session, visit: VisitRow, address: str) -> str:
    query = select(LetterRow.recipient, RecipientRow.address).join(RecipientRow).where(RecipientRow.place == 0)
    rows = session.execute(query.where(LetterRow.visit_id == visit.id).order_by(LetterRow.id.desc()))
    return next((addressee_key(key) for key, there in rows if there.casefold() == address), "")


def _answered(session: Session, reading: MailReading) -> LetterRow | None:
    """The nearest letter of ours that it answers; a copy with covered keys is the letter of which it is one."""
    wanted = [original_id(one) for one in reading.refers_to]
    found = session.scalars(select(LetterRow).where(LetterRow.message_id.in_(wanted))).all() if wanted else []
    return min(found, key=lambda letter: wanted.index(letter.message_id), default=None)


def _tagged(session: Session, reading: MailReading) -> tuple[list[LetterRow], bool]:
    """The letters whose tag stands in an address it was sent to, and whether one of these tags is not ours."""
    found: list[LetterRow] = []
    forged = False
    for piece, seal in reply_tag.tags_in(reading.addressed_to):
        rows = session.scalars(select(LetterRow).where(LetterRow.message_id.startswith(f"<{piece}"))).all()
        own = [row for row in rows if reply_tag.holds(row.message_id, seal)]
        found += own
        forged = forged or not own
    return found, forged


@dataclass(frozen=True)
class _MonthOf:
    """What the tag of a subject says: which month of which year's plan."""

    year: int
    month: int

    @classmethod
    def subject(cls, session: Session, subject: str) -> "_MonthOf | None":
        said = _SUBJECT.search(subject)
        if not said or int(said[2]) not in plans.years(session):
            return None
        plan, _contacts = plans.read(session, int(said[2]))
        return cls(plan.year, int(said[3])) if plan.number == int(said[1]) else None

    def has(self, visit: VisitRow) -> bool:
        return (visit.year, visit.month) == (self.year, self.month)

    def visit(self, session: Session, sender: str) -> VisitRow | None:
        """The visit of that month; of several the one whose host writes."""
        rows = [
            row for row in visits.of_year(session, self.year, Kind.VISIT)
            if row.month == self.month and row.state not in (VisitState.PLANNED, VisitState.UNDECIDED)
        ]  # fmt: skip
        hosts = ("host", "organisation_board")
        near = [row for row in rows if who_writes(session, row, sender).partition(":")[0] in hosts]
        found = near if len(rows) > 1 else rows
        return found[0] if len(found) == 1 else None
