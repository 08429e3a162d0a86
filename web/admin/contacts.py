"""The plan's addresses on a form, and its units to look at."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from answers.contacts import change_contacts
from config.contacts_form import SECTIONS
from config.settings import settings
from database import clock, plans
from database.engine import reading
from domain.plan import Contact, Contacts, Plan
from domain.problem import Overtaken, Problem, Refused
from domain.role import OF_CONTACTS, Role
from domain.text import clean
from web.admin.contacts_fields import FURTHER, fields_of, read_contacts, upon_newest
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
        year = _year(session, nam)
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
        year = _year(session, nam)
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
        plan, _contacts = plans.read(session, _year(session, nam))
        years = plans.years(session)
    months: dict[str, list[int]] = {}
    for visit in plan.visits:
        months.setdefault(visit.unit, []).append(visit.month)
    return page(request, person, "admin/units.html", plan=plan, months=months, years=years)


def _year(session: Session, asked: int) -> int:
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
    return page(
        request, person, "admin/contacts.html", status=status, plan=plan, sections=list(_sections(plan, contacts)),
        with_phone=SECTIONS["staff"],
        seen=seen, years=years, problems=problems, theirs=theirs or {},
    )  # fmt: skip


def _sections(plan: Plan, contacts: Contacts) -> Iterator[tuple[str, list[tuple[str, str, Contact]]]]:
    """Title and lines of each part of the form; a line is its field, what it is for, and the contact."""
    units = {unit.code: unit.short_name for unit in plan.units}
    bodies = {one.contact: one.name for one in plan.invited()}
    yield SECTIONS["office"], [("office", "Người gửi", contacts.office)]
    yield SECTIONS["staff"], _lines("staff", contacts.staff, {role: role.titled for role in OF_CONTACTS})
    group = [*contacts.inspectors, *([Contact("", "")] * FURTHER)]
    people = [(f"inspectors.{number}", "Tổ trưởng" if number == 0 else "Thành viên") for number in range(len(group))]
    yield SECTIONS["inspectors"], [(*about, contact) for about, contact in zip(people, group, strict=True)]
    yield SECTIONS["bodies"], _lines("bodies", contacts.bodies, bodies)
    yield SECTIONS["standing_boards"], _lines("standing_boards", contacts.standing_boards, units)
    yield SECTIONS["organisation_boards"], _lines("organisation_boards", contacts.organisation_boards, units)


def _lines(section: str, contacts: Mapping[str, Contact], names: Mapping[str, str]) -> list[tuple[str, str, Contact]]:
    return [(f"{section}.{key}", names.get(key, key), contact) for key, contact in contacts.items()]
