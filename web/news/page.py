"""What has happened since somebody was here last."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from config.settings import settings
from database.engine import reading
from web.desk.access import SignedIn
from web.desk.render import page
from web.news.view import SINCE, read_news

router = APIRouter()


@router.get("/tu-lan-truoc")
def news(
    request: Request, person: SignedIn, tu: str = "", trang: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """Newest first; since the last time one was here, or of today, or of a week."""
    since = tu if tu in SINCE else next(iter(SINCE))
    with reading(settings().database) as session:
        view = read_news(session, person, since, trang)
    return page(request, person, "news/news.html", view=view, choices=SINCE, link=lambda **to: _link(since, **to))


def _link(since: str, **to: object) -> str:
    return f"/tu-lan-truoc?{urlencode({'tu': since, **to})}"
