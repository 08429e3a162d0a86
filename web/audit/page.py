"""Who did what, newest first, and whether the chain of the record is whole (P7)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from config.settings import settings
from database import plans, visits
from database.engine import reading
from database.models import VisitRow
from domain.problem import Refused
from domain.role import Role
from domain.text import clean
from web.audit.view import faults_of, read_record
from web.desk.access import Person, needs
from web.desk.render import page

router = APIRouter()


@router.get("/nhat-ky")
def record(
    request: Request, person: Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER, Role.CLERK, Role.ADMIN))],
    chuyen: str = "", ai: str = "", kiem: int = 0, trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:  # fmt: skip
    """The record by visit and person; `kiem` asks to follow the whole chain, which takes a while in a long one."""
    who, unknown = clean(ai), False
    with reading(settings().database) as session:
        visit: VisitRow | None = None
        if chuyen.strip():
            try:
                visit = visits.find(session, chuyen)
            except Refused:
                unknown = True
        view = read_record(session, who, visit, trang, in_full=person.may(Role.OFFICER, Role.LEADER, Role.CLERK))
        checked = view.paging.total <= _CHECKED_AT_ONCE or bool(kiem)
        faults = faults_of(session) if checked else ()
        names = plans.names_of(session, {entry.visit for entry in view.entries})
    return page(
        request, person, "audit/audit.html", view=view, names=names, unknown=unknown, checked=checked, faults=faults,
        link=lambda **to: _link(view.visit, view.who, **to),
    )  # fmt: skip


#: A chain of so many lines is followed on every look; a longer one when asked.
_CHECKED_AT_ONCE = 5000


def _link(visit: str, who: str, **to: object) -> str:
    query = {"chuyen": visit, "ai": who, **to}
    kept = {name: value for name, value in query.items() if value}
    return "/nhat-ky" + (f"?{urlencode(kept)}" if kept else "")
