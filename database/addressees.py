"""Whom a letter goes to: the key it is unique by, and the addresses that the contacts have today."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

from database.accounts import AccountRow
from database.dossier import Dossier
from database.models import LetterRow
from domain.ladder import Rung
from domain.plan import Contact
from domain.role import Role


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to: the key it is unique by, and the address of the day."""

    key: str  #: `host`, `staff:leader`, `inspector:1`, `body:party_office`, `guest:1`
    contact: Contact
    cc: tuple[Contact, ...] = ()

    @property
    def everyone(self) -> tuple[Contact, ...]:
        """The addressee, then those who get a copy."""
        return (self.contact, *self.cc)


def addressee_key(recipient: str) -> str:
    """The key of the addressee within that of a letter, which may name a meeting besides: `body:party_office/2`."""
    return recipient.partition("/")[0]


def about_meeting(to: Addressee, meeting: int) -> str:
    """The key of the letter to that addressee about one meeting of several."""
    return f"{to.key}/{meeting}"


def meeting_of(recipient: str) -> int:
    """The number of the meeting that the key of a letter names, where it is one of several; else 0."""
    return int(recipient.partition("/")[2] or 0)


def host(dossier: Dossier) -> Addressee:
    """The host's standing board, with a copy to its organisation board (R62, R78)."""
    unit = dossier.unit.code
    return Addressee("host", dossier.contacts.standing_boards[unit], (dossier.contacts.organisation_boards[unit],))


def host_or_above(dossier: Dossier, rung: Rung) -> Addressee:
    """An escalated reminder goes to the office's leader as well, so that he can call."""
    to = host(dossier)
    if not rung.escalates:
        return to
    return Addressee(to.key, to.contact, (*to.cc, dossier.contacts.staff[Role.LEADER]))


def staff(dossier: Dossier, role: str) -> Addressee:
    """A person of the office by role: `officer`, `leader`, `clerk`."""
    return Addressee(f"staff:{role}", dossier.contacts.staff[role])


def body(dossier: Dossier, key: str) -> Addressee:
    """A body of the province."""
    return Addressee(f"body:{key}", dossier.contacts.bodies[key])


def board(dossier: Dossier, unit: str) -> Addressee:
    """The standing board of any unit (R77)."""
    return Addressee(f"standing_board:{unit}", dossier.contacts.standing_boards[unit])


def organisation_board(dossier: Dossier, unit: str) -> Addressee:
    """The organisation board of any unit (R78)."""
    return Addressee(f"organisation_board:{unit}", dossier.contacts.organisation_boards[unit])


def inspectors(dossier: Dossier) -> list[Addressee]:
    """The working group, its head first (A19)."""
    return [
        Addressee(f"inspector:{number}", contact) for number, contact in enumerate(dossier.contacts.inspectors, start=1)
    ]


def addressed(dossier: Dossier, letter: LetterRow) -> tuple[Contact, ...]:
    """Whom that letter goes to by today's contacts, place by place; shorter or empty where no contact answers to it."""
    role, _, name = addressee_key(letter.recipient).partition(":")
    named = {"body": body, "staff": staff, "standing_board": board, "organisation_board": organisation_board}
    try:
        if role == "host":
            # Where the leader gets a copy he has the third place; every other letter ends before it.
            return (*host(dossier).everyone, dossier.contacts.staff[Role.LEADER])
        if role == "account":
            return _account(dossier, int(name))
        return named[role](dossier, name).everyone if role in named else _person(dossier, letter)
    except KeyError:  # the contacts have no such place any more
        return ()


def _account(dossier: Dossier, number: int) -> tuple[Contact, ...]:
    row = dossier.session.get(AccountRow, number)
    return (Contact(row.name, row.email),) if row is not None and row.active and row.email else ()


def _person(dossier: Dossier, letter: LetterRow) -> tuple[Contact, ...]:
    """An inspector's place may be another's by now, who must not get his link; a guest has one address for ever."""
    named = str(message_from_bytes(letter.raw, policy=default)["To"])
    same = (
        inspector
        for inspector in inspectors(dossier)
        if inspector.key == addressee_key(letter.recipient) and inspector.contact.name in named
    )
    return next((one.everyone for one in same), ())
