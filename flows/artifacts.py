"""Shows a visit and its year in Prefect itself: who was asked, what was decided, which letters; links to the desk.

An artifact is a picture for people, never a fact: whatever goes wrong with it is logged, and the run goes on.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from sqlalchemy.orm import Session

from config.addresses import page_of
from config.settings import settings
from database import plans, visits
from database.due_dates import open_of
from database.engine import reading
from database.models import VisitRow
from database.secrecy import mark_of
from domain import words
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.letters_and_documents import document_title, purpose_called
from domain.role import role_called
from domain.state import VisitState
from flows.engine.server import server
from flows.one_artifact import put_in_place
from flows.year_table import year_table
from overview.happened import Happened, what_happened
from overview.markdown import plain

_log = logging.getLogger("flows.artifacts")


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
            _send(client, one)
            put_in_place(client, year)
    except Exception:
        _log.warning("no artifact for visit %s", visit_id, exc_info=True)


def show_year(year: int) -> None:
    """Write the table of a year whose plan has just come, before anything of it moves. Never raises."""
    try:
        with reading(settings().database) as session:
            table = year_table(session, year)
        with server() as client:
            put_in_place(client, table)
    except Exception:
        _log.warning("no table of %s", year, exc_info=True)


def _send(client: SyncPrefectClient, *artifacts: ArtifactCreate) -> None:
    """Straight to the API: the client's own call also sends an event for each, which nobody waits for."""
    for artifact in artifacts:
        client.request("POST", "/artifacts/", json=artifact.model_dump(mode="json", exclude_unset=True))


def _story(session: Session, visit: VisitRow) -> Iterator[str]:
    happened = what_happened(session, visit)
    yield from _head(session, visit)
    if mark_of(session, visit):
        yield "Hồ sơ có độ mật: diễn biến chỉ xem ở bàn làm việc."
        return
    yield "| Bước | Xong | Ghi chú |\n|---|---|---|"
    for line in happened.step_lines:
        yield f"| {line.step.title} | {_moment(line.at) if line.at else '—'} | {plain(line.note)} |"
    if decided := list(_decided(happened)):
        yield "\n## Ai đã quyết định gì\n"
        yield from decided
    yield "\n## Đã hỏi ai, gửi thư nào\n\n| Thư | Số thư | Trạng thái |\n|---|---|---|"
    for (purpose, state), number in happened.letter_counts.items():
        yield f"| {purpose_called(purpose)} | {number} | {words.LETTERS[state]} |"


def _decided(happened: Happened) -> Iterator[str]:
    for decision in happened.decisions:
        yield f"- {_moment(decision.given_at)} · {plain(decision.by)}: {AnswerKind(decision.kind).did}"
    for paper in happened.documents:
        number = f", số {paper.symbol}" if paper.symbol else ""
        yield f"- {document_title(paper.kind)}, bản {paper.revision}: {words.DOCUMENTS[paper.state]}{number}"


def _head(session: Session, visit: VisitRow) -> Iterator[str]:
    page = f"{settings().desk_url}{page_of(visit.obligation)}"
    yield f"# {plain(visit.obligation.named(plans.unit_name(session, visit)))}\n"
    yield f"**{_stands(session, visit)}** · [Mở trang ở bàn làm việc]({page})\n"
    if visit.trouble:
        yield f"Lý do: {plain(visit.trouble)}\n"


def _stands(session: Session, visit: VisitRow) -> str:
    if visit.state != VisitState.OPEN or not visit.waiting_state:
        return words.VISITS.get(visit.state, visit.state).capitalize()
    dates = open_of(session, visit.id)
    due = f", hạn {short_date(dates[0].due)}" if dates else ""
    return f"{visit.waiting_state} ({role_called(visit.waiting_for)}{due})"


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} {short_date(moment)}"
