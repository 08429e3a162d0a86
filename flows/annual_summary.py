"""The annual summary: added up from records, approved, issued to the Standing Committee (R68, R74, D14)."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from config.settings import settings
from database import visits
from database.engine import reading
from domain.obligation import Kind, Obligation, SummaryStep
from flows.course import Steps, follow_course
from flows.server import RESULTS
from flows.wake import start_parked
from tasks.summary_1_gather import gather
from tasks.summary_2_issue import issue_summary

STEPS: Steps = {SummaryStep.GATHER: gather, SummaryStep.ISSUE: issue_summary}


@flow(name="annual-summary", persist_result=False, result_storage=RESULTS)
def annual_summary(year: Annotated[int, Field(title="Năm", ge=2000, le=2100)]) -> State[None]:
    """Chạy hoặc chạy tiếp báo cáo tổng hợp của một năm."""
    ended = follow_course(Obligation(Kind.SUMMARY, year), STEPS)
    _wake_the_missing(year)
    return ended


def _wake_the_missing(year: int) -> None:
    """The units that were named as missing have their note already; their parked runs end by it."""
    with reading(settings().database) as session:
        rows = visits.of_year(session, year, Kind.SELF_REPORT)
        noted = [row.id for row in rows if row.state == "open" and row.wake_wanted > row.wake_seen]
    for visit_id in noted:
        start_parked(visit_id)
