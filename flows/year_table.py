"""The year as one page in Prefect: visits, reports, plan, summary, follow-ups; what each waits for, until when."""

from collections.abc import Iterator, Sequence
from datetime import date

from prefect.client.schemas.actions import ArtifactCreate
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.addresses import page_of
from config.settings import settings
from database import plans
from database.due_dates import DueDateRow
from database.models import StepRow, VisitRow
from domain import words
from domain.dates import short_date
from domain.obligation import STEPS, Kind
from domain.plan import Plan
from domain.role import role_called
from domain.state import VisitState
from overview.markdown import plain

#: A section names so many, open ones first; the desk shows all of them.
_AT_MOST = 60
_SECTIONS = (
    ("Các đợt dự, giám sát", (Kind.VISIT,)),
    ("Kế hoạch và báo cáo tổng hợp", (Kind.PLAN, Kind.SUMMARY)),
    ("Báo cáo của các đơn vị tự dự, giám sát", (Kind.SELF_REPORT,)),
    ("Theo dõi thực hiện kiến nghị", (Kind.FOLLOW_UP,)),
)
_WHOLE_YEAR = {Kind.PLAN: "Kế hoạch năm", Kind.SUMMARY: "Báo cáo tổng hợp"}


def key_of(year: int) -> str:
    """The key of the artifact; its page is `/artifacts/key/nam-2024`."""
    return f"nam-{year}"


def year_table(session: Session, year: int) -> ArtifactCreate:
    """The page of that year as it stands now."""
    text = "\n".join(_page(session, year))
    told = f"Cả năm {year}: việc nào đang chờ ai, đến khi nào"
    return ArtifactCreate(key=key_of(year), type="markdown", description=told, data=text)


def _page(session: Session, year: int) -> Iterator[str]:
    plan, _contacts = plans.read(session, year)
    yield f"# Năm {year}\n"
    yield f"[Mở bảng năm ở bàn làm việc]({settings().desk_url}/nam/{year})\n"
    for title, kinds in _SECTIONS:
        rows, total = _rows(session, year, kinds)
        if total:
            yield f"## {title}\n"
            yield from _section(session, plan, rows)
            if total > len(rows):
                yield f"\nCòn {total - len(rows)} dòng nữa ở bàn làm việc."
            yield ""


def _rows(session: Session, year: int, kinds: Sequence[Kind]) -> tuple[list[tuple[VisitRow, date | None]], int]:
    ours = (VisitRow.kind.in_(kinds), VisitRow.year == year, VisitRow.state != VisitState.WITHDRAWN)
    query = select(VisitRow, DueDateRow.due).outerjoin(
        DueDateRow, (DueDateRow.visit_id == VisitRow.id) & DueDateRow.is_open
    )
    query = query.where(*ours).order_by(VisitRow.state != VisitState.OPEN, VisitRow.month, VisitRow.id).limit(_AT_MOST)
    found: list[tuple[VisitRow, date | None]] = [(row, due) for row, due in session.execute(query)]
    found.sort(key=lambda one: (one[0].month, one[0].id))
    return found, session.scalar(select(func.count()).select_from(VisitRow).where(*ours)) or 0


def _section(session: Session, plan: Plan, rows: Sequence[tuple[VisitRow, date | None]]) -> Iterator[str]:
    steps = select(StepRow.visit_id, func.count()).where(StepRow.visit_id.in_([row.id for row, _due in rows]))
    done = {visit_id: number for visit_id, number in session.execute(steps.group_by(StepRow.visit_id))}  # noqa: C416 - a result has keys(), so dict() misreads it
    yield "| Tháng | Việc | Bước đã xong | Tình trạng | Chờ ai | Hạn | Từ ngày |"
    yield "|---|---|---|---|---|---|---|"
    for row, due in rows:
        yield f"| {' | '.join(_cells(row, due, plan, done.get(row.id, 0)))} |"


def _cells(row: VisitRow, due: date | None, plan: Plan, done: int) -> Iterator[str]:
    kind, is_open = Kind(row.kind), row.state == VisitState.OPEN
    called = plan.unit(row.unit).short_name if row.unit else _WHOLE_YEAR[kind]
    yield f"{row.month:02d}" if row.month else ""
    yield f"[{plain(called)}]({settings().desk_url}{page_of(row.obligation)})"
    yield f"{done}/{len(STEPS[kind])}"
    yield _state(row, is_open)
    # What lay behind when the plan was loaded is not open, and waits for somebody's word all the same (0015).
    yield role_called(row.waiting_for) if is_open or row.state == VisitState.UNDECIDED else ""
    yield short_date(due) if is_open and due and not row.trouble else ""
    yield short_date(row.waiting_since) if is_open and row.waiting_since else ""


def _state(row: VisitRow, is_open: bool) -> str:
    if is_open:
        return f"**{row.waiting_state}**" if row.trouble else row.waiting_state or "đang làm việc"
    if row.state == VisitState.PLANNED:
        return f"mở {short_date(row.opens_on)}"
    return words.VISITS.get(row.state, row.state)
