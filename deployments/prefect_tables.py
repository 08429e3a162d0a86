"""Makes or renews the tables of Prefect's servers, before any of them starts: `python -m deployments.prefect_tables`.

A single server does so by itself. Several must not: two that start at once on an empty database would both make the
same rows (Prefect 3.9.1: `alembic_version`, `block_type`), and one of them would end.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from config.settings import settings
from deployments.service.environment import enter
from domain.problem import Refused

if TYPE_CHECKING:  # Prefect comes after its environment
    from sqlalchemy.ext.asyncio import AsyncEngine

_AGAIN = 0.5  # seconds until the next question whether the other machine is through


def main() -> None:
    """Make them, and the kinds of blocks that Prefect brings along; what is there stays. Exit 1 when it cannot."""
    try:
        enter(settings())
    except Refused as refusal:
        sys.exit(f"{refusal}")
    from prefect.server.database import provide_database_interface
    from prefect.server.models.block_registration import run_block_auto_registration

    async def make() -> None:
        database = provide_database_interface()
        async with _alone(await database.engine()):
            await database.create_db()
            async with database.session_context() as session:
                await run_block_auto_registration(session=session)

    asyncio.run(make())
    print("bảng của Prefect đã sẵn sàng")


@asynccontextmanager
async def _alone(engine: "AsyncEngine") -> AsyncIterator[None]:
    """Of several machines that make them at once, one does and the others wait: each alone would make the same rows."""
    if engine.dialect.name != "postgresql":
        yield
        return
    async with engine.connect() as connection:
        # Asked again and again: Prefect ends a question after ten seconds, and one that waits inside the server would
        # hold up an index that the other machine builds (CREATE INDEX CONCURRENTLY waits for every statement).
        own = await connection.execution_options(isolation_level="AUTOCOMMIT")
        while not await own.scalar(select(func.pg_try_advisory_lock(func.hashtext("visits tables of Prefect")))):
            await asyncio.sleep(_AGAIN)
        try:
            yield
        finally:
            await connection.invalidate()  # what ends the connection gives the lock back, whatever has happened on it


if __name__ == "__main__":
    main()
