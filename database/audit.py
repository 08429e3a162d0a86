"""The record of who did what, to which visit, and when (P7)."""

from typing import Any

from sqlalchemy.orm import Session

from database import clock
from database.models import AuditRow

#: How the service itself is named in the record.
SYSTEM = "hệ thống"


def note(session: Session, who: str, what: str, visit_id: int | None = None, **details: Any) -> None:
    """Add one line; `details` are JSON values and never hold secrets."""
    session.add(AuditRow(at=clock.now(session), who=who, what=what, visit_id=visit_id, details=details))
