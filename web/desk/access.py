"""Who is asking, and what that person may do: the one place in which the desk decides about access."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from answers.answering import Giver
from config.settings import settings
from database import accounts, clock
from database.accounts import AccountRow, Place, SessionRow
from database.dossier import Dossier
from database.engine import reading, writing
from database.secrecy import mark_of
from domain.dates import OFFICE_ZONE
from domain.plan import Contacts
from domain.role import Role
from web.connections.callers import caller_of
from web.desk.security_tokens import session_cookie

#: Where a person whose password somebody else has set may go before setting a new one.
_WITHOUT_OWN_PASSWORD = ("/mat-khau", "/dang-xuat")

#: The roles that findings of every year concern; a member of a working group sees those of its own year.
SEES_EVERY_YEAR = (Role.OFFICER, Role.LEADER, Role.CLERK)

#: How often the time-out of a session is written down at most; a page shall not wait for a writer's turn.
_SEEN_EVERY = timedelta(seconds=60)


class NotSignedIn(Exception):  # noqa: N818 - it is a way to go, not a defect
    """Nobody is signed in with this browser, or not any more."""

    def __init__(self, *, was: bool = False) -> None:
        self.was = was  #: signed in once, but for too long
        super().__init__("chưa đăng nhập")


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, with all that he may do today, in his own right or in another's place."""

    id: int
    login: str
    name: str
    roles: frozenset[str]  #: his own, and those of the people whose place he takes
    email: str = ""
    own_roles: frozenset[str] = frozenset()
    places: tuple[Place, ...] = field(default=())  #: whose place he takes today
    acting_for: str = ""  #: the name of the one in whose place he does what he does now

    @property
    def giver(self) -> Giver:
        """The person as the one who answers; both names when he stands in."""
        name = f"{self.name} (thay {self.acting_for})" if self.acting_for else self.name
        return Giver(name, "desk")

    @property
    def emails(self) -> frozenset[str]:
        """The addresses under which the plan's contacts know him and those whose place he takes."""
        own = self.email.casefold()
        return frozenset(one for one in (own, *(place.email.casefold() for place in self.places)) if one)

    def may(self, *roles: Role) -> bool:
        """Whether one of these roles is his today, his own or a place he takes."""
        return bool(self.roles & set(roles))

    def acting_as(self, *roles: Role) -> "Person":
        """The same person doing what these roles do: in his own right if he can, else in the other's place."""
        if self.own_roles & set(roles):
            return replace(self, acting_for="")
        return replace(self, acting_for=next((one.name for one in self.places if one.roles & set(roles)), ""))


def person_of(row: AccountRow, places: tuple[Place, ...] = ()) -> Person:
    """The person that an account stands for; a stand-in never becomes an admin."""
    own = frozenset(row.roles)
    lent = frozenset(role for place in places for role in place.roles) - {Role.ADMIN}
    places = tuple(replace(place, roles=place.roles - {Role.ADMIN}) for place in places)
    acting_for = places[0].name if places and lent - own else ""
    return Person(row.id, row.login, row.name, own | lent, row.email, own, places, acting_for)


def someone(request: Request) -> Person | None:
    """The person signed in with this browser, or None; looked up once for each request."""
    if not hasattr(request.state, "person"):
        request.state.person = _look_up(request)
    person: Person | None = request.state.person
    return person


def signed_in(request: Request) -> Person:
    """The person signed in; whoever is not is sent to the sign-in page and comes back from there."""
    person = someone(request)
    if person is None:
        raise NotSignedIn(was=bool(request.cookies.get(session_cookie())))
    if request.state.must_change and request.url.path not in _WITHOUT_OWN_PASSWORD:
        raise HTTPException(303, headers={"Location": "/mat-khau"})
    return person


def needs(*roles: Role) -> Callable[[Request], Person]:
    """A dependency that gives the person acting in one of these roles, or refuses with 403."""

    def allowed(request: Request) -> Person:
        person = signed_in(request)
        if not person.may(*roles):
            raise HTTPException(403)
        acting: Person = person.acting_as(*roles)
        request.state.person = acting
        return acting

    return allowed


def sees_findings(person: Person, dossier: Dossier) -> bool:
    """Whether a visit's findings concern this person (R22–R38 speak of people by name).

    The office's officers, leaders and clerks, and the members of the working group, known by their address in the
    plan's contacts. Who only looks on, and who only keeps the accounts, does not see them.
    """
    return sees_findings_of(person, dossier.contacts)


def sees_findings_of(person: Person, contacts: Contacts) -> bool:
    """The same for every visit of a year, by the contacts of its plan."""
    if person.may(*SEES_EVERY_YEAR):
        return True
    group = {inspector.email.casefold() for inspector in contacts.inspectors}
    return person.may(Role.INSPECTOR) and bool(group & person.emails)


def caller(request: Request) -> str:
    """The address by which wrong passwords are counted; empty where there is none."""
    return caller_of(request.client.host) if request.client else ""


def wall_clock() -> datetime:
    """This moment outside: sessions and attempts go by it even while a rehearsal's clock jumps."""
    return datetime.now(OFFICE_ZONE)


def _look_up(request: Request) -> Person | None:
    """Read the session, its account, and the service's clock with one look at the database."""
    request.state.must_change = False
    token = request.cookies.get(session_cookie(), "")
    with reading(settings().database) as session:
        request.state.now, request.state.is_rehearsal = clock.look(session)
        found = accounts.find_session(session, token) if token else None
        if found is None:
            return None
        kept, row = found
        if not row.active or _is_over(kept):
            return None
        places = accounts.places_of(session, row.id, request.state.now.date())
    if wall_clock() - kept.seen_at > _SEEN_EVERY:
        with writing(settings().database) as session:
            accounts.mark_seen(session, kept, wall_clock())
    request.state.must_change = row.must_change
    return person_of(row, places)


def _is_over(kept: SessionRow) -> bool:
    rules, now = settings().desk, wall_clock()
    idle, whole = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.session_hours)
    return now - kept.seen_at > idle or now - kept.begun_at > whole


#: For the head of a page function: `person: SignedIn`.
SignedIn = Annotated[Person, Depends(signed_in)]


def is_secret_to(person: Person, dossier: Dossier) -> bool:
    """Whether this person may not see what is known of a visit, because any of it bears a mark (A20, trap 22)."""
    return bool(mark_of(dossier.session, dossier.visit)) and not sees_findings(person, dossier)


def refuse_if_secret(person: Person, dossier: Dossier) -> str:
    """403 for whoever may not see what is known of a visit, once any of it bears a mark; the mark, or nothing."""
    mark = mark_of(dossier.session, dossier.visit)
    if mark and not sees_findings(person, dossier):
        raise HTTPException(403)
    return mark
