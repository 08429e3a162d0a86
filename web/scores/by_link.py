"""A score sheet by a link, without an account: a member's of the working group, or the unit's own (4.5)."""

from collections.abc import Mapping
from typing import Any

from answers.links import giver_of
from database import answers
from database.links import LinkRow
from database.models import AnswerRow
from domain.answer_kind import AnswerKind
from domain.rubric_bands import shown as in_words
from domain.score_sheet import Whose
from web.desk.confirming import Shown
from web.desk.obligation_form import about, looking_at
from web.desk.posted_form import Form
from web.scores import steps
from web.scores.steps import Place

TEMPLATES = {
    "form": "scores/score.html", "review": "scores/score_review.html", "meetings": "scores/score_meetings.html",
    "missing": "scores/score_meetings.html",
}  # fmt: skip


def begin(key: str, row: LinkRow, asked: Mapping[str, str]) -> Shown:
    """The sheet of the meeting asked for, or of the only one; of several one is chosen first."""
    number = _number(key, asked.get("buoi", ""))
    place = _place(key, row, number)
    shown = steps.begin(place, asked.get("phieu", ""), place.sides[0]) if number else _meetings(key)
    return _with_answer(key, row, shown)


def go_on(key: str, row: LinkRow, form: Form) -> Shown:
    """Do what the pressed button says; the last is the answer."""
    number = _number(key, form.get("buoi"))
    if not number:
        return _meetings(key)
    place = _place(key, row, number)
    form.values["whose"] = place.sides[0].value
    return steps.go_on(place, form)


def said_after(shown: Shown) -> str:
    """What is said when the sheet was taken."""
    score = shown.facts["score"]
    grade = f"xếp loại {score.grade}" if score.grade else "chưa xếp loại vì còn thiếu tiêu chí"
    return f"Đã nhận phiếu chấm điểm: {in_words(score.value)} điểm, {grade}."


def _place(key: str, row: LinkRow, number: int) -> Place:
    """The link says whose sheet it is: nobody fills in the other side's."""
    side = Whose.OWN if row.recipient == "host" else Whose.GROUP
    return Place(key, number, giver_of(row), f"link:{row.id}", (side,), outside=True)


def _number(key: str, asked: str) -> int:
    """The chosen meeting that is meant; 0 where it must be said first, or is none."""
    with looking_at(key) as dossier:
        chosen = [meeting.number for meeting in dossier.chosen]
    if len(chosen) == 1:
        return chosen[0]
    return next((number for number in chosen if str(number) == asked), 0)


def _meetings(key: str) -> Shown:
    with looking_at(key) as dossier:
        facts: dict[str, Any] = {**about(dossier), "meetings": dossier.chosen, "form": Form({})}
    return Shown("meetings", 200, facts)


def _with_answer(key: str, row: LinkRow, shown: Shown) -> Shown:
    """The newest sheet that came from this recipient, for the page that thanks him."""
    with looking_at(key) as dossier:
        if shown.view == "missing":
            shown = Shown("meetings", 200, {**about(dossier), "meetings": dossier.chosen, "form": Form({})})
        given = answers.versions(dossier.session, dossier.visit.id)
    newest: AnswerRow | None = None
    for one in given:
        if one.kind == AnswerKind.SCORE and (one.by, one.source) == (row.name, "link"):
            newest = one
    shown.facts["row"] = newest
    return shown
