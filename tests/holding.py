"""Why letters are held, as tests ask it: in words."""

from sqlalchemy.orm import Session

from config.settings import Settings
from database.holding import why_held


def held_because(session: Session, of: Settings) -> str:
    """The reason; empty where letters go out."""
    held = why_held(session, of)
    return held.text if held else ""
