"""A plan drawn up at the desk: begun from a year that was, settled point by point, and loaded when nothing is open.

Each change carries the version that was on the page: whoever was overtaken is told, and overwrites nothing. 0035.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from answers import plans as loading
from answers.answering import Giver, refuse_if
from config.settings import settings
from database import audit, calendars, clock, plan_drafts, plans
from database.engine import reading, writing
from database.plan_drafts import OpenDecision, PlanDraft
from database.plans import Loaded
from domain.plan import Contacts, Plan, PlannedVisit, Unit
from domain.plan_calendar import Pace
from domain.problem import Overtaken, Problem, Refused
from domain.text import clean
from planning.next_year import next_year
from planning.plan_contacts import contacts_for
from planning.plan_draft import Draft
from planning.plan_value import Looker, check_value

Change = Callable[[PlanDraft], PlanDraft]


def begin(year: int, pattern: Plan, contacts: Contacts | None, giver: Giver, *, keep_hosts: bool = False) -> PlanDraft:
    """Begin the draft of that year after a plan that was; `contacts` are those of its year, if they are an office's.

    `Refused` where one is being drawn up already: nobody's work is thrown away.
    """
    with writing(settings().database) as session:
        there = plan_drafts.find(session, year)
        if there is not None:
            fault = f"đã có bản dự thảo, {there.saved_by} ghi lúc {there.saved_at:%H:%M %d/%m/%Y}"
            raise Refused(Problem(f"năm {year}", fault, "mở bản ấy, hoặc bỏ nó trước"))
        if year in plans.years(session):
            plan, in_use = plans.read(session, year)
            return _kept(session, PlanDraft(plan, in_use, (), (), f"kế hoạch {plan.symbol} đang dùng"), giver, "lập")
        calendar = calendars.in_force(session).working((year - 1, year, year + 1))
        draft = next_year(pattern, year, calendar, keep=keep_hosts)
        made = _of(draft, contacts, f"kế hoạch {pattern.symbol} năm {pattern.year}")
        return _kept(session, made, giver, "lập")


def settle(year: int, number: int, decided: str, giver: Giver, *, seen: int) -> PlanDraft:
    """Say what was decided about one point (counted from 1); it stands in the record with who said so."""
    words = clean(decided)
    if not words:
        raise Refused(Problem("quyết định", "chưa ghi quyết định thế nào", "ghi ngắn gọn, ví dụ “giữ nguyên”"))

    def change(draft: PlanDraft) -> PlanDraft:
        if not 1 <= number <= len(draft.decisions):
            raise Refused(Problem("quyết định", f"không có điểm số {number}", "mở lại trang"))
        return _with_decision(draft, number, words, giver)

    return _change(year, change, giver, seen, f"quyết định trong dự thảo: {words}", point=number)


def reopen(year: int, number: int, giver: Giver, *, seen: int) -> PlanDraft:
    """Put a point that was settled before the office again."""

    def change(draft: PlanDraft) -> PlanDraft:
        kept = list(draft.decisions)
        if 1 <= number <= len(kept):
            kept[number - 1] = OpenDecision(kept[number - 1].field, kept[number - 1].said)
        return replace(draft, decisions=tuple(kept))

    return _change(year, change, giver, seen, "mở lại một điểm của dự thảo", point=number)


def change_plan(year: int, change: Callable[[Plan], Plan], giver: Giver, *, seen: int, what: str) -> PlanDraft:
    """Change the head of the draft, or whatever of it a form shows; `what` is how the record calls it."""
    return _change(year, lambda draft: replace(draft, plan=change(draft.plan)), giver, seen, what)


def change_hosts(year: int, visits: Sequence[PlannedVisit], giver: Giver, *, seen: int) -> PlanDraft:
    """The hosts of each month; every other unit reports by itself (R49, R70)."""

    def change(draft: PlanDraft) -> PlanDraft:
        return replace(draft, plan=with_hosts(draft.plan, visits, draft.plan.units))

    return _change(year, change, giver, seen, "sửa đơn vị được dự trong dự thảo")


def change_units(
    year: int, units: Sequence[Unit], visits: Sequence[PlannedVisit], giver: Giver, *, seen: int
) -> PlanDraft:
    """Other units with their months, out of a sheet; addresses of units that stay are kept."""

    def change(draft: PlanDraft) -> PlanDraft:
        plan = with_hosts(draft.plan, visits, units)
        return replace(draft, plan=plan, contacts=contacts_for(plan, draft.contacts))

    return _change(year, change, giver, seen, "nhập bảng đơn vị vào dự thảo", units=len(units))


def with_hosts(plan: Plan, visits: Sequence[PlannedVisit], units: Sequence[Unit]) -> Plan:
    """The plan with these hosts and units; whoever is no host supervises himself."""
    hosting = {visit.unit for visit in visits}
    by_themselves = tuple(unit.code for unit in units if unit.code not in hosting)
    ordered = tuple(sorted(visits, key=lambda visit: visit.month))
    reports = replace(plan.self_supervising, units=by_themselves)
    return replace(plan, units=tuple(units), visits=ordered, self_supervising=reports)


def change_contacts(year: int, contacts: Contacts, giver: Giver, *, seen: int) -> PlanDraft:
    """The addresses of the draft; what they lack is said when the plan is looked at."""
    return _change(year, lambda draft: replace(draft, contacts=contacts), giver, seen, "sửa địa chỉ trong dự thảo")


def look(session: Session, draft: PlanDraft) -> list[Problem]:
    """Everything that keeps the draft from being loaded, then what a person should look at: open decisions first."""
    year = draft.plan.year
    calendar = calendars.in_force(session).working((year - 1, year, year + 1))
    of, planning = settings(), settings().planning
    pace = Pace(
        planning.usual_meeting_days, of.ladders.answer_within, of.ladders.choose_within, of.ladders.issue_within,
        planning.notice_days, planning.invitation_days,
    )  # fmt: skip
    still = [Problem("Cần quyết định", one.said, "ghi quyết định ở mục dưới") for one in draft.undecided]
    return [*still, *check_value(draft.plan, draft.contacts, Looker(calendar, pace, planning.max_hosts_per_month))]


def load(year: int, giver: Giver, *, seen: int) -> tuple[Loaded, list[Problem], bool]:
    """Let the draft become the plan of its year; `Refused` while a decision is open or a fault is left.

    Of a year that has a plan, addresses that were edited meanwhile stay (0035).
    """
    with reading(settings().database) as session:
        draft = _found(session, year, seen)
        refuse_if(look(session, draft))
    offered = loading.offer(draft.plan, draft.contacts)
    loaded, problems, behind = loading.load(offered, giver)
    with writing(settings().database) as session:
        plan_drafts.drop(session, year)
    return loaded, problems, behind


def drop(year: int, giver: Giver, *, seen: int) -> None:
    """Throw the draft away; the record says who did."""
    with writing(settings().database) as session:
        _found(session, year, seen)
        plan_drafts.drop(session, year)
        audit.note(session, giver.name, "bỏ dự thảo kế hoạch", year=year, source=giver.source)


def _of(draft: Draft, contacts: Contacts | None, made_from: str) -> PlanDraft:
    # The ids of requirements are for whoever reads a file or the code.
    decisions = tuple(OpenDecision(one.field, re.sub(r" \([A-Z]\d+\)", "", one.said)) for one in draft.decisions)
    return PlanDraft(draft.plan, contacts_for(draft.plan, contacts), decisions, draft.told, made_from)


def _with_decision(draft: PlanDraft, number: int, words: str, giver: Giver) -> PlanDraft:
    with reading(settings().database) as session:
        now = clock.now(session)
    kept = list(draft.decisions)
    kept[number - 1] = replace(kept[number - 1], decided=words, by=giver.name, at=now)
    return replace(draft, decisions=tuple(kept))


def _change(year: int, change: Change, giver: Giver, seen: int, what: str, **details: int) -> PlanDraft:
    with writing(settings().database) as session:
        draft = change(_found(session, year, seen))
        return _kept(session, draft, giver, what, **details)


def _kept(session: Session, draft: PlanDraft, giver: Giver, what: str, **details: int) -> PlanDraft:
    told = "lập dự thảo kế hoạch" if what == "lập" else what
    audit.note(session, giver.name, told, year=draft.plan.year, source=giver.source, **details)
    return plan_drafts.keep(session, draft, giver.name)


def _found(session: Session, year: int, seen: int) -> PlanDraft:
    """The draft as it was on the page; `Overtaken` where somebody has changed it since."""
    draft = plan_drafts.find(session, year)
    if draft is None:
        raise Refused(Problem(f"năm {year}", "không còn bản dự thảo", "mở lại trang Kế hoạch"))
    if draft.version != seen:
        assert draft.saved_at, "it was stored"
        fault = f"{draft.saved_by} đã sửa lúc {draft.saved_at:%H:%M %d/%m/%Y}"
        raise Overtaken(Problem("Dự thảo", fault, "xem lại rồi ghi lần nữa"))
    return draft
