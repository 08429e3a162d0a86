"""A host owes no report; one that it sends all the same is filed here, and not counted (A14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from answers.self_reports import file_for_host
from config.addresses import page_of
from config.settings import settings
from database import clock, plans, visits
from database.engine import reading
from database.self_reports import reported
from domain.obligation import Kind, Obligation
from domain.plan import Unit
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.render import go_to, page

router = APIRouter()

HOSTS = "/nam/{year}/bao-cao-don-vi-duoc-du"

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]


@dataclass(frozen=True)
class HostReport:
    """One host, and the day on which its own report came, if any has."""

    unit: Unit
    received: date | None
    url: str


@router.get(HOSTS)
def form(request: Request, person: Officer, year: int) -> Response:
    """The hosts of the year, those whose report is filed with the way to it."""
    return _page(request, person, year, Form({}))


@router.post(HOSTS)
def answer(request: Request, person: Officer, year: int, posted: Posted) -> Response:
    """To the form of that host's report; nothing counts before it is confirmed there."""
    form = Form.of(posted)
    unit = form.one_of("unit", _known(year), "chưa chọn đơn vị")
    if form.fails or unit is None:
        return _page(request, person, year, form, 422)
    try:
        file_for_host(f"{year}/{unit.unit.code}", person.giver)
    except Refused as refused:
        form.refused(refused.problems)
        return _page(request, person, year, form, 422)
    return go_to(f"{unit.url}/nhan", "")


def _known(year: int) -> Mapping[str, HostReport]:
    """The hosts by their code, in the order of the plan; 404 where no plan of that year was loaded."""
    found = {}
    with reading(settings().database) as session:
        try:
            plan, _contacts = plans.read(session, year)
        except Refused:
            raise HTTPException(404) from None
        for code in dict.fromkeys(visit.unit for visit in plan.visits):
            if code in plan.self_supervising.units:
                continue
            meant = Obligation(Kind.SELF_REPORT, year, 0, code)
            row = visits.of(session, meant)
            first = reported(session, row.id).first_on if row else None
            found[code] = HostReport(plan.unit(code), first, page_of(meant))
    return found


def _page(request: Request, person: Person, year: int, form: Form, status: int = 200) -> Response:
    hosts = _known(year)
    with reading(settings().database) as session:
        today = clock.now(session).date()
    facts: dict[str, Any] = {
        "form": form, "year": year, "hosts": list(hosts.values()), "back": f"/nam/{year}", "today": today,
        "choices": [(code, one.unit.name) for code, one in hosts.items()], "action": request.url.path,
    }  # fmt: skip
    return page(request, person, "reports/hosts.html", status=status, **facts)
