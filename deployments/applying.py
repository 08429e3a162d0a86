"""Writes a deployment into Prefect and leaves what a person changed there: schedules, pauses, limits (see 0014).

Prefect's own `apply` writes schedules, pause and limit anew each time, and throws away every run laid out ahead.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, DeploymentUpdate, VariableCreate, VariableUpdate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound

#: slug -> when, for each deployment: what was written last, by which a person's change is told from one of ours.
Put = dict[str, dict[str, str]]
_KEPT_IN = "visits_schedules"  # a variable of Prefect: it lives and dies with the schedules it is about


async def last_put(client: PrefectClient) -> Put:
    """What the last start has written; nothing at the first."""
    kept = await client.read_variable_by_name(_KEPT_IN)
    put: Put = json.loads(str(kept.value)) if kept else {}
    return put


async def remember(client: PrefectClient, put: Put) -> None:
    """Keep it for the next start."""
    value = json.dumps(put, ensure_ascii=False, sort_keys=True)
    if await client.read_variable_by_name(_KEPT_IN):
        await client.update_variable(VariableUpdate(name=_KEPT_IN, value=value))
    else:
        await client.create_variable(VariableCreate(name=_KEPT_IN, value=value))


async def apply(client: PrefectClient, wanted: RunnerDeployment, put: Put) -> tuple[UUID, list[str]]:
    """Bring one deployment up to date; returns its id and what a person should know. `put` learns what was written."""
    before = put.get(wanted.full_name)
    schedules = {one.slug or "": one for one in wanted.schedules or [] if isinstance(one, DeploymentScheduleCreate)}
    put[wanted.full_name] = {slug: when(one.schedule) for slug, one in schedules.items()}
    try:
        there = await client.read_deployment_by_name(wanted.full_name)
    except ObjectNotFound:
        return await wanted.aapply(), []
    await _describe(client, wanted, there)
    return there.id, [
        *_said_of_pause_and_limit(there),
        *[line for slug, one in schedules.items() for line in await _schedule(client, there, slug, one, before)],
    ]


async def retire(client: PrefectClient, names: Iterable[str]) -> None:
    """Take deployments away that earlier versions wrote and this one has under another name; what is not there is fine.

    Left alone, the server would go on laying out runs whose code is gone.
    """
    for name in names:
        try:
            there = await client.read_deployment_by_name(name)
        except ObjectNotFound:
            continue
        await client.delete_deployment(there.id)


async def _describe(client: PrefectClient, wanted: RunnerDeployment, there: DeploymentResponse) -> None:
    """What the code says of itself, written only when it has changed: any update throws away the runs laid out."""
    schema = wanted._parameter_openapi_schema.model_dump(exclude_unset=True)
    ours: dict[str, Any] = {
        "description": wanted.description,
        "entrypoint": wanted.entrypoint,
        "parameter_openapi_schema": schema,
    }
    if wanted.work_pool_name:  # without one, whichever pool a person has put it into stays
        ours["work_pool_name"] = wanted.work_pool_name
    if any(getattr(there, name) != value for name, value in ours.items()):
        await client.update_deployment(there.id, DeploymentUpdate.model_validate(ours))


def _said_of_pause_and_limit(there: DeploymentResponse) -> list[str]:
    said = ["đang tạm dừng"] if there.paused else []
    if there.global_concurrency_limit:
        said.append(f"giới hạn {there.global_concurrency_limit.limit} lượt cùng lúc")
    return [f"{there.name}: {one}, giữ nguyên như đặt trong Prefect" for one in said]


async def _schedule(
    client: PrefectClient, there: DeploymentResponse, slug: str, wanted: DeploymentScheduleCreate,
    before: dict[str, str] | None,
) -> list[str]:  # fmt: skip
    ours, at = when(wanted.schedule), {"id": there.id}
    content = {"schedule": wanted.schedule.model_dump(mode="json"), "slug": slug}
    found = next((schedule for schedule in there.schedules if schedule.slug == slug), None)
    if found is None:
        # Versions before this one gave their schedules no slug: the same one moves on, paused or not.
        old = next(
            (schedule for schedule in there.schedules if not schedule.slug and when(schedule.schedule) == ours), None
        )
        new = {**content, "active": old.active if old else True}
        await client.request("POST", "/deployments/{id}/schedules", path_params=at, json=[new])
        if old:
            one = {**at, "schedule_id": old.id}
            await client.request("DELETE", "/deployments/{id}/schedules/{schedule_id}", path_params=one)
            return []
        missed = before is not None and slug in before
        return (
            [f"{there.name}: lịch “{slug}” đã bị xóa, đặt lại {ours}; muốn ngừng thì tạm dừng lịch"] if missed else []
        )
    theirs = when(found.schedule)
    said = [] if found.active else [f"{there.name}: lịch “{slug}” đang tạm dừng trong Prefect, giữ nguyên"]
    if theirs == ours:
        return said
    if before is not None and before.get(slug) == theirs:
        one = {**at, "schedule_id": found.id}
        new = {"schedule": content["schedule"]}
        await client.request("PATCH", "/deployments/{id}/schedules/{schedule_id}", path_params=one, json=new)
        return [f"{there.name}: lịch “{slug}” theo cài đặt mới: {theirs} → {ours}", *said]
    return [f"{there.name}: lịch “{slug}” đã đổi trong Prefect thành {theirs}, giữ nguyên (cài đặt: {ours})", *said]


def when(schedule: Any) -> str:
    """A schedule in words that are the same for the same times; the anchor of an interval does not matter."""
    if cron := getattr(schedule, "cron", None):
        return f"{cron} {schedule.timezone or 'UTC'}"
    if interval := getattr(schedule, "interval", None):
        return f"mỗi {interval.total_seconds() / 60:g} phút"
    return json.dumps(schedule.model_dump(mode="json"), sort_keys=True)
