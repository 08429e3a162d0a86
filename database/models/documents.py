"""Official documents, their files, and the register of numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from database.models.base import Base


class DocumentRow(Base):
    """One revision of an official document: drafted by the machine, approved and numbered by people (2.4, F22)."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind", "revision"),
        # One công văn may go to several units and stand in the row of each: the register alone keeps numbers apart.
        UniqueConstraint("visit_id", "organ_code", "type_code", "term", "number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str]  #: a `Purpose` whose document has a name: `nomination_request`, `selection_notice`, …
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
    #: number, day or signer were corrected after the issue: `words` that the paper bears, and its `signer`
    corrected: Mapped[dict[str, Any] | None]
    secrecy: Mapped[str | None]  #: `MẬT`: never mailed (A20, P3)
    urgency: Mapped[str | None]  #: `HỎA TỐC` (F27)

    @property
    def symbol(self) -> str:
        """`125-TB/BTCTU`, empty until a clerk has given the number (F23)."""
        return self.symbol_with(self.number) if self.number else ""

    def symbol_with(self, number: int) -> str:
        """The symbol it would have with that number."""
        return f"{number:02d}-{self.type_code}/{self.organ_code}"


class DocumentFileRow(Base):
    """A file of an issued document, as it was issued: never made again, never changed.

    Where the document was corrected, the files of the wrong paper stay under another form (`pdf-1`) and name.
    """

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
    state: Mapped[str] = mapped_column(String(16))  #: `reserved`, `block`, `used`, `corrected`, `cancelled`
    by: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
