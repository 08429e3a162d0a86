"""What waits for the person who looks, most urgent first, each with its one button."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from answers.accounts import wish_weekly
from config.settings import settings
from database.accounts import AccountRow
from database.engine import reading, writing
from domain import words
from domain.role import Role
from web.desk.access import Person, SignedIn, needs
from web.desk.obligation_form import Posted
from web.desk.render import go_to, page
from web.mine.counting import LETTERS
from web.mine.view import read_mine

router = APIRouter()

Leader = Annotated[Person, Depends(needs(Role.LEADER))]


@router.get("/viec-cua-toi")
def mine(request: Request, person: SignedIn) -> Response:
    """The visits and letters that wait for one of this person's roles."""
    with reading(settings().database) as session:
        view = read_mine(session, person)
        weekly = session.get_one(AccountRow, person.id).weekly if Role.LEADER in person.own_roles else None
    return page(
        request, person, "mine/mine.html", view=view, letter_words=words.LETTERS, letter_jobs=LETTERS, weekly=weekly,
    )  # fmt: skip


@router.post("/viec-cua-toi/thu-sang-thu-hai")
def on_mondays(person: Leader, posted: Posted) -> Response:
    """A leader wants a letter on Mondays about what waits for him, or wants none any more; for himself alone."""
    wanted = posted.get("muon") == "1"
    with writing(settings().database) as session:
        wish_weekly(session, person.id, person.name, wanted=wanted)
    said = f"Sáng thứ Hai hằng tuần, khi có việc đang chờ, thư tóm tắt sẽ gửi tới {person.email}."
    return go_to("/viec-cua-toi", said if wanted else "Từ nay không gửi thư tóm tắt sáng thứ Hai.")
