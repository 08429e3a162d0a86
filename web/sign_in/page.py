"""Signing in and out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response

from answers.first_accounts import rehearsal_logins
from answers.password_strength import REHEARSAL_PASSWORD
from answers.sign_in import Limited, sign_in, sign_out
from config.settings import settings
from domain.problem import Problem, Refused
from web.desk.access import SignedIn, caller, someone, wall_clock
from web.desk.render import go_to, page
from web.desk.security_tokens import drop_cookie, session_cookie, set_cookie

router = APIRouter()

Text = Annotated[str, Form()]

#: Where one begins who wanted nothing else: at what waits for him.
HOME = "/viec-cua-toi"


@router.get("/dang-nhap")
def form(request: Request, tiep: str = "") -> Response:
    """The form; whoever is signed in already goes on."""
    if someone(request):
        return go_to(_own_path(tiep))
    return _form(request, tiep)


@router.post("/dang-nhap")
def enter(request: Request, login: Text = "", password: Text = "", tiep: Text = "") -> Response:
    """Sign in and go where one wanted to go; always with a new session, whatever the browser brought."""
    try:
        token = sign_in(login, password, caller(request), wall_clock())
    except Refused as refused:
        return _form(request, tiep, login, 422, *refused.problems)
    except Limited as limited:
        remedy = f"thử lại sau {limited.minutes} phút, hoặc nhờ quản trị đặt lại mật khẩu"
        return _form(request, tiep, login, 429, Problem("", "Sai quá nhiều lần", remedy))
    response = go_to(_own_path(tiep))
    # Lax: a link in a letter to staff leads to the page, not to the sign-in; forms are guarded by their own token.
    set_cookie(response, session_cookie(), token, same_site="lax")
    return response


@router.post("/dang-xuat")
def leave(request: Request, _person: SignedIn) -> Response:
    """End the session here and on the server; what this browser keeps of drafts goes with it."""
    sign_out(request.cookies.get(session_cookie(), ""))
    response = go_to("/dang-nhap", "Đã đăng xuất.")
    drop_cookie(response, session_cookie())
    response.headers["clear-site-data"] = '"storage"'
    return response


def _form(request: Request, tiep: str, login: str = "", status: int = 200, *problems: Problem) -> Response:
    rehearsal = rehearsal_logins() if settings().mode == "rehearsal" else ()
    return page(
        request, None, "sign_in/sign_in.html", status=status, tiep=_own_path(tiep), login=login, problems=problems,
        rehearsal=rehearsal, rehearsal_password=REHEARSAL_PASSWORD,
    )  # fmt: skip


def _own_path(wanted: str) -> str:
    """The path somebody wanted, if it is one of this desk; nobody is led elsewhere after signing in."""
    parts = urlsplit(wanted)
    strange = parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted
    return HOME if strange or wanted == "/" or not wanted.isprintable() else wanted
