"""Draws up a visit's documents from its facts, and sees what has changed since a draft was made (2.4)."""

from collections.abc import Mapping

from config.settings import settings
from database import documents
from database.dossier import Dossier, open_dossier
from database.models import DocumentRow
from domain.letters_and_documents import DOCUMENTS, JOINT, Purpose
from domain.state import DocumentState
from letters.form.paper import Acts, Paper, without_acts
from letters.form.plain_text import plain_text
from letters.wording import write_paper
from papers.facts import facts_for, moved_since
from papers.requests import asked_alike


def current_paper(dossier: Dossier, kind: str, acts: Acts | None = None) -> Paper:
    """The document as facts and wording stand now; `Refused` when the wording is at fault."""
    return write_paper(kind, facts_for(dossier, kind), settings().templates, acts)


def current_text(dossier: Dossier, kind: str) -> str:
    """What an approval is bound to: the whole text without number, day and stamps."""
    return _text(kind, facts_for(dossier, kind))


def draw_up(dossier: Dossier, kind: str) -> DocumentRow:
    """The document's newest revision: the one there is if it still says what the facts say, else a new draft.

    An issued document stays as it is. Only a notice is followed by another, when a meeting it names was moved (A23),
    and an invitation by that of the notice which followed.
    """
    last = dossier.document(kind)
    if last is not None and last.state == DocumentState.ISSUED and not _must_be_adjusted(dossier, last):
        return last
    facts = facts_for(dossier, kind)
    changes = facts.get("changes", ())
    return documents.draft(
        dossier.session, dossier.visit.id, kind, current_text(dossier, kind), dossier.plan,
        type_code=DOCUMENTS[kind].type_code, changes=changes if isinstance(changes, list) else (),
    )  # fmt: skip


def changed_since(dossier: Dossier, row: DocumentRow) -> list[str]:
    """The lines in which facts or wording differ today from that revision; none if it is still what it was."""
    now = current_text(dossier, row.kind)
    return [] if documents.fingerprint(now) == row.content_hash else documents.difference(row.body, now)


def others_alike(dossier: Dossier, row: DocumentRow) -> list[Dossier]:
    """The other units that get this very text, each with its draft, for one issue of all (D1, D12).

    An office's own wording may name each unit in the text: then each has a công văn of its own.
    """
    if row.kind not in JOINT:
        return []
    others = [one.id for one in asked_alike(dossier, row.kind) if one.id != dossier.visit.id]
    found = [open_dossier(dossier.session, one, dossier.now, lock=True) for one in others]
    return [one for one in found if draw_up(one, row.kind).content_hash == row.content_hash]


def _text(kind: str, facts: Mapping[str, object]) -> str:
    return plain_text(without_acts(write_paper(kind, facts, settings().templates)))


def _must_be_adjusted(dossier: Dossier, issued: DocumentRow) -> bool:
    """Whether a notice says something of a meeting that is not so any more, or an invitation belongs to such a notice.

    In a rehearsal, whose clock stands still, a move and the draft that already tells it may have the same moment: then
    the notice, with the changes it told, still reads as it did.
    """
    if issued.kind == Purpose.INVITATION:
        notice = dossier.document(Purpose.SELECTION_NOTICE)
        return notice is not None and notice.id > issued.id
    if issued.kind != Purpose.SELECTION_NOTICE or not moved_since(dossier, issued):
        return False
    return _text(issued.kind, {**facts_for(dossier, issued.kind), "changes": list(issued.changes)}) != issued.body
