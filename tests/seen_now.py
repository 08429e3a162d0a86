"""What somebody who looks at a visit now has before his eyes, for a test that decides on it."""

from answers.seen import token_of
from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading


def seen_now(key: str) -> str:
    """The token that its pages would carry."""
    with reading(settings().database) as session:
        return token_of(open_dossier(session, visits.find(session, key).id))
