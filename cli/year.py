"""What the year asks for beside the visits, as `visits status`, `show` and `plan show` tell it (R66–R82, D11)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cli.output import print_table
from config.settings import settings
from database import follow_ups, plans, visits
from database.dossier import Dossier
from database.models import VisitRow
from domain import words
from domain.dates import short_date
from domain.obligation import STEPS, Kind
from domain.plan import Plan
from domain.role import role_called
from domain.schedule import planned_reports, planned_rounds
from domain.state import VisitState
from domain.working_days import WorkingCalendar

#: Every kind but the visits, in the order of the year.
OTHERS = (Kind.PLAN, Kind.FOLLOW_UP, Kind.SELF_REPORT, Kind.SUMMARY)


def obligations_of(session: Session, year: int) -> list[dict[str, str]]:
    """Each obligation of the year that is no visit: what it waits for, and for whom."""
    rows = [row for kind in OTHERS for row in visits.of_year(session, year, kind)]
    return [_line(row, plans.unit_name(session, row), visits.finished_steps(session, row.id)) for row in rows]


def _line(row: VisitRow, name: str, finished: set[int]) -> dict[str, str]:
    coming = next((step for step in STEPS[Kind(row.kind)] if step not in finished), None)
    begun = row.state == VisitState.OPEN and coming is not None
    until = row.waiting_until.date() if row.state == VisitState.OPEN and row.waiting_until else None
    day = row.opens_on if row.state == VisitState.PLANNED else until
    return {
        "key": row.key,
        "kind": row.kind,
        "name": row.obligation.named(name),
        "state": row.state,
        "step": coming.title if begun and coming else words.VISITS.get(row.state, row.state),
        "waiting_for": role_called(row.waiting_for),
        "waiting_state": row.waiting_state or "",
        "next": short_date(day) if day else "",
    }


def print_obligations(lines: list[dict[str, str]]) -> None:
    """The table below the one of the visits."""
    shown = ("key", "step", "waiting_for", "waiting_state", "next")
    columns = ("Việc", "Bước", "Chờ ai", "Chờ gì", "Ngày tới")
    print_table("Việc khác trong năm", columns, ([line[name] for name in shown] for line in lines))


def left_open(dossier: Dossier) -> list[dict[str, str]]:
    """What earlier years recommended to that unit and nobody has reported as done."""
    left = follow_ups.left_open(dossier.session, dossier.visit.unit, dossier.visit.year)
    return [
        {
            "visit": one.visit, "number": f"{one.followed.number}", "text": one.followed.asked.text,
            "owner": one.followed.asked.owner, "due": short_date(one.followed.asked.due),
        }
        for one in left
    ]  # fmt: skip


def print_left_open(lines: list[dict[str, str]]) -> None:
    """Only where there is something: most units have nothing left."""
    if lines:
        columns = ("Đợt", "Số", "Kiến nghị", "Nơi thực hiện", "Thời hạn")
        print_table("Kiến nghị các năm trước chưa báo cáo thực hiện", columns, (list(line.values()) for line in lines))


def print_schedule(plan: Plan, calendar: WorkingCalendar) -> None:
    """Every visit and every report of a plan with its days."""
    year = plan.year
    print_table(
        "Đơn vị được dự, giám sát", ("Tháng", "Đơn vị", "Mở ngày", "Hạn danh sách", "Gọi là"), _rounds(plan, calendar)
    )
    reports = planned_reports(plan, settings().ladders.self_report_request)
    keys = [f"{year}/{code}" for code in plan.self_supervising.units]
    print_table(
        f"Đơn vị tự giám sát, báo cáo chậm nhất {short_date(plan.self_supervising.due)}",
        ("Đơn vị", "Mở ngày", "Hạn báo cáo", "Gọi là"),
        (
            (one.unit, short_date(one.asked_on), short_date(one.due), key)
            for one, key in zip(reports, keys, strict=True)
        ),
    )


def _rounds(plan: Plan, calendar: WorkingCalendar) -> Iterator[tuple[str, ...]]:
    for one, visit in zip(planned_rounds(plan, calendar, settings().ladders.answer_within), plan.visits, strict=True):
        days = (short_date(one.asked_on), short_date(one.list_due))
        yield (f"{one.month}", one.unit, *days, visit.key(plan.year))
