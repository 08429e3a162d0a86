"""The three deployments: what runs, and when (design §3, the trigger)."""

import asyncio
from datetime import timedelta
from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from config.settings import settings
from flows.monthly_visit import monthly_visit
from flows.open_due_visits import open_due_visits
from flows.tend_visits import tend_visits

#: 08:00 on the first of every month, where the office is (C7).
MONTHLY = Cron("0 8 1 * *", timezone="Asia/Ho_Chi_Minh")

#: `flow/deployment` -> the flow.
FLOWS: dict[str, Flow[..., Any]] = {
    "monthly-visit/chuyen-thang": monthly_visit,
    "open-due-visits/dau-thang": open_due_visits,
    "tend-visits/trong-nom": tend_visits,
}
NAMES = tuple(FLOWS)


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


def register() -> None:
    """Write the deployments into the server; once more changes nothing."""

    async def apply_all() -> None:
        for deployment in await deployments():
            await deployment.aapply()

    asyncio.run(apply_all())
