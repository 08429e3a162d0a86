"""Answering by a link: lists, findings, scores, reports, remedies; looking changes nothing (R62, R67, D11)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import FormData

from answers.links import (
    FINDINGS,
    NOMINATIONS,
    REMEDIES,
    SCORES,
    SELF_REPORT,
    LinkIsOver,
    NoSuchLink,
    giver_of,
    note_use,
)
from database.links import LinkRow
from database.list_due import due_of_list
from sheets.nominations.nomination_form import nomination_form
from web.desk.access import someone
from web.desk.confirming import Sender, Shown
from web.desk.kept_here import kept_of_link
from web.desk.obligation_form import Posted, looking_at, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.findings import steps as findings_steps
from web.findings.page import TEMPLATES as FINDINGS_TEMPLATES
from web.findings.page import draft_saved, said_after
from web.findings.steps import Writer
from web.nominations import steps as list_steps
from web.nominations.page import TEMPLATES as LIST_TEMPLATES
from web.nominations.page import excel_form
from web.remedies import steps as remedy_steps
from web.remedies.page import TEMPLATES as REMEDY_TEMPLATES
from web.remedies.page import said_after as said_of_remedies
from web.reply.opened import closed_link, of_somebody_else, opened_link
from web.reports import steps as report_steps
from web.reports.page import TEMPLATES as REPORT_TEMPLATES
from web.scores import by_link

router = APIRouter()

REPLY = "/tra-loi/{token}"

_THANKS = "reply/reply_thanks.html"


@dataclass(frozen=True)
class Way:
    """How one purpose is answered: its form, each step of it, and what is said at the end."""

    begin: Callable[[str, LinkRow, Mapping[str, str]], Shown]  #: the last is what the address asks for
    go_on: Callable[[str, LinkRow, Form, FormData], Shown]
    templates: Mapping[str, str]
    said: Callable[[Any], str]
    afterwards: str  #: until when it can be answered again


_WAYS: Mapping[str, Way] = {
    NOMINATIONS: Way(
        lambda key, row, _asked: list_steps.begin(key, _sender(row)),
        lambda key, row, form, posted: list_steps.go_on(key, _sender(row), form, posted),
        LIST_TEMPLATES, lambda shown: f"Đã nhận danh sách {len(shown.facts['lines']):02d} tổ chức đảng.",
        "Đến khi chọn nơi dự, danh sách sửa và gửi lại được; bản sau thay bản trước.",
    ),
    FINDINGS: Way(
        lambda key, row, _asked: findings_steps.begin(key, _writer(row)),
        lambda key, row, form, _posted: findings_steps.go_on(key, _writer(row), form),
        FINDINGS_TEMPLATES, said_after,
        "Đến khi báo cáo của Tổ công tác được duyệt, kết quả sửa và gửi lại được.",
    ),
    SCORES: Way(
        by_link.begin, lambda key, row, form, _posted: by_link.go_on(key, row, form),
        by_link.TEMPLATES, by_link.said_after,
        "Đến khi đợt kết thúc, phiếu sửa và gửi lại được; bản sau thay bản trước.",
    ),
    SELF_REPORT: Way(
        lambda key, row, _asked: report_steps.begin(key, _sender(row)),
        lambda key, row, form, posted: report_steps.go_on(key, _sender(row), form, posted),
        REPORT_TEMPLATES, lambda _shown: "Đã nhận báo cáo.",
        "Đến khi được tiếp nhận, báo cáo sửa và gửi lại được; bản sau thay bản trước.",
    ),
    REMEDIES: Way(
        lambda key, row, _asked: remedy_steps.begin(key, _sender(row)),
        lambda key, row, form, posted: remedy_steps.go_on(key, _sender(row), form, posted),
        REMEDY_TEMPLATES, said_of_remedies, "Có kết quả mới thì gửi tiếp qua liên kết này.",
    ),
}  # fmt: skip


@router.get(REPLY)
def form(request: Request, token: str) -> Response:
    """The recipient's own form. Opened a hundred times, by a person or a scanner, it changes nothing (trap 13)."""
    if someone(request):
        return of_somebody_else(request, token)
    try:
        row, key = opened_link(token)
    except (NoSuchLink, LinkIsOver) as error:
        return closed_link(request, 410 if isinstance(error, LinkIsOver) else 404)
    return _page(request, _WAYS[row.purpose].begin(key, row, request.query_params), row)


@router.post(REPLY)
def answer(request: Request, token: str, posted: Posted) -> Response:
    """One step of it: preview first, then the confirmation, which is the answer."""
    if someone(request):
        return of_somebody_else(request, token)
    try:
        row, key = opened_link(token)
    except (NoSuchLink, LinkIsOver) as error:
        return closed_link(request, 410 if isinstance(error, LinkIsOver) else 404)
    way = _WAYS[row.purpose]
    shown = way.go_on(key, row, Form.of(posted), posted)
    if shown.view != "done":
        return _page(request, shown, row)
    if shown.is_new:
        note_use(row)
        tell_service()
    return go_to(f"/tra-loi/{token}/da-nhan", way.said(shown))


@router.get(REPLY + "/da-nhan")
def thanks(request: Request, token: str) -> Response:
    """What was received, and that it can be answered again."""
    if someone(request):
        return of_somebody_else(request, token)
    try:
        row, key = opened_link(token)
    except (NoSuchLink, LinkIsOver) as error:
        return closed_link(request, 410 if isinstance(error, LinkIsOver) else 404)
    way = _WAYS[row.purpose]
    facts = {**way.begin(key, row, {}).facts, "afterwards": way.afterwards}
    facts["listed"] = _listed(key) if row.purpose == NOMINATIONS else None
    return _page(request, Shown("thanks", 200, facts), row)


@router.post(REPLY + "/nhap")
def autosave(request: Request, token: str, posted: Posted) -> Response:
    """What an inspector's browser saves while he types; a host's form keeps nothing on the way."""
    try:
        row, key = opened_link(token)
    except (NoSuchLink, LinkIsOver) as error:
        raise HTTPException(410 if isinstance(error, LinkIsOver) else 404) from None
    if someone(request):
        raise HTTPException(403)
    if row.purpose != FINDINGS:
        raise HTTPException(404)
    return draft_saved(key, _writer(row), Form.of(posted))


@router.get(REPLY + "/mau.xlsx")
def empty_form(request: Request, token: str) -> Response:
    """The host's own Excel form."""
    if someone(request):
        return of_somebody_else(request, token)
    try:
        row, key = opened_link(token)
    except (NoSuchLink, LinkIsOver) as error:
        return closed_link(request, 410 if isinstance(error, LinkIsOver) else 404)
    if row.purpose != NOMINATIONS:
        raise HTTPException(404)
    with looking_at(key) as dossier:
        content = nomination_form(
            dossier.plan, dossier.unit, dossier.visit.year, dossier.visit.month, due_of_list(dossier)
        )
    return excel_form(content, key)


def _sender(row: LinkRow) -> Sender:
    return Sender(giver_of(row), f"link:{row.id}", outside=True)


def _writer(row: LinkRow) -> Writer:
    return Writer(giver_of(row), f"link:{row.id}", outside=True)


def _listed(key: str) -> Any:
    with looking_at(key) as dossier:
        return dossier.nominations


def _page(request: Request, shown: Shown, row: LinkRow) -> Response:
    action = request.url.path.removesuffix("/da-nhan")
    more: dict[str, Any] = {
        "action": action,
        "back": "",
        "said": shown.message,
        "recipient": row.name,
        "purpose": row.purpose,
    }
    opened = request.method == "GET"
    more["kept_here"] = shown.facts.get("kept_here") or kept_of_link(row.id, shown.facts["key"], opened=opened)
    template = _WAYS[row.purpose].templates.get(shown.view, _THANKS)
    return page(request, None, template, status=shown.status, **{**shown.facts, **more, "expires_at": row.expires_at})
