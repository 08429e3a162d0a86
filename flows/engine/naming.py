"""How runs are called and tagged in Prefect, so that its lists say what waits for whom, and until when (design §3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType

from config.run_lists import AHEAD, OPEN, STOPPED, waiting_tag
from database.models import VisitRow
from domain.dates import short_date
from domain.obligation import Kind, Obligation
from domain.role import role_called
from domain.state import VisitState

__all__ = ("AUTOMATIC", "Label", "label_of", "name_upcoming", "run_name", "run_tags", "stick", "waiting_tag")

#: What the service does by itself, by the name of the flow.
AUTOMATIC = {
    "open-due-visits": "Bắt đầu các việc đến hạn", "reconcile-visits": "Theo dõi các lượt chạy",
    "read-inbox": "Đọc hộp thư đến",
}  # fmt: skip

_KINDS = {
    Kind.VISIT: "đợt", Kind.SELF_REPORT: "báo cáo", Kind.PLAN: "kế hoạch", Kind.SUMMARY: "tổng hợp",
    Kind.FOLLOW_UP: "kiến nghị",
}  # fmt: skip


def run_name(obligation: Obligation, unit_name: str, waiting_for: str | None = None, due: date | None = None) -> str:
    """`2024-02 · Nhơn Trạch`; while it waits `2024-02 · Nhơn Trạch · chờ lãnh đạo Ban, hạn 27/3/2024`."""
    name = obligation.named(unit_name)
    if waiting_for is None:
        return name
    if waiting_for == "date":
        return f"{name} · {role_called(waiting_for)} {short_date(due)}" if due else name
    until = f", hạn {short_date(due)}" if due else ""
    return f"{name} · chờ {role_called(waiting_for)}{until}"


def run_tags(obligation: Obligation, waiting_for: str | None = None, *, ahead: bool = False) -> list[str]:
    """By which a list can be narrowed: what it is, year, month, unit; while it waits also for whom.

    `ahead`: made before the day on which it opens.
    """
    tags = [_KINDS[obligation.kind], f"{obligation.year}"]
    if obligation.month:
        tags.append(f"tháng {obligation.month}")
    if obligation.unit:
        tags.append(obligation.unit)
    if ahead:
        tags.append(AHEAD)
    return [*tags, OPEN, waiting_tag(waiting_for)] if waiting_for and not ahead else tags


@dataclass(frozen=True)
class Label:
    """All that a list in Prefect shows of a run beside its state."""

    name: str
    tags: tuple[str, ...]
    message: str


def label_of(row: VisitRow, unit_name: str, due: date | None) -> Label:
    """The label of a run by what its row says; `due` is the date that somebody must keep, if there is one."""
    one = row.obligation
    if row.state == VisitState.PLANNED:
        opens = f"mở {short_date(row.opens_on)}"
        tags = tuple(run_tags(one, ahead=True))
        return Label(f"{run_name(one, unit_name)} · {opens}", tags, f"theo kế hoạch, {opens}")
    if not row.waiting_for:
        return Label(run_name(one, unit_name), tuple(run_tags(one)), "")
    tags = tuple(run_tags(one, row.waiting_for))
    if row.trouble:
        tags, due = (*tags, STOPPED), None  # the date of what it waited for before says nothing now
    if row.waiting_for == "date" and row.waiting_until:
        due = row.waiting_until.date()
    name = run_name(one, unit_name, row.waiting_for, due)
    return Label(name, tags, " · ".join(part for part in (row.waiting_message, name.rpartition(" · ")[2]) if part))


def stick(client: SyncPrefectClient, run_id: UUID, label: Label) -> None:
    """Write name and tags to the run."""
    client.update_flow_run(run_id, name=label.name, tags=list(label.tags))


def name_upcoming(client: SyncPrefectClient) -> int:
    """Give the runs that schedules have made ahead a name one can read; how many had none.

    Prefect calls them `rainbow-reindeer`, and no setting of a flow or a deployment changes that before they start.
    """
    named = 0
    for flow, called in AUTOMATIC.items():
        for run in _ahead(client, flow):
            if run.name != called:
                client.update_flow_run(run.id, name=called)
                named += 1
    return named


def _ahead(client: SyncPrefectClient, flow: str) -> list[FlowRun]:
    scheduled = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    return client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=[flow])), flow_run_filter=FlowRunFilter(state=scheduled)
    )
