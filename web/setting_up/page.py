"""The first day at the desk: the steps, the beginning of the first plan, the mail server, the look at the whole."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from answers import plan_drafts as drawing_up
from config.settings import settings
from database import clock
from database.engine import reading
from domain.plan import Contacts, Issuer, Plan, SelfSupervision, Signer
from domain.problem import Refused
from web.desk.access import Person
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.planning.content_form import ISSUER, SIGNER
from web.planning.pattern import pattern_for
from web.setting_up.admin import Admin
from web.setting_up.doctor import examine
from web.setting_up.steps import steps_of

router = APIRouter(prefix="/thiet-lap")


@router.get("")
def overview(request: Request, person: Admin) -> Response:
    """How far the office has come, and the form with which it begins."""
    return _overview(request, person, typed_before(request, person))


@router.post("")
def begin(request: Request, person: Admin, posted: Posted) -> Response:
    """Begin the first plan under the office's own head; the rest of it is drafted."""
    form = Form.of(posted)
    year = form.number("year", "chưa ghi năm", "ghi như 2026")
    if year is not None and not 2000 <= year <= 2100:
        form.note("year", f"không lập kế hoạch cho năm {year}", "ghi như 2026")
    issuer = Issuer(**{name: form.text(f"issuer-{name}", "chưa ghi", hint) for name, (_, hint) in ISSUER.items()})
    needed = {name: "" if name == "authority" else "chưa ghi" for name in SIGNER}
    signer = Signer(**{name: form.text(f"signer-{name}", needed[name], "ghi như trên văn bản") for name in SIGNER})
    if form.fails or year is None:
        return _overview(request, person, form, 422)
    try:
        pattern, contacts = _under(year, issuer, signer, empty=form.get("units") == "none")
        drawing_up.begin(year, pattern, contacts, person.giver)
    except Refused as refused:
        form.refused(refused.problems)
        return _overview(request, person, form, 422)
    return go_to("/thiet-lap", f"Đã lập bản dự thảo kế hoạch năm {year}.")


@router.get("/kham")
def health(request: Request, person: Admin) -> Response:
    """Where the doctor is called: his look takes a while, and is not taken by opening a page."""
    return page(request, person, "setting_up/doctor.html", report=None)


@router.post("/kham")
def look(request: Request, person: Admin) -> Response:
    """The doctor's look at everything, one at a time."""
    return page(request, person, "setting_up/doctor.html", report=examine(settings()))


def _under(year: int, issuer: Issuer, signer: Signer, *, empty: bool) -> tuple[Plan, Contacts | None]:
    """The pattern under that head; without units for an office whose units nobody has shipped."""
    pattern, contacts = pattern_for(year)
    plan = replace(pattern, issuer=issuer, signer=signer)
    if empty:
        plan = replace(plan, units=(), visits=(), self_supervising=SelfSupervision(plan.self_supervising.due, ()))
    return plan, contacts


def _overview(request: Request, person: Person, form: Form, status: int = 200) -> Response:
    with reading(settings().database) as session:
        steps, this = steps_of(session), clock.now(session).year
    form.values.setdefault("year", f"{this}")
    return page(
        request, person, "setting_up/steps.html", status=status, form=form, steps=steps, issuer=ISSUER, signer=SIGNER,
        next_step=next((one for one in steps if not one.done and one.url), None),
    )  # fmt: skip
