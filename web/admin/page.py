"""Accounts and stand-ins, for admins."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from sqlalchemy.orm import Session

from answers import accounts as decide
from config.settings import settings
from database import accounts, clock
from database.accounts import AccountRow
from database.engine import reading, writing
from domain.dates import parse_date
from domain.problem import Problem, Refused
from domain.role import OF_ACCOUNTS, Role
from web.desk.access import Person, needs
from web.desk.render import go_to, page

router = APIRouter(prefix="/quan-tri")

Admin = Annotated[Person, Depends(needs(Role.ADMIN))]
Text = Annotated[str, Form()]
Many = Annotated[list[str], Form()]

_ROLES = {role.value: role.titled for role in OF_ACCOUNTS}
_NEW = {"login": "", "name": "", "email": "", "roles": [], "active": True}


@router.get("")
def overview(request: Request, person: Admin) -> Response:
    """Every account, and who takes whose place."""
    return _overview(request, person)


@router.get("/tai-khoan")
def new(request: Request, person: Admin) -> Response:
    """The form for a new account."""
    return page(request, person, "admin/account.html", account=_NEW, is_new=True, roles=_ROLES)


@router.post("/tai-khoan")
def add(
    request: Request, person: Admin, login: Text = "", name: Text = "", email: Text = "", roles: Many = [],  # noqa: B006 - FastAPI copies it
) -> Response:  # fmt: skip
    """A new account, with a password to hand over that is shown once."""
    password = decide.new_password()
    try:
        with writing(settings().database) as session:
            made = decide.add(session, login, name, roles, password, person.name, email=email)
    except Refused as refused:
        typed = {"login": login, "name": name, "email": email, "roles": roles, "active": True}
        facts = {"account": typed, "is_new": True, "roles": _ROLES, "problems": refused.problems}
        return page(request, person, "admin/account.html", status=422, **facts)
    return page(request, person, "admin/password_once.html", login=made.login, password=password, is_new=True)


@router.get("/tai-khoan/{login}")
def one(request: Request, person: Admin, login: str) -> Response:
    """One account."""
    with reading(settings().database) as session:
        row = _account(session, login)
    return page(request, person, "admin/account.html", account=row, is_new=False, roles=_ROLES)


@router.post("/tai-khoan/{login}")
def change(
    request: Request, person: Admin, login: str, name: Text = "", email: Text = "", active: Text = "", roles: Many = [],  # noqa: B006 - FastAPI copies it
) -> Response:  # fmt: skip
    """Another name, address, other roles; locked or not."""
    try:
        with writing(settings().database) as session:
            row = _account(session, login)
            decide.change(session, row, person.name, name=name, email=email, roles=roles, active=bool(active))
    except Refused as refused:
        typed = {"login": login, "name": name, "email": email, "roles": roles, "active": bool(active)}
        facts = {"account": typed, "is_new": False, "roles": _ROLES, "problems": refused.problems}
        return page(request, person, "admin/account.html", status=422, **facts)
    return go_to("/quan-tri", f"Đã sửa tài khoản {login}.")


@router.post("/tai-khoan/{login}/mat-khau")
def password(request: Request, person: Admin, login: str) -> Response:
    """A new password to hand over, shown once; nothing keeps it, not even a cookie on the way."""
    made = decide.new_password()
    with writing(settings().database) as session:
        decide.set_password(session, _account(session, login), made, person.name)
    return page(request, person, "admin/password_once.html", login=login, password=made, is_new=False)


@router.post("/thay")
def stand_in(
    request: Request, person: Admin, who: Text = "", place_of: Text = "", first: Text = "", last: Text = ""
) -> Response:
    """Let one person take another's place for a while."""
    typed = {"who": who, "place_of": place_of, "first": first, "last": last}
    try:
        days = [parse_date(day) for day in (first, last)]
        with writing(settings().database) as session:
            decide.stand_in(session, who, place_of, days[0], days[1], person.name)
    except ValueError as error:
        return _overview(request, person, typed, Problem("ngày", str(error)))
    except Refused as refused:
        return _overview(request, person, typed, *refused.problems)
    return go_to("/quan-tri#thay", "Đã giao thay.")


@router.post("/thay/{number}/thoi")
def end_stand_in(person: Admin, number: int) -> Response:
    """Take it back before its time."""
    with writing(settings().database) as session:
        decide.end_stand_in(session, number, person.name)
    return go_to("/quan-tri#thay", "Đã thôi giao thay.")


def _overview(request: Request, person: Person, typed: dict[str, str] | None = None, *problems: Problem) -> Response:
    with reading(settings().database) as session:
        rows = accounts.everyone(session)
        lent = accounts.stand_ins(session, since=clock.now(session).date())
    empty = {"who": "", "place_of": "", "first": "", "last": ""}
    return page(
        request, person, "admin/overview.html", status=422 if problems else 200, problems=problems, rows=rows,
        by_id={row.id: row for row in rows}, lent=lent, typed=typed or empty,
    )  # fmt: skip


def _account(session: Session, login: str) -> AccountRow:
    row = accounts.by_login(session, login)
    if row is None:
        raise HTTPException(404)
    return row
