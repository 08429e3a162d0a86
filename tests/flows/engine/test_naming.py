"""Names and tags of runs: a list in Prefect says what waits for whom, and until when (design §3)."""

from datetime import date

import pytest
from prefect.client.orchestration import get_client
from prefect.schedules import Cron

from domain.obligation import Kind, Obligation
from domain.role import WAITED_FOR
from flows.engine import naming
from flows.engine.naming import name_upcoming, run_name, run_tags, waiting_tag
from flows.open_due_visits import open_due_visits
from flows.read_inbox import read_the_inbox
from flows.reconcile_visits import reconcile_visits
from tests.flows.one_run import deployed, runs_of, wait_until

VISIT = Obligation(Kind.VISIT, 2024, 2, "nhon_trach")


@pytest.mark.parametrize(
    ("waiting_for", "due", "name"),
    [
        (None, None, "2024-02 · Nhơn Trạch"),
        ("leader", date(2024, 3, 27), "2024-02 · Nhơn Trạch · chờ lãnh đạo Ban, hạn 27/3/2024"),
        ("officer", None, "2024-02 · Nhơn Trạch · chờ cán bộ"),
        ("date", date(2024, 3, 1), "2024-02 · Nhơn Trạch · đến ngày 01/3/2024"),
        ("date", None, "2024-02 · Nhơn Trạch"),
    ],
)
def test_the_name_of_a_run_says_who_must_act_and_until_when(
    waiting_for: str | None, due: date | None, name: str
) -> None:
    assert run_name(VISIT, "Nhơn Trạch", waiting_for, due) == name


def test_tags_narrow_a_list_by_year_month_unit_and_by_whom_it_waits_for() -> None:
    assert run_tags(VISIT) == ["đợt", "2024", "tháng 2", "nhon_trach"]
    assert run_tags(VISIT, "leader")[-2:] == ["đang mở", "chờ: lãnh đạo Ban"]
    assert run_tags(Obligation(Kind.PLAN, 2024), "clerk") == ["kế hoạch", "2024", "đang mở", "chờ: văn thư"]


def test_a_run_made_ahead_of_its_day_waits_for_nobody_yet() -> None:
    assert run_tags(VISIT, "date", ahead=True) == ["đợt", "2024", "tháng 2", "nhon_trach", "chưa mở"]


def test_each_one_who_can_be_waited_for_has_a_tag_of_their_own() -> None:
    assert len({waiting_tag(role) for role in WAITED_FOR}) == len(WAITED_FOR)


@pytest.mark.parametrize("flow", [open_due_visits, read_the_inbox, reconcile_visits], ids=lambda flow: flow.name)
def test_what_the_service_does_by_itself_is_called_the_same_before_it_starts_and_after(flow: object) -> None:
    assert getattr(flow, "flow_run_name", None) == naming.AUTOMATIC[getattr(flow, "name", "")]


@pytest.mark.prefect
def test_runs_that_lie_ahead_are_named(prefect_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect's scheduler gives them two words of its own; once they have ours nothing is done again."""
    assert prefect_port
    monkeypatch.setattr(naming, "AUTOMATIC", {"contract": "Bắt đầu các việc đến hạn"})
    with get_client(sync_client=True) as client, deployed(client, schedules=[Cron("0 8 1 * *")]) as monthly:
        wait_until(lambda: len(runs_of(client, monthly)) >= 3, 90)
        assert name_upcoming(client) >= 3
        assert {run.name for run in runs_of(client, monthly)} == {"Bắt đầu các việc đến hạn"}
        assert name_upcoming(client) == 0
