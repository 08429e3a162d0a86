"""Enters a letter into the ledger: one that is to be sent, one that is handed over, one that left on paper long ago."""

from collections.abc import Sequence
from datetime import datetime

from config.settings import settings
from database import outbox
from database.addressees import Addressee
from database.dossier import Dossier
from database.models import LetterRow
from domain.letters_and_documents import DOCUMENTS, purpose_called
from letters import message


def enter(
    dossier: Dossier,
    purpose: str,
    key: str,
    revision: int,
    *,
    subject: str,
    raw: bytes,
    state: str,
    addresses: Sequence[str],
    must_arrive: bool = False,
    left: tuple[datetime, str] | None = None,
) -> None:
    """A new row for the letter with that key and revision; `left`: when it went before the service, and a remark."""
    moment, remark = left or (None, None)
    row = LetterRow(
        visit_id=dossier.visit.id, purpose=purpose, recipient=key, revision=revision, state=state,
        message_id=letter_id(dossier, purpose, key, revision), sender=dossier.contacts.office.email, subject=subject,
        raw=raw, must_arrive=must_arrive, queued_at=moment or dossier.now, sent_at=moment, reply=remark,
        recipients=outbox.recipients(addresses, state),
    )  # fmt: skip
    dossier.session.add(row)
    dossier.session.flush()


def letter_id(dossier: Dossier, purpose: str, key: str, revision: int) -> str:
    """Its Message-ID, the same whenever it is asked for."""
    return message.message_id(f"{dossier.visit.key}/{purpose}/{key}/{revision}", settings().mail_domain)


def called(purpose: str) -> str:
    """What a paper of that purpose is called within a sentence."""
    return DOCUMENTS[purpose].called if purpose in DOCUMENTS else purpose_called(purpose)


def addressee_called(to: Addressee) -> str:
    """Whom a paper is for; which organisations were chosen may be secret, so only its text names them."""
    role, _, number = to.key.partition(":")
    return f"tổ chức đảng số {number}" if role == "organisation" else to.contact.name


def on_paper(to: Addressee) -> str:
    """What stands for an address that somebody does not have."""
    return f"bản giấy: {addressee_called(to)}"
