"""What waits for the person who looks, most urgent first, each with its one button."""

from fastapi import APIRouter, Request, Response

from config.settings import settings
from database.engine import reading
from domain import words
from web.desk.access import SignedIn
from web.desk.render import page
from web.mine.counting import LETTERS
from web.mine.view import read_mine

router = APIRouter()


@router.get("/viec-cua-toi")
def mine(request: Request, person: SignedIn) -> Response:
    """The visits and letters that wait for one of this person's roles."""
    with reading(settings().database) as session:
        view = read_mine(session, person)
    return page(request, person, "mine/mine.html", view=view, letter_words=words.LETTERS, letter_jobs=LETTERS)
