"""Makes or renews the tables of Prefect's servers, before any of them starts: `python -m deployments.prefect_tables`.

A single server does so by itself. Several must not: two that start at once on an empty database would both make the
same rows (Prefect 3.9.1: `alembic_version`, `block_type`), and one of them would end.
"""

import asyncio
import sys

from config.settings import settings
from deployments.service.environment import enter
from domain.problem import Refused


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
        await database.create_db()
        async with database.session_context() as session:
            await run_block_auto_registration(session=session)

    asyncio.run(make())
    print("bảng của Prefect đã sẵn sàng")


if __name__ == "__main__":
    main()
