"""The register of numbers, and what a clerk writes into it apart from any document (F22, F23)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from sqlalchemy.orm import Session

from answers import register
from config.settings import settings
from database import clock, numbers, plans
from database.engine import reading
from database.numbers import Series
from domain import words
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.navigation import OF_REGISTER
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.register.view import name_of, read_page

router = APIRouter(prefix="/so-van-ban")

Reader = Annotated[Person, Depends(needs(*OF_REGISTER))]
Clerk = Annotated[Person, Depends(needs(Role.CLERK))]


@router.get("")
def show(
    request: Request, person: Reader, so: str = "", trang: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """A page of one series, the newest number first."""
    with reading(settings().database) as session:
        view = read_page(session, person, so, trang)
    wanted = name_of(view.look) if view.look else ""
    return page(
        request, person, "register/register.html", view=view, name_of=name_of, wanted=wanted, words=words,
        types=register.TYPES, link=lambda **to: "/so-van-ban?" + urlencode({"so": wanted, **to}),
    )  # fmt: skip


@router.get("/ghi")
def form(request: Request, person: Clerk, loai: str = "TB") -> Response:
    """Fields for a number that is kept for later, or given up."""
    return _form_page(request, person, loai, typed_before(request, person))


@router.post("/ghi")
def write(request: Request, person: Clerk, posted: Posted, loai: str = "TB") -> Response:
    """Keep a number, or give one up; both stay in the register under the clerk's name."""
    form = Form.of(posted)
    series = _series(loai)
    gives_up = form.get("do") == "cancel"
    number = form.number("number", "chưa ghi số" if gives_up else "", "ghi số bị hủy, như 82")
    reason = form.text("reason", "chưa ghi lý do" if gives_up else "", "ghi vì sao hủy; lý do ở lại trong sổ")
    said = "" if form.fails else _write(form, person, series, number, reason)
    if form.fails:
        return _form_page(request, person, loai, form, 422)
    return go_to(f"/so-van-ban?{urlencode({'so': f'{loai}.{series.organ_code}.{series.term}'})}", said)


def _write(form: Form, person: Person, series: Series, number: int | None, reason: str) -> str:
    seen, giver = form.get("seen"), person.giver
    try:
        if form.get("do") == "cancel" and number:
            return f"Đã hủy số {register.cancel(series, number, giver, reason, looked_at=seen)}."
        return f"Đã giữ số {register.reserve(series, number, giver, reason, looked_at=seen)}."
    except Refused as refused:
        form.overtaken(refused, {"số": "number", "--reason": "reason"})
        return ""


def _series(type_code: str) -> Series:
    """The series of that type in the term of this year's plan; 404 for a type that takes no numbers."""
    if type_code not in register.TYPES:
        raise HTTPException(404)
    with reading(settings().database) as session:
        return _series_of_today(session, type_code)


def _series_of_today(session: Session, type_code: str) -> Series:
    known, this = plans.years(session), clock.now(session).year
    if not known:
        raise HTTPException(404)
    plan, _contacts = plans.read(session, this if this in known else known[0])
    return Series(plan.issuer.organ_code, type_code, plan.term)


def _form_page(request: Request, person: Person, type_code: str, form: Form, status: int = 200) -> Response:
    series = _series(type_code)
    with reading(settings().database) as session:
        form.values.setdefault("seen", register.seen_of(session, series))
        following = numbers.next_free(session, series)
    return page(
        request, person, "register/number.html", status=status, form=form, series=series, types=register.TYPES,
        following=series.symbol(following), last=series.symbol(following - 1) if following > 1 else "",
    )  # fmt: skip
