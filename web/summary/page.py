"""The year in figures (R68, R74, D14): every number opens to the records behind it."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from domain import words
from domain.obligation import Kind, Obligation
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.render import page
from web.obligations.view import read_obligation
from web.summary.view import read_summary

router = APIRouter()


@router.get("/nam/{year}/tong-hop")
def summary_page(
    request: Request, person: Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER, Role.CLERK))], year: int
) -> Response:
    """What the annual report says in figures, as the records stand now, and how far the report itself has come."""
    with reading(settings().database) as session:
        try:
            figures = read_summary(session, year)
        except Refused:
            raise HTTPException(404) from None
        row = visits.of(session, Obligation(Kind.SUMMARY, year))
        view = read_obligation(open_dossier(session, row.id), person.roles, telling=True) if row else None
    return page(request, person, "summary/summary.html", figures=figures, view=view, words=words)
