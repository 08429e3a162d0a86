"""What the office proposes for the next year: the part of the annual report that no record can tell (R74, D14)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from answers import summary
from config.addresses import page_of_key
from database import documents, stored
from domain.answer_kind import AnswerKind
from domain.decision import Proposals
from domain.letters_and_documents import Purpose
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import SUMMARY, Posted, VisitKey, about, looking_at, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter()

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]


@router.get(SUMMARY + "/nhiem-vu")
def form(request: Request, person: Officer, key: VisitKey) -> Response:
    """The form, with what was proposed so far."""
    return _page(request, person, key, typed_before(request, person))


@router.post(SUMMARY + "/nhiem-vu")
def answer(request: Request, person: Officer, key: VisitKey, posted: Posted) -> Response:
    """Take them in place of those before; that there are none must be said."""
    form = Form.of(posted)
    texts = form.lines("proposals")
    if not texts and not form.get("none"):
        form.note("proposals", "chưa ghi nhiệm vụ, giải pháp nào", "ghi, hoặc chọn là chưa có")
    if texts and form.get("none"):
        form.note("proposals", "đã ghi nhiệm vụ mà lại chọn là chưa có", "bỏ một trong hai")
    if not form.fails:
        seen = form.version("seen")
        try:
            summary.propose(key, texts, person.giver, seen=seen)
        except Refused as refused:
            form.overtaken(refused)
    if form.fails:
        return _page(request, person, key, form, 422)
    return go_to(page_of_key(key), "Đã ghi nhiệm vụ, giải pháp năm sau." + tell_service())


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        row = dossier.answer(AnswerKind.PROPOSALS)
        form.values.setdefault("seen", f"{row.version if row else 0}")
        form.values.setdefault("proposals", "\n".join(stored.value_of(row, Proposals).proposals) if row else "")
        issued = documents.latest_issued(dossier.session, dossier.visit.id, Purpose.ANNUAL_REPORT)
        facts = {**about(dossier), "form": form, "row": row, "issued": issued}
    more = {"action": request.url.path, "back": page_of_key(key)}
    return page(request, person, "summary/proposals.html", status=status, **facts, **more)
