"""What every page of a draft begins with: the draft of that year, and how a change of it is answered."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Response

from config.settings import settings
from database import plan_drafts
from database.engine import reading
from database.plan_drafts import PlanDraft
from domain.problem import Overtaken, Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.posted_form import Form
from web.desk.render import go_to, page

#: Officers draw plans up; the admin does so before there are officers.
Planner = Annotated[Person, Depends(needs(Role.OFFICER, Role.ADMIN))]

DRAFT = "/ke-hoach/{year}"


def draft_of(year: int) -> PlanDraft:
    """The draft of that year; 404 where nobody has begun one."""
    found = None
    if 2000 <= year <= 2100:  # a database refuses to look for a number beyond all measure
        with reading(settings().database) as session:
            found = plan_drafts.find(session, year)
    if found is None:
        raise HTTPException(404)
    return found


def show(
    request: Request, person: Person, template: str, draft: PlanDraft, form: Form, status: int = 200, **facts: Any
) -> Response:
    """A page of the draft; the form carries the version that it shows, unless an earlier page has shown another."""
    form.values.setdefault("seen", f"{draft.version}")
    return page(request, person, template, status=status, draft=draft, plan=draft.plan, form=form, **facts)


def changed(form: Form, change: Callable[[int], PlanDraft]) -> PlanDraft | None:
    """Make the change on the version that the page showed; None with the reasons in the form where it cannot be."""
    try:
        return change(form.version("seen"))
    except Overtaken as refused:
        form.overtaken(refused)
    except Refused as refused:
        form.refused(refused.problems)
    return None


def back_to(year: int, said: str, part: str = "") -> Response:
    """To the draft, or to a part of it, with what was done."""
    return go_to(f"/ke-hoach/{year}{part}", said)
