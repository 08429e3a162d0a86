"""The host's list entered by the office: typed row by row, or from a file with a preview (R62, A22)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from database.list_due import due_of_list
from domain.role import Role
from sheets.nominations.nomination_form import nomination_form
from web.desk.access import Person, needs
from web.desk.confirming import MailNumber, Shown, opened_form, sender_of, shown_page
from web.desk.obligation_form import VISIT, Posted, VisitKey, looking_at, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to
from web.desk.unsent import typed_before
from web.nominations import steps as list_steps

router = APIRouter()

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES = {"form": "nominations/nominations.html", "preview": "nominations/nominations_preview.html"}


@router.get(VISIT + "/de-cu")
def form(request: Request, person: Officer, key: VisitKey, thu: MailNumber = 0) -> Response:
    """The form, with the list that is there; `thu` is the message of the inbox beside which it is opened."""
    sender, typed = sender_of(person), typed_before(request, person)
    return _page(request, person, opened_form(list_steps, key, sender, typed, thu))


@router.post(VISIT + "/de-cu")
def answer(request: Request, person: Officer, key: VisitKey, posted: Posted) -> Response:
    """One step of it; the last is the answer."""
    shown = list_steps.go_on(key, sender_of(person), Form.of(posted), posted)
    if shown.view != "done":
        return _page(request, person, shown)
    count = len(shown.facts["lines"])
    return go_to(f"/chuyen/{key}", f"Đã nhận danh sách {count:02d} tổ chức đảng." + tell_service())


@router.get(VISIT + "/de-cu/mau.xlsx")
def empty_form(_person: Officer, key: VisitKey) -> Response:
    """The Excel form of this host and month."""
    with looking_at(key) as dossier:
        form = nomination_form(
            dossier.plan, dossier.unit, dossier.visit.year, dossier.visit.month, due_of_list(dossier)
        )
    return excel_form(form, key)


def excel_form(content: bytes, key: str) -> Response:
    """An Excel file to keep."""
    name = f"{key.replace('/', '_')}_mau-danh-sach.xlsx"
    return Response(content, media_type=_XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def _page(request: Request, person: Person, shown: Shown) -> Response:
    return shown_page(request, person, shown, TEMPLATES, f"/chuyen/{shown.facts['key']}")
