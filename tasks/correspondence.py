"""Writes a letter into the outbox: words, document and addresses, in the step's own transaction (design §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from config.settings import settings
from database import outbox
from database.dossier import Dossier
from database.models import LetterRow
from domain.dates import month_and_year
from domain.nomination import Meeting
from domain.plan import Contact, Participant
from letters import document, invitation, message, wording


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to: the key it is unique by, and the address of the day."""

    key: str  #: `host`, `staff:leader`, `inspector:1`, `body:party_office`
    contact: Contact
    cc: tuple[Contact, ...] = ()


def host(dossier: Dossier) -> Addressee:
    """The host's standing board, with a copy to its organisation board (R62, R78)."""
    unit = dossier.unit.code
    return Addressee("host", dossier.contacts.standing_boards[unit], (dossier.contacts.organisation_boards[unit],))


def staff(dossier: Dossier, role: str) -> Addressee:
    """A person of the office by role: `officer`, `leader`, `clerk`."""
    return Addressee(f"staff:{role}", dossier.contacts.staff[role])


def inspectors(dossier: Dossier) -> list[Addressee]:
    """The working group, its head first (A19)."""
    return [
        Addressee(f"inspector:{number}", contact) for number, contact in enumerate(dossier.contacts.inspectors, start=1)
    ]


def invitee(dossier: Dossier, participant: Participant) -> Addressee:
    """A body of the province that is invited (R54–R56)."""
    return Addressee(f"body:{participant.contact}", dossier.contacts.bodies[participant.contact])


def common_facts(dossier: Dossier) -> dict[str, object]:
    """The facts that every letter has."""
    visit = dossier.visit
    return {
        "plan": dossier.plan,
        "unit": dossier.unit,
        "month_year": month_and_year(visit.year, visit.month),
        "today": dossier.today,
        "visit": visit.key,
    }


def write(
    dossier: Dossier,
    purpose: str,
    to: Addressee,
    facts: Mapping[str, object],
    *,
    revision: int = 1,
    calendars: Sequence[tuple[bytes, str]] = (),
    must_arrive: bool = False,
) -> bool:
    """Queue one letter, unless that letter was ever queued; True if it is new.

    A letter that `must_arrive` makes the run fail when the server refuses it, so that a person sees it.
    """
    visit = dossier.visit
    if outbox.has(dossier.session, visit.id, purpose, to.key, revision):
        return False
    every_fact = {**common_facts(dossier), **facts}
    words = wording.render(purpose, every_fact, settings().templates)
    key = f"{visit.key}/{purpose}/{to.key}/{revision}"
    office = dossier.contacts.office
    raw = message.compose(
        sender=office,
        to=to.contact,
        cc=to.cc,
        wording=words,
        message_id=message.message_id(key, settings().mail_domain),
        date=dossier.now,
        attachments=[*_document(purpose, every_fact, words, visit.key), *_further_calendars(calendars)],
        calendar=calendars[0] if calendars else None,
    )
    dossier.session.add(
        LetterRow(
            visit_id=visit.id, purpose=purpose, recipient=to.key, revision=revision,
            message_id=message.message_id(key, settings().mail_domain),
            sender=office.email, addresses=[to.contact.email, *(one.email for one in to.cc)],
            subject=words.subject, raw=raw, must_arrive=must_arrive, queued_at=dossier.now,
        )
    )  # fmt: skip
    dossier.session.flush()
    return True


def _further_calendars(calendars: Sequence[tuple[bytes, str]]) -> list[message.Attachment]:
    """Mail programs act on one calendar entry in a message; those of further meetings are files beside it."""
    return [
        message.Attachment(f"lich-{number}.ics", content, "text/calendar")
        for number, (content, _method) in enumerate(calendars[1:], start=2)
    ]


def _document(
    purpose: str, facts: Mapping[str, object], words: wording.Wording, visit: str
) -> Sequence[message.Attachment]:
    if purpose not in document.DOCUMENTS:
        return ()
    content = document.make_docx(purpose, facts, words, symbol=str(facts.get("symbol", "")))
    return (message.Attachment(document.file_name(purpose, visit), content, _DOCX),)


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
