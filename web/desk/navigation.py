"""The main menu: what is in it, for whom, and which entry the reader is at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from domain.role import Role

if TYPE_CHECKING:  # the person is only looked at
    from web.desk.access import Person


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    url: str
    begins: tuple[str, ...]  #: paths at which it counts as the current one
    roles: frozenset[Role] = frozenset()  #: empty: everybody

    def is_at(self, path: str) -> bool:
        """Whether that path belongs to this entry."""
        return any(path == one or path.startswith(f"{one}/") for one in self.begins)


ENTRIES = (
    Entry("Bảng năm", "/", ("/nam", "/chuyen")),
    Entry("Việc của tôi", "/viec-cua-toi", ("/viec-cua-toi", "/tu-lan-truoc", "/lich")),
    Entry("Thư", "/thu", ("/thu",), frozenset({Role.OFFICER, Role.LEADER, Role.CLERK, Role.ADMIN})),
    Entry("Nhật ký", "/nhat-ky", ("/nhat-ky",), frozenset({Role.OFFICER, Role.LEADER, Role.CLERK, Role.ADMIN})),
    Entry("Quản trị", "/quan-tri", ("/quan-tri",), frozenset({Role.ADMIN})),
)


#: Address of an entry -> what counts what waits there for a person. The application says who counts (`web.app`): what
#: is counted belongs to features, and the menu stands below them.
Counters = Mapping[str, "Callable[[Session, Person], int]"]


def menu_of(person: "Person | None") -> tuple[Entry, ...]:
    """The entries that this person may open; none for somebody who is not signed in."""
    if person is None:
        return ()
    return tuple(one for one in ENTRIES if not one.roles or person.may(*one.roles))
