"""A leader takes or refuses each late meeting, or a list without a thematic cell, with the reason (A5, A6)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from answers.choice import is_final
from answers.nominations import accept, late_numbers
from database.dossier import Dossier
from domain.deadline import Deadline, nomination_deadline
from domain.nomination import Meeting
from domain.problem import Refused
from domain.role import Role
from web.desk.access import Person, needs
from web.desk.obligation_form import VISIT, Posted, VisitKey, about, looking_at, note_seen, tell_service
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before

router = APIRouter()

Leader = Annotated[Person, Depends(needs(Role.LEADER))]

_WORDS = {"take": True, "refuse": False}


@router.get(VISIT + "/chap-nhan")
def form(request: Request, person: Leader, key: VisitKey) -> Response:
    """Each late meeting with the two words that can be said of it; nothing is chosen beforehand."""
    return _page(request, person, key, typed_before(request, person))


@router.post(VISIT + "/chap-nhan")
def answer(request: Request, person: Leader, key: VisitKey, posted: Posted) -> Response:
    """The answer."""
    form = Form.of(posted)
    with looking_at(key) as dossier:
        late, incomplete = late_numbers(dossier), _is_incomplete(dossier)
    refused = _refused(form, late)
    if incomplete or len(refused) < len(late):
        form.text("reason", "chưa ghi lý do", "ghi vì sao danh sách vẫn được nhận")
    if not form.fails:
        try:
            accept(key, form.text("reason"), person.giver, refused=refused, looked_at=form.get("seen"))
        except Refused as refusal:
            fields = {f"số {number}": f"why-{number}" for number in late}
            form.overtaken(refusal, {"--reason": "reason", **fields})
    if form.fails:
        return _page(request, person, key, form, 422)
    return go_to(f"/chuyen/{key}", "Đã ghi quyết định về danh sách." + tell_service())


def _refused(form: Form, late: tuple[int, ...]) -> dict[int, str]:
    """Which late meetings are refused, and why; each must have its word."""
    words = {
        number: form.one_of(
            f"late-{number}", _WORDS, f"buổi số {number} chưa được quyết định", "chọn chấp nhận hoặc không"
        )
        for number in late
    }
    fault, remedy = "chưa ghi vì sao không chấp nhận buổi số", "ghi lý do; đơn vị được thông báo lý do này"
    return {
        number: form.text(f"why-{number}", f"{fault} {number}", remedy)
        for number, word in words.items()
        if word is False
    }


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        note_seen(form, dossier)
        if status == 200 and "reason" not in form.values:
            _put_word(form, dossier)
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "late": _late(dossier), "listed": dossier.nominations,
            "incomplete": _is_incomplete(dossier), "final": is_final(dossier), "decided": dossier.acceptance,
            "typed": ["reason", *(f"why-{number}" for number in late_numbers(dossier))],
            "back": f"/chuyen/{key}", "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "nominations/acceptance.html", status=status, **facts)


def _put_word(form: Form, dossier: Dossier) -> None:
    """A word that may still be said anew is shown as it stands."""
    word = dossier.late_word
    if word is None:
        return
    form.values["reason"] = word.reason
    form.values |= {f"late-{number}": "take" for number in word.late}
    for one in word.refused:
        form.values |= {f"late-{one.number}": "refuse", f"why-{one.number}": one.reason}


def _late(dossier: Dossier) -> list[tuple[Meeting, Deadline]]:
    """The late meetings with their deadlines."""
    numbers, rules, calendar = late_numbers(dossier), dossier.plan.rules, dossier.calendar
    return [
        (one.meeting, nomination_deadline(one.meeting.day_to_judge, rules, calendar))
        for one in dossier.candidates
        if one.meeting.number in numbers
    ]


def _is_incomplete(dossier: Dossier) -> bool:
    return dossier.nominations is not None and not dossier.nominations.has_thematic_cell
