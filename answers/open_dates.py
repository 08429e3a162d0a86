"""Gathers every date that planned and open visits wait for or will count, as it stands under one calendar (C4)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import settings
from database import due_dates, visits
from database.calendars import InForce
from database.dossier import Dossier, open_dossier
from database.list_due import LIST, asked_for
from database.models import VisitRow
from domain.deadline import nomination_deadline
from domain.due import DueRule
from domain.obligation import Kind
from domain.open_date import OpenDate
from domain.state import VisitState
from domain.step import Step

#: What the ladders are about, in the words of staff.
_ABOUT = {
    "nominations": "gửi danh sách",
    "incomplete": "bổ sung danh sách",
    "late": "chấp nhận danh sách trễ",
    "over": "đợt của tháng đã qua",
    "choice": "lựa chọn",
    "notice": "phát hành thông báo",
    "findings": "kết quả giám sát",
    "report": "duyệt báo cáo",
    "result:approve": "duyệt thông báo kết quả",
    "result:issue": "phát hành thông báo kết quả",
    "self_report": "báo cáo năm",
    "review": "xem xét báo cáo năm",
    "again": "gửi lại báo cáo năm",
    "plan": "phát hành kế hoạch năm",
    "summary": "nhiệm vụ năm sau",
    "summary:approve": "duyệt báo cáo tổng hợp năm",
    "summary:issue": "phát hành báo cáo tổng hợp năm",
    "remedies": "thực hiện kiến nghị",
}


def waiting_visits(session: Session, *, lock: bool = False) -> list[Dossier]:
    """Every visit that is planned or open, of whatever year."""
    ahead = VisitRow.state.in_((VisitState.PLANNED, VisitState.OPEN))
    if lock:
        visits.lock(session, ahead)
    query = select(VisitRow.id).where(ahead)
    ids = session.scalars(query.order_by(VisitRow.year, VisitRow.month, VisitRow.id)).all()
    return [open_dossier(session, visit_id) for visit_id in ids]


def open_dates(dossier: Dossier, calendar: InForce) -> list[OpenDate]:
    """The dates of one visit, or of another obligation, as they are by that calendar."""
    if dossier.visit.kind != Kind.VISIT:
        return list(_of_waiting(dossier, calendar))
    if dossier.visit.state == VisitState.PLANNED:
        return list(_of_request(dossier, calendar, max(dossier.visit.opens_on, dossier.today)))
    found = list(_of_waiting(dossier, calendar))
    if dossier.nominations is None and not found:
        found += _of_request(dossier, calendar, (dossier.visit.opened_at or dossier.now).date())
    return [*found, *_of_list(dossier, calendar), *_of_findings(dossier, calendar, found)]


def is_unknown(dossier: Dossier) -> bool:
    """Whether the visit waits for a person since before its dates were kept with their rules: nobody can say them."""
    row = dossier.visit
    waits = (
        row.state == VisitState.OPEN
        and row.waiting_until is not None
        and row.waiting_for not in ("date", "mail_server")
    )
    return waits and not due_dates.open_of(dossier.session, row.id)


def _of_request(dossier: Dossier, calendar: InForce, opened: date) -> Iterator[OpenDate]:
    """What a visit that has not asked yet will count from the day it asks."""
    yield from _both(dossier, calendar, LIST, asked_for(dossier.visit, dossier.plan, opened), -1, opened)


def _of_waiting(dossier: Dossier, calendar: InForce) -> Iterator[OpenDate]:
    for row in due_dates.open_of(dossier.session, dossier.visit.id):
        done = due_dates.highest_rung(dossier.session, dossier.visit.id, row.about)
        yield from _both(dossier, calendar, row.about, row.as_rule, done, dossier.today)


def _of_list(dossier: Dossier, calendar: InForce) -> Iterator[OpenDate]:
    """The own deadline of each nominated meeting: by it the list is judged until somebody has chosen (R85)."""
    if dossier.nominations is None or dossier.chosen:
        return
    working = calendar.working(_years(dossier))
    for meeting in dossier.nominations.meetings:
        deadline = nomination_deadline(meeting.day_to_judge, dossier.plan.rules, working)
        what = f"thời hạn báo của số {meeting.number}"
        yield _date(dossier, calendar, what, deadline.last_day, deadline.why)


def _of_findings(dossier: Dossier, calendar: InForce, found: Sequence[OpenDate]) -> Iterator[OpenDate]:
    """When the findings will be due, of a visit whose meetings are chosen and still to come."""
    waited_for = any(one.what == f"hạn {_ABOUT['findings']}" for one in found)
    done = Step.COLLECT_FINDINGS in visits.finished_steps(dossier.session, dossier.visit.id)
    if not dossier.chosen or dossier.findings or waited_for or done:
        return
    last_day, ladders = max(meeting.day for meeting in dossier.chosen), settings().ladders
    rule = DueRule(last_day, ladders.findings_within, ladders.findings)
    yield from _both(dossier, calendar, "findings", rule, -1, max(last_day, dossier.today - timedelta(days=1)))


def _both(dossier: Dossier, calendar: InForce, about: str, rule: DueRule, done: int, today: date) -> Iterator[OpenDate]:
    """The due date of a ladder, and its next reminder."""
    working = calendar.working(_years(dossier))
    name = told_of(about)
    yield _date(dossier, calendar, f"hạn {name}", rule.day(working), rule.why(working))
    following = due_dates.next_look(rule, calendar, done, today)
    if following:
        yield _date(dossier, calendar, f"lần nhắc tới về {name}", following, "")


def _date(dossier: Dossier, calendar: InForce, what: str, day: date, why: str) -> OpenDate:
    return OpenDate(dossier.visit.key, what, day, why, calendar.content.is_provisional(day))


def told_of(about: str) -> str:
    """What a ladder is about, in the words of staff; what a newer service wrote stays as it is."""
    return next((name for begin, name in _ABOUT.items() if about.startswith(begin)), about)


def _years(dossier: Dossier) -> tuple[int, ...]:
    return dossier.visit.year - 1, dossier.visit.year, dossier.visit.year + 1
