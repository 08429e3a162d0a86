"""The plan, the things with a run of their own, their steps, what people answered, and reminders."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from database.models.base import Base
from domain.obligation import Kind, Obligation
from domain.state import VisitState
from domain.wait import Wait


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

    The table is called after the visits, of which most rows speak; it holds every obligation of the year. It keeps the
    name because rows, keys and backups of all offices have it.

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
