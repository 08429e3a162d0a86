"""The tables: what the service remembers about plans, visits, answers, documents and letters."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Index, LargeBinary, MetaData, String, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import DateTime, TypeDecorator

from domain.dates import OFFICE_ZONE
from domain.obligation import Kind, Obligation
from domain.post import told
from domain.state import VisitState
from domain.wait import Wait


class Moment(TypeDecorator[datetime]):
    """A moment with its zone: stored in UTC, read in the office's zone (C7). A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: object) -> datetime | None:
        """Refuse a moment without zone, store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"moment without zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: object) -> datetime | None:
        """Give every moment the office's zone; SQLite forgets zones, so a naive one is UTC."""
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(OFFICE_ZONE)


class Base(DeclarativeBase):
    """All tables, with names for every constraint so that a migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON, bytes: LargeBinary}  # noqa: RUF012 - SQLAlchemy's own hook


class ClockRow(Base):
    """The one clock. `rehearsal_now` is empty when the clock is real (design §6)."""

    __tablename__ = "clock"
    id: Mapped[int] = mapped_column(primary_key=True)
    rehearsal_now: Mapped[datetime | None]


class ServiceNoteRow(Base):
    """The newest word of the service about itself under each name (`database.service_notes`)."""

    __tablename__ = "service_note"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]  #: on the machine's own clock
    text: Mapped[str] = mapped_column(default="")


class PlanRow(Base):
    """One version of one year's plan with its contacts; the highest version counts, the others are history."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("year", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    version: Mapped[int]
    plan: Mapped[dict[str, Any]]
    contacts: Mapped[dict[str, Any]]
    shape: Mapped[int] = mapped_column(server_default="1")  #: of `plan` and `contacts` (`database.stored`)
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str]


#: An answer nobody has looked at yet, or a person who wants a stopped run to go on.
_CALLED = "wake_wanted > wake_seen OR rerun_by IS NOT NULL"


#: Stored by its id, in a column of text that needs no change when another is added.
_WAIT = Enum(
    Wait, native_enum=False, create_constraint=False, length=32, values_callable=lambda of: [one.value for one in of]
)


class VisitRow(Base):
    """One thing with a run of its own, a visit above all: the truth about it. The run is only the thread one can see.

    What the other kinds are: `domain.obligation`, docs/decisions/0010-obligations.md.
    """

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("kind", "year", "month", "unit"),
        # Whoever runs visits asks several times a second what is due: two looks into an index, however many rows.
        Index("ix_visit_waiting_until", "waiting_until"),
        Index("ix_visit_called", "id", sqlite_where=text(_CALLED), postgresql_where=text(_CALLED)),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default=Kind.VISIT.value, server_default=Kind.VISIT.value)
    year: Mapped[int]
    month: Mapped[int] = mapped_column(default=0)  #: 0 where there is none
    unit: Mapped[str] = mapped_column(default="")  #: empty where there is none
    opens_on: Mapped[date]
    #: `planned`, `undecided` (behind when it was loaded: a person is asked), `open`, `closed`, `cancelled`,
    #: `withdrawn` (no longer in the plan), `filed` (kept without a run, A14)
    state: Mapped[str] = mapped_column(String(16), default="planned", index=True)
    #: what a person said became of it before the service: `domain.taking_up.Way`; None where nobody has said
    taken_up: Mapped[str | None] = mapped_column(String(16))
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: the one live run, and how often a lost one had to be replaced
    flow_run_id: Mapped[str | None]
    generation: Mapped[int] = mapped_column(default=1)
    #: what it waits for, and the role that must act
    wait: Mapped[Wait | None] = mapped_column(_WAIT)
    waiting_for: Mapped[str | None]
    waiting_message: Mapped[str | None]
    waiting_since: Mapped[datetime | None]
    waiting_until: Mapped[datetime | None]
    #: a wake-up wanted and not yet seen is never slept through (design §3)
    wake_wanted: Mapped[int] = mapped_column(default=0)
    wake_seen: Mapped[int] = mapped_column(default=0)
    wakeups: Mapped[int] = mapped_column(default=0)
    #: the process that is at work on it: `host:pid:started`, and when it last said so
    worker: Mapped[str | None]
    worker_seen_at: Mapped[datetime | None]
    trouble: Mapped[str | None]
    #: who wants a failed or stopped run to be started again, until that has happened
    rerun_by: Mapped[str | None]

    @property
    def waiting_state(self) -> str | None:
        """What it waits for, as staff read it."""
        return self.wait.shown if self.wait else None

    @property
    def obligation(self) -> Obligation:
        """What it is, without how far it has come."""
        return Obligation(Kind(self.kind or Kind.VISIT), self.year, self.month or 0, self.unit or "")

    @property
    def in_motion(self) -> bool:
        """Whether it is at work, or about to look at what was just answered: what it waits for is no longer true."""
        called = self.rerun_by is not None or (self.wake_wanted > self.wake_seen and self.trouble is None)
        return self.state == VisitState.OPEN and (self.worker is not None or called)

    @property
    def key(self) -> str:
        """`2024-02/nhon_trach`, and so on for the other kinds."""
        return self.obligation.key


class StepRow(Base):
    """A finished step. That it exists is what "done" means."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("visit_id", "step"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    step: Mapped[int]
    done_at: Mapped[datetime]
    note: Mapped[str]


class AnswerRow(Base):
    """One version of one answer. It is never changed; a new answer is a new version (design §4)."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("visit_id", "kind", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str]  #: `nominations`, `acceptance`, `recommendation`, `choice`, `findings`, `self_report`, …
    version: Mapped[int]
    answers: Mapped[int] = mapped_column(default=0)  #: version of what it answers (of the list, for a choice)
    content: Mapped[dict[str, Any]]  #: read by `database.stored`, and nowhere else
    shape: Mapped[int] = mapped_column(server_default="1")  #: of `content` (`database.stored`)
    by: Mapped[str]
    source: Mapped[str]  #: `cli`, `rehearsal`, `link`, `desk`, `system`, `plan`, `paper`
    given_at: Mapped[datetime]


class AnswerFileRow(Base):
    """A file that came with an answer, as it came: never opened, never changed (R67, D13)."""

    __tablename__ = "answer_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes]


class ReminderRow(Base):
    """A rung of a ladder that was used, so that it is used once (design trap 14)."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("visit_id", "about", "rung"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    about: Mapped[str]
    rung: Mapped[int]
    sent_at: Mapped[datetime]


class DocumentRow(Base):
    """One revision of an official document: drafted by the machine, approved and numbered by people (2.4, F22)."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind", "revision"),
        UniqueConstraint("organ_code", "type_code", "term", "number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str]  #: `selection_notice`, `group_report`, `result_notice`, `annual_plan`, `annual_report`
    revision: Mapped[int]
    #: `draft`, `approved`, `issued`, `superseded`, `returned`
    state: Mapped[str] = mapped_column(String(16), default="draft")
    content_hash: Mapped[str]
    body: Mapped[str]  #: the whole text of the draft, which the hash is made of
    changes: Mapped[list[Any]] = mapped_column(default=list)  #: what it adjusts, in words: part of the text (A23)
    #: the lines that differ from the revision before
    redrafted: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    drafted_at: Mapped[datetime]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    organ_code: Mapped[str]
    type_code: Mapped[str]
    term: Mapped[str]
    number: Mapped[int | None]
    issued_on: Mapped[date | None]
    issued_by: Mapped[str | None]
    #: a leader sends it back to those who wrote what it says
    returned_by: Mapped[str | None]
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str | None]
    #: a leader lets it be issued although a check failed, and says why (2.7)
    override_by: Mapped[str | None]
    override_reason: Mapped[str | None]
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())  #: issued before the service
    secrecy: Mapped[str | None]  #: `MẬT`: never mailed (A20, P3)
    urgency: Mapped[str | None]  #: `HỎA TỐC` (F27)

    @property
    def symbol(self) -> str:
        """`125-TB/BTCTU`, empty until a clerk has given the number (F23)."""
        return f"{self.number:02d}-{self.type_code}/{self.organ_code}" if self.number else ""


class DocumentFileRow(Base):
    """A file of an issued document, as it was issued: never made again, never changed."""

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("document_id", "form"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    form: Mapped[str]  #: `docx`, `pdf`, `signed` (the scan with signature and seal, P4)
    name: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes]


class NumberRow(Base):
    """One number of a series in the register: gaps and cancelled numbers stay visible (F22)."""

    __tablename__ = "number"
    __table_args__ = (UniqueConstraint("organ_code", "type_code", "term", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    organ_code: Mapped[str]
    type_code: Mapped[str]
    term: Mapped[str]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))  #: `reserved`, `used`, `cancelled`
    by: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class LetterRow(Base):
    """One letter to one contact and those who get a copy, whole as it goes out, and how far it has come (design §5)."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("visit_id", "purpose", "recipient", "revision"),
        Index("ix_letter_visit_id_state", "visit_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    purpose: Mapped[str]
    recipient: Mapped[str]  #: key of the contact: `host`, `inspector:1`, `body:party_office`
    revision: Mapped[int]
    #: what its recipients' states come to (`domain.post`): theirs, or `partly`
    state: Mapped[str] = mapped_column(String(16), default="queued", index=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]
    subject: Mapped[str]
    raw: Mapped[bytes]
    must_arrive: Mapped[bool] = mapped_column(default=False)
    queued_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    sending_by: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    resolved_by: Mapped[str | None]
    recipients: Mapped[list["RecipientRow"]] = relationship(
        order_by="RecipientRow.place", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def addresses(self) -> list[str]:
        """Every address it goes to, the addressee's first."""
        return [one.address for one in self.recipients]

    @property
    def states(self) -> list[str]:
        """What became of it at each of them."""
        return [one.state for one in self.recipients]

    @property
    def told(self) -> str:
        """Whom it goes to, and who of them has not got it when others have."""
        return told([(one.address, one.state) for one in self.recipients])

    @property
    def addressee(self) -> "RecipientRow":
        """The one in `To`; the others get copies."""
        return self.recipients[0]


class RecipientRow(Base):
    """One address of a letter and what became of the letter there: each is taken or refused by itself (0013)."""

    __tablename__ = "letter_recipient"
    __table_args__ = (UniqueConstraint("letter_id", "address"), UniqueConstraint("letter_id", "place"))
    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    place: Mapped[int]  #: 0 is the addressee (`To`), the others are copies (`Cc`) in their order
    address: Mapped[str]
    #: `queued`, `sending`, `sent`, `refused`, `uncertain`, `held`, `withheld`, `withdrawn`,
    #: `on_paper` (it left before the service, and is never sent again)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    reply: Mapped[str | None]  #: what the server said of this address last
    put_off_since: Mapped[datetime | None]  #: since when the server says "not now" (4xx) to this address
    settled_at: Mapped[datetime | None]

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy for information."""
        return self.place > 0


class AuditRow(Base):
    """Who did what, in order; lines are only ever added, each chained to the one before it (P7, `database.audit`)."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))  #: the hash of the line before
    hash: Mapped[str] = mapped_column(String(64))  #: of `previous` and of what this line says


class AuditEndRow(Base):
    """Where the record ends. Its one row is what writers queue for, and what shows that the last lines are gone."""

    __tablename__ = "audit_end"
    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]  #: the number of the last line; 0 when there is none
    hash: Mapped[str] = mapped_column(String(64))
