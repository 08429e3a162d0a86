"""The main menu: what is in it, for whom, and which entry the reader is at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from domain.role import Role

if TYPE_CHECKING:  # the person is only looked at
    from web.desk.access import Person

OFFICE = frozenset({Role.OFFICER, Role.LEADER, Role.CLERK})
#: Who may look at what came in by mail.
OF_INBOX = OFFICE | {Role.ADMIN}
#: Who may look at the register of numbers.
OF_REGISTER = OFFICE | {Role.VIEWER}
#: Who is told how the service is.
OF_HEALTH = frozenset({Role.ADMIN, Role.OFFICER, Role.LEADER})
#: Who may look at the wording of letters and documents.
OF_WORDING = OFFICE | {Role.ADMIN}
#: Who takes the folder of a closed visit.
OF_ARCHIVES = frozenset({Role.OFFICER, Role.CLERK})


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    url: str
    begins: tuple[str, ...]  #: paths at which it counts as the current one
    roles: frozenset[Role] = frozenset()  #: empty: everybody
    below: tuple["Entry", ...] = ()  #: what it opens, where it is no page itself

    def is_at(self, path: str) -> bool:
        """Whether that path belongs to this entry, or to one of those below it."""
        own = any(path == one or path.startswith(f"{one}/") for one in self.begins)
        return own or any(one.is_at(path) for one in self.below)


_ADMIN = frozenset({Role.ADMIN})
#: What the office keeps and sets, in one place; who may do what in it, and why: decision 0037.
HOUSE = (
    Entry("Sổ số văn bản", "/so-van-ban", ("/so-van-ban",), OF_REGISTER),
    Entry("Hồ sơ lưu trữ", "/luu-tru", ("/luu-tru",), OF_ARCHIVES),
    Entry("Lịch làm việc", "/lich-lam-viec", ("/lich-lam-viec",)),
    Entry("Phiếu chấm điểm", "/phieu-cham", ("/phieu-cham",)),
    Entry("Mẫu lời văn", "/mau-loi-van", ("/mau-loi-van",), OF_WORDING),
    Entry("Tài khoản, giao thay", "/quan-tri", ("/quan-tri/tai-khoan", "/quan-tri/thay"), _ADMIN),
    Entry("Địa chỉ liên hệ", "/quan-tri/lien-he", ("/quan-tri/lien-he",), _ADMIN),
    Entry("Đơn vị", "/quan-tri/don-vi", ("/quan-tri/don-vi",), _ADMIN),
    Entry("Thiết lập", "/thiet-lap", ("/thiet-lap",), _ADMIN),
    Entry("Tình trạng dịch vụ", "/tinh-trang", ("/tinh-trang",), OF_HEALTH),
)
ENTRIES = (
    Entry("Bảng năm", "/", ("/nam", "/chuyen")),
    Entry("Việc của tôi", "/viec-cua-toi", ("/viec-cua-toi", "/tu-lan-truoc", "/lich")),
    Entry("Thư", "/thu", ("/thu",), OFFICE | _ADMIN),
    Entry("Thư đến", "/thu-den", ("/thu-den",), OF_INBOX),
    Entry("Nhật ký", "/nhat-ky", ("/nhat-ky",), OFFICE | _ADMIN),
    Entry("Kế hoạch", "/ke-hoach", ("/ke-hoach",), frozenset({Role.OFFICER, Role.ADMIN})),
    Entry("Quản trị", "", ("/quan-tri",), below=HOUSE),
)


#: Address of an entry -> what counts what waits there for a person. The application says who counts (`web.app`): what
#: is counted belongs to features, and the menu stands below them.
Counters = Mapping[str, "Callable[[Session, Person], int]"]


def menu_of(person: "Person | None") -> tuple[Entry, ...]:
    """The entries that this person may open; none for somebody who is not signed in."""
    if person is None:
        return ()
    return _open_to(person, ENTRIES)


def _open_to(person: "Person", entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    mine = (one for one in entries if not one.roles or person.may(*one.roles))
    return tuple(replace(one, below=_open_to(person, one.below)) if one.below else one for one in mine)
