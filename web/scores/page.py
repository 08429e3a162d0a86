"""An attended meeting is scored at the desk, by the working group or by the unit itself (4.5)."""

from fastapi import APIRouter, HTTPException, Request, Response

from domain.role import Role
from domain.rubric_bands import shown
from domain.score_sheet import Whose
from web.desk.access import Person, SignedIn, sees_findings
from web.desk.confirming import Shown, shown_page
from web.desk.obligation_form import VISIT, Posted, VisitKey, looking_at
from web.desk.posted_form import Form
from web.desk.render import go_to
from web.desk.unsent import typed_before
from web.scores import steps as score_steps
from web.scores.steps import SIDES, Place

router = APIRouter()

TEMPLATES = {"form": "scores/score.html", "review": "scores/score_review.html"}


@router.get(VISIT + "/cham-diem/{number}")
def form(request: Request, person: SignedIn, key: VisitKey, number: int, phieu: str = "", cua: str = "") -> Response:
    """The sheet: `phieu` is the rubric to score by, `cua` whose sheet it is (`group`, `own`)."""
    place, typed = _place(person, key, number), typed_before(request, person)
    if typed.values:
        typed.values["do"] = "edit"
        return _page(request, person, key, score_steps.go_on(place, typed))
    whose = SIDES.get(cua) or (Whose.GROUP if person.may(Role.INSPECTOR) else None)
    return _page(request, person, key, score_steps.begin(place, phieu, whose))


@router.post(VISIT + "/cham-diem/{number}")
def answer(request: Request, person: SignedIn, key: VisitKey, number: int, posted: Posted) -> Response:
    """One step of it; the last is the answer. No step of the visit waits for it, so nobody is woken."""
    done = score_steps.go_on(_place(person, key, number), Form.of(posted))
    if done.view != "done":
        return _page(request, person, key, done)
    score = done.facts["score"]
    grade = f"xếp loại {score.grade}" if score.grade else "chưa xếp loại vì còn thiếu tiêu chí"
    return go_to(f"/chuyen/{key}", f"Đã ghi phiếu chấm điểm: {shown(score.value)} điểm, {grade}.")


def _place(person: Person, key: str, number: int) -> Place:
    """Whom the scores concern, as they speak of the same as the findings, and who fills the sheet in."""
    with looking_at(key) as dossier:
        if not (sees_findings(person, dossier) and person.may(Role.INSPECTOR, Role.OFFICER)):
            raise HTTPException(403)
    return Place(key, number, person.acting_as(Role.INSPECTOR, Role.OFFICER).giver, f"person:{person.id}")


def _page(request: Request, person: Person, key: str, done: Shown) -> Response:
    return shown_page(request, person, done, TEMPLATES, f"/chuyen/{key}", said=done.message)
