"""What a host reports about its recommendations, entered by an officer (D11)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from config.addresses import page_of_key
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.confirming import MailNumber, Shown, opened_form, sender_of, shown_page
from web.desk.obligation_form import FOLLOW_UP, Posted, VisitKey, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to
from web.desk.unsent import typed_before
from web.remedies import steps as remedy_steps

router = APIRouter()

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]

TEMPLATES = {"form": "remedies/remedies.html", "preview": "desk/preview.html"}


@router.get(FOLLOW_UP + "/tra-loi")
def form(request: Request, person: Officer, key: VisitKey, thu: MailNumber = 0) -> Response:
    """Every recommendation with a place for what was done."""
    sender, typed = sender_of(person), typed_before(request, person)
    return _page(request, person, key, opened_form(remedy_steps, key, sender, typed, thu))


@router.post(FOLLOW_UP + "/tra-loi")
def answer(request: Request, person: Officer, key: VisitKey, posted: Posted) -> Response:
    """One step of it; the last is the answer."""
    shown = remedy_steps.go_on(key, sender_of(person), Form.of(posted), posted)
    if shown.view != "done":
        return _page(request, person, key, shown)
    return go_to(page_of_key(key), said_after(shown) + (tell_service() if shown.is_new else ""))


def said_after(shown: Shown) -> str:
    """What is said when it was taken."""
    left = shown.facts.get("left")
    return "Đã ghi kết quả thực hiện" + (f"; còn {left:02d} kiến nghị chưa xong." if left else ".")


def _page(request: Request, person: Person, key: str, shown: Shown) -> Response:
    return shown_page(request, person, shown, TEMPLATES, page_of_key(key))
