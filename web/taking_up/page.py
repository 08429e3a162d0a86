"""What lay behind when the plan was taken up: the question, its four answers, and an answer put right."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from answers.taking_up import take_up
from config.addresses import page_of_key
from config.settings import settings
from database import taking_up
from database.holding import said_of_letters
from database.list_due import due_of_list
from domain import words
from domain.obligation import STEPS, Kind
from domain.problem import Refused
from domain.role import Role
from domain.taking_up import LAST_START, Way
from sheets.nominations.nomination_form import nomination_form
from web.desk.access import Person, needs
from web.desk.confirming import sender_of
from web.desk.obligation_form import (
    PLAN,
    REPORT,
    SUMMARY,
    VISIT,
    Posted,
    VisitKey,
    about,
    looking_at,
    note_seen,
    tell_service,
)
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.desk.uploads import drop_kept, keep_table, kept_upload
from web.nominations.page import excel_form
from web.taking_up.form import PLACES, let_trigger_look, put_answer, read_answer

router = APIRouter()

Decider = Annotated[Person, Depends(needs(Role.OFFICER, Role.LEADER))]
PATH = "/tiep-nhan"


@router.get(PLAN + PATH)
@router.get(SUMMARY + PATH)
@router.get(REPORT + PATH)
@router.get(VISIT + PATH)
def form(request: Request, person: Decider, key: VisitKey) -> Response:
    """The question, with the answer that is there."""
    return _page(request, person, key, typed_before(request, person))


@router.post(PLAN + PATH)
@router.post(SUMMARY + PATH)
@router.post(REPORT + PATH)
@router.post(VISIT + PATH)
def answer(request: Request, person: Decider, key: VisitKey, posted: Posted) -> Response:
    """The answer; what shall begin begins at once."""
    form = Form.of(posted)
    with looking_at(key) as dossier:
        owner = sender_of(person).owner
        keep_table(form, posted, dossier.visit.id, owner)
        file = kept_upload(form, dossier.visit.id, owner)
        taken = read_answer(form, file, dossier)
    if taken is not None:
        try:
            take_up(key, taken, person.giver, looked_at=form.get("seen"))
        except Refused as refused:
            form.overtaken(refused, PLACES)
    if taken is None or form.fails:
        return _page(request, person, key, form, 422)
    begins = taken.way in (Way.OPEN, Way.GO_ON)
    step = f" {taken.step}" if taken.step else ""
    said = f"Đã ghi: {words.TAKEN_UP[taken.way]}{step}."
    if file and taken.nominations is None:
        said += f" Tệp “{file[0]}” không dùng cho câu trả lời này nên không được lưu."
    drop_kept(form)
    return go_to(page_of_key(key), said + (let_trigger_look() if begins else tell_service()))


@router.get(VISIT + PATH + "/mau.xlsx")
def empty_form(_person: Decider, key: VisitKey) -> Response:
    """The Excel form of this host and month, to write a list into that came on paper."""
    with looking_at(key) as dossier:
        visit = dossier.visit
        content = nomination_form(dossier.plan, dossier.unit, visit.year, visit.month, due_of_list(dossier))
    return excel_form(content, key)


def _page(request: Request, person: Person, key: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        visit, kind = dossier.visit, dossier.visit.obligation.kind
        before = taking_up.decision(dossier.session, visit)
        if before is not None and not form.values:
            put_answer(form, before)
        note_seen(form, dossier)
        kept = kept_upload(form, visit.id, sender_of(person).owner)
        steps = STEPS[kind]
        facts: dict[str, Any] = {
            **about(dossier), "form": form, "why": visit.waiting_message or "", "before": before,
            "kept": kept[0] if kept else "",
            "what": dossier.about, "is_visit": kind is Kind.VISIT, "is_report": kind is Kind.SELF_REPORT,
            "is_summary": kind is Kind.SUMMARY, "opening": _opening(kind),
            "steps": [(f"{number}", steps(number).title) for number in range(2, LAST_START.get(kind, 0) + 1)],
            "back": page_of_key(key), "action": request.url.path,
        }  # fmt: skip
    return page(request, person, "taking_up/take_up.html", status=status, **facts)


def _opening(kind: Kind) -> str:
    """What happens at once when it is opened now; of its letters what is true at this moment."""
    written, goes = _OPENING[kind]
    return f"{written} {said_of_letters(settings(), goes, stays='')}".strip() if goes else written


#: What is done at once when it is opened now, and where its letters go.
_OPENING = {
    Kind.VISIT: ("Đề nghị gửi danh sách được soạn ngay, như vừa đến ngày.", "Thư đi ngay tới đơn vị."),
    Kind.SELF_REPORT: ("Đề nghị báo cáo được soạn ngay.", "Thư đi ngay tới đơn vị."),
    Kind.PLAN: ("Văn thư được nhắc phát hành.", "Phát hành xong, kế hoạch gửi tới mọi nơi nhận."),
    Kind.SUMMARY: ("Dịch vụ tổng hợp số liệu và soạn báo cáo.", ""),
    Kind.FOLLOW_UP: ("", ""),
}
