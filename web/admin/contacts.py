"""The plan's addresses on a form, and its units to look at."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from answers.contacts import change_contacts
from config.contacts_form import SECTIONS
from config.settings import settings
from database import clock, plans
from database.engine import reading
from domain.plan import Contacts, Plan
from domain.problem import Overtaken, Problem, Refused
from domain.role import Role
from domain.text import clean
from overview.given_back import gave_back_lately
from web.admin.contacts_fields import fields_of, read_contacts, sections_of, upon_newest
from web.desk.access import Person, needs
from web.desk.obligation_form import posted_form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter(prefix="/quan-tri")

Admin = Annotated[Person, Depends(needs(Role.ADMIN))]


@router.get("/lien-he")
def form(request: Request, person: Admin, nam: int = 0) -> Response:
    """Every address that the plan asks for."""
    with reading(settings().database) as session:
        year = year_of(session, nam)
        plan, contacts = plans.read(session, year)
        newest, years = plans.current(session, year), plans.years(session)
    seen = newest.version if newest else 0
    typed = typed_before(request, person)
    if typed.values:
        said = [Problem("", one.text) for one in typed.problems]
        before = typed.version("seen")
        return _form(request, person, plan, read_contacts(typed.values, contacts), before, years, 200, *said)
    return _form(request, person, plan, contacts, seen, years)


@router.post("/lien-he")
def save(request: Request, person: Admin, posted: Annotated[FormData, Depends(posted_form)], nam: int = 0) -> Response:
    """Keep them as a new version of the plan, or say at which field they cannot be kept."""
    with reading(settings().database) as session:
        year = year_of(session, nam)
        plan, before = plans.read(session, year)
        years = plans.years(session)
    typed = {name: clean(value) for name, value in posted.items() if isinstance(value, str)}
    seen = int(typed["seen"]) if typed.get("seen", "").isdecimal() else 0
    contacts = read_contacts(typed, before)
    try:
        loaded, warnings = change_contacts(year, contacts, person.giver, seen=seen)
    except Overtaken as refused:
        return _once_more(request, person, year, typed, seen, years, *refused.problems)
    except Refused as refused:
        return _form(request, person, plan, contacts, seen, years, 422, *refused.problems)
    said = f"Đã lưu địa chỉ, bản {loaded.version} của kế hoạch." if loaded.changed else "Không có gì thay đổi."
    return go_to(f"/quan-tri/lien-he?nam={year}", " ".join([said, *(f"Lưu ý: {one}." for one in warnings)]))


@router.get("/don-vi")
def units(request: Request, person: Admin, nam: int = 0) -> Response:
    """The units of the plan, from when to when there are such, and what each does this year. Only to look at."""
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, year_of(session, nam))
        years = plans.years(session)
    months: dict[str, list[int]] = {}
    for visit in plan.visits:
        months.setdefault(visit.unit, []).append(visit.month)
    return page(request, person, "admin/units.html", plan=plan, months=months, years=years)


def year_of(session: Session, asked: int) -> int:
    """The year that was asked for, else the clock's, else the newest with a plan."""
    known, this = plans.years(session), clock.now(session).year
    if not known or (asked and asked not in known):
        raise HTTPException(404)
    return asked or (this if this in known else known[0])


def _once_more(
    request: Request, person: Person, year: int, typed: Mapping[str, str], seen: int, years: Any, *problems: Problem
) -> Response:
    """What he changed, upon what the other has saved. He has been told: the next press counts for this version."""
    with reading(settings().database) as session:
        upon = upon_newest(session, year, typed, seen)
        plan, newest = plans.read(session, year)
        row = plans.current(session, year)
    told = fields_of(newest)
    theirs = {name: told.get(name, "") for name in upon.both}
    contacts, version = read_contacts(upon.values, newest), row.version if row else 0
    return _form(request, person, plan, contacts, version, years, 422, *problems, theirs=theirs)


def _form(
    request: Request, person: Person, plan: Plan, contacts: Contacts, seen: int, years: Any, status: int = 200,
    *problems: Problem, theirs: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    with reading(settings().database) as session:
        gave_back = gave_back_lately(session)
    return page(
        request, person, "admin/contacts.html", status=status, plan=plan, sections=list(sections_of(plan, contacts)),
        with_phone=SECTIONS["staff"],
        seen=seen, years=years, problems=problems, theirs=theirs or {},
        gave_back=gave_back,
    )  # fmt: skip
