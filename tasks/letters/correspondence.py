"""Writes a letter into the outbox: words, document and addresses, in the step's own transaction (design §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from answers import links
from answers.scores import rubrics_for
from config.settings import settings
from database import outbox
from database.addressees import Addressee, meeting_of
from database.dossier import Dossier
from database.models import DocumentRow
from database.record.heads import Occasion, head_now
from database.secrecy import mark_of
from domain.letters_and_documents import BY_NAME, DOCUMENTS, ISSUED, Purpose
from domain.nomination import Meeting
from domain.state import LetterState
from letters import invitation, message, wording
from letters.form.paper import Acts
from letters.reply_tag import reply_address
from papers import files
from papers.facts import common_facts
from papers.recipients import copies, printed, recipients_of, with_copies
from tasks.letters.ledger import addressee_called, called, enter, letter_id, on_paper

#: The letters that ask for an answer, and for which: they bring the recipient the link to his own form.
_ASKING: dict[str, str] = {
    Purpose.NOMINATION_REQUEST: links.NOMINATIONS,
    Purpose.NOMINATION_REMINDER: links.NOMINATIONS,
    Purpose.NOMINATION_INCOMPLETE: links.NOMINATIONS,
    Purpose.LATE_DECISION: links.NOMINATIONS,
    Purpose.GROUP_NOTICE: links.FINDINGS,
    Purpose.FINDINGS_REQUEST: links.FINDINGS,
    Purpose.FINDINGS_REMINDER: links.FINDINGS,
    Purpose.YEAR_END_REQUEST: links.SELF_REPORT,
    Purpose.YEAR_END_REMINDER: links.SELF_REPORT,
    Purpose.SELF_REPORT_RETURNED: links.SELF_REPORT,
    Purpose.REMEDY_REMINDER: links.REMEDIES,
}

#: What leaves only with the number that the clerk has given it.
_ISSUED = frozenset(BY_NAME[name] for name in ISSUED)


#: Letters of which each says a thing of its own: a later one takes the place of none.
_COUNTED = (Purpose.STAFF_TASK, Purpose.RUN_STOPPED)


@dataclass(frozen=True)
class _Letter:
    """One letter before it is put into words; the fields are those of `write`."""

    purpose: str
    to: Addressee
    facts: Mapping[str, object]
    revision: int
    key: str
    calendar: tuple[bytes, str] | None
    further: Sequence[message.Attachment]
    document: DocumentRow | None
    must_arrive: bool


def write(
    dossier: Dossier,
    purpose: str,
    to: Addressee,
    facts: Mapping[str, object],
    *,
    revision: int = 1,
    key: str = "",
    calendar: tuple[bytes, str] | None = None,
    further: Sequence[message.Attachment] = (),
    document: DocumentRow | None = None,
    must_arrive: bool = False,
) -> bool:
    """Queue one letter, unless that letter was ever queued; True if it is new.

    A document goes to those whom its list of recipients names, and to nobody else: copies are those of the list, and
    who has no address gets a row in the ledger that says so. `document` is the issued document that the letter brings:
    its stored files go with it. Where anything of what is known of the visit is secret, the letter is withheld, to be
    handed over on paper (A20, P3). A letter that `must_arrive` makes the run fail when the server refuses it, so that
    a person sees it. `key` is that of the letter where it is not its addressee's. What still waits to be handed over of
    an earlier revision is taken back from the same recipients.
    """
    key = key or to.key
    if outbox.has(dossier.session, dossier.visit.id, purpose, key, revision):
        return False
    # Nobody's name stands under what nobody has issued (F9, F23).
    assert purpose not in _ISSUED or (document is not None and document.number), f"{purpose} is not issued"
    lines = recipients_of(dossier, purpose, to)
    to, beside = with_copies(to, lines), copies(to, lines)
    if purpose not in _COUNTED:
        outbox.supersede(dossier.session, dossier.visit.id, purpose, [key, *(one.key for one in beside)], revision)
    if not to.contact.email:
        hand_over(dossier, purpose, to, revision)
        for one in beside:
            write(dossier, purpose, one, facts, revision=revision, further=further, document=document)
        return True
    facts = {**facts, "recipients": printed(lines)} if lines else facts
    _queue(dossier, _Letter(purpose, to, facts, revision, key, calendar, further, document, must_arrive))
    for one in beside:
        if not one.contact.email:
            hand_over(dossier, purpose, one, revision)
    return True


def _queue(dossier: Dossier, letter: _Letter) -> None:
    purpose, key, revision = letter.purpose, letter.key, letter.revision
    words, message_id = _words(dossier, letter), letter_id(dossier, purpose, key, revision)
    raw = message.compose(
        sender=dossier.contacts.office, to=letter.to.contact, cc=letter.to.cc, wording=words,
        message_id=message_id, date=dossier.now, reply_to=reply_address(message_id, dossier.contacts.office.email),
        attachments=[*_papers(dossier, letter, words), *letter.further],
        calendar=letter.calendar, record=_head(dossier) if letter.document else "",
    )  # fmt: skip
    enter(
        dossier, purpose, key, revision, subject=words.subject, raw=raw, state=_state(dossier, LetterState.QUEUED),
        addresses=[one.email for one in letter.to.everyone], must_arrive=letter.must_arrive,
    )  # fmt: skip


def hand_over(dossier: Dossier, purpose: str, to: Addressee, revision: int) -> None:
    """Note in the ledger that somebody has no address and gets the paper by hand; nobody claims that he has it."""
    if outbox.has(dossier.session, dossier.visit.id, purpose, to.key, revision):
        return
    paper = called(purpose)
    enter(
        dossier, purpose, to.key, revision, subject=f"(bản giấy) {paper} gửi {addressee_called(to)}",
        raw=message.note_of_paper(f"Cần trao bản giấy {paper} cho {to.contact.name}: {_NO_ADDRESS}."),
        state=_state(dossier, LetterState.BY_HAND), addresses=[on_paper(to)],
    )  # fmt: skip


_NO_ADDRESS = "nơi nhận này không có địa chỉ thư điện tử trong tệp địa chỉ"


def _state(dossier: Dossier, otherwise: LetterState) -> LetterState:
    return LetterState.WITHHELD if mark_of(dossier.session, dossier.visit) else otherwise


def _head(dossier: Dossier) -> str:
    """Where the record stands, for the letter of an issued document: others keep it, and a rewritten record differs."""
    head = head_now(dossier.session, Occasion.LETTER)
    return str(head) if head else ""


def _words(dossier: Dossier, letter: _Letter) -> wording.Wording:
    purpose, to, document, facts = letter.purpose, letter.to, letter.document, letter.facts
    every_fact = {**common_facts(dossier), **facts, "reply_link": _reply_link(dossier, purpose, to)}
    every_fact["score_link"] = _score_link(dossier, purpose, to)
    every_fact["attached"] = "; ".join(_attached(dossier, letter))
    acts = None
    if purpose in DOCUMENTS:
        every_fact["addressee"] = facts.get("invitee") or to.contact.name
        acts = files.acts_of(document) if document else Acts(issued_on=dossier.today)
    return wording.render(purpose, every_fact, settings().templates, acts)


def _attached(dossier: Dossier, letter: _Letter) -> list[str]:
    """What the files are called that go with the letter, in their order: its text names each of them."""
    brings = letter.purpose in DOCUMENTS or letter.document is not None
    named = files.names(dossier, letter.purpose, letter.document, meeting_of(letter.key)) if brings else []
    return [*named, *(one.name for one in letter.further)]


def _reply_link(dossier: Dossier, purpose: str, to: Addressee) -> str:
    """The recipient's link; empty for a letter that asks nothing, and as long as nobody outside reaches the desk."""
    asked = _ASKING.get(purpose)
    if purpose == Purpose.STAFF_TASK and to.key.startswith("inspector:"):
        asked = links.FINDINGS  # what was returned is corrected where it was given
    if asked is None:
        return ""
    name = dossier.unit.standing_board if to.key == "host" else to.contact.name
    return links.address_for_letter(dossier, asked, to.key, name)


def _score_link(dossier: Dossier, purpose: str, to: Addressee) -> str:
    """The member's link to his score sheet, beside the findings; empty where the office has no sheet of its own."""
    if purpose not in (Purpose.FINDINGS_REQUEST, Purpose.FINDINGS_REMINDER):
        return ""
    year = dossier.visit.year
    own = [one for meeting in dossier.chosen for one in rubrics_for(meeting, year).values() if not one.example]
    return links.address_for_letter(dossier, links.SCORES, to.key, to.contact.name) if own else ""


def _papers(dossier: Dossier, letter: _Letter, words: wording.Wording) -> Sequence[message.Attachment]:
    if letter.document is not None and not files.is_drawn_for_each(dossier, letter.document):
        return files.kept_attachments(dossier, letter.document)
    if words.paper is None:
        return ()
    return files.as_attachments(letter.purpose, dossier.visit.key, words.paper, meeting_of(letter.key))


def meeting_calendar(
    dossier: Dossier, meeting: Meeting, to: Addressee, revision: int, *, cancel: bool = False, required: bool = False
) -> tuple[bytes, str]:
    """The calendar entry of one meeting for one invitee; the sequence rises with each revision (A23).

    The working group is `required` there; whoever is invited may come.
    """
    method: Literal["CANCEL", "REQUEST"] = "CANCEL" if cancel else "REQUEST"
    domain = settings().mail_domain
    content = invitation.calendar_file(
        uid=invitation.uid(dossier.visit.key, meeting.number, domain),
        sequence=revision - 1,
        method=method,
        meeting=meeting,
        organiser=dossier.contacts.office,
        attendee=to.contact,
        required=required,
        stamp=dossier.now,
        summary=f"Dự, giám sát sinh hoạt: {meeting.organisation}",
    )
    return content, method
