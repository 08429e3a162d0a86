"""Finds years and units by the plans: what the plan says, everybody may read."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from config.addresses import page_of
from database import plans
from database.models import VisitRow
from domain import words
from domain.dates import month_and_year
from domain.obligation import Kind, Obligation
from domain.plan import Plan
from domain.state import VisitState
from web.search.found import SHOWN, Hit, Sought

#: The newest plans are looked through; the visits of older years are found by the code of their unit, which stays.
_PLANS = 2


def newest_plans(session: Session, years: Sequence[int]) -> list[Plan]:
    """The plans by which units and people are found."""
    return [plans.read(session, year)[0] for year in years[:_PLANS]]


def find_years(years: Sequence[int], sought: Sought) -> Iterator[Hit]:
    """The year that was typed, where it has a plan."""
    if sought.year in years:
        yield Hit(f"Năm {sought.year}", f"/nam/{sought.year}", "bảng năm")
        yield Hit(f"Kế hoạch năm {sought.year}", page_of(Obligation(Kind.PLAN, sought.year)), "kế hoạch")


def find_units(session: Session, known: Sequence[Plan], sought: Sought, hidden: frozenset[int]) -> Iterator[Hit]:
    """The visits and reports of the units of that name, the newest first."""
    names = {code: plan.unit(code).short_name for plan in reversed(known) for code, key in plan.unit_keys
             if sought.is_in(key)}  # fmt: skip
    by_code = VisitRow.unit.contains("_".join(sought.words), autoescape=True)
    query = select(VisitRow).where(
        or_(VisitRow.unit.in_(names), by_code), VisitRow.kind.in_((Kind.VISIT, Kind.SELF_REPORT)),
        VisitRow.state != VisitState.WITHDRAWN,
    )  # fmt: skip
    newest = query.order_by(VisitRow.year.desc(), VisitRow.month, VisitRow.id).limit(SHOWN + 1)
    rows = session.scalars(newest).all()
    older = {year: plans.read(session, year)[0] for year in {row.year for row in rows if row.unit not in names}}
    for row in rows:
        unit = names.get(row.unit) or older[row.year].unit(row.unit).short_name
        told = words.VISITS.get(row.state, row.state)
        yield Hit(f"{unit}, {period(row.kind, row.year, row.month)}", page_of(row.obligation),
                  "" if row.id in hidden else told, row.id in hidden)  # fmt: skip


def period(kind: str, year: int, month: int) -> str:
    """`đợt tháng 5/2024`, `báo cáo năm 2024`: what of a unit, or of the year, it is."""
    when = month_and_year(year, month)
    return {
        Kind.VISIT.value: f"đợt tháng {when}", Kind.FOLLOW_UP.value: f"kiến nghị tháng {when}",
        Kind.SELF_REPORT.value: f"báo cáo năm {year}", Kind.PLAN.value: f"kế hoạch năm {year}",
        Kind.SUMMARY.value: f"tổng hợp năm {year}",
    }.get(kind, f"năm {year}")  # fmt: skip
