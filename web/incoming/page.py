"""The office's inbox: its messages, one of them whole with its files, and what a person does about it (R62, A20)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from sqlalchemy.orm import Session

from answers.incoming import assigning
from answers.incoming.their_files import stays_unseen, words_of
from config.settings import settings
from database import incoming, plans, visits
from database.engine import reading
from database.incoming import IncomingRow
from database.models import VisitRow
from domain.incoming import MailKind, MailState
from domain.mail_file import Use
from domain.problem import Refused
from domain.role import Role
from inbox.attached import file_in
from scans.picture import redrawn
from web.desk.access import Person, needs
from web.desk.navigation import OF_INBOX, OFFICE
from web.desk.obligation_form import Posted, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.their_files import their_file
from web.incoming.view import open_visits, photo_of, read_inbox, read_message

router = APIRouter()

Reader = Annotated[Person, Depends(needs(*OF_INBOX))]
OfOffice = Annotated[Person, Depends(needs(*OFFICE))]
Decider = Annotated[Person, Depends(needs(Role.OFFICER, Role.ADMIN))]
_MOST = 2**31 - 1


@router.get("/thu-den")
def inbox(
    request: Request, person: Reader, trang_thai: str = "", loai: str = "", chuyen: str = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:  # fmt: skip
    """The messages: what waits first, then the newest, of one state, kind or visit."""
    state = trang_thai if trang_thai in set(MailState) else ""
    kind = loai if loai in set(MailKind) else ""
    with reading(settings().database) as session:
        visit, unknown = _visit_named(session, chuyen)
        view = read_inbox(session, person, state, kind, visit, trang)
        names = plans.names_of(session, {entry.visit for entry in view.entries})
    return page(
        request, person, "incoming/incoming.html", view=view, names=names, unknown=unknown,
        states=[one for one in MailState if one is not MailState.NEW], kinds=list(MailKind),
        read=bool(settings().inbox.host), link=lambda **to: _link(view.state, view.kind, view.visit, **to),
    )  # fmt: skip


@router.get("/thu-den/{number}")
def message(request: Request, person: Reader, number: int) -> Response:
    """One message: whose, about what, its words, its files, what was done and what may be done."""
    return _page(request, person, number, Form({}))


@router.post("/thu-den/{number}")
def act(request: Request, person: Decider, number: int, posted: Posted) -> Response:
    """Say what it is about, set it aside, or take it back."""
    form = Form.of(posted)
    try:
        said = _done(number, form, person)
    except Refused as refused:
        form.overtaken(refused, {form.get("visit"): "visit", "whose": "whose"})
        said = ""
    if form.fails or not said:
        return _page(request, person, number, form, 422)
    return go_to(f"/thu-den/{number}", said + tell_service())


def _done(number: int, form: Form, person: Person) -> str:
    do, seen = form.get("do"), form.get("seen")
    if do == "aside":
        assigning.set_aside(number, form.get("reason"), person.giver, looked_at=seen)
        return "Đã để riêng thư này."
    if do == "back":
        assigning.take_back(number, person.giver, looked_at=seen)
        return "Đã lấy lại thư này."
    if do == "whose":
        return _of_whom(number, form, person)
    reference = do.removeprefix("assign:") if do.startswith("assign:") else form.text("visit", "chưa chọn đợt, việc")
    if form.fails:
        return ""
    outcome = assigning.assign(number, reference, person.giver, looked_at=seen)
    return f"Đã xếp thư: {outcome.words}."


def _of_whom(number: int, form: Form, person: Person) -> str:
    """Whose the unknown address of a message is, of those who were written to; its visit stays."""
    whose, row = form.text("whose", "chưa chọn địa chỉ"), _row(person, number)
    if form.fails or row.visit_id is None:
        return ""
    with reading(settings().database) as session:
        about = session.get_one(VisitRow, row.visit_id).key
    outcome = assigning.assign(number, about, person.giver, looked_at=form.get("seen"), whose=whose)
    return f"Đã ghi: {outcome.words}."


@router.get("/thu-den/{number}/tep/{place}")
def enclosed(person: OfOffice, number: int, place: int) -> Response:
    """A file of a message, to be kept on the reader's machine."""
    row = _row(person, number)
    found = next((one for one in words_of(row) if one.file.number == place), None)
    if found is None or found.use is Use.NEVER or row.raw is None or _unseen(row):
        raise HTTPException(404)
    return their_file(found.name, file_in(row.raw, place))


@router.get("/thu-den/{number}/anh/{place}.png")
def photo(person: OfOffice, number: int, place: int) -> Response:
    """A photo of a message, drawn anew: nothing of the file itself is shown."""
    row = _row(person, number)
    if row.raw is None or not photo_of(row, place) or _unseen(row):
        raise HTTPException(404)
    try:
        drawn = redrawn(file_in(row.raw, place))
    except Refused:
        raise HTTPException(404) from None
    return Response(drawn, media_type="image/png", headers={"cache-control": "private, max-age=600"})


def _page(request: Request, person: Person, number: int, form: Form, status: int = 200) -> Response:
    row = _row(person, number)
    with reading(settings().database) as session:
        view = read_message(session, person, session.get_one(IncomingRow, row.id))
        choices = open_visits(session)
    form.values.setdefault("seen", view.seen)
    return page(
        request, person, "incoming/message.html", status=status, view=view, form=form, visits=choices,
        may_decide=person.may(Role.OFFICER, Role.ADMIN), action=request.url.path,
    )  # fmt: skip


def _row(person: Person, number: int) -> IncomingRow:
    assert person.id, "somebody of the office"
    with reading(settings().database) as session:
        row = incoming.find(session, number) if 0 < number <= _MOST else None
        if row is None:
            raise HTTPException(404)
        return row


def _unseen(row: IncomingRow) -> bool:
    with reading(settings().database) as session:
        return stays_unseen(session, row)


def _visit_named(session: Session, reference: str) -> tuple[VisitRow | None, bool]:
    if not reference.strip():
        return None, False
    try:
        return visits.find(session, reference), False
    except Refused:
        return None, True


def _link(state: str, kind: str, visit: str, **to: object) -> str:
    query = {"trang_thai": state, "loai": kind, "chuyen": visit, **to}
    kept = {name: value for name, value in query.items() if value}
    return "/thu-den" + (f"?{urlencode(kept)}" if kept else "")
