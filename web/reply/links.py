"""The links that were given to hosts and inspectors: seen, taken back, made anew by an officer."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from answers.links import address, recipients, renew, revoke
from config.addresses import page_of_key
from config.settings import settings
from database import links
from database.links import LinkRow
from database.secrecy import mark_of
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import FOLLOW_UP, REPORT, VISIT, Posted, VisitKey, about, looking_at, note_seen
from web.desk.posted_form import Form
from web.desk.render import go_to, page

router = APIRouter()

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]

STATES = {"live": "còn hiệu lực", "revoked": "đã thu hồi", "expired": "đã hết hạn"}
PURPOSES = {
    "nominations": "gửi danh sách giới thiệu", "findings": "gửi kết quả giám sát",
    "scores": "chấm điểm buổi sinh hoạt", "self_report": "gửi báo cáo năm", "remedies": "báo cáo thực hiện kiến nghị",
}  # fmt: skip


@router.get(REPORT + "/lien-ket")
@router.get(FOLLOW_UP + "/lien-ket")
@router.get(VISIT + "/lien-ket")
def form(request: Request, person: Officer, key: VisitKey) -> Response:
    """Every link of the visit with what became of it."""
    return _page(request, person, key, Form({}))


@router.post(REPORT + "/lien-ket")
@router.post(FOLLOW_UP + "/lien-ket")
@router.post(VISIT + "/lien-ket")
def answer(request: Request, person: Officer, key: VisitKey, posted: Posted) -> Response:
    """Take one back, or make a new one, which takes the recipient's old one back and is shown here this one time."""
    form = Form.of(posted)
    try:
        if form.get("do") == "revoke":
            row = revoke(key, form.number("link") or 0, person.giver, looked_at=form.get("seen"))
            said = f"Đã thu hồi liên kết của {row.name}."
        else:
            purpose, _, recipient = form.get("recipient").partition("/")
            fresh = renew(key, purpose, recipient, person.giver, looked_at=form.values.pop("seen", ""))
            return _page(request, person, key, form, fresh=fresh)
    except Refused as refused:
        form.overtaken(refused)
        return _page(request, person, key, form, 422)
    return go_to(f"{page_of_key(key)}/lien-ket", said)


def _page(
    request: Request, person: Person, key: str, form: Form, status: int = 200, fresh: LinkRow | None = None
) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        known = [(link, link.state_at(dossier.now)) for link in links.of_visit(dossier.session, dossier.visit.id)]
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "links": known, "states": STATES, "purposes": PURPOSES,
            "fresh": fresh, "fresh_address": address(fresh) if fresh else "",
            "recipients": recipients(dossier), "in_letters": bool(settings().links_from),
            "mark": mark_of(dossier.session, dossier.visit), "back": page_of_key(key), "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "reply/links.html", status=status, **facts)
