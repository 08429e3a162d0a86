"""One thing that a role does at the desk, as the help tells it."""

from dataclasses import dataclass

from domain.role import Role
from domain.wait import Wait
from web.standing.buttons import at_desk


@dataclass(frozen=True)
class Doing:
    """What is done, how, and where. Its buttons are named as the desk names them, so that the help stays true."""

    title: str
    how: str
    waits: tuple[Wait, ...] = ()  #: what is answered by it
    pages: tuple[tuple[str, str], ...] = ()  #: name and address of the pages it is done at

    @property
    def buttons(self) -> tuple[str, ...]:
        """The buttons by which it is done, each once."""
        known = (at_desk(wait) for wait in self.waits)
        return tuple(dict.fromkeys(one.button for one in known if one and one.button))


@dataclass(frozen=True)
class Guide:
    """What one role does here, step by step."""

    role: Role
    begins: str  #: what the role is there for
    doings: tuple[Doing, ...]


MINE = ("Việc của tôi", "/viec-cua-toi")
YEAR = ("Bảng năm", "/")
LETTERS = ("Sổ thư", "/thu")
INBOX = ("Thư đến", "/thu-den")
HELD = ("Thư đang giữ", "/thu/dang-giu")
RECORD = ("Nhật ký", "/nhat-ky")
CALENDAR = ("Lịch của tôi", "/lich")
NEWS = ("Có gì mới", "/tu-lan-truoc")
SEARCH = ("Tìm", "/tim")
