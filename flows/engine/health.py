"""What Prefect itself tells of schedules and runs: is the next opening coming, is a run left lying? Asked over its API.

`visits doctor` asks so directly; the reconciler asks and stores the answer for the desk. Imports nothing of Prefect,
which would take the doctor seconds.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from database.health import OVERDUE, SCHEDULES
from domain.dates import OFFICE_ZONE, short_date, time_of_day

_OPENING = "open-due-visits/dau-thang"  # `flows.engine.wake.OPENING`
_LATE = timedelta(minutes=10)
_SETTLING = timedelta(minutes=3)  # after a deployment was changed, the scheduler needs up to one to lay out its runs

#: `request` of an `httpx.Client` with the API as its base, or of a client of Prefect.
Ask = Callable[..., httpx.Response]


def look(ask: Ask, now: datetime) -> Mapping[str, str]:
    """What is wrong, in words under the names of `database.health`; both names are there, empty when all is well.

    Raises `httpx.HTTPError` when Prefect does not answer.
    """
    return {SCHEDULES: _no_next_opening(ask, now), OVERDUE: _left_lying(ask, now)}


def _no_next_opening(ask: Ask, now: datetime) -> str:
    try:
        deployment = ask("GET", f"/deployments/name/{_OPENING}").raise_for_status().json()
    except httpx.HTTPStatusError as error:
        if error.response.status_code != httpx.codes.NOT_FOUND:
            raise
        return "deployment này đã bị xóa: không việc nào tự bắt đầu"
    if deployment["paused"]:
        return "deployment đang tạm dừng: không việc nào tự bắt đầu"
    if not deployment["schedules"]:
        return "lịch đã bị xóa: không việc nào tự bắt đầu (khởi động lại dịch vụ thì có lại)"
    if stopped := [_named(one) for one in deployment["schedules"] if not one["active"]]:
        return f"lịch đang tạm dừng: {', '.join(stopped)}"
    its_own = {"any_": [deployment["id"]]}
    coming = _runs(ask, {"deployment_id": its_own, "next_scheduled_start_time": {"after_": now.isoformat()}})
    if coming or now - datetime.fromisoformat(deployment["updated"]) < _SETTLING:
        return ""
    return "lịch vẫn bật nhưng Prefect không xếp lượt nào sắp tới: bộ xếp lịch của máy chủ không chạy"


def _named(schedule: dict[str, Any]) -> str:
    return str(schedule.get("slug") or schedule["schedule"].get("cron") or "lịch đặt tay")


def _left_lying(ask: Ask, now: datetime) -> str:
    late = _runs(ask, {"next_scheduled_start_time": {"before_": (now - _LATE).isoformat()}})
    if not late:
        return ""
    first = late[0]
    due = datetime.fromisoformat(first["next_scheduled_start_time"]).astimezone(OFFICE_ZONE)
    when = f"{time_of_day(due)}, {short_date(due.date())}"
    more = f" và {len(late) - 1} lượt khác" if len(late) > 1 else ""
    return f"“{first['name']}” đến giờ lúc {when} mà chưa ai nhận{more}"


def _runs(ask: Ask, which: dict[str, Any]) -> list[dict[str, Any]]:
    """Scheduled runs by their time, the first ones."""
    asked = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}, **which},
        "sort": "NEXT_SCHEDULED_START_TIME_ASC", "limit": 50,
    }  # fmt: skip
    runs: list[dict[str, Any]] = ask("POST", "/flow_runs/filter", json=asked).raise_for_status().json()
    return runs
