"""The records leave the desk: the year as an Excel workbook, a visit as one archive (P7, P25)."""

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import StreamingResponse

from archive.folder import note_taken, write_visit
from archive.table_files import as_workbook
from archive.year_tables import tables_of
from config.settings import settings
from database import plans, visits
from database.engine import reading, writing
from domain.problem import Refused
from domain.role import Role
from overview.archives import TAKEN
from web.desk.access import Person, needs
from web.desk.navigation import OF_ARCHIVES
from web.desk.obligation_form import FOLLOW_UP, PLAN, REPORT, SUMMARY, VISIT, Posted, VisitKey

router = APIRouter()

Office = Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER, Role.CLERK))]
Keeper = Annotated[Person, Depends(needs(*OF_ARCHIVES))]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY = 4 * 2**20  # bytes; a larger archive waits on the disk until it is fetched


@router.get("/nam/{year}/bang.xlsx")
def year_tables(_person: Office, year: int) -> Response:
    """Every table of the year in one workbook."""
    with reading(settings().database) as session:
        try:
            content = as_workbook(tables_of(session, year), plans.read(session, year)[0].issued)
        except Refused:
            raise HTTPException(404) from None
    return Response(content, media_type=_XLSX, headers=_named(f"{year}_bang-nam.xlsx"))


@router.post(PLAN + "/ho-so.zip")
@router.post(SUMMARY + "/ho-so.zip")
@router.post(REPORT + "/ho-so.zip")
@router.post(FOLLOW_UP + "/ho-so.zip")
@router.post(VISIT + "/ho-so.zip")
def visit_archive(person: Keeper, key: VisitKey, _posted: Posted) -> Response:
    """The archive of one visit or other obligation; posted, because the record says who took it."""
    with writing(settings().database) as session:
        note_taken(session, person.giver.name, f"{TAKEN} {key}", visits.find(session, key).id)
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when the last byte has gone
    with reading(settings().database) as session:
        write_visit(session, key, spool)  # type: ignore[arg-type]  # it is a binary file
    spool.seek(0)
    name = f"{key.replace('/', '_')}_ho-so.zip"
    return StreamingResponse(_pieces(spool), media_type="application/zip", headers=_named(name))


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        while piece := spool.read(2**16):
            yield piece


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
