"""A link as somebody opens it: whose it is, and what is said where it does not open (R62)."""

from fastapi import Request, Response

from answers.links import LinkIsOver, NoSuchLink, open_link
from config.addresses import page_of_key
from config.settings import settings
from database import visits
from database.engine import reading
from database.links import LinkRow
from web.desk.access import someone
from web.desk.render import page


def opened_link(token: str) -> tuple[LinkRow, str]:
    """The link and the key of its visit."""
    row = open_link(token)
    with reading(settings().database) as session:
        return row, visits.get(session, row.visit_id).key


def closed_link(request: Request, status: int) -> Response:
    """One polite page for every link that holds no longer or never did, and nothing else."""
    return page(request, None, "reply/reply_closed.html", status=status)


def of_somebody_else(request: Request, token: str) -> Response:
    """Somebody of the office has another's link: his answer would bear the other's name, so he is told his own way."""
    try:
        row, key = opened_link(token)
    except (NoSuchLink, LinkIsOver) as error:
        return closed_link(request, 410 if isinstance(error, LinkIsOver) else 404)
    facts = {"recipient": row.name, "desk_page": page_of_key(key)}
    return page(request, someone(request), "reply/reply_signed_in.html", status=403, **facts)
