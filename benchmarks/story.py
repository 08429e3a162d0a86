"""One visit from its opening to its result notice: what people do between its wake-ups, and on which day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.settings import settings
from database import visits
from database.engine import reading, writing
from tests.desk import Desk
from tests.numbering import number_next


@dataclass(frozen=True)
class Before:
    """What happens before a wake-up."""

    what: str
    day: tuple[int, int, int, int]
    act: Callable[[Desk], object]


def _open(desk: Desk) -> None:
    with writing(settings().database) as session:
        row = visits.find(session, desk.key)
        visits.begin(session, row, "đo")


def _nothing(_desk: Desk) -> None:
    """The day has come, and nobody has done anything."""


STORY: Sequence[Before] = (
    Before("opened", (2024, 3, 1, 9), _open),
    Before("request numbered", (2024, 3, 1, 10), lambda desk: number_next(desk.key, "request")),
    Before("list came", (2024, 3, 20, 9), lambda desk: desk.nominate()),
    Before("chosen", (2024, 3, 21, 9), lambda desk: desk.choose(1)),
    Before("notice numbered", (2024, 3, 22, 9), lambda desk: number_next(desk.key, "notice")),
    Before("invitations numbered", (2024, 3, 22, 10), lambda desk: number_next(desk.key, "invitation")),
    Before("the day after the meeting", (2024, 5, 18, 9), _nothing),
    Before("findings came", (2024, 5, 18, 10), lambda desk: desk.report(desk.findings())),
    Before("report approved", (2024, 5, 18, 11), lambda desk: desk.approve("report")),
    Before("result approved", (2024, 5, 18, 12), lambda desk: desk.approve("result")),
    Before("result numbered", (2024, 5, 18, 13), lambda desk: number_next(desk.key, "result")),
)


def begin(before: Before, key: str) -> None:
    """Let that happen to the visit, and its row call for a wake-up."""
    desk = Desk(key)
    desk.set_clock(*before.day)
    before.act(desk)
    with reading(settings().database) as session:
        visit_id = visits.find(session, key).id
    with writing(settings().database) as session:
        visits.ask_to_wake(session, visit_id)
