"""What is over and may be put away: the closed visits and other obligations of a year, and who took which (P7, P25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from database import plans
from database.models import AuditRow, VisitRow
from domain.state import VisitState

#: How the record names the taking of a folder (`archive.folder.note_taken`).
TAKEN = "lấy hồ sơ"


@dataclass(frozen=True)
class ClosedFolder:
    """The folder of one obligation that is over."""

    visit: VisitRow
    name: str  #: `2024-02 · Nhơn Trạch`
    taken: AuditRow | None  #: the last time that somebody took it


def closed_count(session: Session, year: int) -> int:
    """How many there are in a year."""
    return session.scalar(select(func.count()).select_from(VisitRow).where(_closed(year))) or 0


def closed_folders(session: Session, year: int, *, skipped: int, at_most: int) -> Sequence[ClosedFolder]:
    """Those of a year, what was closed last first; one query for them, one for who took them."""
    query = select(VisitRow).where(_closed(year)).order_by(VisitRow.closed_at.desc(), VisitRow.id.desc())
    rows = session.scalars(query.offset(skipped).limit(at_most)).all()
    taken = _taken(session, [row.id for row in rows])
    names = {unit.code: unit.short_name for unit in plans.read(session, year)[0].units}
    return [
        ClosedFolder(row, row.obligation.named(names.get(row.unit, row.unit)), taken.get(row.id)) for row in rows
    ]  # fmt: skip


def _closed(year: int) -> ColumnElement[bool]:
    return and_(VisitRow.year == year, VisitRow.state.in_((VisitState.CLOSED, VisitState.CANCELLED, VisitState.FILED)))


def _taken(session: Session, ids: Sequence[int]) -> Mapping[int, AuditRow]:
    query = select(AuditRow).where(AuditRow.visit_id.in_(ids), AuditRow.what.startswith(TAKEN)).order_by(AuditRow.id)
    return {row.visit_id: row for row in session.scalars(query) if row.visit_id}
