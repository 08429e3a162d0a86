"""A leader takes a list that is late or has no thematic cell, with the reason (A5, A6)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from answers.nominations import accept
from domain.deadline import Timeliness, nomination_deadline
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import VISIT, Posted, VisitKey, about, looking_at, note_seen, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter()

Leader = Annotated[Person, Depends(needs(Role.LEADER))]


@router.get(VISIT + "/chap-nhan")
def form(request: Request, person: Leader, key: VisitKey) -> Response:
    """What is late or missing, and a field for the reason."""
    return _page(request, person, key, typed_before(request, person))


@router.post(VISIT + "/chap-nhan")
def answer(request: Request, person: Leader, key: VisitKey, posted: Posted) -> Response:
    """The answer."""
    form = Form.of(posted)
    reason = form.text("reason", "chưa ghi lý do", "ghi vì sao danh sách vẫn được nhận")
    if not form.fails:
        try:
            accept(key, reason, person.giver, looked_at=form.get("seen"))
        except Refused as refused:
            form.overtaken(refused, {"--reason": "reason"})
    if form.fails:
        return _page(request, person, key, form, 422)
    return go_to(f"/chuyen/{key}", "Đã chấp nhận danh sách." + tell_service())


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        late = [
            (
                candidate.meeting,
                nomination_deadline(candidate.meeting.day_to_judge, dossier.plan.rules, dossier.calendar),
            )
            for candidate in dossier.candidates
            if candidate.timeliness is Timeliness.LATE
        ]
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "late": late, "listed": dossier.nominations,
            "incomplete": dossier.nominations is not None and not dossier.nominations.has_thematic_cell,
            "accepted": dossier.acceptance, "accepted_because": dossier.accepted_because,
            "back": f"/chuyen/{key}", "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "nominations/acceptance.html", status=status, **facts)
