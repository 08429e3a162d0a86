"""The findings entered at the desk: the items of the checklist, saved as one goes, sent once (R14–R38, 4.5)."""

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, SignedIn, sees_findings
from web.desk.confirming import MailNumber, Shown
from web.desk.obligation_form import VISIT, Posted, VisitKey, looking_at, tell_service
from web.desk.posted_form import Form, sentence
from web.desk.render import go_to, page
from web.desk.their_mail import MAIL
from web.desk.unsent import typed_before
from web.findings import steps as findings_steps
from web.findings.steps import Writer

router = APIRouter()

TEMPLATES = {"form": "findings/findings.html", "review": "findings/findings_review.html"}


@router.get(VISIT + "/ket-qua")
def form(request: Request, person: SignedIn, key: VisitKey, thu: MailNumber = 0) -> Response:
    """The form, with what was sent and what was typed since; an officer may have a message of the inbox beside it."""
    writer, typed = _writer(person, key), typed_before(request, person)
    beside = thu if person.may(Role.OFFICER) else 0
    shown = findings_steps.begin(key, writer, typed if typed.values else None, beside)
    return _page(request, person, shown)


@router.post(VISIT + "/ket-qua")
def answer(request: Request, person: SignedIn, key: VisitKey, posted: Posted) -> Response:
    """One step of it; the last is the answer."""
    typed = Form.of(posted)
    if not person.may(Role.OFFICER):
        typed.values.pop(MAIL, None)
    shown = findings_steps.go_on(key, _writer(person, key), typed)
    if shown.view != "done":
        return _page(request, person, shown)
    return go_to(f"/chuyen/{key}", said_after(shown) + ("" if shown.facts["again"] else tell_service()))


@router.post(VISIT + "/ket-qua/nhap")
def autosave(person: SignedIn, key: VisitKey, posted: Posted) -> Response:
    """What the script sends while somebody types; no answer, only a draft."""
    return draft_saved(key, _writer(person, key), Form.of(posted))


def draft_saved(key: str, writer: Writer, form: Form) -> Response:
    """Save, and say what is newer here than at the typist's."""
    try:
        return JSONResponse(findings_steps.autosave(key, writer, form.number("turn") or 1, form.get("fields")))
    except Refused as refused:
        said = " ".join(sentence(problem.fault, problem.remedy) for problem in refused.problems)
        return JSONResponse({"refused": said}, status_code=409)


def said_after(shown: Shown) -> str:
    """What is said when the findings have been sent."""
    if shown.facts["again"]:
        return "Kết quả này đã được gửi trước đó; không ghi lần hai."
    left = len(shown.facts["missing"])
    return f"Đã ghi kết quả giám sát; còn thiếu {left:02d} mục." if left else "Đã ghi kết quả giám sát, đầy đủ."


def _writer(person: Person, key: str) -> Writer:
    """Whom the visit's findings concern, and who writes them: an inspector, or an officer for him."""
    with looking_at(key) as dossier:
        if not (sees_findings(person, dossier) and person.may(Role.INSPECTOR, Role.OFFICER)):
            raise HTTPException(403)
    acting = person.acting_as(Role.INSPECTOR, Role.OFFICER)
    return Writer(acting.giver, f"person:{person.id}")


def _page(request: Request, person: Person, shown: Shown) -> Response:
    facts = {**shown.facts, "action": request.url.path, "back": f"/chuyen/{shown.facts['key']}", "said": shown.message}
    return page(request, person, TEMPLATES[shown.view], status=shown.status, **facts)
