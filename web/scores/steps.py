"""The way of a score sheet from the form to the answer: rubric chosen, points seen part by part, taken once (4.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answers.answering import Giver
from answers.drafts import Draft
from answers.scores import record_score, rubrics_for
from database.dossier import Dossier
from database.scores import sheet_of
from domain.meeting_score import Given
from domain.nomination import Meeting
from domain.rubric import Rubric
from domain.rubric_bands import plain
from domain.rubric_bands import shown as shown_points
from domain.rubric_score import LineState, Score
from domain.score_sheet import ScoreSheet, Whose, fill
from web.desk.confirming import Shown, take_once
from web.desk.kept_here import is_marked, kept_draft
from web.desk.obligation_form import about, looking_at
from web.desk.posted_form import Form
from web.scores import form as fields
from web.scores.kept import keep, opened, owner_of

SIDES = {whose.value: whose for whose in Whose}


@dataclass(frozen=True)
class Place:
    """What is scored, and by whom."""

    reference: str
    number: int
    giver: Giver
    owner: str  #: whose draft it is: `person:3`, `link:12`
    sides: tuple[Whose, ...] = tuple(Whose)  #: whose sheets may be filled in here
    outside: bool = False  #: by a link


def begin(place: Place, rubric_id: str, whose: Whose | None) -> Shown:
    """The form, by the rubric asked for or the only one that fits, filled with this person's earlier sheet."""
    with looking_at(place.reference) as dossier:
        meeting = _meeting(dossier, place.number)
        if meeting is None:
            return Shown("missing", 404)
        before = sheet_of(dossier, place.number, whose or Whose.GROUP, place.giver.name)
        fit = rubrics_for(meeting, dossier.visit.year)
        rubric = _first_choice(fit, rubric_id, before)
        known = before.sheet if before and rubric and before.sheet.rubric.id == rubric.id else None
        form = Form(fields.put_inputs(known.inputs) if known else {})
        form.values |= {"whose": whose.value if whose else "", **_seen(dossier, place)}
        draft = _draft(place, rubric)
        if draft and draft.values.get("whose", "") in ("", form.get("whose")):
            form.values |= draft.values | {"whose": form.get("whose")}
        return _form(dossier, meeting, place, form, rubric, draft=draft, opened=True)


def go_on(place: Place, form: Form) -> Shown:
    """Do what the pressed button says; `done` once the sheet is taken."""
    with looking_at(place.reference) as dossier:
        meeting = _meeting(dossier, place.number)
        if meeting is None:
            return Shown("missing", 404)
        rubric = rubrics_for(meeting, dossier.visit.year).get(form.get("rubric"))
        if rubric is None:
            form.note("phieu", "chưa chọn phiếu chấm điểm", "chọn phiếu rồi mở")
            return _form(dossier, meeting, place, form, None, status=422)
        if form.get("do") == "edit":
            return _form(dossier, meeting, place, form, rubric)
        draft = _keep(dossier, place, rubric, form)
        if form.get("do") == "save":
            shown = _form(dossier, meeting, place, form, rubric, draft=draft)
            shown.message = f"Đã lưu tạm lúc {draft.saved_at}. Phiếu chưa được gửi." if draft.saved_at else ""
            return shown
        whose = form.one_of(
            "whose", {one.value: one for one in place.sides}, "chưa chọn ai chấm", "chọn Tổ công tác hoặc đơn vị"
        )
        inputs = fields.read_inputs(form, rubric, meeting)
        if form.fails or whose is None:
            return _form(dossier, meeting, place, form, rubric, status=422, draft=draft)
        sheet = fill(place.number, whose, rubric, inputs)
        shown = _review(dossier, meeting, place, form, sheet)
    return _take(place, form, sheet, shown, draft) if form.get("do") == "confirm" else shown


def _take(place: Place, form: Form, sheet: ScoreSheet, shown: Shown, draft: Draft) -> Shown:
    def give() -> dict[str, Any]:
        version = form.version(f"seen-{sheet.whose}")
        record_score(
            place.reference, place.number, sheet.whose, sheet.rubric.id, sheet.inputs, place.giver, version, draft.key
        )
        return {}

    return take_once(form, shown.facts, give, lambda: _is_there(place, sheet), lambda: _newest(place), back_to="review")


def _draft(place: Place, rubric: Rubric | None) -> Draft | None:
    return opened(place.reference, owner_of(place.owner, place.number, rubric.id)) if rubric else None


def _keep(dossier: Dossier, place: Place, rubric: Rubric, form: Form) -> Draft:
    """What was typed, kept whatever is wrong with it; pressed for the last time it is what is sent."""
    owner = owner_of(place.owner, place.number, rubric.id)
    if form.get("do") == "confirm":
        return opened(place.reference, owner)
    whose = SIDES.get(form.get("whose"), Whose.GROUP)
    before = sheet_of(dossier, place.number, whose, place.giver.name)
    return keep(place.reference, owner, form, before.sheet if before and before.sheet.rubric.id == rubric.id else None)


def _newest(place: Place) -> dict[str, str]:
    with looking_at(place.reference) as dossier:
        return _seen(dossier, place)


def _is_there(place: Place, sheet: ScoreSheet) -> bool:
    """Whether the newest sheet is this one, from this person."""
    with looking_at(place.reference) as dossier:
        before = sheet_of(dossier, place.number, sheet.whose, place.giver.name)
        return before is not None and before.by == place.giver.name and before.sheet == sheet


def _meeting(dossier: Dossier, number: int) -> Meeting | None:
    return next((one for one in dossier.chosen if one.number == number), None)


def _first_choice(fit: Mapping[str, Rubric], rubric_id: str, before: Given | None) -> Rubric | None:
    if rubric_id in fit or not fit:
        return fit.get(rubric_id)
    if before and before.sheet.rubric.id in fit:
        return fit[before.sheet.rubric.id]
    return next(iter(fit.values())) if len(fit) == 1 else None


def _seen(dossier: Dossier, place: Place) -> dict[str, str]:
    """The versions that this page knows of: his own sheet, and the unit's."""
    found = {whose: sheet_of(dossier, place.number, whose, place.giver.name) for whose in Whose}
    return {f"seen-{one}": str(sheet.version if sheet else 0) for one, sheet in found.items()}


def _form(
    dossier: Dossier,
    meeting: Meeting,
    place: Place,
    form: Form,
    rubric: Rubric | None,
    *,
    status: int = 200,
    draft: Draft | None = None,
    opened: bool = False,
) -> Shown:
    draft = draft or _draft(place, rubric)
    form.values["phieu"] = rubric.id if rubric else ""
    before = [sheet_of(dossier, place.number, side, place.giver.name) for side in place.sides]
    facts = {
        **_facts(dossier, meeting, form, rubric, place),
        "rubrics": [(one.id, one.label) for one in rubrics_for(meeting, dossier.visit.year).values()],
        "too_early": dossier.today < meeting.day,
        "before": [one for one in before if one],
        "saved_at": draft.saved_at if draft else "", "unsent": bool(draft and draft.fields),
        "kept_here": kept_draft(dossier, place.owner, draft, opened=opened) if draft else None,
        "marked": is_marked(dossier),
    }  # fmt: skip
    return Shown("form", status, facts)


def _review(dossier: Dossier, meeting: Meeting, place: Place, form: Form, sheet: ScoreSheet) -> Shown:
    more = {"buoi": f"{place.number}"} if place.outside else {}
    carried = more | {name: form.get(name) for name in ("rubric", "whose", *(f"seen-{whose}" for whose in Whose))}
    facts = {
        **_facts(dossier, meeting, form, sheet.rubric, place), "sheet": sheet, "score": sheet.score,
        "by": place.giver.name, "lines": _lines(sheet.rubric, sheet.score),
        "carried": carried | fields.typed_fields(form.values),
    }  # fmt: skip
    return Shown("review", 200, facts)


def _lines(rubric: Rubric, score: Score) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    """Each group with its criteria, each of them with its line of the score."""
    return [(group, [(criterion, score.line(criterion.id)) for criterion in group.criteria]) for group in rubric.groups]


def _facts(dossier: Dossier, meeting: Meeting, form: Form, rubric: Rubric | None, place: Place) -> dict[str, Any]:
    return {
        **about(dossier), "form": form, "meeting": meeting, "rubric": rubric, "sides": list(place.sides),
        "outside": place.outside, "plain": plain, "cut": shown_points, "states": LineState,
    }  # fmt: skip
