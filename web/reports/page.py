"""A unit's report entered by an officer, and what the office says about it: accepted, or sent back (R66–R69, D13)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from answers import self_reports
from config.addresses import page_of_key
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.confirming import MailNumber, Shown, opened_form, sender_of, shown_page
from web.desk.obligation_form import REPORT, Posted, VisitKey, about, looking_at, note_seen, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.reports import steps as report_steps
from web.reports.facts import report_facts

router = APIRouter()

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]

TEMPLATES = {"form": "reports/self_report.html", "preview": "desk/preview.html"}


@router.get(REPORT + "/nhan")
def form(request: Request, person: Officer, key: VisitKey, thu: MailNumber = 0) -> Response:
    """The form, with the report that is there."""
    sender, typed = sender_of(person), typed_before(request, person)
    return _page(request, person, key, opened_form(report_steps, key, sender, typed, thu))


@router.post(REPORT + "/nhan")
def answer(request: Request, person: Officer, key: VisitKey, posted: Posted) -> Response:
    """One step of it; the last is the answer."""
    shown = report_steps.go_on(key, sender_of(person), Form.of(posted), posted)
    if shown.view != "done":
        return _page(request, person, key, shown)
    return go_to(page_of_key(key), "Đã nhận báo cáo." + (tell_service() if shown.is_new else ""))


@router.get(REPORT + "/xem-xet")
def review_form(request: Request, person: Officer, key: VisitKey) -> Response:
    """The report, and the two buttons."""
    return _review(request, person, key, typed_before(request, person))


@router.post(REPORT + "/xem-xet")
def review_answer(request: Request, person: Officer, key: VisitKey, posted: Posted) -> Response:
    """Accept the version that was seen, or send it back with the reason."""
    form = Form.of(posted)
    try:
        if form.get("do") == "return":
            self_reports.send_back(key, form.text("reason"), person.giver, looked_at=form.get("seen"))
            said = "Đã trả lại báo cáo; đơn vị được đề nghị gửi lại."
        else:
            self_reports.accept(key, person.giver, looked_at=form.get("seen"))
            said = "Đã tiếp nhận báo cáo."
    except Refused as refused:
        form.overtaken(refused, {"--reason": "reason"})
        return _review(request, person, key, form, 422)
    return go_to(page_of_key(key), said + tell_service())


def _page(request: Request, person: Person, key: str, shown: Shown) -> Response:
    return shown_page(request, person, shown, TEMPLATES, page_of_key(key))


def _review(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        facts = {**about(dossier), **report_facts(dossier, sees=True), "form": form}
    more = {"action": request.url.path, "back": page_of_key(key)}
    return page(request, person, "reports/review.html", status=status, **facts, **more)
