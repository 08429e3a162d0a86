"""The photos of a visit at the desk, for those whom its findings concern (R14, A20)."""

from fastapi import APIRouter, HTTPException, Request, Response

from domain.role import Role
from web.desk.access import Person, SignedIn, sees_findings
from web.desk.obligation_form import VISIT, Posted, VisitKey, looking_at
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.photos import steps
from web.photos.steps import Keeper

router = APIRouter()


@router.get(VISIT + "/anh")
def album(request: Request, person: SignedIn, key: VisitKey) -> Response:
    """Every photo, and the form for one more."""
    return _page(request, person, key, Form({}))


@router.post(VISIT + "/anh")
def change(request: Request, person: SignedIn, key: VisitKey, posted: Posted) -> Response:
    """One more, or one less."""
    form = Form.of(posted)
    said = steps.act(key, _keeper(person, key), form, posted)
    return go_to(request.url.path, said) if said else _page(request, person, key, form, 422)


@router.get(VISIT + "/anh/{number}.png")
def photo(person: SignedIn, key: VisitKey, number: int) -> Response:
    """One of them."""
    _keeper(person, key)
    return steps.picture(key, number)


def _keeper(person: Person, key: str) -> Keeper:
    """Whom the findings concern; the working group and officers keep photos, others look."""
    with looking_at(key) as dossier:
        if not sees_findings(person, dossier):
            raise HTTPException(403)
    writes = person.may(Role.INSPECTOR, Role.OFFICER)
    acting = person.acting_as(Role.INSPECTOR, Role.OFFICER) if writes else person
    return Keeper(acting.giver, writes, person.may(Role.OFFICER))


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    facts = steps.facts_of(key, _keeper(person, key), form)
    more = {"action": request.url.path, "back": f"/chuyen/{key}", "outside": False}
    return page(request, person, steps.TEMPLATE, status=status, **facts, **more)
