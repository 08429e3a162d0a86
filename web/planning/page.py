"""The plans of the years and their drafts; one draft: what is open, the year as a picture, loading it."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from answers import plan_drafts as drawing_up
from answers.plans import offer
from config.contacts_form import SECTIONS
from config.settings import settings
from database import calendars, clock, plan_drafts, plans
from database.engine import reading
from domain.plan import Plan
from domain.plan_changes import PARTS
from domain.problem import Problem, Refused
from domain.working_days import WorkingCalendar
from planning.plan_draft import Decision, Draft
from planning.plan_yaml import plan_text
from web.desk.access import Person
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.planning.draft import DRAFT, Planner, back_to, changed, draft_of, show
from web.planning.pattern import pattern_for
from web.planning.preview import Preview, preview_of
from web.taking_up.form import let_trigger_look

router = APIRouter()


@router.get("/ke-hoach")
def overview(request: Request, person: Planner) -> Response:
    """Every year that has a plan, every draft, and where a new one begins."""
    return _overview(request, person, Form({}))


@router.post("/ke-hoach")
def begin(request: Request, person: Planner, posted: Posted) -> Response:
    """Begin the draft of a year; who was first has begun it."""
    form = Form.of(posted)
    year = form.number("year", "chưa ghi năm", "ghi như 2026")
    if year is not None and not 2000 <= year <= 2100:
        form.note("year", f"không lập kế hoạch cho năm {year}", "ghi như 2026")
    if form.fails or year is None:
        return _overview(request, person, form, 422)
    try:
        pattern, contacts = pattern_for(year)
        drawing_up.begin(year, pattern, contacts, person.giver, keep_hosts=form.get("hosts") == "keep")
    except Refused as refused:
        form.refused(refused.problems)
        return _overview(request, person, form, 422)
    return back_to(year, f"Đã lập bản dự thảo kế hoạch năm {year}.")


@router.get(DRAFT)
def draft(request: Request, person: Planner, year: int) -> Response:
    """What keeps the draft from being loaded, the decisions one by one, and how its year would look."""
    return _draft(request, person, year, typed_before(request, person))


@router.post(DRAFT)
def act(request: Request, person: Planner, year: int, posted: Posted) -> Response:
    """Settle a point, put one before the office again, load the draft, or throw it away."""
    form = Form.of(posted)
    doing = {"settle": _settle, "reopen": _reopen, "load": _load, "drop": _drop}.get(form.get("do"))
    draft_of(year)
    if doing is None:
        form.note("", "không rõ phải làm gì", "bấm một nút của trang")
        return _draft(request, person, year, form, 422)
    answer = doing(form, person, year)
    return answer if answer is not None else _draft(request, person, year, form, 422)


@router.get(DRAFT + "/ke-hoach.yaml")
def export(person: Planner, year: int) -> Response:
    """The draft as the file that `visits plan load` reads; open decisions stand in it as comments."""
    found = draft_of(year)
    assert person.id, "somebody of the office"
    still = Draft(found.plan, tuple(Decision(one.field, one.said) for one in found.undecided))
    text = plan_text(found.plan, [f"Dự thảo kế hoạch năm {year}, theo {found.made_from}."], still.notes)
    name = f'attachment; filename="du-thao-{year}.yaml"'
    return Response(text, media_type="text/plain; charset=utf-8", headers={"content-disposition": name})


def _settle(form: Form, person: Person, year: int) -> Response | None:
    number = form.number("point") or 0
    decided = form.text(f"decided-{number}", "chưa ghi quyết định thế nào", "ghi ngắn gọn, như “giữ nguyên”")
    if form.fails:
        return None
    done = changed(form, lambda seen: drawing_up.settle(year, number, decided, person.giver, seen=seen))
    return back_to(year, "Đã ghi quyết định.", "#can-quyet-dinh") if done else None


def _reopen(form: Form, person: Person, year: int) -> Response | None:
    number = form.number("point") or 0
    done = changed(form, lambda seen: drawing_up.reopen(year, number, person.giver, seen=seen))
    return back_to(year, "Đã mở lại điểm này.", "#can-quyet-dinh") if done else None


def _load(form: Form, person: Person, year: int) -> Response | None:
    if not form.get("sure"):
        form.note("sure", "chưa xác nhận", "đánh dấu ô “Đã xem”")
        return None
    try:
        loaded, problems, behind = drawing_up.load(year, person.giver, seen=form.version("seen"))
    except Refused as refused:
        form.overtaken(refused)
        return None
    doubts = "".join(f" Lưu ý: {one.place}: {one.fault}." for one in problems)
    said = f"Đã nạp kế hoạch năm {year}, bản {loaded.version}.{doubts}"
    if behind:
        said += " Có việc đã qua ngày: ghi đã làm đến đâu ở các dòng “chờ quyết định”."
    return go_to(f"/nam/{year}", said + let_trigger_look())


def _drop(form: Form, person: Person, year: int) -> Response | None:
    if not form.get("sure-drop"):
        form.note("sure-drop", "chưa xác nhận", "đánh dấu ô này nếu đúng là bỏ bản dự thảo")
        return None
    try:
        drawing_up.drop(year, person.giver, seen=form.version("seen"))
    except Refused as refused:
        form.overtaken(refused)
        return None
    return go_to("/ke-hoach", f"Đã bỏ bản dự thảo năm {year}.")


def _overview(request: Request, person: Person, form: Form, status: int = 200) -> Response:
    with reading(settings().database) as session:
        drafts, years = plan_drafts.every(session), plans.years(session)
        this = clock.now(session).year
        versions = [(year, plans.read(session, year)[0], plans.current(session, year)) for year in years]
    form.values.setdefault("year", f"{this if this not in years else this + 1}")
    return page(request, person, "planning/plans.html", status=status, form=form, drafts=drafts, versions=versions)


def _draft(request: Request, person: Person, year: int, form: Form, status: int = 200) -> Response:
    found = draft_of(year)
    with reading(settings().database) as session:
        problems, now = drawing_up.look(session, found), clock.now(session)
        calendar = calendars.in_force(session).working((year - 1, year, year + 1))
        in_use = plans.current(session, year)
    facts: dict[str, Any] = {
        "stopping": [one for one in problems if not one.warning and one.place != "Cần quyết định"],
        "doubts": [one for one in problems if one.warning],
        "preview": _preview(found.plan, calendar, now.date()), "in_use": in_use,
        "of_addresses": [one for one in problems if not one.warning and one.place.startswith(_OF_ADDRESSES)],
        "parts": PARTS, "letters_go": settings().mode == "live" and not settings().safe,
        "replaced": offer(found.plan, found.contacts).plan_told if in_use and not _stops(problems) else (),
    }  # fmt: skip
    return show(request, person, "planning/draft.html", found, form, status, **facts)


def _preview(plan: Plan, calendar: WorkingCalendar, today: date) -> Preview | None:
    """The picture; a plan with a host that it does not know has none, and the fault is told above."""
    try:
        return preview_of(plan, calendar, today)
    except (KeyError, ValueError):
        return None


#: How the place of a fault of the addresses begins.
_OF_ADDRESSES = (*SECTIONS.values(), "Địa chỉ")


def _stops(problems: list[Problem]) -> bool:
    return any(not one.warning for one in problems)
