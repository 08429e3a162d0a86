"""The addresses of a draft: field by field as for a plan in use, or pasted from a sheet for many units at once."""

from fastapi import APIRouter, Request, Response

from answers import plan_drafts as drawing_up
from config.contacts_form import SECTIONS
from domain.text import clean
from web.admin.contacts_fields import read_contacts, sections_of
from web.desk.access import Person
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.unsent import typed_before
from web.planning.draft import DRAFT, Planner, back_to, changed, draft_of, show
from web.planning.pasted import take_pasted

router = APIRouter()


@router.get(DRAFT + "/dia-chi")
def form(request: Request, person: Planner, year: int) -> Response:
    """Every address that the draft asks for."""
    return _page(request, person, year, typed_before(request, person))


@router.post(DRAFT + "/dia-chi")
def save(request: Request, person: Planner, year: int, posted: Posted) -> Response:
    """Keep what was typed, half of it as well: what is lacking keeps the plan from being loaded only."""
    form, draft = Form.of(posted), draft_of(year)
    typed = {name: clean(value) for name, value in form.values.items()}
    contacts = take_pasted(form, draft.plan, read_contacts(typed, draft.contacts))
    if form.fails:
        return _page(request, person, year, form, 422)
    done = changed(form, lambda seen: drawing_up.change_contacts(year, contacts, person.giver, seen=seen))
    return back_to(year, "Đã ghi địa chỉ.") if done else _page(request, person, year, form, 422)


def _page(request: Request, person: Person, year: int, form: Form, status: int = 200) -> Response:
    draft = draft_of(year)
    typed = {name: clean(value) for name, value in form.values.items()}
    contacts = read_contacts(typed, draft.contacts)
    facts = {"sections": list(sections_of(draft.plan, contacts)), "with_phone": SECTIONS["staff"]}
    return show(request, person, "planning/addresses.html", draft, form, status, **facts)
