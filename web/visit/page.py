"""One visit: where it stands, why, its whole story, and the one button that goes on; its documents as files."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from answers.running_again import run_again
from config.addresses import page_of_key
from domain import words
from domain.letters_and_documents import BY_NAME, OPEN
from domain.problem import Problem, Refused
from domain.role import Role
from papers.files import MIME_TYPES
from web.desk.access import Person, SignedIn, is_secret_to, needs, refuse_if_secret, sees_findings
from web.desk.obligation_form import FOLLOW_UP, PLAN, REPORT, SUMMARY, VISIT, VisitKey, looking_at, tell_service
from web.desk.render import go_to, page
from web.desk.security import POLICY_FOR_FRAMED
from web.desk.their_files import their_file
from web.incoming.view import of_visit, opens
from web.papers.files import file_of
from web.visit.view import read_visit

router = APIRouter()

MINE = "/viec-cua-toi"  #: where somebody goes on who must not see the page of what he has run again


@router.get(VISIT)
def visit_page(request: Request, person: SignedIn, key: VisitKey) -> Response:
    """The visit whole."""
    with looking_at(key) as dossier:
        mark = refuse_if_secret(person, dossier)
        view = read_visit(dossier, person.roles, findings=sees_findings(person, dossier), mark=mark)
        host, plan = dossier.unit, dossier.plan
        came = of_visit(dossier.session, person, dossier.visit)
    checklist = {item.id: item for item in plan.checklist}
    return page(
        request, person, "visit/visit.html", view=view, host=host, words=words, checklist=checklist, came=came,
        opens_mail=opens(person),
    )  # fmt: skip


@router.get(PLAN + "/van-ban/{name}")
@router.get(SUMMARY + "/van-ban/{name}")
@router.get(VISIT + "/van-ban/{name}")
def paper(person: SignedIn, key: VisitKey, name: str, ban: int = 0, ky: int = 0) -> Response:
    """A document as PDF or Word: the file as it was issued, or drawn now from a draft.

    `ban` asks for a certain revision, `ky` for the scan with signature and seal (P4).
    """
    kind, _, form = name.rpartition(".")
    if kind not in BY_NAME.values() or form not in ("pdf", "docx"):
        raise HTTPException(404)
    with looking_at(key) as dossier:
        refuse_if_secret(person, dossier)
        if kind not in OPEN and not sees_findings(person, dossier):
            raise HTTPException(403)
        found = file_of(dossier, kind, "signed" if ky else form, ban)
    if found is None:
        raise HTTPException(404)
    file_name, content = found
    if ky:
        return their_file(file_name, content, MIME_TYPES["signed"])
    place = "inline" if form == "pdf" else "attachment"
    headers = {
        "content-disposition": f"{place}; filename*=UTF-8''{quote(file_name)}",
        # The form of approval shows the document beside itself.
        "content-security-policy": POLICY_FOR_FRAMED,
        "x-frame-options": "SAMEORIGIN",
    }
    return Response(content, media_type=MIME_TYPES[form], headers=headers)


@router.post(PLAN + "/chay-lai")
@router.post(SUMMARY + "/chay-lai")
@router.post(REPORT + "/chay-lai")
@router.post(FOLLOW_UP + "/chay-lai")
@router.post(VISIT + "/chay-lai")
def again(person: Annotated[Person, Depends(needs(Role.OFFICER, Role.ADMIN))], key: VisitKey) -> Response:
    """Let a failed or stopped run go on: the same as *Retry* in Prefect."""
    with looking_at(key) as dossier:
        failed, concerns_him = bool(dossier.visit.trouble), not is_secret_to(person, dossier)
    if not failed:
        raise Refused(Problem(key, "không có bước nào lỗi", "xem lại trang của đợt"))
    run_again(key, person.giver)
    said = "Đã cho chạy lại từ bước bị lỗi; các bước đã xong không làm lại."
    return go_to(page_of_key(key) if concerns_him else MINE, said + tell_service())
