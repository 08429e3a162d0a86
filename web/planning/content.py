"""What a draft says: dates, signer, bases, paragraphs, checklist, who attends and who gets it."""

from fastapi import APIRouter, Request, Response

from answers import plan_drafts as drawing_up
from web.desk.access import Person
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.unsent import typed_before
from web.planning.content_form import ISSUER, PROFILES, SIGNER, put_content, read_content, structures
from web.planning.draft import DRAFT, Planner, back_to, changed, draft_of, show

router = APIRouter()


@router.get(DRAFT + "/noi-dung")
def form(request: Request, person: Planner, year: int) -> Response:
    """The text of the plan, field by field."""
    return _page(request, person, year, typed_before(request, person))


@router.post(DRAFT + "/noi-dung")
def save(request: Request, person: Planner, year: int, posted: Posted) -> Response:
    """Keep it in the draft; what the rules say of it stands on the draft's own page."""
    form, plan = Form.of(posted), draft_of(year).plan
    change = read_content(form, plan)
    if change is None:
        return _page(request, person, year, form, 422)
    what = "sửa nội dung dự thảo"
    done = changed(form, lambda seen: drawing_up.change_plan(year, change, person.giver, seen=seen, what=what))
    return back_to(year, "Đã ghi nội dung kế hoạch.") if done else _page(request, person, year, form, 422)


def _page(request: Request, person: Person, year: int, form: Form, status: int = 200) -> Response:
    draft = draft_of(year)
    put_content(form, draft.plan)
    facts = {"issuer": ISSUER, "signer": SIGNER, "profiles": PROFILES, "structures": structures()}
    return show(request, person, "planning/content.html", draft, form, status, **facts)
