"""The office's calendar: its days, its versions, what a change moves before it counts, and the way back (C4)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from sqlalchemy.orm import Session

from answers import working_calendar
from answers.working_calendar import Change
from config.settings import settings
from database import calendars, clock, plans
from database.calendars import InForce
from database.engine import reading
from domain.problem import Refused
from domain.role import Role
from web.calendar import form as typed
from web.calendar.waiting import read_waiting
from web.desk.access import Person, SignedIn, needs
from web.desk.obligation_form import Posted, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter(prefix="/lich-lam-viec")

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]


@router.get("")
def show(
    request: Request, person: SignedIn, nam: int = 0, trang: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """The days of a year, the versions, and the dates that are waited for."""
    with reading(settings().database) as session:
        in_force, versions = calendars.in_force(session), calendars.versions(session)
        year = _year(session, in_force, nam)
        waiting = read_waiting(session, person, trang)
    return page(
        request, person, "calendar/calendar.html", year=year, in_force=in_force, versions=versions, waiting=waiting,
        off=tuple(typed.runs(in_force.content, year)), saturdays=in_force.content.working_saturdays_in(year),
        early=0 < in_force.content.official_through < year,
        link=lambda **to: f"/lich-lam-viec?nam={year}&trang={to['trang']}",
    )  # fmt: skip


@router.get("/sua")
def form(request: Request, person: Officer, nam: int = 0) -> Response:
    """The days of a year as they count now, to be changed."""
    with reading(settings().database) as session:
        now = calendars.in_force(session)
        year = _year(session, now, nam)
    form = typed_before(request, person)
    form.values = {"seen": f"{now.version}", **typed.shown(now.content, year)} | form.values
    return _form_page(request, person, year, form)


@router.post("/sua")
def change(request: Request, person: Officer, posted: Posted, nam: int = 0) -> Response:
    """First every date that the change moves is shown; confirmed, it counts."""
    form = Form.of(posted)
    with reading(settings().database) as session:
        now = calendars.in_force(session)
        year = _year(session, now, nam)
    content = typed.read(form, now.content, year)
    if content is None or form.get("do") == "edit":
        return _form_page(request, person, year, form, 422 if form.fails else 200)
    if form.get("do") != "confirm":
        told = working_calendar.preview_content(content)
        return page(request, person, "calendar/preview.html", **_preview(told, year, form, f"/sua?nam={year}"))
    try:
        said = working_calendar.load_content(
            content, f"bàn làm việc, năm {year}", person.giver, looked_at=form.version("seen")
        )
    except Refused as refused:
        form.overtaken(refused)
        form.values.setdefault("seen", f"{_newest()}")
        return _form_page(request, person, year, form, 422)
    return go_to(f"/lich-lam-viec?nam={year}", _said(said))


@router.get("/hoan-tac")
def way_back(request: Request, person: Officer) -> Response:
    """What going back to the version before moves."""
    return _undo_page(request, person, Form({"seen": f"{_newest()}"}))


@router.post("/hoan-tac")
def go_back(request: Request, person: Officer, posted: Posted) -> Response:
    """Let the version before count again."""
    form = Form.of(posted)
    try:
        said = working_calendar.undo(person.giver, looked_at=form.version("seen"))
    except Refused as refused:
        form.overtaken(refused)
        form.values.setdefault("seen", f"{_newest()}")
        return _undo_page(request, person, form, 422)
    return go_to("/lich-lam-viec", _said(said))


def _undo_page(request: Request, person: Person, form: Form, status: int = 200) -> Response:
    try:
        told = working_calendar.preview_undo()
    except Refused as refused:  # the first version, or somebody else has just gone back to it
        form.refused(refused.problems)
        told = Change(_newest(), is_new=False)
    return page(request, person, "calendar/preview.html", status=status, **_preview(told, 0, form, "/hoan-tac"))


def _preview(told: Change, year: int, form: Form, action: str) -> dict[str, Any]:
    with reading(settings().database) as session:
        dated = [*(move.visit for move in told.moves), *(day.visit for day in told.settled)]
        names = plans.names_of(session, [*dated, *told.unknown])
    return {"change": told, "names": names, "year": year, "form": form, "action": f"/lich-lam-viec{action}"}


def _form_page(request: Request, person: Person, year: int, form: Form, status: int = 200) -> Response:
    return page(request, person, "calendar/change.html", status=status, form=form, year=year)


def _said(change: Change) -> str:
    if not change.is_new:
        return "Lịch đã đúng như vậy; không có gì đổi."
    moved = f"{len(change.moves)} ngày bị chuyển" if change.moves else "không ngày nào bị chuyển"
    return f"Đã ghi lịch bản {change.version}; {moved}." + (tell_service() if change.to_wake else "")


def _year(session: Session, now: InForce, asked: int) -> int:
    """The year that was asked for, else the clock's; 404 for one of which the calendar knows nothing."""
    year = asked or clock.now(session).year
    if not now.content.first_year <= year <= now.content.last_year:
        raise HTTPException(404)
    return year


def _newest() -> int:
    with reading(settings().database) as session:
        return calendars.in_force(session).version
