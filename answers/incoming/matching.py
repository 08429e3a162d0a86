"""Which letter and visit a message is about, and who of its contacts writes (R62, P26, decision 0051).

Four ways, the surest first: the letter that it answers or reports about, the signed tag in the address to which it was
sent, the entry that a calendar answers, the tag of its subject. Where two of them say different things nobody is
believed: a person looks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import settings
from database import plans, visits
from database.addressees import addressee_key
from database.models import LetterRow, RecipientRow, VisitRow
from domain.incoming import MailReading, MatchedBy
from domain.obligation import Kind
from domain.plan import Contacts
from domain.state import VisitState
from domain.text import slug
from letters import reply_tag
from letters.invitation import entry_of
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
    #: All visits at which anything in it points, believed or not: if one of them is secret, so may be what it says.
    points_at: frozenset[int] = frozenset()


def match(session: Session, reading: MailReading) -> Match:
    """The letter and the visit that a message is about; neither where there is a doubt, which is told."""
    pointed = _Pointed.by(session, reading)
    found = _believed(session, reading, pointed)
    points_at = pointed.visit_ids
    if found.visit_id is not None:
        points_at |= {found.visit_id}
    elif pointed.month:
        points_at |= {visit.id for visit in pointed.month.meant(session, reading.sender)}
    return replace(found, points_at=points_at)


@dataclass(frozen=True)
class _Pointed:
    """All that a message points at, by each of the ways."""

    answered: LetterRow | None
    tagged: list[LetterRow]
    forged: list[LetterRow] | None  #: letters whose tag was made up; None where none was
    dated: list[VisitRow]  #: the visits whose entries a calendar answers
    month: "_MonthOf | None"

    @classmethod
    def by(cls, session: Session, reading: MailReading) -> "_Pointed":
        tagged, forged = _tagged(session, reading)
        month = _MonthOf.subject(session, reading.subject)
        return cls(_answered(session, reading), tagged, forged, _dated(session, reading), month)

    @property
    def letters(self) -> list[LetterRow]:
        return [one for one in (self.answered, *self.tagged) if one is not None]

    @property
    def visit_ids(self) -> frozenset[int]:
        of_letters = (letter.visit_id for letter in (*self.letters, *(self.forged or ())))
        return frozenset((*of_letters, *(visit.id for visit in self.dated)))


def _believed(session: Session, reading: MailReading, pointed: _Pointed) -> Match:
    letters, month = pointed.letters, pointed.month
    if pointed.forged is not None:
        return Match(doubt="mã trong địa chỉ nhận không do dịch vụ này tạo ra")
    surest = {one.visit_id for one in letters} | {visit.id for visit in pointed.dated}
    if len(surest) > 1:
        return Match(doubt="thư chỉ tới nhiều đợt khác nhau")
    if not surest:
        visit = month.visit(session, reading.sender) if month else None
        return Match(None, visit.id, MatchedBy.SUBJECT) if visit else Match()
    (visit_id,) = surest
    if month and not month.has(visits.get(session, visit_id)):
        return Match(doubt="mã trong tiêu đề là của tháng khác với thư được trả lời")
    if not letters:
        return Match(None, visit_id, MatchedBy.CALENDAR)
    return Match(letters[0].id, visit_id, MatchedBy.REPLY if pointed.answered is not None else MatchedBy.TAG)


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


def _tagged(session: Session, reading: MailReading) -> tuple[list[LetterRow], list[LetterRow] | None]:
    """The letters whose tag stands in an address it was sent to, and those that a tag names which is not ours."""
    found: list[LetterRow] = []
    forged: list[LetterRow] | None = None
    for piece, seal in reply_tag.tags_in(reading.addressed_to):
        rows = session.scalars(select(LetterRow).where(LetterRow.message_id.startswith(f"<{piece}"))).all()
        own = [row for row in rows if reply_tag.holds(row.message_id, seal)]
        found += own
        forged = forged if own else [*(forged or ()), *rows]
    return found, forged


def _dated(session: Session, reading: MailReading) -> list[VisitRow]:
    """The visits of whose meetings a calendar speaks, by the names of the entries (RFC 5546, 3.2.3)."""
    domain = settings().mail_domain
    named = {entry[0] for one in reading.calendar if (entry := entry_of(one.uid, domain)) is not None}
    of_years = {int(name[:4]) for name in named if re.match(r"[0-9]{4}_", name)}
    rows = (row for year in of_years for row in visits.of_year(session, year, Kind.VISIT))
    return [row for row in rows if slug(row.key) in named]


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

    def meant(self, session: Session, sender: str) -> Sequence[VisitRow]:
        """Whatever visits of that month may be meant: those whose host writes; all where none does."""
        rows = [row for row in visits.of_year(session, self.year, Kind.VISIT) if row.month == self.month]
        hosts = ("host", "organisation_board")
        near = [row for row in rows if who_writes(session, row, sender).partition(":")[0] in hosts]
        return near or rows

    def visit(self, session: Session, sender: str) -> VisitRow | None:
        """The visit of that month, if it has begun; of several the one whose host writes."""
        begun = [
            row for row in visits.of_year(session, self.year, Kind.VISIT)
            if row.month == self.month and row.state not in (VisitState.PLANNED, VisitState.UNDECIDED)
        ]  # fmt: skip
        found = begun if len(begun) == 1 else [row for row in self.meant(session, sender) if row in begun]
        return found[0] if len(found) == 1 else None
