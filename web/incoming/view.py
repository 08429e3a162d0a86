"""What the pages of the inbox show: a page of messages, one message whole, what came about a visit (R62, A20)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from answers.incoming.assigning import seen_of
from answers.incoming.storing import NOT_KEPT, named_only
from answers.incoming.suggesting import Known, Suggested, known_as, suggested
from answers.incoming.their_files import asked_in, read_of, words_of
from answers.incoming.whose import may_be
from config.addresses import page_of_key
from database import incoming, plans
from database.incoming import IncomingRow
from database.models import LetterRow, VisitRow
from database.secrecy import mark_of, marks_of
from domain.asked_by_mail import Asked
from domain.incoming import MailKind, MailReading, MailState, MatchedBy, Trust
from domain.letters_and_documents import purpose_called
from domain.mail_file import FileWord, Use
from domain.obligation import FOLLOW_UP_WORD, Kind
from domain.role import Role
from domain.state import VisitState
from web.desk.access import SEES_EVERY_YEAR, Person
from web.desk.navigation import OF_INBOX
from web.desk.paging import Paging


@dataclass(frozen=True)
class Entry:
    """One message of a list."""

    row: IncomingRow
    visit: str  #: the key of what it is about; empty where nobody knows
    covered: bool  #: it is only named to this reader (A20)
    subject: str = ""
    outcome: str = ""

    @property
    def kind(self) -> MailKind:
        """What the message is."""
        return MailKind(self.row.kind)

    @property
    def state(self) -> MailState:
        """How far the office has come with it."""
        return MailState(self.row.state)


@dataclass(frozen=True)
class Inbox:
    """A page of messages: what waits first, then the newest."""

    entries: tuple[Entry, ...]
    counts: dict[str, int]  #: of all messages, by state
    kinds: dict[str, int]  #: of those of the chosen state, by kind
    state: str
    kind: str
    visit: str
    paging: Paging


@dataclass(frozen=True)
class Opening:
    """One way to go on with a message at a form: with a file of it, or with the message beside."""

    label: str
    url: str
    file: int = 0  #: the number of the file that goes into the form; 0: none does


@dataclass(frozen=True)
class Message:
    """One message whole, as this reader may see it."""

    entry: Entry
    reading: MailReading
    telling: bool  #: whether its words and files are for this reader
    mark: str
    seen: str
    called: str  #: how people call what it is about
    letter: str  #: which letter it answers, as staff call it
    known: tuple[Known, ...]
    files: tuple[FileWord, ...]
    openings: tuple[Opening, ...]
    offered: tuple[Suggested, ...]
    offered_names: Mapping[str, str]
    kept: bool  #: whether its words and files stand here, and may
    may_be: tuple[str, ...]  #: of whom it can be, where it names an address that nobody wrote to

    @property
    def trust(self) -> str:
        """What the office's own server says of the sender."""
        return Trust(self.entry.row.trust).called

    @property
    def matched(self) -> str:
        """How it is known which letter it answers."""
        return MatchedBy(self.entry.row.matched_by).called


def read_inbox(session: Session, person: Person, state: str, kind: str, visit: VisitRow | None, page: int) -> Inbox:
    """The messages of that state, kind and visit, each if given; bodies are left where they are."""
    where: list[ColumnElement[bool]] = [IncomingRow.visit_id == visit.id] if visit else []
    counts = _counted(session, IncomingRow.state, where)
    where += [IncomingRow.state == state] if state else []
    kinds = _counted(session, IncomingRow.kind, where)
    where += [IncomingRow.kind == kind] if kind else []
    paging = Paging(page, session.scalar(select(func.count()).select_from(IncomingRow).where(*where)) or 0)
    waiting_first = case((IncomingRow.state.in_((MailState.OPEN, MailState.NEW)), 0), else_=1)
    query = select(IncomingRow).where(*where).options(defer(IncomingRow.raw))
    query = query.order_by(waiting_first, IncomingRow.received_at.desc(), IncomingRow.id.desc())
    rows = session.scalars(query.offset(paging.skipped).limit(paging.per_page)).all()
    return Inbox(_entries(session, person, rows), counts, kinds, state, kind, visit.key if visit else "", paging)


def of_visit(session: Session, person: Person, visit: VisitRow) -> tuple[Entry, ...]:
    """What came about a visit, the newest first."""
    return _entries(session, person, incoming.of_visit(session, visit.id))


def opens(person: Person) -> bool:
    """Whether this person has a page of messages."""
    return person.may(*OF_INBOX)


def count_open(session: Session, person: Person) -> int:
    """How many messages wait for whoever may deal with them."""
    return incoming.open_count(session) if person.may(Role.OFFICER, Role.ADMIN) else 0


def read_message(session: Session, person: Person, row: IncomingRow) -> Message:
    """One message, with what may be done about it."""
    (entry,) = _entries(session, person, [row])
    visit = session.get(VisitRow, row.visit_id) if row.visit_id else None
    letter = session.get(LetterRow, row.letter_id) if row.letter_id else None
    known, mark = _known(session, row), mark_of(session, visit) if visit else ""
    telling = person.may(*SEES_EVERY_YEAR)
    offered = suggested(session, known) if row.state == MailState.OPEN else ()
    kept = row.raw is not None and not mark
    files = words_of(row) if telling and kept else ()
    waits = row.state in (MailState.OPEN, MailState.NEW)
    return Message(
        entry, named_only(read_of(row)) if mark else read_of(row), telling, mark, seen_of(row),
        plans.names_of(session, [entry.visit])[entry.visit] if entry.visit else "",
        f"thư số {letter.id} ({purpose_called(letter.purpose)})" if letter else "", known, files,
        _openings(session, row, visit, files) if waits and visit and person.may(Role.OFFICER) else (),
        offered, _as_choices(session, [one.visit for one in offered]),
        kept, may_be(session, row) if row.state == MailState.OPEN and not entry.covered else (),
    )  # fmt: skip


def _known(session: Session, row: IncomingRow) -> tuple[Known, ...]:
    """Whose the sender's address is; of a report, which a machine has sent, those that it names."""
    reports = row.kind in (MailKind.BOUNCE, MailKind.DELAY)
    about = [one.address for one in read_of(row).failed] if reports else [row.sender]
    return tuple(dict.fromkeys(one for address in about for one in known_as(session, address)))


def open_visits(session: Session) -> list[tuple[str, str]]:
    """Everything that is under way, as a choice: key, and name with the mark that it bears."""
    rows = session.scalars(select(VisitRow).where(VisitRow.state == VisitState.OPEN).order_by(VisitRow.year)).all()
    return sorted(_as_choices(session, rows).items(), key=lambda one: one[1])


def _as_choices(session: Session, rows: Sequence[VisitRow]) -> Mapping[str, str]:
    named, marks = plans.names_of(session, [row.key for row in rows]), marks_of(session, rows)
    return {row.key: f"{named[row.key]} ({_MARKED})" if marks.get(row.id) else named[row.key] for row in rows}


#: Said before a message is put there: what then becomes of it.
_MARKED = "có độ mật: thư chỉ còn trong hộp thư của cơ quan"


def _openings(session: Session, row: IncomingRow, visit: VisitRow, files: Collection[FileWord]) -> tuple[Opening, ...]:
    """The form that takes what was asked for, with each file that it can read, and with the message beside it."""
    asked = asked_in(session, row, visit)
    if row.kind != MailKind.ANSWER or asked is None:
        return ()
    url = _form_of(asked, visit)
    with_file = [
        Opening(f"{_BY_FILE[asked]} trong {one.file.name}", url, one.file.number)
        for one in files if asked in _BY_FILE and _taken(asked, one)
    ]  # fmt: skip
    return (*with_file, Opening(f"Nhập {asked.called}", f"{url}?thu={row.id}"))


_BY_FILE = {
    Asked.NOMINATIONS: "Xem danh sách", Asked.FINDINGS: "Xem kết quả", Asked.SELF_REPORT: "Nhập báo cáo với tệp",
}  # fmt: skip


def _taken(asked: Asked, one: FileWord) -> bool:
    ending = one.file.name.rpartition(".")[2].casefold()
    return ending in {
        Asked.NOMINATIONS: ("xlsx", "docx", "csv"), Asked.FINDINGS: ("xlsx",),
        Asked.SELF_REPORT: ("docx", "xlsx", "pdf"),
    }.get(asked, ())  # fmt: skip


def _form_of(asked: Asked, visit: VisitRow) -> str:
    """Where the form stands: of remedies below the follow-up, whichever of the two the letter was about."""
    below = asked.form
    if asked is Asked.REMEDIES and visit.kind == Kind.FOLLOW_UP:
        below = below.removeprefix(f"{FOLLOW_UP_WORD}/")
    return f"{page_of_key(visit.key)}/{below}"


def _entries(session: Session, person: Person, rows: Sequence[IncomingRow]) -> tuple[Entry, ...]:
    ids = {row.visit_id for row in rows if row.visit_id}
    about = {one.id: one for one in session.scalars(select(VisitRow).where(VisitRow.id.in_(ids)))} if ids else {}
    marks, sees = marks_of(session, about.values()), person.may(*SEES_EVERY_YEAR)
    return tuple(_entry(row, about.get(row.visit_id or 0), marks, sees=sees) for row in rows)


def _entry(row: IncomingRow, visit: VisitRow | None, marks: Mapping[int, str], *, sees: bool) -> Entry:
    if visit and marks.get(visit.id):
        shown = Entry(row, visit.key, covered=False, subject=NOT_KEPT, outcome=row.outcome)
        return shown if sees else Entry(row, visit.key, covered=True)
    return Entry(row, visit.key if visit else "", covered=False, subject=row.subject, outcome=row.outcome)


def _counted(session: Session, column: InstrumentedAttribute[str], where: list[ColumnElement[bool]]) -> dict[str, int]:
    query = select(column, func.count()).where(*where).group_by(column)
    return {str(name): number for name, number in session.execute(query)}


def photo_of(row: IncomingRow, place: int) -> bool:
    """Whether that file of the message is a photo that can be drawn anew."""
    return any(one.file.number == place and one.use is Use.PHOTO for one in words_of(row))
