"""The addresses of a plan as the fields of their form, and back; and upon what somebody else saved meanwhile."""

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from config.contacts_form import SECTIONS
from database import plans
from domain.plan import Contact, Contacts, Plan
from domain.role import OF_CONTACTS
from web.desk.rebasing import Rebased, rebased

FURTHER = 3  # empty lines below the working group, to add people
_TABLES = ("staff", "bodies", "standing_boards", "organisation_boards")
_OF_EACH = ("name", "email", "phone")


def fields_of(contacts: Contacts) -> dict[str, str]:
    """Every field of the form: `staff.clerk.email` and what stands in it."""
    return {f"{place}.{name}": getattr(one, name) for place, one in _places(contacts) for name in _OF_EACH}


def read_contacts(typed: Mapping[str, str], before: Contacts) -> Contacts:
    """The contacts as they were typed; a field that the form did not bring keeps what was there."""

    def contact(field: str, old: Contact) -> Contact:
        return Contact(*(typed.get(f"{field}.{name}", getattr(old, name)) for name in _OF_EACH))

    def table(section: str) -> dict[str, Contact]:
        olds: dict[str, Contact] = getattr(before, section)
        return {key: contact(f"{section}.{key}", old) for key, old in olds.items()}

    group = (contact(f"inspectors.{number}", old) for number, old in enumerate(_group(before)))
    return Contacts(
        office=contact("office", before.office),
        staff=table("staff"),
        inspectors=tuple(one for one in group if one.name or one.email),
        bodies=table("bodies"),
        standing_boards=table("standing_boards"),
        organisation_boards=table("organisation_boards"),
    )


def upon_newest(session: Session, year: int, typed: Mapping[str, str], seen: int) -> Rebased:
    """What was typed on the version `seen`, laid upon the one that somebody else has saved since."""
    newest = fields_of(plans.read(session, year)[1])
    before = plans.contacts_of(session, year, seen)
    if before is None:
        return Rebased({**newest, **typed}, frozenset())
    then = fields_of(before)
    return rebased({**then, **{name: text for name, text in typed.items() if name in then}}, then, newest, _whole)


def sections_of(plan: Plan, contacts: Contacts) -> Iterator[tuple[str, list[tuple[str, str, Contact]]]]:
    """Title and lines of each part of the form; a line is its field, what it is for, and the contact."""
    units = {unit.code: unit.short_name for unit in plan.units}
    bodies = {one.contact: one.name for one in plan.invited()}
    yield SECTIONS["office"], [("office", "Người gửi", contacts.office)]
    yield SECTIONS["staff"], _lines("staff", contacts.staff, {role: role.titled for role in OF_CONTACTS})
    group = _group(contacts)
    people = [(f"inspectors.{number}", "Tổ trưởng" if number == 0 else "Thành viên") for number in range(len(group))]
    yield SECTIONS["inspectors"], [(*about, contact) for about, contact in zip(people, group, strict=True)]
    yield SECTIONS["bodies"], _lines("bodies", contacts.bodies, bodies)
    yield SECTIONS["standing_boards"], _lines("standing_boards", contacts.standing_boards, units)
    yield SECTIONS["organisation_boards"], _lines("organisation_boards", contacts.organisation_boards, units)


def _lines(section: str, contacts: Mapping[str, Contact], names: Mapping[str, str]) -> list[tuple[str, str, Contact]]:
    return [(f"{section}.{key}", names.get(key, key), contact) for key, contact in contacts.items()]


def _whole(field: str) -> str:
    """The working group is a list: who is the second of it depends on who is the first."""
    return "inspectors" if field.startswith("inspectors.") else field


def _group(contacts: Contacts) -> list[Contact]:
    return [*contacts.inspectors, *([Contact("", "")] * FURTHER)]


def _places(contacts: Contacts) -> Iterator[tuple[str, Contact]]:
    yield "office", contacts.office
    yield from ((f"inspectors.{number}", one) for number, one in enumerate(_group(contacts)))
    for section in _TABLES:
        yield from ((f"{section}.{key}", one) for key, one in getattr(contacts, section).items())
