"""The year at one glance, as a picture and as a table; and where `/` leads."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from config import run_lists
from config.settings import settings
from database import clock
from database.engine import reading
from domain.role import WAITED_FOR, Role
from web.desk.access import SignedIn
from web.desk.render import page
from web.standing.actions import answer_to
from web.standing.lines import Line
from web.year.health import read_health
from web.year.picture import draw_year, in_order
from web.year.search import Asked
from web.year.view import YearView, read_year, years

router = APIRouter()

#: Groups by which one may look, in the order in which they are offered.
GROUPS = {
    "late": "quá hạn", "waiting": "đang chạy", "undecided": "chờ quyết định", "planned": "chưa mở",
    "closed": "đã kết thúc", "cancelled": "đã hủy",
}  # fmt: skip


@router.get("/")
def first(person: SignedIn) -> Response:
    """To the year of the clock, or the newest one that has a plan."""
    assert person.id, "whoever is not signed in is sent away before"
    with reading(settings().database) as session:
        this, known = clock.now(session).year, years(session)
    if not known and person.may(Role.ADMIN):
        return RedirectResponse("/thiet-lap", 303)  # nothing to look at yet, and he is who can change that
    year = this if this in known or not known else known[0]
    return RedirectResponse(f"/nam/{year}", 303)


@router.get("/nam/{year}")
def year_page(
    request: Request,
    person: SignedIn,
    year: int,
    trang_thai: str = "",
    cho_ai: str = "",
    thang: str = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The whole plan year: what waits for whom, since when, how late."""
    month = int(thang) if len(thang) <= 2 and thang.isdecimal() and 1 <= int(thang) <= 12 else 0
    asked = Asked(
        trang_thai if trang_thai in GROUPS else "", cho_ai if cho_ai in WAITED_FOR else "", month, trang
    )  # fmt: skip
    with reading(settings().database) as session:
        view, known, health = read_year(session, year, asked, person), years(session), read_health(session, person)
    return page(
        request, person, "year/year.html",
        view=view, health=health, years=known, picture=draw_year(view), rows=in_order(view.lines),
        groups=GROUPS, roles={role: role.called for role in WAITED_FOR},
        answers={line.key: answer_to(line, person.roles) for line in _every_line(view)},
        link=lambda **to: _link(view, **to),
        runs=run_lists.LISTS if person.may(Role.OFFICER, Role.ADMIN) else (),
    )  # fmt: skip


def _every_line(view: YearView) -> Iterator[Line]:
    yield from view.lines
    yield from view.beside.plan_and_summary
    yield from view.beside.follow_ups
    yield from (report.line for report in view.beside.reports)


def _link(view: YearView, **to: object) -> str:
    """The same page with another filter; a filter that changes begins at the first page."""
    asked = view.asked
    query = {"trang_thai": asked.state, "cho_ai": asked.whom, "thang": asked.month or "", **to}
    kept = {name: value for name, value in query.items() if value}
    return f"/nam/{view.year}" + (f"?{urlencode(kept)}" if kept else "")
