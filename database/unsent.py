"""What was typed into a form whose session had ended: kept for that one account until it sends the form again."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from database.drafts import UploadRow

#: After so long nobody looks for it any more; and so many forms at most for one account, the newest.
KEPT, MOST = timedelta(hours=12), 5


def keep(session: Session, visit_id: int | None, account: int, path: str, content: bytes, now: datetime) -> None:
    """Keep the form of that address; `now` is the clock outside, by which sessions end as well."""
    session.execute(delete(UploadRow).where(UploadRow.owner.startswith("typed:"), UploadRow.kept_at < now - KEPT))
    drop(session, account, path)
    rows = session.scalars(select(UploadRow).where(UploadRow.owner == _owner(account)).order_by(UploadRow.id.desc()))
    for row in rows.all()[MOST - 1 :]:
        session.delete(row)
    key = secrets.token_urlsafe(16)
    session.add(UploadRow(key=key, visit_id=visit_id, owner=_owner(account), name=path, content=content, kept_at=now))


def find(session: Session, account: int, path: str, now: datetime) -> bytes | None:
    """What that account typed at that address, None if there is nothing or it is too old."""
    query = select(UploadRow.content).where(UploadRow.owner == _owner(account), UploadRow.name == path)
    return session.scalars(query.where(UploadRow.kept_at >= now - KEPT)).first()


def drop(session: Session, account: int, path: str) -> None:
    """The form was sent again."""
    session.execute(delete(UploadRow).where(UploadRow.owner == _owner(account), UploadRow.name == path))


def _owner(account: int) -> str:
    return f"typed:person:{account}"
