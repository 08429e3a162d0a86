"""One's own calendar: a link to it is made, shown once, and taken back; and the calendar itself, by that link."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from sqlalchemy.orm import Session

from answers import calendar_links as decide
from config.settings import settings
from database import accounts, audit, calendar_links, clock
from database.engine import reading
from domain.dates import at
from web.desk.access import SignedIn, person_of
from web.desk.render import go_to, page
from web.feeds.dates import YearDate, read_dates
from web.feeds.ics import calendar_of

router = APIRouter(prefix="/lich")

#: Calendars keep what they got, and ask whether it still holds.
_KEPT = {"cache-control": "private, no-cache"}


@router.get("")
def own_calendar(request: Request, person: SignedIn) -> Response:
    """What the calendar holds, and whether there is a link to it."""
    with reading(settings().database) as session:
        link = calendar_links.live(session, person.id)
    return page(request, person, "feeds/feeds.html", link=link, address="")


@router.post("")
def decide_about_link(request: Request, person: SignedIn, do: Annotated[str, Form()] = "") -> Response:
    """Make a link, which is shown on this one answer and kept nowhere, or take it back."""
    if do == "revoke":
        said = "Đã thu hồi: liên kết lịch không mở được nữa."
        return go_to("/lich", said if decide.revoke(person.id, person.giver) else "Không có liên kết nào để thu hồi.")
    if do != "make":
        return go_to("/lich")
    key = decide.make(person.id, person.giver)
    with reading(settings().database) as session:
        link = calendar_links.live(session, person.id)
    address = f"{settings().public_url.rstrip('/') or settings().desk_url}/lich/{key}.ics"
    return page(request, person, "feeds/feeds.html", link=link, address=address)


@router.get("/{key}.ics")
def calendar_file(request: Request, key: str) -> Response:
    """The calendar of whoever was given that link, by what he may see today; unchanged, it is not sent again."""
    with reading(settings().database) as session:
        row = calendar_links.owner(session, key)
        if row is None:
            raise HTTPException(404)
        person = person_of(row, accounts.places_of(session, row.id, clock.now(session).date()))
        dates, changed = read_dates(session, person), _changed_at(session)
    tag = _tag(dates)
    headers = {**_KEPT, "etag": tag}
    if changed:
        headers["last-modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _is_known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    content = calendar_of(dates, settings().desk_url, settings().mail_domain)
    headers["content-disposition"] = 'inline; filename="lich.ics"'
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _tag(dates: Sequence[YearDate]) -> str:
    """Known by what the file would be made of: to write it takes longer than to read the dates."""
    made_of = (_FORM, settings().desk_url, settings().mail_domain, *dates)
    return f'"{hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]}"'


#: Of the file; another one makes every calendar ask for it anew.
_FORM = 1


def _changed_at(session: Session) -> datetime | None:
    """The second in which anything was last recorded, or in which today began: days that are not told yet go by it.

    None while that second is not over: what comes later in it would have the same stamp.
    """
    now, last = clock.now(session), audit.last_at(session)
    newest = max(last, at(now.date())) if last else at(now.date())
    return newest.replace(microsecond=0) if now - newest > timedelta(seconds=1) else None


def _is_known(request: Request, tag: str, changed: datetime | None) -> bool:
    """Whether the calendar that asks has this very file; its tag counts before its date (RFC 9110, 13.2.2)."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in known.split(","))
    since = _moment(request.headers.get("if-modified-since", ""))
    return bool(changed and since and changed <= since)


def _moment(given: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(given)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
