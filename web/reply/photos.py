"""The photos of a visit by an inspector's link to its findings; every other link has none (R14)."""

from fastapi import APIRouter, HTTPException, Request, Response

from answers.links import FINDINGS, LinkIsOver, NoSuchLink, giver_of
from web.desk.access import someone
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.photos import steps
from web.photos.steps import Keeper
from web.reply.opened import closed_link, of_somebody_else, opened_link

router = APIRouter()

PHOTOS = "/tra-loi/{token}/anh"


@router.get(PHOTOS)
def album(request: Request, token: str) -> Response:
    """Every photo, and the form for one more."""
    return _answer(request, token, Form({}))


@router.post(PHOTOS)
def change(request: Request, token: str, posted: Posted) -> Response:
    """One more, or one of one's own less."""
    return _answer(request, token, Form.of(posted), posted)


@router.get(PHOTOS + "/{number}.png")
def photo(request: Request, token: str, number: int) -> Response:
    """One of them."""
    try:
        key, _ = _opened(request, token)
    except (NoSuchLink, LinkIsOver) as error:
        raise HTTPException(410 if isinstance(error, LinkIsOver) else 404) from None
    return steps.picture(key, number)


def _answer(request: Request, token: str, form: Form, posted: Posted | None = None) -> Response:
    if someone(request):
        return of_somebody_else(request, token)
    try:
        key, keeper = _opened(request, token)
    except (NoSuchLink, LinkIsOver) as error:
        return closed_link(request, 410 if isinstance(error, LinkIsOver) else 404)
    if posted is not None and (said := steps.act(key, keeper, form, posted)):
        return go_to(request.url.path, said)
    facts = steps.facts_of(key, keeper, form)
    more = {"action": request.url.path, "form_page": f"/tra-loi/{token}", "back": "", "outside": True}
    return page(request, None, steps.TEMPLATE, status=422 if posted is not None else 200, **facts, **more)


def _opened(request: Request, token: str) -> tuple[str, Keeper]:
    """The visit, and who opens its photos; 404 for every link but one to findings."""
    row, key = opened_link(token)
    if someone(request):
        raise HTTPException(403)
    if row.purpose != FINDINGS:
        raise HTTPException(404)
    return key, Keeper(giver_of(row))
