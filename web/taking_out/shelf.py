"""The shelf: the folder of each closed visit or other obligation of a year, for those who may take it (P7, P25)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from config.settings import settings
from database import clock, plans
from database.engine import reading
from domain import words
from overview.archives import closed_count, closed_folders
from web.desk.access import Person, needs
from web.desk.navigation import OF_ARCHIVES
from web.desk.paging import Paging
from web.desk.render import page

router = APIRouter()


@router.get("/luu-tru")
def shelf(
    request: Request, person: Annotated[Person, Depends(needs(*OF_ARCHIVES))], nam: int = 0,
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:  # fmt: skip
    """What is closed of a year, each with a button that takes its folder."""
    with reading(settings().database) as session:
        years, this = plans.years(session), clock.now(session).year
        if nam and nam not in years:
            raise HTTPException(404)
        year = nam or (this if this in years else years[0] if years else this)
        paging = Paging(trang, closed_count(session, year))
        rows = closed_folders(session, year, skipped=paging.skipped, at_most=paging.per_page) if paging.total else ()
    return page(
        request, person, "taking_out/shelf.html", year=year, years=years, folders=rows, paging=paging, words=words,
        link=lambda **to: "/luu-tru?" + urlencode({"nam": year, **to}),
    )  # fmt: skip
