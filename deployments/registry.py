"""The deployments: what runs, and when (design §3, the trigger)."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from config.run_lists import OPEN_RUNS, STOPPED_RUNS
from config.settings import settings
from database import plans
from database.engine import reading
from deployments.alert import set_up_alert
from deployments.applying import apply, last_put, remember, retire
from deployments.pool.make import make_pool
from deployments.saved_lists import save_lists
from deployments.service.part_log import REGISTERED, TELL
from domain.obligation import Kind
from flows.annual_summary import annual_summary
from flows.custom_run import forms
from flows.engine.wake import DEPLOYMENTS, OPENING, READING, RECONCILING
from flows.follow_up import follow_up
from flows.monthly_visit import monthly_visit
from flows.open_due_visits import open_due_visits
from flows.publish_plan import publish_plan
from flows.read_inbox import read_the_inbox
from flows.reconcile_visits import reconcile_visits
from flows.self_supervision import self_supervision

#: 08:00 on the first of every month, where the office is (C7): the day on which visits open.
MONTHLY = Cron("0 8 1 * *", timezone="Asia/Ho_Chi_Minh", slug="ngay-1-hang-thang")
#: The same on all other days, for what opens on a day of its own: the plan, the reports, the summary, follow-ups.
BETWEEN = Cron("0 8 2-31 * *", timezone="Asia/Ho_Chi_Minh", slug="cac-ngay-khac")

#: `flow/deployment` -> the flow.
FLOWS: dict[str, Flow[..., Any]] = {
    DEPLOYMENTS[Kind.VISIT]: monthly_visit,
    DEPLOYMENTS[Kind.SELF_REPORT]: self_supervision,
    DEPLOYMENTS[Kind.PLAN]: publish_plan,
    DEPLOYMENTS[Kind.SUMMARY]: annual_summary,
    DEPLOYMENTS[Kind.FOLLOW_UP]: follow_up,
    OPENING: open_due_visits,
    RECONCILING: reconcile_visits,
    READING: read_the_inbox,
}
NAMES = tuple(FLOWS)
#: What earlier versions called one of them: taken away at the next start.
RETIRED = ("tend-visits/trong-nom",)  # until 0.2.0

_TOLD = {
    DEPLOYMENTS[Kind.VISIT]: "Một đợt dự, giám sát. Custom run: chọn năm, tháng, đơn vị; chạy hoặc chạy tiếp đợt.",
    DEPLOYMENTS[Kind.SELF_REPORT]: "Báo cáo của một đơn vị tự dự, giám sát. Custom run: chọn năm, đơn vị.",
    DEPLOYMENTS[Kind.PLAN]: "Phát hành, gửi kế hoạch năm. Custom run: năm.",
    DEPLOYMENTS[Kind.SUMMARY]: "Báo cáo tổng hợp năm. Custom run: năm.",
    DEPLOYMENTS[Kind.FOLLOW_UP]: "Theo dõi kiến nghị sau một đợt. Custom run: chọn năm, tháng, đơn vị.",
    OPENING: "08:00 hằng ngày: bắt đầu các việc đến hạn; đợt dự, giám sát bắt đầu vào ngày 1 hằng tháng.",
    RECONCILING: "Tìm lượt chạy bị mất và cho chạy tiếp.",
    READING: "Đọc hộp thư đến của cơ quan: trả lời của đơn vị, thư bị trả lại, báo vắng mặt. Chạy tay được.",
}


def _description(name: str) -> str:
    """What it is, and the ways on: staff often come to a deployment first."""
    of, ways = settings(), [OPEN_RUNS, STOPPED_RUNS]
    with reading(of.database) as session:
        tables = [(f"Bảng năm {year}", f"{of.desk_url}/nam/{year}") for year in plans.years(session)]
    lists = [(f"Lượt chạy: {one.name.lower()}", f"{of.prefect_url}{one.path}") for one in ways]
    links = " · ".join(f"[{words}]({url})" for words, url in [*tables[:2], *lists])
    return f"{_TOLD[name]}\n\n{links}"


def _schedules(name: str) -> list[Any] | None:
    """A rehearsal has no schedules: its clock is not the wall's. By its slug each is known again, whoever moved it."""
    if settings().mode != "live":
        return None
    reconciling = Interval(timedelta(minutes=settings().reconcile_minutes), slug="trong-nom")
    looking = Interval(timedelta(minutes=settings().inbox.minutes), slug="doc-thu-den")
    inbox = [looking] if settings().inbox.host else []  # nothing to look at: no runs that say so
    return {OPENING: [MONTHLY, BETWEEN], RECONCILING: [reconciling], READING: inbox}.get(name)


async def deployments() -> list[RunnerDeployment]:
    """Every deployment with its schedules.

    Module entrypoints, because a path would load each file a second time under another name (design trap 5).
    """
    made = [
        await flow.ato_deployment(
            name.partition("/")[2],
            description=_description(name),
            schedules=_schedules(name),
            entrypoint_type=EntrypointType.MODULE_PATH,
            work_pool_name=settings().work_pool if settings().runner == "pool" else None,
        )
        for name, flow in FLOWS.items()
    ]
    known = forms()
    for one in made:
        if form := known.get(one.full_name):
            # No public way: Prefect reads the form off the flow, and writes the parameters' own names over titles.
            one._parameter_openapi_schema = form
    return made


async def aregister() -> dict[str, UUID]:
    """Write the deployments into the server, once more changes nothing; what a person changed there stays (0014).

    What is worth a word goes into the log of the runner, for `visits up` to say.
    """
    ids = {}
    async with get_client() as client:
        if settings().runner == "pool":
            await make_pool(client, settings().work_pool)
        put = await last_put(client)
        for deployment in await deployments():
            ids[deployment.name], said = await apply(client, deployment, put)
            for line in said:
                print(f"{TELL}{line}", flush=True)
        await retire(client, RETIRED)
        await remember(client, put)
    print(REGISTERED, flush=True)
    return ids


def register() -> None:
    """Write the deployments, the lists of runs and the alert into the server; once more changes nothing."""
    save_lists()
    set_up_alert()
    asyncio.run(aregister())
