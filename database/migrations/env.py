"""Tells Alembic which tables there are and which connection to use; `database.schema` calls it."""

from typing import Literal

from alembic import context

from database.models import Moment
from database.tables import Base


def _plain_types(kind: str, value: object, _context: object) -> str | Literal[False]:
    """Write our moment type as what the database knows, so that a migration needs nothing of today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, Moment) else False


connection = context.config.attributes["connection"]
# SQLite cannot alter most things in place; batch mode copies the table instead.
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=_plain_types)
with context.begin_transaction():
    context.run_migrations()
