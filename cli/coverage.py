"""`visits plan coverage`: which units have not been hosts within the office's years and are not planned either."""

from collections import Counter
from typing import Annotated, Any

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cli.output import print_json, print_table, refusing, say
from config.choice_file import choice_rules
from config.settings import settings
from database import history, plans
from database.engine import reading
from database.models import PlanRow
from domain.coverage import Turn, spread, suggest_hosts, turns
from domain.plan import Plan, PlannedVisit
from domain.problem import Problem, Refused


def add_to(app: typer.Typer) -> None:
    """Put the command beside the others about the plan."""
    app.command()(coverage)


@refusing
def coverage(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="năm cần xem; năm chưa có kế hoạch thì được đề xuất")],
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Đơn vị nào quá số năm quy định chưa được dự, giám sát mà cũng chưa có trong kế hoạch; đề xuất tháng."""
    within = choice_rules(settings().choice_rules).within_years
    with reading(settings().database) as session:
        plan, since = _plan_for(session, year)
        units = [unit.code for unit in plan.units]
        planned = history.still_planned(session, year)
        standing = turns(year, units, history.host_years(session), planned, within, since)
    proposed = _proposed(standing, plan, year, planned, within)
    if as_json:
        print_json(_as_data(year, within, standing, proposed))
        return
    months = {one.unit: one.month for one in proposed}
    print_table(
        f"Mỗi đơn vị ít nhất một lần trong {within} năm · năm {year}",
        ("Đơn vị", "Lần gần nhất", "Năm nay", "Chậm nhất", "Đề xuất"),
        (_line(turn, plan, months) for turn in standing),
    )
    _sum_up(standing, plan, within)


def _plan_for(session: Session, year: int) -> tuple[Plan, int]:
    """The plan of that year, or the newest before it, and the year in which the records begin."""
    known = select(func.max(PlanRow.year), func.min(PlanRow.year)).where(PlanRow.year <= year)
    last, first = session.execute(known).one()
    if last is None:
        raise Refused(
            Problem(f"năm {year}", "chưa nạp kế hoạch của năm này hay năm trước", "chạy: visits plan load FILE")
        )
    return plans.read(session, last)[0], first


def _proposed(
    standing: tuple[Turn, ...], plan: Plan, year: int, planned: dict[str, int], within: int
) -> tuple[PlannedVisit, ...]:
    months = sorted({visit.month for visit in plan.visits})
    if plan.year != year:
        return suggest_hosts(standing, within, months)
    missing = [turn.unit for turn in standing if turn.is_missing]
    # Months that are over take nobody any more; the first one still planned is the earliest that can.
    ahead = [month for month in months if month >= min(planned.values(), default=13)] or months
    return spread(missing, ahead, Counter(planned.values()))


def _line(turn: Turn, plan: Plan, months: dict[str, int]) -> tuple[str, ...]:
    this_year = f"tháng {turn.month}" if turn.month else "đã dự" if turn.has_turn else "không"
    due = f"năm {turn.due_by}" + (" · QUÁ" if turn.is_missing and turn.due_by < turn.year else "")
    proposed = f"tháng {months[turn.unit]}" if turn.unit in months else ""
    return plan.unit(turn.unit).short_name, f"{turn.last}" if turn.last else "chưa có", this_year, due, proposed


def _sum_up(standing: tuple[Turn, ...], plan: Plan, within: int) -> None:
    missing = [plan.unit(turn.unit).short_name for turn in standing if turn.is_missing]
    if missing:
        say(f"{len(missing)} đơn vị quá {within} năm nếu năm nay không được dự, giám sát: {', '.join(missing)}")
    else:
        say(f"Không đơn vị nào quá {within} năm.")


def _as_data(year: int, within: int, standing: tuple[Turn, ...], proposed: tuple[PlannedVisit, ...]) -> dict[str, Any]:
    return {
        "year": year,
        "within_years": within,
        "missing": [turn.unit for turn in standing if turn.is_missing],
        "units": standing,
        "proposed": proposed,
    }
