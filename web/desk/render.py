"""Turns a template and its facts into a page; the one file that knows the desk's Jinja2 environment."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from config.addresses import page_of_key
from config.settings import settings
from database import clock
from database.engine import reading
from database.holding import why_held
from database.outbox import held_count
from domain.dates import long_date, short_date
from domain.letters_and_documents import purpose_called
from domain.role import titles
from letters.refusal import reason
from web.desk.access import Person
from web.desk.navigation import Counters, menu_of
from web.desk.security_tokens import (
    FIELD,
    TYPIST,
    drop_cookie,
    form_cookie,
    form_seed,
    form_token,
    message_cookie,
    pack,
    set_cookie,
    typist_mark,
    unpack,
)
from web.desk.words import for_the_desk

FOLDER = Path(__file__).parent.parent
STATIC = FOLDER / "static"

_MESSAGE_SECONDS = 120  # a message that its page never showed is stale soon


def page(request: Request, person: Person | None, template: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
    """The page of that template. `problems` among the facts are shown at the top of it; see `_for_everyone`."""
    known: dict[str, Any] = {**_for_everyone(request, person), **facts}
    response = HTMLResponse(environment().get_template(template).render(known), status_code=status)
    if form_cookie() not in request.cookies:
        # Lax, because the first page is often opened from a letter: a reply to it must find its cookie.
        set_cookie(response, form_cookie(), form_seed(request), same_site="lax")
    if message_cookie() in request.cookies:
        drop_cookie(response, message_cookie())
    return response


def go_to(url: str, message: str = "") -> Response:
    """After a POST: the way to the page that shows the result, and what to say there."""
    response = RedirectResponse(url, status_code=303)
    if message:
        set_cookie(response, message_cookie(), pack(message), seconds=_MESSAGE_SECONDS)
    return response


def _for_everyone(request: Request, person: Person | None) -> Mapping[str, Any]:
    """The facts that every template has beside its own."""
    now, is_rehearsal = _clock(request)
    held = _held() if person else None
    token = form_token(request.cookies, form_seed(request))
    return {
        "person": person,
        "now": now,
        "today": now.date(),
        "is_rehearsal": is_rehearsal,
        "held_letters": held,
        "menu": menu_of(person),
        "menu_counts": _menu_counts(request, person),
        "path": request.url.path,
        "message": unpack(request.cookies.get(message_cookie(), "")),
        "problems": (),
        "csrf": token,
        "csrf_field": lambda: _hidden(FIELD, token) + (_hidden(TYPIST, typist_mark(person.id)) if person else ""),
        "prefect_url": settings().prefect_url,
    }


def _menu_counts(request: Request, person: Person | None) -> Mapping[str, int]:
    """What waits for this person behind the entries of the menu, by their addresses."""
    counters: Counters = getattr(request.app.state, "menu_counters", {})
    if person is None or not counters:
        return {}
    with reading(settings().database) as session:
        return {url: count(session, person) for url, count in counters.items()}


def _held() -> int | None:
    """How many letters are held, while letters are held at all; None on most days (P3)."""
    of = settings()
    if of.mode != "live":
        return None
    with reading(of.database) as session:
        return held_count(session) if why_held(session, of) else None


def _hidden(name: str, value: str) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


def _clock(request: Request) -> tuple[datetime, bool]:
    """The service's clock as it was when this request was looked at first."""
    if not hasattr(request.state, "now"):
        with reading(settings().database) as session:
            request.state.now, request.state.is_rehearsal = clock.look(session)
    return request.state.now, request.state.is_rehearsal


@cache
def environment() -> Environment:
    """The templates of the desk: everything is escaped, a missing fact is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": _day, "moment": _moment, "long_day": long_date, "desk_words": for_the_desk}
    made.globals |= {"asset": asset, "page_of": page_of_key, "role_names": titles, "purpose_called": purpose_called}
    made.globals["why_refused"] = reason
    return made


@cache
def asset(name: str) -> str:
    """The address of a file in `static`, new whenever its content is, so that browsers may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _day(value: date | datetime | None) -> str:
    """`03/01/2024`, or a dash."""
    return short_date(value) if value else "—"


def _moment(value: datetime | None) -> str:
    """`09:30 03/01/2024`, or a dash."""
    return f"{value:%H:%M} {short_date(value)}" if value else "—"
