"""What the tests of the pages that only show share: the points of the story, and a count of queries."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from config.settings import settings
from database.engine import engine_for
from tests.web.conftest import Visitor

STAGES = (
    "until_asked", "until_listed", "until_chosen", "until_signed", "until_issued", "until_met", "until_reported",
)  # fmt: skip


def queries_for(visitor: Visitor, url: str) -> int:
    """How many statements that page sends to the database, once it was opened before."""
    visitor.get(url)
    with counting() as sent:
        visitor.get(url)
    return len(sent)


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
