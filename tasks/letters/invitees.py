"""Who is invited to the meetings of a visit, or sent there, and which of them each has heard of (D6, R52, R54–R56)."""

from dataclasses import dataclass

from sqlalchemy import select

from database.addressees import Addressee, about_meeting, body, inspectors
from database.dossier import Dossier
from database.models import DocumentRow, LetterRow
from database.secrecy import mark_of
from domain.decision import Guest
from domain.letters_and_documents import Purpose
from domain.nomination import Meeting
from domain.plan import Contact
from domain.state import LetterState
from papers.facts import told_last_by


@dataclass(frozen=True)
class Invitee:
    """Who gets a letter with a calendar entry about each meeting, or got one that is taken back (D6)."""

    name: str  #: as the letter calls it
    to: Addressee
    meetings: tuple[Meeting, ...]
    stands: bool = True
    turns: int = 0  #: how often the entry changed for this one alone; each is a step of its SEQUENCE
    reason: str = ""  #: of the last turn
    of_group: bool = False  #: a member of the working group is sent, and not invited

    @property
    def told_by(self) -> Purpose:
        """The letter that tells of a meeting."""
        return Purpose.GROUP_NOTICE if self.of_group else Purpose.INVITATION

    @property
    def called_off_by(self) -> Purpose:
        """The letter that takes it back."""
        return Purpose.GROUP_CANCELLED if self.of_group else Purpose.INVITATION_CANCELLED


def invitees(dossier: Dossier) -> list[Invitee]:
    """The bodies of the plan, every guest of the visit, those taken back among them, then the working group.

    A meeting that is over concerns nobody any more: only the others are told of.
    """
    ahead = tuple(meeting for meeting in dossier.chosen if meeting.starts_at > dossier.now)
    bodies = [Invitee(one.name, body(dossier, one.contact), ahead) for one in dossier.plan.invited()]
    group = [Invitee(to.contact.name, to, ahead, of_group=True) for to in inspectors(dossier)]
    return [*bodies, *(_guest(guest, ahead) for guest in dossier.guests), *group]


def _guest(guest: Guest, ahead: tuple[Meeting, ...]) -> Invitee:
    name = f"{guest.name}, {guest.title}" if guest.title else guest.name
    to = Addressee(f"guest:{guest.number}", Contact(guest.name, guest.email))
    return Invitee(name, to, ahead, guest.invited, guest.turns - 1, guest.reason)


def letter_key(dossier: Dossier, one: Invitee, meeting: Meeting) -> str:
    """The key of the letters about that meeting: they are a row of their own where the visit has several."""
    return about_meeting(one.to, meeting.number) if len(dossier.chosen) > 1 else one.to.key


def in_subject(dossier: Dossier, meeting: Meeting) -> str:
    """Whose meeting it is, for the subject of a letter about it; empty where something of its visit is secret (A20)."""
    return "" if mark_of(dossier.session, dossier.visit) else meeting.organisation


def revisions(dossier: Dossier, notice: DocumentRow | None = None) -> dict[int, int]:
    """The revision of a letter that tells each chosen meeting as it is now, by the meeting's number (A23).

    An invitation of before, which told all meetings in one letter, told each of them. `notice`, which may be a draft,
    counts as issued: what will be told once it is.
    """
    at_once = _told_at_once(dossier)
    return {number: max(revision, at_once) for number, revision in told_last_by(dossier, notice).items()}


def _told_at_once(dossier: Dossier) -> int:
    """The newest revision in which one letter told a body of all meetings; 0 where each had its own."""
    query = select(LetterRow.revision).where(
        LetterRow.visit_id == dossier.visit.id,
        LetterRow.purpose == Purpose.INVITATION,
        LetterRow.recipient.startswith("body:"),
        LetterRow.recipient.not_like("%/%"),
    )
    return dossier.session.scalars(query.order_by(LetterRow.revision.desc())).first() or 0


def was_told(dossier: Dossier, one: Invitee, meeting: Meeting, revision: int) -> bool:
    """Whether that letter was ever queued, by itself or as one about all meetings."""
    query = select(LetterRow.id).where(
        LetterRow.visit_id == dossier.visit.id,
        LetterRow.purpose == one.told_by,
        LetterRow.recipient.in_((one.to.key, letter_key(dossier, one, meeting))),
        LetterRow.revision == revision,
    )
    return dossier.session.scalars(query).first() is not None


def expects(dossier: Dossier, one: Invitee, meeting: Meeting) -> bool:
    """Whether the letter about that meeting went to that one, or is about to, and none after it that took it back."""
    query = select(LetterRow.purpose).where(
        LetterRow.visit_id == dossier.visit.id,
        LetterRow.recipient.in_((one.to.key, letter_key(dossier, one, meeting))),
        LetterRow.purpose.in_((one.told_by, one.called_off_by)),
        LetterRow.state.not_in((LetterState.WITHDRAWN, LetterState.WITHHELD, LetterState.REFUSED)),
    )
    return dossier.session.scalars(query.order_by(LetterRow.id.desc())).first() == one.told_by
