"""Runs visits with Prefect's own runner, one fresh Python process for each run; the warm runner's plain alternative."""

import asyncio

from prefect.runner import Runner

from config.settings import settings
from deployments.alert import set_up_alert
from deployments.registry import deployments
from deployments.saved_lists import save_lists


async def serve() -> None:
    """Register the deployments and run what is due until the process is told to stop."""
    runner = Runner(
        name=f"visits-{settings().mode}",
        query_seconds=settings().poll_seconds,
        # A run picked up ahead of its time could still be in its last execution (design trap 15).
        prefetch_seconds=0,
        limit=settings().parallel_runs,
        pause_on_shutdown=False,
    )
    for deployment in await deployments():
        await runner.aadd_deployment(deployment)
    await runner.start()


if __name__ == "__main__":
    save_lists()
    set_up_alert()
    asyncio.run(serve())
