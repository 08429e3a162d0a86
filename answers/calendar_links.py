"""Somebody of the office makes a link to a calendar of his own, or takes it back."""

from answers.answering import Giver
from config.settings import settings
from database import audit, calendar_links
from database.engine import writing


def make(account_id: int, giver: Giver) -> str:
    """A new link, by which the one before holds no longer; gives its key, which is kept nowhere."""
    with writing(settings().database) as session:
        key = calendar_links.make(session, account_id, giver.name)
        audit.note(session, giver.name, "cấp liên kết lịch", source=giver.source)
        return key


def revoke(account_id: int, giver: Giver) -> bool:
    """Take the link back; False where there was none."""
    with writing(settings().database) as session:
        found = calendar_links.revoke(session, account_id, giver.name)
        if found:
            audit.note(session, giver.name, "thu hồi liên kết lịch", source=giver.source)
        return found
