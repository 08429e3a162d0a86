"""Finds people: guests of visits, and for the office its own people and those of the plans' contacts."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from database import accounts, plans
from domain.plan import Contacts
from domain.role import Role, role_called, titles
from domain.text import loose_key
from web.desk.access import SEES_EVERY_YEAR, Person
from web.search.found import Hit, Sought


def find_people(session: Session, years: Sequence[int], sought: Sought, person: Person) -> Iterator[Hit]:
    """Whoever has an account or stands in the contacts of the newest plan, for those who read the record."""
    if not person.may(*SEES_EVERY_YEAR, Role.ADMIN):
        return
    for row in accounts.everyone(session):
        if sought.is_in(loose_key(f"{row.name} {row.login} {row.email}")):
            url = f"/quan-tri/tai-khoan/{row.login}" if person.may(Role.ADMIN) else _record_of(row.name)
            yield Hit(row.name, url, titles(row.roles))
    if years:
        _plan, contacts = plans.read(session, years[0])
        yield from (hit for name, hit in _contacts(contacts, years[0]) if sought.is_in(loose_key(name)))


def _contacts(contacts: Contacts, year: int) -> Iterator[tuple[str, Hit]]:
    staff = ((one, f"{role_called(role)}, danh bạ năm {year}") for role, one in contacts.staff.items())
    group = ((one, f"Tổ công tác năm {year}") for one in contacts.inspectors)
    for one, told in (*staff, *group):
        yield f"{one.name} {one.email}", Hit(one.name, _record_of(one.name), told)


def _record_of(name: str) -> str:
    """What that person has done, as the record tells it."""
    return f"/nhat-ky?{urlencode({'ai': name})}"
