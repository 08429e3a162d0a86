"""Letters, each with its recipients."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.models.base import Base
from domain.post import called, told
from domain.state import LetterState


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
        return told([(one.address, one.called) for one in self.recipients])

    @property
    def called(self) -> str:
        """Its state as people read it; a letter that was given back later is told apart from one that was refused."""
        return called(self.state, returned=any(one.was_returned for one in self.recipients))

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
    #: `by_hand` (he has no address), `on_paper` (it left on paper, by hand or before the service)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    reply: Mapped[str | None]  #: what the server said of this address last
    put_off_since: Mapped[datetime | None]  #: since when the server says "not now" (4xx) to this address
    settled_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]  #: when DATA for this address began last, whatever a person said since
    #: when a report came that says it was given back after a server had taken it; the state is `refused` from then on
    returned_at: Mapped[datetime | None]

    @property
    def was_returned(self) -> bool:
        """Whether it is the report of a server that says so: it had been taken before."""
        return self.state == LetterState.REFUSED and self.returned_at is not None

    @property
    def called(self) -> str:
        """What became of it there, as people read it."""
        return called(self.state, returned=self.was_returned)

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy for information."""
        return self.place > 0
