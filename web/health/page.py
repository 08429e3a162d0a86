"""How the service is: what the doctor says, and what is known of copies, for those who can do something about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from config.settings import settings
from database import visits
from database.engine import reading
from database.models import VisitRow
from database.secrecy import marks_of
from domain.obligation import parse_reference
from domain.problem import Problem, Refused
from domain.role import Role
from overview.copies import read_copies
from overview.inbox import inbox_now
from web.desk.access import Person, needs
from web.desk.navigation import OF_HEALTH
from web.desk.render import page
from web.desk.words import for_the_desk
from web.health.looks import Look, every_look, service_by_its_word

router = APIRouter()

Concerned = Annotated[Person, Depends(needs(*OF_HEALTH))]

_KEY = re.compile(r"\d{4}(?:-\d\d)?/\w+(?:/[\w-]+)?")


@dataclass(frozen=True)
class Looked:
    """One look with what it found; `problems` is None where it was left out."""

    look: Look
    problems: tuple[Problem, ...] | None

    @property
    def sign(self) -> str:
        """The class of its tag: `good`, `wait`, `bad`; none where nobody has looked."""
        if self.problems is None:
            return ""
        return "bad" if any(not one.warning for one in self.problems) else "wait" if self.problems else "good"

    @property
    def word(self) -> str:
        """The same as people read it."""
        return {"good": "tốt", "wait": "cần xem", "bad": "hỏng"}.get(self.sign, "chưa kiểm tra")


@router.get("/tinh-trang")
def health(request: Request, person: Concerned, kham: int = 0) -> Response:
    """Every look; `kham` asks for those as well that read the whole database, which takes a while."""
    looked = list(_looked(person, thorough=bool(kham)))
    with reading(settings().database) as session:
        copies, inbox = read_copies(session, settings()), inbox_now(session, settings())
        shown = [replace(one, problems=_told(session, person, one.problems)) for one in looked]
    return page(request, person, "health/health.html", looked=shown, copies=copies, inbox=inbox, thorough=bool(kham))


def _looked(person: Person, *, thorough: bool) -> Iterator[Looked]:
    for look in every_look(service_by_its_word):
        if look.of_machine and not person.may(Role.ADMIN):
            continue
        yield Looked(look, look.taken() if thorough or not look.thorough else None)


def _told(session: Session, person: Person, problems: tuple[Problem, ...] | None) -> tuple[Problem, ...] | None:
    """The problems as this person reads them: commands are for whoever types them, marked visits for the office."""
    if problems is None:
        return None
    said = problems if person.may(Role.ADMIN) else tuple(map(for_the_desk, problems))
    if person.may(Role.OFFICER, Role.LEADER, Role.CLERK):
        return said
    about = [(one, _visit(session, one)) for one in said]
    marks = marks_of(session, [visit for _one, visit in about if visit])
    covered = Problem("việc có độ mật", "có trục trặc", "chuyên viên, lãnh đạo xem được chi tiết ở trang này")
    return tuple(
        replace(covered, warning=one.warning) if visit and marks[visit.id] else one for one, visit in about
    )  # fmt: skip


def _visit(session: Session, problem: Problem) -> VisitRow | None:
    """What the problem is about, where its place begins with a key."""
    found = _KEY.match(problem.place)
    try:
        return visits.of(session, parse_reference(found[0])) if found else None
    except Refused:
        return None
