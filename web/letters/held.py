"""The letters that are held here: who would get what, and an officer lets several go at once (P3, design §5)."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from answers import letters
from config.settings import settings
from database import plans
from database.engine import reading
from database.holding import held_letters, why_held
from database.models import LetterRow
from domain.letters_and_documents import purpose_called
from domain.problem import Refused
from domain.role import Role
from overview.beside_letters import Beside, beside_letters
from web.desk.access import Person, needs
from web.desk.obligation_form import Posted, tell_service
from web.desk.paging import Paging
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.words import left_told
from web.letters.view import visit_named

router = APIRouter()

Officer = Annotated[Person, Depends(needs(Role.OFFICER))]
PER_PAGE = 200


@dataclass(frozen=True)
class Held:
    """One letter that has not left, with what one must know to let it go."""

    letter: LetterRow
    visit: str
    called: str  #: what kind of letter it is
    beside: tuple[Beside, ...]  #: what came back about it: it may have left all the same


@dataclass(frozen=True)
class HeldLetters:
    """A page of them, the oldest first, as they would go."""

    letters: tuple[Held, ...]
    of_visits: tuple[tuple[str, int], ...]  #: how many there are of each visit
    of_purposes: tuple[tuple[str, str, int], ...]  #: of each purpose: id, name, how many
    visit: str
    purpose: str
    paging: Paging


def read_held(session: Session, visit: str, purpose: str, number: int) -> HeldLetters:
    """The held letters of that visit and purpose, all where none is named."""
    rows = held_letters(session)
    came = beside_letters(session, [letter for letter, _about in rows])
    found = [Held(letter, about.key, purpose_called(letter.purpose), came.get(letter.id, ())) for letter, about in rows]
    visits_counted = Counter(one.visit for one in found)
    purposes = Counter((one.letter.purpose, one.called) for one in found)
    wanted = [one for one in found if visit in ("", one.visit) and purpose in ("", one.letter.purpose)]
    paging = Paging(number, len(wanted), PER_PAGE)
    return HeldLetters(
        tuple(wanted[paging.skipped :][:PER_PAGE]), tuple(sorted(visits_counted.items())),
        tuple((id_, called, count) for (id_, called), count in sorted(purposes.items())), visit, purpose, paging,
    )  # fmt: skip


@router.get("/thu/dang-giu")
def who_would_get_what(
    request: Request, person: Officer, chuyen: str = "", loai: str = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:  # fmt: skip
    """Who would get what; all of this page are ticked."""
    return _page(request, person, chuyen, loai, trang, Form({}))


@router.post("/thu/dang-giu")
def let_go(request: Request, person: Officer, posted: Posted) -> Response:
    """The ticked ones may go."""
    form = Form.of(posted)
    numbers = [int(one) for one in form.all("thu") if one.isdecimal()]
    if not numbers:
        form.note("held-letters", "chưa chọn thư nào", "đánh dấu các thư cho gửi")
        return _again(request, person, form)
    try:
        done = letters.release_many(numbers, person.giver)
    except Refused as refused:
        form.refused(refused.problems, {"thư": "held-letters"})
        return _again(request, person, form)
    said = [f"Đã cho gửi {len(done.letters)} thư.", *left_told(done.left)]
    return go_to("/thu", " ".join(said) + tell_service())


def _again(request: Request, person: Person, form: Form) -> Response:
    """The same page, with the same letters ticked."""
    return _page(request, person, form.get("chuyen"), form.get("loai"), form.version("trang") or 1, form, 422)


def _page(
    request: Request, person: Person, visit: str, purpose: str, number: int, form: Form, status: int = 200
) -> Response:
    with reading(settings().database) as session:
        about, _unknown = visit_named(session, visit)
        view = read_held(session, about.key if about else "", purpose, number)
        held = why_held(session, settings())
        names = plans.names_of(session, [key for key, _count in view.of_visits])
    return page(
        request, person, "letters/held.html", status=status, view=view, names=names, held=held, form=form,
        all_ticked=status == 200,
    )  # fmt: skip
