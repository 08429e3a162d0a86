"""What the year page says at its top when the service itself is not well; nothing on most days."""

import shutil
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from config.settings import settings
from database.health import troubles
from domain.dates import OFFICE_ZONE
from domain.problem import Problem
from domain.role import Role
from web.desk.access import Person

#: Those who can do something about it, or must know why nothing moves.
_CONCERNS = (Role.ADMIN, Role.OFFICER, Role.LEADER)


def read_health(session: Session, person: Person) -> Sequence[Problem]:
    """What stops the service first; empty for people whom it does not concern."""
    if not person.may(*_CONCERNS):
        return ()
    of = settings()
    return troubles(session, of, datetime.now(OFFICE_ZONE), shutil.disk_usage(of.folder).free)
