"""A meeting that moves, and a visit that is called off (A23)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from answers.changes import cancel, move
from database import documents, outbox
from domain.dates import OFFICE_ZONE, short_date
from domain.letters_and_documents import Purpose
from domain.post import has_reached
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import VISIT, Posted, VisitKey, about, looking_at, note_seen, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter()

Mover = Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER))]
Caller = Annotated[Person, Depends(needs(Role.LEADER, Role.OFFICER))]


@router.get(VISIT + "/doi/{number}")
def move_form(request: Request, person: Mover, key: VisitKey, number: int) -> Response:
    """The meeting as it is set, and fields for what it becomes."""
    return _move_page(request, person, key, number, typed_before(request, person))


@router.post(VISIT + "/doi/{number}")
def move_answer(request: Request, person: Mover, key: VisitKey, number: int, posted: Posted) -> Response:
    """The change; who was told before is told again."""
    form = Form.of(posted)
    starts_at = form.moment("day", "time")
    venue, reason = form.text("venue"), form.text("reason", "chưa ghi lý do", "ghi vì sao chuyển")
    change = ""
    if not form.fails and starts_at:
        try:
            seen = form.get("seen")
            change = move(key, number, starts_at, person.giver, venue=venue, reason=reason, looked_at=seen)
        except Refused as refused:
            form.overtaken(refused, {"--to": "day"})
    if form.fails:
        return _move_page(request, person, key, number, form, 422)
    return go_to(f"/chuyen/{key}", f"Đã chuyển: {change}." + tell_service())


@router.get(VISIT + "/huy")
def cancel_form(request: Request, person: Caller, key: VisitKey) -> Response:
    """Who would be told, and a field for the reason."""
    return _cancel_page(request, person, key, typed_before(request, person))


@router.post(VISIT + "/huy")
def cancel_answer(request: Request, person: Caller, key: VisitKey, posted: Posted) -> Response:
    """The visit is called off; it cannot be taken back."""
    form = Form.of(posted)
    reason = form.text("reason", "chưa ghi lý do", "lý do được nêu trong thư báo hủy")
    if not form.get("sure"):
        form.note("sure", "chưa xác nhận", "đánh dấu vào ô này nếu chắc chắn hủy")
    if not form.fails:
        try:
            cancel(key, reason, person.giver, looked_at=form.get("seen"))
        except Refused as refused:
            form.overtaken(refused, {"--reason": "reason"})
    if form.fails:
        return _cancel_page(request, person, key, form, 422)
    return go_to(f"/chuyen/{key}", "Đã hủy đợt." + tell_service())


def _move_page(request: Request, person: Person, key: str, number: int, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        meeting = next(
            (candidate.meeting for candidate in dossier.candidates if candidate.meeting.number == number), None
        )
        if meeting is None:
            raise HTTPException(404)
        note_seen(form, dossier)
        local = meeting.starts_at.astimezone(OFFICE_ZONE)
        form.values = {"day": short_date(local.date()), "time": f"{local:%H:%M}"} | form.values
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "meeting": meeting, "is_chosen": meeting in dossier.chosen,
            "has_findings": dossier.findings is not None,
            "issued": documents.latest_issued(dossier.session, dossier.visit.id, Purpose.SELECTION_NOTICE) is not None,
            "back": f"/chuyen/{key}", "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "changes/move.html", status=status, **facts)


def _cancel_page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        letters = outbox.of_visit(dossier.session, dossier.visit.id)
        told = sorted({letter.addressee.address for letter in letters if has_reached(letter.states)})
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "told": told, "back": f"/chuyen/{key}", "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "changes/cancel.html", status=status, **facts)
