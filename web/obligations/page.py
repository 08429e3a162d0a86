"""What the year asks for beside the visits: a unit's report, a visit's recommendations, the plan (R66–R82, D11)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from config.addresses import page_of
from database import answers, follow_ups
from database.dossier import Dossier
from database.self_reports import versions
from domain import words
from domain.dates import month_and_year
from domain.role import Role
from web.desk.access import Person, SignedIn, needs, refuse_if_secret, sees_findings
from web.desk.obligation_form import FOLLOW_UP, PLAN, REPORT, VisitKey, looking_at
from web.desk.render import page
from web.desk.their_files import their_file
from web.incoming.view import of_visit, opens
from web.obligations.view import read_obligation
from web.reports.facts import report_facts

router = APIRouter()

OFFICE = (Role.OFFICER, Role.LEADER, Role.CLERK)


@router.get(REPORT)
def report_page(request: Request, person: SignedIn, key: VisitKey) -> Response:
    """A unit's report: whether it has come, what it says, what was said about it."""
    sees = person.may(*OFFICE)
    with looking_at(key) as dossier:
        refuse_if_secret(person, dossier)
        facts = {**report_facts(dossier, sees=sees), "detail": "reports/self_report_told.html", "visit_url": ""}
        facts["title"] = f"Báo cáo năm {dossier.visit.year}: {dossier.unit.short_name}"
        return _page(request, person, dossier, facts, telling=sees)


@router.get(FOLLOW_UP)
def follow_up_page(request: Request, person: SignedIn, key: VisitKey) -> Response:
    """Every recommendation of a visit with its owner, its day, and what the host has replied."""
    with looking_at(key) as dossier:
        refuse_if_secret(person, dossier)
        visit, sees = follow_ups.visit_of(dossier.session, dossier.visit), sees_findings(person, dossier)
        when = month_and_year(visit.year, visit.month)
        facts = {
            "followed": follow_ups.followed(dossier.session, visit) if sees else (), "sees": sees,
            "detail": "remedies/remedies_told.html", "visit_url": page_of(visit.obligation),
            "title": f"Thực hiện kiến nghị: {dossier.unit.short_name}, tháng {when}",
        }  # fmt: skip
        return _page(request, person, dossier, facts, telling=sees)


@router.get(PLAN)
def plan_page(request: Request, person: SignedIn, key: VisitKey) -> Response:
    """The plan on its way to its recipients."""
    with looking_at(key) as dossier:
        facts = {"detail": "", "visit_url": "", "title": f"Kế hoạch số {dossier.plan.symbol}"}
        return _page(request, person, dossier, facts, telling=True)


@router.get(REPORT + "/tep/{version}")
def report_file(_person: Annotated[Person, Depends(needs(*OFFICE))], key: VisitKey, version: int) -> Response:
    """The file that came with a version, as it came; never shown, only kept on the reader's machine."""
    with looking_at(key) as dossier:
        rows = [row for row in versions(dossier.session, dossier.visit.id) if row.version == version]
        files = answers.files_of(dossier.session, rows[0].id) if rows else ()
        if not files:
            raise HTTPException(404)
        name, content = files[0].name, files[0].content
    return their_file(name, content)


def _page(request: Request, person: Person, dossier: Dossier, facts: dict[str, Any], *, telling: bool) -> Response:
    view = read_obligation(dossier, person.roles, telling=telling)
    facts |= {"came": of_visit(dossier.session, person, dossier.visit), "opens_mail": opens(person)}
    return page(request, person, "obligations/obligation.html", view=view, words=words, **facts)
