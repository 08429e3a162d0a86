"""A visit's documents as its page lists them: revision, state, number, text, and the files one may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from database.models import DocumentRow
from domain import words
from domain.letters_and_documents import BY_NAME, ISSUED, OPEN, document_title
from domain.state import DocumentState
from overview.happened import Happened


@dataclass(frozen=True)
class Paper:
    """One revision of a document."""

    kind: str
    name: str
    revision: int
    state: str
    state_word: str
    symbol: str
    issued_on: date | None
    drafted_at: datetime
    acts: str  #: who approved, issued, returned it, in words
    body: str  #: empty where the reader may not see it
    redrafted: tuple[str, ...]
    newest: bool
    kept: tuple[str, ...]  #: forms of which a file is kept: `docx`, `pdf`, `signed`
    checked: tuple[str, ...] = ()  #: what was seen of the signed file when it was taken
    doubts: tuple[str, ...] = ()  #: what was doubtful about it, and
    signed_reason: str = ""  #: why it was taken all the same
    on_paper: bool = False  #: it left before the service was used, and its text is with the paper

    @property
    def correctable(self) -> str:
        """What its form for corrections is called, where number, day or signer may be put right; else empty."""
        name = next((name for name, purpose in BY_NAME.items() if purpose == self.kind), "")
        return name if self.newest and self.state == DocumentState.ISSUED and name in ISSUED and name != "plan" else ""

    @property
    def openable(self) -> bool:
        """Whether there is a file: a kept one, or one that can be drawn because it is the newest."""
        return bool(self.kept) or (self.newest and not self.on_paper)


def papers_of(happened: Happened, *, findings: bool) -> tuple[Paper, ...]:
    """Every revision, the newest of each document first; those that tell findings only if `findings`."""
    newest = {row.kind: row.id for row in happened.documents}
    order: dict[str, int] = {kind: place for place, kind in enumerate(BY_NAME.values())}
    looks = {row.details.get("document"): row.details for row in happened.audit if "checked" in row.details}
    rows = sorted(happened.documents, key=lambda row: (order.get(row.kind, 9), -row.revision))
    return tuple(
        _paper(row, newest[row.kind] == row.id, happened.forms.get(row.id, ()), looks.get(row.id, {}))
        for row in rows
        if findings or row.kind in OPEN
    )


def _paper(row: DocumentRow, newest: bool, kept: tuple[str, ...], look: Mapping[str, Any]) -> Paper:
    return Paper(
        row.kind, document_title(row.kind), row.revision,
        row.state, words.DOCUMENTS.get(row.state, row.state), row.symbol, row.issued_on, row.drafted_at,
        _acts(row), row.body, tuple(row.redrafted), newest, kept,
        tuple(look.get("checked", ())), tuple(look.get("doubts", ())), look.get("reason", ""), row.on_paper,
    )  # fmt: skip


def _acts(row: DocumentRow) -> str:
    said = (
        row.approved_by and f"{row.approved_by} duyệt",
        row.returned_by and f"{row.returned_by} trả lại: {row.return_reason}",
        row.override_by and f"{row.override_by} cho phép dù chưa đạt kiểm tra: {row.override_reason}",
        row.issued_by and f"{row.issued_by} {'ghi theo bản giấy' if row.on_paper else 'phát hành'}",
        row.secrecy and f"độ mật {row.secrecy}",
        row.urgency and f"độ khẩn {row.urgency}",
    )
    return "; ".join(one for one in said if one)
