"""The deployments: what runs, and when (design §3, the trigger)."""

import asyncio
from datetime import timedelta
from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from config.settings import settings
from deployments.alert import set_up_alert
from deployments.saved_lists import save_lists
from domain.obligation import Kind
from flows.annual_summary import annual_summary
from flows.follow_up import follow_up
from flows.monthly_visit import monthly_visit
from flows.open_due_visits import open_due_visits
from flows.publish_plan import publish_plan
from flows.self_supervision import self_supervision
from flows.tend_visits import tend_visits
from flows.wake import DEPLOYMENTS, OPENING, TENDING

#: 08:00 on the first of every month, where the office is (C7): the day on which visits open.
MONTHLY = Cron("0 8 1 * *", timezone="Asia/Ho_Chi_Minh")
#: The same on all other days, for what opens on a day of its own: the plan, the reports, the summary, follow-ups.
BETWEEN = Cron("0 8 2-31 * *", timezone="Asia/Ho_Chi_Minh")

#: `flow/deployment` -> the flow.
FLOWS: dict[str, Flow[..., Any]] = {
    DEPLOYMENTS[Kind.VISIT]: monthly_visit,
    DEPLOYMENTS[Kind.SELF_REPORT]: self_supervision,
    DEPLOYMENTS[Kind.PLAN]: publish_plan,
    DEPLOYMENTS[Kind.SUMMARY]: annual_summary,
    DEPLOYMENTS[Kind.FOLLOW_UP]: follow_up,
    OPENING: open_due_visits,
    TENDING: tend_visits,
}
NAMES = tuple(FLOWS)

_TOLD = {
    DEPLOYMENTS[Kind.VISIT]: "Một chuyến dự, giám sát. Custom run: năm, tháng, mã đơn vị; chạy hoặc chạy tiếp chuyến.",
    DEPLOYMENTS[Kind.SELF_REPORT]: "Báo cáo của một đơn vị tự dự, giám sát. Custom run: năm, mã đơn vị.",
    DEPLOYMENTS[Kind.PLAN]: "Phát hành, gửi kế hoạch năm. Custom run: năm.",
    DEPLOYMENTS[Kind.SUMMARY]: "Báo cáo tổng hợp năm. Custom run: năm.",
    DEPLOYMENTS[Kind.FOLLOW_UP]: "Theo dõi kiến nghị sau một chuyến. Custom run: năm, tháng, mã đơn vị.",
    OPENING: "08:00 hằng ngày: mở các chuyến và công việc đến hạn; chuyến mở vào ngày 1 hằng tháng.",
    TENDING: "Tìm lượt chạy bị mất và cho chạy tiếp.",
}


def _schedules(name: str) -> list[Any] | None:
    """A rehearsal has no schedules: its clock is not the wall's."""
    if settings().mode != "live":
        return None
    return {OPENING: [MONTHLY, BETWEEN], TENDING: [Interval(timedelta(minutes=settings().tend_minutes))]}.get(name)


async def deployments() -> list[RunnerDeployment]:
    """Every deployment with its schedules.

    Module entrypoints, because a path would load each file a second time under another name (design trap 5).
    """
    return [
        await flow.ato_deployment(
            name.partition("/")[2],
            description=_TOLD[name],
            schedules=_schedules(name),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for name, flow in FLOWS.items()
    ]


def register() -> None:
    """Write the deployments, the lists of runs and the alert into the server; once more changes nothing."""

    async def apply_all() -> None:
        for deployment in await deployments():
            await deployment.aapply()

    asyncio.run(apply_all())
    save_lists()
    set_up_alert()
