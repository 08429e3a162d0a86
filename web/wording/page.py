"""Every letter's wording: whose it is, how it reads with facts of this year, what the office's own words change."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from config.settings import settings
from database import clock, plans
from database.engine import reading
from database.models import VisitRow
from domain.letters_and_documents import DOCUMENTS, OPEN, Purpose, file_name
from letters.form.pdf_file import pdf_file
from letters.template_check import check_templates
from papers.sample_facts import SampleFacts, sample_facts
from papers.wording_preview import own_files, own_parts, preview
from web.desk.access import Person, needs, sees_findings_of
from web.desk.navigation import OF_WORDING
from web.desk.render import page
from web.standing.covered import hidden_from

router = APIRouter(prefix="/mau-loi-van")

Reader = Annotated[Person, Depends(needs(*OF_WORDING))]


@router.get("")
def every_wording(request: Request, person: Reader) -> Response:
    """Every letter with whose words it has, and what is wrong with the words in use."""
    folder = settings().templates
    own = {purpose: own_files(purpose, folder) for purpose in Purpose}
    return page(
        request, person, "wording/wordings.html", own=own, parts=own_parts(folder), folder=folder, documents=DOCUMENTS,
        faults=list(check_templates(folder)) if folder else [],
    )  # fmt: skip


@router.get("/{purpose}")
def one_wording(request: Request, person: Reader, purpose: str) -> Response:
    """How one letter reads with facts of this year, and what the office's own words change."""
    about, folder = _known(purpose), settings().templates
    with reading(settings().database) as session:
        sample, year = _sample(session, person, about)
    shown = preview(about, sample.facts, folder) if sample else None
    return page(
        request, person, "wording/wording.html", purpose=about, document=DOCUMENTS.get(about), sample=sample, year=year,
        shown=shown, own=own_files(about, folder), parts=own_parts(folder), is_open=about in OPEN,
    )  # fmt: skip


@router.get("/{purpose}/xem-thu.pdf")
def as_pdf(person: Reader, purpose: str) -> Response:
    """A document as it would be printed, without number and day; 404 for a letter that has none."""
    about = _known(purpose)
    with reading(settings().database) as session:
        sample, year = _sample(session, person, about)
    shown = preview(about, sample.facts, settings().templates) if sample else None
    if shown is None or shown.wording is None or shown.wording.paper is None:
        raise HTTPException(404)
    name = file_name(about, f"{year}/xem-thu", "pdf")
    named = {"content-disposition": f'inline; filename="{name}"'}
    return Response(pdf_file(shown.wording.paper), media_type="application/pdf", headers=named)


def _known(purpose: str) -> Purpose:
    known = next((one for one in Purpose if one == purpose), None)
    if known is None:
        raise HTTPException(404)
    return known


def _sample(session: Session, person: Person, purpose: Purpose) -> tuple[SampleFacts | None, int]:
    """Facts of the newest year that has a plan and has begun, as far as this person may see them."""
    known, this = plans.years(session), clock.now(session).year
    if not known:
        return None, this
    year = this if this in known else known[0]
    contacts = plans.read(session, year)[1]
    hidden: Callable[[VisitRow], bool] = hidden_from(person, session, year, contacts)
    findings = sees_findings_of(person, contacts)
    return sample_facts(session, purpose, year, lambda row: not hidden(row), with_findings=findings), year
