"""How two sets of addresses differ, entry by entry, and what is left of both when one of them stays (R77, R78)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.plan import Contact, Contacts

#: The parts of the contacts that are tables by key.
TABLES = ("staff", "bodies", "standing_boards", "organisation_boards")
_ORDER = ("office", "inspectors", *TABLES)


@dataclass(frozen=True)
class ContactChange:
    """One entry that is otherwise in the one than in the other; None where it is missing."""

    section: str  #: a field of `Contacts`
    key: str  #: a role, a body, the code of a unit, the place in the working group from `1`; empty for the office
    before: Contact | None
    after: Contact | None

    @property
    def lost(self) -> bool:
        """Whether something that was there is another now, or gone."""
        return self.before is not None


def contact_changes(before: Contacts, after: Contacts) -> tuple[ContactChange, ...]:
    """Every entry that differs, in the order of the form."""
    old, new = dict(_entries(before)), dict(_entries(after))
    return tuple(
        ContactChange(*place, old.get(place), new.get(place))
        for place in sorted(dict.fromkeys((*old, *new)), key=lambda place: _ORDER.index(place[0]))
        if old.get(place) != new.get(place)
    )


def keeping(in_use: Contacts, offered: Contacts) -> Contacts:
    """The contacts in use, with what they lack out of those that are offered: a new unit, a new body."""
    tables: Any = {name: _kept(getattr(in_use, name), getattr(offered, name)) for name in TABLES}
    return replace(in_use, inspectors=in_use.inspectors or offered.inspectors, **tables)


def _kept(in_use: Mapping[str, Contact], offered: Mapping[str, Contact]) -> dict[str, Contact]:
    return {**in_use, **{key: one for key, one in offered.items() if key not in in_use}}


def _entries(contacts: Contacts) -> Iterator[tuple[tuple[str, str], Contact]]:
    yield ("office", ""), contacts.office
    yield from ((("inspectors", f"{number}"), one) for number, one in enumerate(contacts.inspectors, start=1))
    for name in TABLES:
        yield from (((name, key), one) for key, one in getattr(contacts, name).items())
