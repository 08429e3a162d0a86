"""Shows a visit and its year in Prefect itself: who was asked, what was decided, which letters; links to the desk.

An artifact is a picture for people, never a fact: whatever goes wrong with it is logged, and the run goes on.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.addresses import page_of
from config.settings import settings
from database import answers, documents, plans, visits
from database.due_dates import open_of
from database.engine import reading
from database.models import LetterRow, StepRow, VisitRow
from domain import words
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.obligation import STEPS, Kind
from domain.purpose import document_title, purpose_called
from domain.role import role_called
from domain.state import VisitState
from flows.engine.server import server
from flows.year_table import year_table

_log = logging.getLogger("flows.artifacts")

#: What the service does by itself, or by its own word, is told elsewhere.
_NOT_A_DECISION = (AnswerKind.RECOMMENDATION, AnswerKind.TAKEN_UP)


def show(run_id: UUID, visit_id: int) -> None:
    """Write how it stands now: its story to its run and the table of its year. Never raises."""
    try:
        with reading(settings().database) as session:
            visit = visits.get(session, visit_id)
            key = visit.key.replace("/", "-").replace("_", "-")
            one = ArtifactCreate(
                key=f"chuyen-{key}", type="markdown", flow_run_id=run_id,
                description=f"{visit.key}: diễn biến đến lúc này", data="\n".join(_story(session, visit)),
            )  # fmt: skip
            year = year_table(session, visit.year)
        with server() as client:
            _send(client, one, year)
    except Exception:
        _log.warning("no artifact for visit %s", visit_id, exc_info=True)


def show_year(year: int) -> None:
    """Write the table of a year whose plan has just come, before anything of it moves. Never raises."""
    try:
        with reading(settings().database) as session:
            table = year_table(session, year)
        with server() as client:
            _send(client, table)
    except Exception:
        _log.warning("no table of %s", year, exc_info=True)


def _send(client: SyncPrefectClient, *artifacts: ArtifactCreate) -> None:
    """Straight to the API: the client's own call also sends an event for each, which nobody waits for."""
    for artifact in artifacts:
        client.request("POST", "/artifacts/", json=artifact.model_dump(mode="json", exclude_unset=True))


def _story(session: Session, visit: VisitRow) -> Iterator[str]:
    yield from _head(session, visit)
    yield "| Bước | Xong | Ghi chú |\n|---|---|---|"
    done = {row.step: row for row in session.scalars(select(StepRow).where(StepRow.visit_id == visit.id))}
    for step in STEPS[Kind(visit.kind)]:
        row = done.get(step)
        yield f"| {step.title} | {_moment(row.done_at) if row else '—'} | {_cell(row.note) if row else ''} |"
    if decided := list(_decided(session, visit.id)):
        yield "\n## Ai đã quyết định gì\n"
        yield from decided
    yield "\n## Đã hỏi ai, gửi thư nào\n\n| Thư | Số thư | Trạng thái |\n|---|---|---|"
    yield from _letters(session, visit.id)


def _decided(session: Session, visit_id: int) -> Iterator[str]:
    for one in answers.versions(session, visit_id):
        if one.kind not in _NOT_A_DECISION:
            yield f"- {_moment(one.given_at)} · {one.by}: {AnswerKind(one.kind).did}"
    for paper in documents.of_visit(session, visit_id):
        number = f", số {paper.symbol}" if paper.symbol else ""
        yield f"- {document_title(paper.kind)}, bản {paper.revision}: {words.DOCUMENTS[paper.state]}{number}"


def _head(session: Session, visit: VisitRow) -> Iterator[str]:
    page = f"{settings().desk_url}{page_of(visit.obligation)}"
    yield f"# {visit.obligation.named(plans.unit_name(session, visit))}\n"
    yield f"**{_stands(session, visit)}** · [Mở trang ở bàn làm việc]({page})\n"
    if visit.trouble:
        yield f"Lý do: {_cell(visit.trouble)}\n"


def _letters(session: Session, visit_id: int) -> Iterator[str]:
    query = select(LetterRow.purpose, LetterRow.state).where(LetterRow.visit_id == visit_id).order_by(LetterRow.id)
    counted = Counter((purpose, state) for purpose, state in session.execute(query))
    for (purpose, state), number in counted.items():
        yield f"| {purpose_called(purpose)} | {number} | {words.LETTERS[state]} |"


def _stands(session: Session, visit: VisitRow) -> str:
    if visit.state != VisitState.OPEN or not visit.waiting_state:
        return words.VISITS.get(visit.state, visit.state).capitalize()
    dates = open_of(session, visit.id)
    due = f", hạn {short_date(dates[0].due)}" if dates else ""
    return f"{visit.waiting_state} ({role_called(visit.waiting_for)}{due})"


def _cell(text: str) -> str:
    return text.replace("|", "·").replace("\n", " ")


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} {short_date(moment)}"
