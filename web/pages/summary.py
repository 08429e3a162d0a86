"""The year in figures (R68, R74, D14): every number opens to the records behind it."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from config.settings import settings
from database.engine import reading
from domain.problem import Refused
from web.access import Person, needs
from web.render import page
from web.views.summary import read_summary

router = APIRouter()


@router.get("/nam/{year}/tong-hop")
def summary_page(
    request: Request, person: Annotated[Person, Depends(needs("officer", "leader", "clerk"))], year: int
) -> Response:
    """What the annual report says in figures, as the records stand now."""
    with reading(settings().database) as session:
        try:
            view = read_summary(session, year)
        except Refused:
            raise HTTPException(404) from None
    return page(request, person, "summary.html", view=view)
