"""Where the plan's addresses came from: every change with who made it and when; and all of them as a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from config.settings import settings
from database import plans
from database.engine import reading
from database.plan_history import versions
from domain.role import Role
from planning.plan_yaml import contacts_text
from web.admin.contacts import year_of
from web.desk.access import Person, needs
from web.desk.render import page

router = APIRouter(prefix="/quan-tri/lien-he")

Admin = Annotated[Person, Depends(needs(Role.ADMIN))]


@router.get("/lich-su")
def history(request: Request, person: Admin, nam: int = 0) -> Response:
    """Each version of the plan, newest first, with the addresses that it changed."""
    with reading(settings().database) as session:
        year = year_of(session, nam)
        found, years = versions(session, year), plans.years(session)
    return page(request, person, "admin/contacts_history.html", year=year, years=years, versions=found)


@router.get("/dia-chi.yaml")
def export(person: Admin, nam: int = 0) -> Response:
    """The addresses in use as the file that `visits contacts import` reads."""
    with reading(settings().database) as session:
        year = year_of(session, nam)
        plan, contacts = plans.read(session, year)
        row = plans.current(session, year)
    assert row, "it was read"
    assert person.may(Role.ADMIN)
    text = contacts_text(contacts, [f"Địa chỉ đang dùng của kế hoạch {plan.symbol}, bản {row.version}."])
    name = f'attachment; filename="dia-chi-{year}.yaml"'
    return Response(text, media_type="text/plain; charset=utf-8", headers={"content-disposition": name})
