"""The form by which a clerk corrects number, day or signer of an issued document: looked at first, then done (F22)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.datastructures import FormData

from answers.correcting import RightSheet, issued_as
from answers.seen import token_of
from config.addresses import page_of_key
from database import documents, numbers
from database.dossier import Dossier
from database.models import DocumentRow
from domain.dates import short_date
from domain.letters_and_documents import BY_NAME, ISSUED, document_title
from domain.plan import Signer
from domain.problem import Refused
from domain.role import Role
from tasks.letters.correcting import correct
from tasks.looking_ahead import LetterAhead, letters_of_correction
from web.desk.access import Person, needs
from web.desk.obligation_form import REPORT, SUMMARY, VISIT, Posted, VisitKey, about, looking_at, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.desk.uploads import drop_kept
from web.papers.signed import keep_chosen, name_of_kept, signed_file

router = APIRouter()

Clerk = Annotated[Person, Depends(needs(Role.CLERK))]

#: The plan's number and day come with the plan.
CORRECTABLE = tuple(name for name in ISSUED if name != "plan")
_FIELDS = {
    "số": "number", "--date": "issued_on", "--signer": "signer_name", "--reason": "reason", "bản ký": "signed",
}  # fmt: skip


@router.get(REPORT + "/dinh-chinh/{paper}")
@router.get(SUMMARY + "/dinh-chinh/{paper}")
@router.get(VISIT + "/dinh-chinh/{paper}")
def correction_form(request: Request, person: Clerk, key: VisitKey, paper: str) -> Response:
    """What the document bears now, in fields."""
    return _page(request, person, key, _one_of(paper), typed_before(request, person))


@router.post(REPORT + "/dinh-chinh/{paper}")
@router.post(SUMMARY + "/dinh-chinh/{paper}")
@router.post(VISIT + "/dinh-chinh/{paper}")
def correct_answer(request: Request, person: Clerk, key: VisitKey, paper: str, posted: Posted) -> Response:
    """First the letters as they would go out, then the correction itself."""
    form, paper = Form.of(posted), _one_of(paper)
    right = _right(form, posted, key, person)
    letters = _look(form, key, paper, right, person) if form.get("do") != "confirm" else None
    said = _correct(form, key, paper, right, person) if form.get("do") == "confirm" else ""
    if form.fails or letters is not None:
        return _page(request, person, key, paper, form, 422 if form.fails else 200, letters)
    return go_to(page_of_key(key), said + tell_service())


def _right(form: Form, posted: FormData, key: str, person: Person) -> RightSheet | None:
    number = form.number("number", "chưa ghi số", "ghi số theo sổ văn bản đi")
    day = form.day("issued_on", "chưa ghi ngày phát hành")
    signer = Signer(
        form.text("signer_authority"), form.text("signer_title"), form.text("signer_name", "chưa ghi người ký")
    )
    reason = form.text("reason", "chưa ghi lý do", "ghi vì sao đã ghi sai")
    signed, signed_reason = signed_file(form, posted, key, person), form.text("signed_reason")
    keep_chosen(form, key, person, signed)
    if not number or not day or form.fails:
        return None
    return RightSheet(number, day, signer, reason, signed, signed_reason)


def _look(form: Form, key: str, paper: str, right: RightSheet | None, person: Person) -> list[LetterAhead] | None:
    if right is None:
        return None
    try:
        return letters_of_correction(key, paper, right, person.acting_as(Role.CLERK).giver)
    except Refused as refused:
        form.refused(refused.problems, _FIELDS)
        return None


def _correct(form: Form, key: str, paper: str, right: RightSheet | None, person: Person) -> str:
    if right is None:
        return ""
    try:
        symbol, told = correct(key, paper, right, person.acting_as(Role.CLERK).giver, looked_at=form.get("shown"))
    except Refused as refused:
        form.overtaken(refused, _FIELDS)
        return ""
    drop_kept(form)
    return f"Đã đính chính: số {symbol}. {told:02d} thư đính chính được ghi vào sổ thư."


def _page(
    request: Request, person: Person, key: str, paper: str, form: Form, status: int = 200,
    letters: list[LetterAhead] | None = None,
) -> Response:  # fmt: skip
    with looking_at(key) as dossier:
        facts = _facts(dossier, _issued(dossier, paper), form)
    facts |= {"kept": name_of_kept(form, key, person), "action": request.url.path, "letters": letters}
    return page(
        request, person, "papers/correction.html", status=status, form=form,
        title=document_title(BY_NAME[paper]), back=page_of_key(key), **facts,
    )  # fmt: skip


def _facts(dossier: Dossier, row: DocumentRow, form: Form) -> dict[str, Any]:
    now = issued_as(dossier, row)
    form.values.setdefault("shown", token_of(dossier))
    if "number" not in form.values:
        form.values |= {
            "number": f"{row.number}", "issued_on": short_date(now.issued_on),
            "signer_authority": now.signer.authority, "signer_title": now.signer.title, "signer_name": now.signer.name,
        }  # fmt: skip
    return {**about(dossier), "stands": now, "following": numbers.next_free(dossier.session, numbers.series_of(row))}


def _issued(dossier: Dossier, paper: str) -> DocumentRow:
    """The newest issued revision; 404 as long as there is none."""
    row = documents.latest_issued(dossier.session, dossier.visit.id, BY_NAME[paper])
    if row is None:
        raise HTTPException(404)
    return row


def _one_of(paper: str) -> str:
    if paper not in CORRECTABLE:
        raise HTTPException(404)
    return paper
