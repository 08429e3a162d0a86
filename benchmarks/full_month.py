"""An office of so many hosts, all of the same month: a few visits are played by the real acts, the others are as they.

Where nothing has begun yet, they are spread over the months that are left: one công văn goes to all hosts of a month.
"""

import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from answers.accounts import add
from benchmarks.clones import clone
from benchmarks.crowd import crowd, shipped
from config.settings import Settings, settings, use
from database import accounts, clock, plans, visits
from database.engine import engine_for, reading, writing
from database.models import (
    VisitRow,
)
from database.schema import prepare
from domain.dates import at
from domain.obligation import Kind
from domain.plan import Contacts, Plan
from tests.desk import Desk
from tests.numbering import number_next
from web.desk.access import wall_clock

MONTH = 5
#: The months of an office whose year is still ahead.
YEAR = range(MONTH, 13)
#: When the plan is signed, and the two mornings on which an office in mid-work is looked at.
SIGNED, OPENS, SPRING, SUMMER = (
    at(date(2024, 1, 3), 7), at(date(2024, 3, 1), 8), at(date(2024, 3, 22), 9), at(date(2024, 5, 18), 9),
)  # fmt: skip


def key_of(number: int) -> str:
    """The key of the visit with that number."""
    return f"2024-{MONTH:02d}/don_vi_{number:04d}"


#: How far the visits of an office have come, in turn, and on which morning.
STAGES: Mapping[str, tuple[datetime, tuple[str, ...]]] = {
    "empty": (OPENS, ()), "alone": (OPENS, ()), "loaded": (OPENS, ()),
    "spring": (SPRING, ("asked", "listed", "chosen", "issued")),
    "summer": (SUMMER, ("met", "reported", "approved")),
}  # fmt: skip


_STAGES = ("asked", "listed", "chosen", "issued", "met", "reported", "approved")


def play(stages: Sequence[str]) -> None:
    """Play one visit as far as each of the stages, by the acts of people and the steps of the service."""
    desks = [Desk(key_of(number)) for number in range(len(stages))]
    furthest = max(_STAGES.index(stage) for stage in stages)
    for place, (moment, act) in enumerate(_STORY[: furthest + 1]):
        desks[0].set_clock(*moment)
        for number, (desk, stage) in enumerate(zip(desks, stages, strict=True)):
            if _STAGES.index(stage) >= place:
                act(desk, number)
                desk.go_on()


def _ask(desk: Desk, number: int) -> None:
    desk.open()
    desk.go_on()
    if not number:  # one công văn goes to all of them
        number_next(desk.key, "request")


def _list(desk: Desk, _number: int) -> None:
    desk.postman_calls()
    desk.nominate()


def _choose(desk: Desk, _number: int) -> None:
    desk.postman_calls()
    desk.choose(1)


def _issue(desk: Desk, number: int) -> None:
    desk.postman_calls()
    desk.issue("notice", 80 + number)


def _meet(desk: Desk, _number: int) -> None:
    desk.postman_calls()


def _report(desk: Desk, _number: int) -> None:
    desk.report(desk.findings())


def _approve(desk: Desk, _number: int) -> None:
    desk.approve("report")
    desk.go_on()
    desk.approve("result")


#: When what happens to a visit that comes as far as the stage of the same place.
_STORY: tuple[tuple[tuple[int, int, int, int], Callable[[Desk, int], None]], ...] = (
    ((2024, 3, 1, 7), _ask), ((2024, 3, 20, 9), _list), ((2024, 3, 21, 9), _choose), ((2024, 3, 22, 8), _issue),
    ((2024, 5, 18, 7), _meet), ((2024, 5, 18, 8), _report), ((2024, 5, 18, 8), _approve),
)  # fmt: skip


@dataclass
class Kept:
    """An office as it was built: it can be had again as often as one likes."""

    of: Settings
    hosts: int
    stage: str
    token: str  #: of somebody of every role who is signed in at the desk
    file: Path

    def put_back(self) -> None:
        """Let the database be as it was built."""
        engine_for(self.of.database).dispose()
        for beside in self.of.folder.glob("visits.db*"):
            beside.unlink()
        shutil.copyfile(self.file, self.of.folder / "visits.db")
        use(self.of)

    def numbers(self, stage: str) -> range:
        """The numbers of the visits that have come so far."""
        stages = STAGES[self.stage][1]
        return range(stages.index(stage), self.hosts, len(stages))

    def remove(self) -> None:
        """It is no longer needed."""
        engine_for(self.of.database).dispose()
        shutil.rmtree(self.of.home, ignore_errors=True)


def workshop() -> Path:
    """A new folder, in memory where there is room: disks of others are not what is measured."""
    memory = Path("/dev/shm")
    with suppress(OSError):
        if memory.is_dir() and shutil.disk_usage(memory).free > 3 * 2**30:
            return Path(tempfile.mkdtemp(prefix="visits-bench-", dir=memory))
    return Path(tempfile.mkdtemp(prefix="visits-bench-"))


def build(hosts: int, stage: str, mailbox_port: int = 1025) -> Kept:
    """An office of so many hosts whose visits have come as far as `STAGES` says."""
    of = use(
        Settings(mode="rehearsal", home=workshop(), prefect_port=1, mailbox_port=mailbox_port, _env_file=None)
    )  # fmt: skip
    prepare(of.database)
    moment, stages = STAGES[stage]
    token = secrets.token_urlsafe(16)
    with writing(of.database) as session:
        clock.set_rehearsal(session, SIGNED)
        if stage != "empty":
            plans.save(session, *_at_first(hosts, stage), "đo")
        roles = ["officer", "leader", "clerk", "admin", "inspector"]
        row = add(session, "do", "Người đo", roles, secrets.token_urlsafe(12), "đo", must_change=False)
        accounts.begin_session(session, row.id, token, wall_clock())
    if stages:
        play(stages)
        with writing(of.database) as session:
            plans.save(session, *office_of(hosts), "đo")
        clone(of, [key_of(number) for number in range(hosts)], len(stages))
    with writing(of.database) as session:
        clock.set_rehearsal(session, moment)
    engine_for(of.database).dispose()
    kept = of.home / f"{stage}.db"
    shutil.copyfile(of.folder / "visits.db", kept)
    return Kept(of, hosts, stage, token, kept)


def office_of(hosts: int, months: Sequence[int] = (MONTH,)) -> tuple[Plan, Contacts]:
    """The shipped plan with so many hosts in one month, or in several in turn, and nobody who supervises himself."""
    return crowd(*shipped(), hosts, *months)


def _at_first(hosts: int, stage: str) -> tuple[Plan, Contacts]:
    """The plan with which it begins: of those that are played, of one host alone, or of the year ahead."""
    played = STAGES[stage][1]
    if played:
        return office_of(len(played))
    return office_of(1 if stage == "alone" else hosts, YEAR)


def row_of(number: int) -> VisitRow:
    """The row of the visit with that number."""
    with reading(settings().database) as session:
        return visits.find(session, key_of(number))


def all_rows(*kinds: Kind) -> list[VisitRow]:
    """The visits of the year, or what else it has."""
    with reading(settings().database) as session:
        return list(visits.of_year(session, 2024, *(kinds or (Kind.VISIT,))))
