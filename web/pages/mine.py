"""What waits for the person who looks, most urgent first, each with its one button."""

from fastapi import APIRouter, Request, Response

from config.settings import settings
from database.engine import reading
from domain import words
from web.access import SignedIn
from web.render import page
from web.views.mine import LETTERS, read_mine

router = APIRouter()


@router.get("/viec-cua-toi")
def mine(request: Request, person: SignedIn) -> Response:
    """The visits and letters that wait for one of this person's roles."""
    with reading(settings().database) as session:
        view = read_mine(session, person)
    return page(request, person, "mine.html", view=view, letter_words=words.LETTERS, letter_jobs=LETTERS)
