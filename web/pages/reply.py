"""Answering from outside by a link: the host's list, an inspector's findings; looking changes nothing (R62, A5)."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from answers.forms import nomination_form
from answers.links import NOMINATIONS, LinkIsOver, NoSuchLink, giver_of, note_use, open_link
from config.settings import settings
from database import visits
from database.engine import reading
from database.links import LinkRow
from web.forms import findings_steps, list_steps
from web.forms.findings_steps import Writer
from web.forms.list_views import Sender
from web.forms.reading import Form
from web.forms.visit import Posted, looking_at, tell_service
from web.pages.findings import TEMPLATES as FINDINGS_TEMPLATES
from web.pages.findings import draft_saved, said_after
from web.pages.nominations import TEMPLATES as LIST_TEMPLATES
from web.pages.nominations import excel_form
from web.render import go_to, page

router = APIRouter()

REPLY = "/tra-loi/{token}"

_THANKS = "forms/reply_thanks.html"


@router.get(REPLY)
def form(request: Request, token: str) -> Response:
    """The recipient's own form. Opened a hundred times, by a person or a scanner, it changes nothing (trap 13)."""
    try:
        row, key = _opened(token)
    except (NoSuchLink, LinkIsOver) as error:
        return _closed(request, 410 if isinstance(error, LinkIsOver) else 404)
    if row.purpose == NOMINATIONS:
        shown = list_steps.begin(key, _sender(row))
        return _page(request, shown.view, shown.status, shown.facts, row)
    begun = findings_steps.begin(key, _writer(row))
    return _page(request, begun.view, begun.status, begun.facts, row)


@router.post(REPLY)
def answer(request: Request, token: str, posted: Posted) -> Response:
    """One step of it: preview first, then the confirmation, which is the answer."""
    try:
        row, key = _opened(token)
    except (NoSuchLink, LinkIsOver) as error:
        return _closed(request, 410 if isinstance(error, LinkIsOver) else 404)
    form = Form.of(posted)
    if row.purpose == NOMINATIONS:
        shown = list_steps.go_on(key, _sender(row), form, posted)
        if shown.view != "done":
            return _page(request, shown.view, shown.status, shown.facts, row)
        said, again = f"Đã nhận danh sách {len(shown.facts['lines']):02d} tổ chức đảng.", shown.facts["again"]
    else:
        written = findings_steps.go_on(key, _writer(row), form)
        if written.view != "done":
            return _page(request, written.view, written.status, {**written.facts, "said": written.message}, row)
        said, again = said_after(written), written.facts["again"]
    if not again:
        note_use(row)
        tell_service(key)
    return go_to(f"/tra-loi/{token}/da-nhan", said)


@router.get(REPLY + "/da-nhan")
def thanks(request: Request, token: str) -> Response:
    """What was received, and that it can be answered again."""
    try:
        row, key = _opened(token)
    except (NoSuchLink, LinkIsOver) as error:
        return _closed(request, 410 if isinstance(error, LinkIsOver) else 404)
    if row.purpose == NOMINATIONS:
        shown = list_steps.begin(key, _sender(row))
        return _page(request, "thanks", 200, {**shown.facts, "listed": _listed(key)}, row)
    return _page(request, "thanks", 200, {**findings_steps.begin(key, _writer(row)).facts, "listed": None}, row)


@router.post(REPLY + "/nhap")
def autosave(token: str, posted: Posted) -> Response:
    """What an inspector's browser saves while he types; a host's form keeps nothing on the way."""
    try:
        row, key = _opened(token)
    except (NoSuchLink, LinkIsOver) as error:
        raise HTTPException(410 if isinstance(error, LinkIsOver) else 404) from None
    if row.purpose == NOMINATIONS:
        raise HTTPException(404)
    return draft_saved(key, _writer(row), Form.of(posted))


@router.get(REPLY + "/mau.xlsx")
def empty_form(request: Request, token: str) -> Response:
    """The host's own Excel form."""
    try:
        row, key = _opened(token)
    except (NoSuchLink, LinkIsOver) as error:
        return _closed(request, 410 if isinstance(error, LinkIsOver) else 404)
    if row.purpose != NOMINATIONS:
        raise HTTPException(404)
    with looking_at(key) as dossier:
        content = nomination_form(dossier.plan, dossier.unit, dossier.visit.year, dossier.visit.month, dossier.calendar)
    return excel_form(content, key)


def _opened(token: str) -> tuple[LinkRow, str]:
    """The link and the key of its visit."""
    row = open_link(token)
    with reading(settings().database) as session:
        return row, visits.get(session, row.visit_id).key


def _sender(row: LinkRow) -> Sender:
    return Sender(giver_of(row), f"link:{row.id}", outside=True)


def _writer(row: LinkRow) -> Writer:
    return Writer(giver_of(row), f"link:{row.id}", outside=True)


def _listed(key: str) -> Any:
    with looking_at(key) as dossier:
        return dossier.nominations


def _closed(request: Request, status: int) -> Response:
    """One polite page for every link that holds no longer or never did, and nothing else."""
    return page(request, None, "forms/reply_closed.html", status=status)


def _page(request: Request, view: str, status: int, facts: Mapping[str, Any], row: LinkRow) -> Response:
    action = request.url.path.removesuffix("/da-nhan")
    more = {"action": action, "back": "", "said": facts.get("said", ""), "recipient": row.name, "purpose": row.purpose}
    templates = LIST_TEMPLATES if row.purpose == NOMINATIONS else FINDINGS_TEMPLATES
    return page(
        request, None, templates.get(view, _THANKS), status=status, **{**facts, **more, "expires_at": row.expires_at}
    )
