"""What a database says, whether it is a file or on a server."""

from collections.abc import Mapping

from sqlalchemy import text

from config.settings import Settings
from database.engine import engine_for, reading
from database.record.check import faults
from deployments.copies.rows import Tables


def rows(url: str) -> Mapping[str, list[str]]:
    """All that a database says, table by table."""
    with engine_for(url).connect() as connection:
        tables = Tables(connection)
        return {table.name: sorted(str(row) for some in tables.rows(table) for row in some) for table in tables.ordered}


def tables_in(url: str, schema: str) -> int:
    with engine_for(url).connect() as connection:
        found = text("SELECT count(*) FROM pg_tables WHERE schemaname LIKE :schema")
        return int(connection.scalar(found, {"schema": schema}) or 0)


def no_faults(of: Settings) -> bool:
    with reading(of.database) as session:
        return [one for one in faults(session, of) if not one.warning] == []
