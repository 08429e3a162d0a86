"""Writes a letter into the outbox: words, document and addresses, in the step's own transaction (design §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from answers import links
from config.settings import settings
from database import outbox
from database.addressees import (
    Addressee,
    board,
    body,
    host,
    host_or_above,
    inspectors,
    organisation_board,
    staff,
)
from database.dossier import Dossier
from database.models import DocumentRow, LetterRow
from database.record.heads import Occasion, head_now
from database.secrecy import mark_of
from domain.decision import Guest
from domain.letters_and_documents import BY_NAME, DOCUMENTS, Purpose
from domain.nomination import Meeting
from domain.plan import Contact, Participant
from domain.state import LetterState
from letters import invitation, message, wording
from letters.form.paper import Acts
from papers import files
from papers.facts import common_facts

__all__ = (
    "Addressee",
    "Invitee",
    "board",
    "body",
    "holds_invitation",
    "host",
    "host_or_above",
    "inspectors",
    "invitee",
    "invitees",
    "meeting_calendar",
    "organisation_board",
    "staff",
    "write",
)

#: The letters that ask for an answer, and for which: they bring the recipient the link to his own form.
_ASKING: dict[str, str] = {
    Purpose.NOMINATION_REQUEST: links.NOMINATIONS,
    Purpose.NOMINATION_REMINDER: links.NOMINATIONS,
    Purpose.NOMINATION_INCOMPLETE: links.NOMINATIONS,
    Purpose.FINDINGS_REQUEST: links.FINDINGS,
    Purpose.FINDINGS_REMINDER: links.FINDINGS,
    Purpose.YEAR_END_REQUEST: links.SELF_REPORT,
    Purpose.YEAR_END_REMINDER: links.SELF_REPORT,
    Purpose.SELF_REPORT_RETURNED: links.SELF_REPORT,
    Purpose.REMEDY_REMINDER: links.REMEDIES,
}


def invitee(dossier: Dossier, participant: Participant) -> Addressee:
    """A body of the province that is invited (R54–R56)."""
    return body(dossier, participant.contact)


@dataclass(frozen=True)
class Invitee:
    """Who gets an invitation, or got one that is taken back (D6)."""

    name: str  #: as the letter calls it
    to: Addressee
    meetings: tuple[Meeting, ...]
    stands: bool = True
    turns: int = 0  #: how often the entry changed for this one alone; each is a step of its SEQUENCE
    reason: str = ""  #: of the last turn


def invitees(dossier: Dossier) -> list[Invitee]:
    """The bodies of the plan, then every guest of the visit, those taken back among them (R54–R56, D6)."""
    bodies = [Invitee(one.name, invitee(dossier, one), dossier.chosen) for one in dossier.plan.invited()]
    return [*bodies, *(_guest(dossier, guest) for guest in dossier.guests)]


def _guest(dossier: Dossier, guest: Guest) -> Invitee:
    """A guest may come when one of several meetings is over: only the others concern him."""
    name = f"{guest.name}, {guest.title}" if guest.title else guest.name
    to = Addressee(f"guest:{guest.number}", Contact(guest.name, guest.email))
    ahead = tuple(meeting for meeting in dossier.chosen if meeting.starts_at > dossier.now)
    return Invitee(name, to, ahead, guest.invited, guest.turns - 1, guest.reason)


def holds_invitation(dossier: Dossier, to: Addressee) -> bool:
    """Whether an invitation went to that addressee, or is about to, and no cancellation after it."""
    query = select(LetterRow.purpose).where(
        LetterRow.visit_id == dossier.visit.id,
        LetterRow.recipient == to.key,
        LetterRow.purpose.in_((Purpose.INVITATION, Purpose.INVITATION_CANCELLED)),
        LetterRow.state.not_in((LetterState.WITHDRAWN, LetterState.WITHHELD, LetterState.REFUSED)),
    )
    return dossier.session.scalars(query.order_by(LetterRow.id.desc())).first() == Purpose.INVITATION


def write(
    dossier: Dossier,
    purpose: str,
    to: Addressee,
    facts: Mapping[str, object],
    *,
    revision: int = 1,
    calendars: Sequence[tuple[bytes, str]] = (),
    further: Sequence[message.Attachment] = (),
    document: DocumentRow | None = None,
    must_arrive: bool = False,
) -> bool:
    """Queue one letter, unless that letter was ever queued; True if it is new.

    `document` is the issued document that the letter brings: its stored files go with it. Where anything of what is
    known of the visit is secret, the letter is withheld, to be handed over on paper (A20, P3). A letter that
    `must_arrive` makes the run fail when the server refuses it, so that a person sees it.
    """
    visit, office = dossier.visit, dossier.contacts.office
    if outbox.has(dossier.session, visit.id, purpose, to.key, revision):
        return False
    # Nobody's name stands under what nobody has issued (F9, F23).
    assert purpose not in BY_NAME.values() or (document is not None and document.number), f"{purpose} is not issued"
    beside = [*further, *_further_calendars(calendars)]
    words = _words(dossier, purpose, to, facts, document, [one.name for one in beside])
    message_id = message.message_id(f"{visit.key}/{purpose}/{to.key}/{revision}", settings().mail_domain)
    raw = message.compose(
        sender=office, to=to.contact, cc=to.cc, wording=words, message_id=message_id, date=dossier.now,
        attachments=[*_papers(dossier, purpose, words, document), *beside],
        calendar=calendars[0] if calendars else None, record=_head(dossier) if document else "",
    )  # fmt: skip
    state = LetterState.WITHHELD if mark_of(dossier.session, visit) else LetterState.QUEUED
    dossier.session.add(
        LetterRow(
            visit_id=visit.id, purpose=purpose, recipient=to.key, revision=revision, state=state,
            message_id=message_id, sender=office.email, subject=words.subject, raw=raw, must_arrive=must_arrive,
            queued_at=dossier.now, recipients=outbox.recipients([one.email for one in to.everyone], state),
        )
    )  # fmt: skip
    dossier.session.flush()
    return True


def _head(dossier: Dossier) -> str:
    """Where the record stands, for the letter of an issued document: others keep it, and a rewritten record differs."""
    head = head_now(dossier.session, Occasion.LETTER)
    return str(head) if head else ""


def _words(
    dossier: Dossier,
    purpose: str,
    to: Addressee,
    facts: Mapping[str, object],
    document: DocumentRow | None,
    beside: Sequence[str],
) -> wording.Wording:
    """The letter in words; `beside` are the names of the files that go with it besides its document."""
    every_fact = {**common_facts(dossier), **facts, "reply_link": _reply_link(dossier, purpose, to)}
    acts = None
    if purpose in DOCUMENTS:
        names = files.names(dossier, purpose, document)
        every_fact |= {"addressee": facts.get("invitee") or to.contact.name, "attached": "; ".join([*names, *beside])}
        acts = files.acts_of(document) if document else Acts(issued_on=dossier.today)
    return wording.render(purpose, every_fact, settings().templates, acts)


def _reply_link(dossier: Dossier, purpose: str, to: Addressee) -> str:
    """The recipient's link; empty for a letter that asks nothing, and as long as nobody outside reaches the desk."""
    asked = _ASKING.get(purpose)
    if purpose == Purpose.STAFF_TASK and to.key.startswith("inspector:"):
        asked = links.FINDINGS  # what was returned is corrected where it was given
    if asked is None:
        return ""
    name = dossier.unit.standing_board if to.key == "host" else to.contact.name
    return links.address_for_letter(dossier, asked, to.key, name)


def _papers(
    dossier: Dossier, purpose: str, words: wording.Wording, document: DocumentRow | None
) -> Sequence[message.Attachment]:
    if document is not None and not files.is_drawn_for_each(dossier, document):
        return files.kept_attachments(dossier, document)
    return files.as_attachments(purpose, dossier.visit.key, words.paper) if words.paper else ()


def _further_calendars(calendars: Sequence[tuple[bytes, str]]) -> list[message.Attachment]:
    """Mail programs act on one calendar entry in a message; those of further meetings are files beside it."""
    return [
        message.Attachment(f"lich-{number}.ics", content, "text/calendar")
        for number, (content, _method) in enumerate(calendars[1:], start=2)
    ]


def meeting_calendar(
    dossier: Dossier, meeting: Meeting, to: Addressee, revision: int, *, cancel: bool = False
) -> tuple[bytes, str]:
    """The calendar entry of one meeting for one invitee; the sequence rises with each revision (A23)."""
    method: Literal["CANCEL", "REQUEST"] = "CANCEL" if cancel else "REQUEST"
    domain = settings().mail_domain
    content = invitation.calendar_file(
        uid=invitation.uid(dossier.visit.key, meeting.number, domain),
        sequence=revision - 1,
        method=method,
        meeting=meeting,
        organiser=dossier.contacts.office,
        attendee=to.contact,
        stamp=dossier.now,
        summary=f"Dự, giám sát sinh hoạt: {meeting.organisation}",
    )
    return content, method
