"""What every answer has in common: it is checked, stored and audited in one transaction, then the visit is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from answers.incoming.answered import answered, held, refuse_other_unit
from answers.seen import Seen, refuse_overtaken
from config.settings import settings
from database import audit, visits
from database.dossier import Dossier, open_dossier
from database.engine import writing
from domain.problem import Problem, Refused
from domain.text import clean


@dataclass(frozen=True)
class Giver:
    """Who answers, and from where: `cli`, `desk`, `link`, `mail`, `rehearsal`."""

    name: str
    source: str
    message: int | None = None  #: which message of the inbox the answer was taken from

    def __post_init__(self) -> None:
        """A decision without a name is no decision (P7)."""
        if not clean(self.name):
            raise Refused(Problem("--by", "chưa ghi người quyết định", 'thêm --by "họ tên"'))


@contextmanager
def taking(
    reference: str, giver: Giver, what: str, *states: str, news: bool = True, looked_at: Seen | None = None
) -> Iterator[Dossier]:
    """Open a visit to answer something about it; all is stored at the end, or nothing if it is refused.

    `states` are those in which the answer makes sense (`open` if none is given). The visit is noted to have news;
    whoever calls wakes it after the transaction (`flows.engine.wake`). Without `news` no step waits for this answer,
    and nobody is woken for it. Whoever decides on what he has `looked_at` is refused once it has changed. A message of
    the inbox from which the answer is taken (`giver.message`) is settled by it, in the same transaction and once.
    """
    with writing(settings().database) as session:
        message = held(session, giver.message)  # before the visit: decision 0039
        visit = visits.find(session, reference)
        dossier = open_dossier(session, visit.id, lock=True)
        if message is not None:
            refuse_other_unit(session, message, visit)
        refuse_overtaken(dossier, looked_at)
        if visit.state not in (states or ("open",)):
            raise Refused(Problem(visit.key, _WHY_NOT[visit.state], "xem: visits show " + visit.key))
        yield dossier
        audit.note(session, giver.name, what, visit.id, source=giver.source)
        if message is not None:
            answered(session, message, visit, what, giver.name)
        if news:
            visits.ask_to_wake(session, visit.id)


_WHY_NOT = {
    "planned": "chưa mở, chưa đến ngày",
    "undecided": "chờ quyết định: đã qua khi nạp kế hoạch (visits take-up)",
    "open": "đang chạy",
    "closed": "đã kết thúc",
    "cancelled": "đã hủy",
    "withdrawn": "không còn trong kế hoạch",
    "filed": "chỉ được lưu, không cần làm gì",
}


def refuse_if(problems: list[Problem]) -> list[Problem]:
    """Refuse with all problems if one of them is more than a warning; else give the warnings back."""
    if any(not problem.warning for problem in problems):
        raise Refused(*problems)
    return problems
