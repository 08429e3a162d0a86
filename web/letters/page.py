"""The ledger of letters, one letter whole, and an officer's word about those that wait for it (design §5, 0013)."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from answers import letters
from config.settings import settings
from database import plans
from database.dossier import open_dossier
from database.engine import reading
from database.holding import Holding, said_of_letters, why_held
from database.models import LetterRow
from database.secrecy import mark_of
from domain import words
from domain.letters_and_documents import OPEN
from domain.role import Role
from letters.refusal import advice
from overview.beside_letters import beside_letters
from web.desk.access import Person, needs, sees_findings
from web.desk.obligation_form import Posted, tell_service
from web.desk.render import go_to, page
from web.desk.their_files import their_file
from web.desk.words import left_told
from web.letters.view import Letter, read_ledger, read_letter, visit_named

router = APIRouter()

Reader = Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER, Role.CLERK, Role.ADMIN))]
Officer = Annotated[Person, Depends(needs(Role.OFFICER))]


@router.get("/thu")
def ledger(
    request: Request, person: Reader, trang_thai: str = "", chuyen: str = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:  # fmt: skip
    """The letters, newest first, of one state or visit."""
    state = trang_thai if trang_thai in words.LETTERS else ""
    with reading(settings().database) as session:
        visit, unknown = visit_named(session, chuyen)
        view = read_ledger(session, state, visit, trang, in_full=person.may(Role.OFFICER, Role.LEADER, Role.CLERK))
        held = why_held(session, settings())
        names = plans.names_of(session, {entry.visit for entry in view.entries})
    return page(
        request, person, "letters/letters.html", view=view, names=names, words=words, unknown=unknown, held=held,
        may_decide=person.may(Role.OFFICER),
        link=lambda **to: _link(view.state, view.visit, **to),
    )  # fmt: skip


@router.get("/thu/{number}")
def letter(request: Request, person: Reader, number: int) -> Response:
    """One letter: its head, its text, its files, what the server said, and what may be decided about it."""
    found, telling = _letter(person, number)
    return page(
        request, person, "letters/letter.html", letter=found, words=words, advice=advice, telling=telling, held=_held(),
        may_decide=person.may(Role.OFFICER),
    )  # fmt: skip


def _held() -> Holding | None:
    with reading(settings().database) as session:
        return why_held(session, settings())


@router.post("/thu/da-xem-ban-khoi-phuc")
def looked_at_restored(person: Officer) -> Response:
    """Somebody has looked at a database that was put back from a copy: letters go out again."""
    letters.trust_restored(person.giver)
    said = _said("Thư từ nay lại được gửi đi; những thư đã giữ thì xem rồi cho gửi.")
    return go_to("/thu", said + tell_service())


@router.get("/thu/{number}/tep/{place}")
def enclosed(person: Reader, number: int, place: int) -> Response:
    """A file that goes with a letter."""
    found, telling = _letter(person, number)
    if not telling:
        raise HTTPException(403)
    for one in found.enclosed:
        if one.number == place:
            return their_file(one.name, one.content, one.kind)
    raise HTTPException(404)


@router.post("/thu/{number}/da-di")
def went_out(person: Officer, number: int) -> Response:
    """An uncertain letter has arrived; one that was held or is secret was handed over."""
    letters.resolve(number, "went_out", person.giver)
    return go_to(f"/thu/{number}", "Đã ghi: thư đã đến nơi." + tell_service())


@router.post("/thu/{number}/gui-lai")
def send_again(person: Officer, number: int) -> Response:
    """An uncertain letter did not arrive: it goes again, under the same number."""
    letters.resolve(number, "send_again", person.giver)
    return go_to(f"/thu/{number}", _said("Thư sẽ được gửi lại.") + tell_service())


@router.post("/thu/{number}/cho-gui")
def release(person: Officer, number: int) -> Response:
    """A held letter may go."""
    letters.release(number, person.giver)
    return go_to(f"/thu/{number}", "Đã cho gửi thư." + tell_service())


@router.post("/thu/{number}/gui-lai-bi-tu-choi")
def resend(person: Officer, number: int) -> Response:
    """A refused letter goes again to those who refused it, at today's address."""
    letters.resend(number, person.giver)
    return go_to(f"/thu/{number}", _said("Thư sẽ được gửi lại tới nơi chưa nhận.") + tell_service())


@router.post("/thu/gui-lai-bi-tu-choi")
def resend_all(person: Officer, posted: Posted) -> Response:
    """So does every refused letter of a visit, or of all that are under way."""
    with reading(settings().database) as session:
        visit, _unknown = visit_named(session, str(posted.get("chuyen", "")))
    done = letters.resend_all(visit.id if visit else None, person.giver)
    again = f"{len(done.letters)} thư."
    said = [_said(f"Gửi lại {again}", f"Đã xếp lại {again}") if done.letters else f"Gửi lại {again}"]
    said += left_told(done.left)
    return go_to(_link("", visit.key if visit else ""), " ".join(said) + tell_service())


def _said(goes: str, stays: str = "Đã ghi.") -> str:
    return said_of_letters(settings(), goes, stays)


def _letter(person: Person, number: int) -> tuple[Letter, bool]:
    """The letter, and whether this person may see what it says."""
    with reading(settings().database) as session:
        row = session.get(LetterRow, number)
        if row is None:
            raise HTTPException(404)
        dossier = open_dossier(session, row.visit_id)
        secret = bool(mark_of(session, dossier.visit))
        telling = sees_findings(person, dossier) or (row.purpose in OPEN and not secret)
        called = plans.names_of(session, [dossier.visit.key])[dossier.visit.key]
        beside = beside_letters(session, [row]).get(row.id, ()) if telling or not secret else ()
        return read_letter(row, dossier.visit.key, called, beside), telling


def _link(state: str, visit: str, **to: object) -> str:
    query = {"trang_thai": state, "chuyen": visit, **to}
    kept = {name: value for name, value in query.items() if value}
    return "/thu" + (f"?{urlencode(kept)}" if kept else "")
