"""Who is invited to a visit beside the bodies of the plan (D6, R54–R56)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from answers.guests import invite, uninvite
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import VISIT, Posted, VisitKey, about, looking_at, note_seen, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter()

Inviter = Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER))]


@router.get(VISIT + "/khach-moi")
def form(request: Request, person: Inviter, key: VisitKey) -> Response:
    """The guests, and fields for one more."""
    return _page(request, person, key, typed_before(request, person))


@router.post(VISIT + "/khach-moi")
def answer(request: Request, person: Inviter, key: VisitKey, posted: Posted) -> Response:
    """Invite somebody, or take an invitation back."""
    form = Form.of(posted)
    said = _uninvite(form, key, person) if form.get("do") == "uninvite" else _invite(form, key, person)
    if form.fails:
        return _page(request, person, key, form, 422)
    return go_to(f"/chuyen/{key}/khach-moi", said + tell_service())


def _invite(form: Form, key: str, person: Person) -> str:
    name = form.text("name", "chưa ghi mời ai", "ghi họ tên hoặc tên cơ quan")
    email = form.text("email", "chưa ghi địa chỉ thư", "ghi như ten@co-quan.vn, không dấu")
    title, reason = form.text("title"), form.text("reason")
    if form.fails:
        return ""
    try:
        guest = invite(key, name, email, person.giver, title=title, reason=reason, looked_at=form.get("seen"))
    except Refused as refused:
        form.overtaken(refused, {"--name": "name", "--email": "email"})
        return ""
    return f"Đã ghi mời thêm {guest.name}; giấy mời gửi đi khi thông báo đã phát hành."


def _uninvite(form: Form, key: str, person: Person) -> str:
    number = form.get("guest")
    reason = form.text(f"reason-{number}", "chưa ghi lý do", "lý do được nêu trong thư báo thôi mời")
    if form.fails:
        return ""
    try:
        guest = uninvite(key, form.text("guest_email"), person.giver, reason=reason, looked_at=form.get("seen"))
    except Refused as refused:
        form.overtaken(refused)
        return ""
    return f"Đã ghi thôi mời {guest.name}; chỉ nơi này được báo."


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "guests": dossier.guests, "chosen": dossier.chosen,
            "bodies": [one.name for one in dossier.plan.invited()],
            "over": bool(dossier.chosen) and all(one.starts_at <= dossier.now for one in dossier.chosen),
            "back": f"/chuyen/{key}", "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "guests/guests.html", status=status, **facts)
