"""Runs the three deployments and starts their runs: one process, ended by SIGTERM (design §8)."""

import asyncio
from datetime import timedelta

from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from config.settings import settings
from flows.monthly_visit import monthly_visit
from flows.open_due_visits import open_due_visits
from flows.tend_visits import tend_visits

#: 08:00 on the first of every month, where the office is (C7).
MONTHLY = Cron("0 8 1 * *", timezone="Asia/Ho_Chi_Minh")


async def deployments() -> list[RunnerDeployment]:
    """The three deployments, with their schedules. A rehearsal has no schedules: its clock is not the wall's.

    Module entrypoints, because a path would load each file a second time under another name (design trap 5).
    """
    live = settings().mode == "live"
    return [
        await monthly_visit.ato_deployment(
            "chuyen-thang",
            description="Một chuyến dự, giám sát. Custom run: năm, tháng, mã đơn vị; chạy hoặc chạy tiếp chuyến đó.",
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
        await open_due_visits.ato_deployment(
            "dau-thang",
            description="08:00 ngày 1 hằng tháng: mở các chuyến đến hạn.",
            schedules=[MONTHLY] if live else None,
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
        await tend_visits.ato_deployment(
            "trong-nom",
            description="Tìm lượt chạy bị mất và cho chạy tiếp.",
            schedules=[Interval(timedelta(minutes=settings().tend_minutes))] if live else None,
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
    ]


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
    asyncio.run(serve())
