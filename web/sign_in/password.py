"""Changing one's own password."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from answers.accounts import set_password
from answers.sign_in import Limited, is_own_password
from config.settings import settings
from database.accounts import AccountRow
from database.engine import writing
from domain.problem import Problem, Refused
from web.desk.access import Person, SignedIn, caller, wall_clock
from web.desk.render import go_to, page
from web.desk.security_tokens import session_cookie

router = APIRouter()

Text = Annotated[str, Form()]


@router.get("/mat-khau")
def form(request: Request, person: SignedIn) -> Response:
    """The form; the first thing one sees with a password that somebody else has set."""
    return _form(request, person)


@router.post("/mat-khau")
def change(request: Request, person: SignedIn, old: Text = "", new: Text = "", again: Text = "") -> Response:
    """Take the new password; every other browser of this person is signed out."""
    try:
        is_right = is_own_password(person.id, old, caller(request), wall_clock())
    except Limited as limited:
        waiting = Problem("mật khẩu hiện nay", "sai quá nhiều lần", f"thử lại sau {limited.minutes} phút")
        return _form(request, person, waiting, status=429)
    problems = [] if is_right else [Problem("mật khẩu hiện nay", "không đúng", "nhập lại")]
    if new != again:
        problems.append(Problem("nhập lại", "hai lần nhập mật khẩu mới khác nhau", "nhập lại cả hai"))
    if new and new == old:
        problems.append(Problem("mật khẩu mới", "giống mật khẩu hiện nay", "chọn mật khẩu khác"))
    if problems:
        return _form(request, person, *problems)
    try:
        with writing(settings().database) as session:
            row = session.get_one(AccountRow, person.id)
            set_password(session, row, new, person.name, own=True, keep=request.cookies.get(session_cookie(), ""))
    except Refused as refused:
        return _form(request, person, *refused.problems)
    return go_to("/", "Đã đổi mật khẩu.")


def _form(request: Request, person: Person, *problems: Problem, status: int = 422) -> Response:
    return page(
        request, person, "sign_in/password.html", status=status if problems else 200, problems=problems,
        must_change=request.state.must_change,
    )  # fmt: skip
