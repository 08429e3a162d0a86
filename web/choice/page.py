"""A leader chooses the meetings: candidates with their deadlines, the recommendation part by part (R50, R51, A3)."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from answers.choice import choose, is_final
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.choice import Candidate
from domain.choice_record import Advice
from domain.deadline import Deadline, Timeliness, nomination_deadline
from domain.decision import Choice
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import VISIT, Posted, VisitKey, about, looking_at, note_seen, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter()

Leader = Annotated[Person, Depends(needs(Role.LEADER))]


@dataclass(frozen=True)
class Option:
    """One nominated meeting as the leader sees it."""

    candidate: Candidate
    deadline: Deadline
    advised: bool
    points: int | None  #: None where the service has not recommended
    reasons: tuple[tuple[str, int], ...]
    why_not: str  #: empty if it may be chosen


@router.get(VISIT + "/chon")
def form(request: Request, person: Leader, key: VisitKey) -> Response:
    """The candidates; nothing is ticked beforehand, as the decision is the leader's."""
    return _page(request, person, key, typed_before(request, person))


@router.post(VISIT + "/chon")
def answer(request: Request, person: Leader, key: VisitKey, posted: Posted) -> Response:
    """The decision; of two at once the first counts, and the second reads whose it was."""
    form = Form.of(posted)
    numbers = [int(one) for one in form.all("meeting") if one.isascii() and one.isdecimal() and len(one) < 6]
    consulted, override = form.text("consulted"), form.text("override")
    if not numbers:
        form.note("meeting", "chưa chọn nơi nào", "đánh dấu ít nhất một nơi")
    if not form.fails:
        try:
            seen = form.get("seen")
            choose(key, numbers, person.giver, consulted=consulted, override=override, looked_at=seen)
        except Refused as refused:
            fields = {"lựa chọn": "meeting"} | {f"số {number}": f"meeting-{number}" for number in numbers}
            form.overtaken(refused, fields)
    if form.fails:
        return _page(request, person, key, form, 422)
    return go_to(f"/chuyen/{key}", "Đã ghi lựa chọn." + tell_service())


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        if status == 200 and "consulted" not in form.values:
            _put_choice(form, dossier)
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "options": _options(dossier), "rules": dossier.plan.rules,
            "choice": dossier.answer(AnswerKind.CHOICE), "chosen": dossier.chosen, "listed": dossier.nominations,
            "acceptance": dossier.acceptance, "accepted_because": dossier.accepted_because,
            "final": is_final(dossier),
            "any_late": any(one.timeliness is not Timeliness.ON_TIME for one in dossier.candidates),
            "nothing_thematic": not any(one.meeting.is_thematic_cell for one in dossier.choosable),
            "back": f"/chuyen/{key}", "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "choice/choice.html", status=status, **facts)


def _put_choice(form: Form, dossier: Dossier) -> None:
    """A choice that may still be changed is shown as it stands; before the first one nothing is ticked."""
    before = dossier.said(Choice)
    if before:
        form.lists["meeting"] = [f"{number}" for number in before.meetings]
        form.values |= {"consulted": before.consulted_with, "override": before.override}


def _options(dossier: Dossier) -> list[Option]:
    """The candidates with the recommendation as it was recorded, the best first; what cannot be ticked comes last."""
    advice = dossier.said(Advice) or Advice()
    found = [_option(dossier, one, advice) for one in dossier.candidates]
    return sorted(found, key=lambda one: (bool(one.why_not), not one.advised, -(one.points or 0)))


_NOT_TAKEN = {
    Timeliness.LATE: "báo trễ hạn, chưa được chấp nhận", Timeliness.LATE_REFUSED: "báo trễ hạn, không được chấp nhận",
}  # fmt: skip


def _option(dossier: Dossier, candidate: Candidate, advice: Advice) -> Option:
    meeting = candidate.meeting
    rank = advice.of(meeting.number)
    deadline = nomination_deadline(meeting.day_to_judge, dossier.plan.rules, dossier.calendar)
    why_not = _NOT_TAKEN.get(candidate.timeliness, "")
    if meeting.day < dossier.today:
        why_not = "ngày sinh hoạt đã qua"
    return Option(
        candidate, deadline, meeting.number in advice.meetings, rank.points if rank else None,
        tuple((reason.text, reason.points) for reason in rank.reasons) if rank else (), why_not,
    )  # fmt: skip
