"""The accounts that are there from the start: the first admin of an office, and the people of a rehearsal."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from answers.accounts import add, new_password
from answers.password_strength import REHEARSAL_PASSWORD
from database import accounts, audit
from database.turns import take_turn
from domain.plan import Contacts

ADMIN = "admin"

#: Role -> login and name of a rehearsal's people; the script may name them otherwise.
_REHEARSAL = {
    "officer": ("chuyenvien", "Cán bộ mẫu (diễn tập)"),
    "leader": ("lanhdao", "Lãnh đạo mẫu (diễn tập)"),
    "clerk": ("vanthu", "Văn thư mẫu (diễn tập)"),
    "inspector": ("tocongtac", "Tổ trưởng mẫu (diễn tập)"),
    "viewer": ("nguoixem", "Người xem mẫu (diễn tập)"),
    "admin": (ADMIN, "Quản trị mẫu (diễn tập)"),
}


def first_admin(session: Session) -> str | None:
    """Make the account `admin` where there is no account at all; gives its password, which is kept nowhere."""
    if accounts.everyone(session):
        return None
    take_turn(session, "accounts")  # several desks may start at the same moment
    if accounts.everyone(session):
        return None
    password = new_password()
    add(session, ADMIN, "Quản trị", ["admin"], password, audit.SYSTEM)
    return password


def rehearsal_accounts(session: Session, people: Mapping[str, str], contacts: Contacts) -> None:
    """One account for each role, named as in the script, with the addresses of the plan's contacts."""
    emails = {role: contact.email for role, contact in contacts.staff.items()}
    if contacts.inspectors:
        emails["inspector"] = contacts.inspectors[0].email
    for role, (login, name) in _REHEARSAL.items():
        if accounts.by_login(session, login) is None:
            add(
                session, login, people.get(role, name), [role], REHEARSAL_PASSWORD, audit.SYSTEM,
                email=emails.get(role, ""), must_change=False,
            )  # fmt: skip


def rehearsal_logins() -> tuple[tuple[str, str], ...]:
    """Login and role of a rehearsal's people, for its sign-in page."""
    return tuple((login, role) for role, (login, _name) in _REHEARSAL.items())
