"""The monthly trigger: what is due opens, however late, and exactly once (design §3, the trigger; R84–R86)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from prefect.client.schemas.objects import StateType

from config.settings import settings
from database import audit, clock, visits
from database.engine import reading, writing
from database.models import AuditRow
from domain.dates import parse_moment
from flows import calling
from flows.calling import call_due
from flows.open_due_visits import open_due
from flows.tend_visits import tend
from flows.wake import OPENING, run_now
from tests.desk import MAY
from tests.flows.office import Office, press_resume

pytestmark = pytest.mark.prefect

FEBRUARY, MARCH, OCTOBER = "2024-02/nhon_trach", "2024-03/cong_an_tinh", "2024-10/quan_su_tinh"
DUE_BY_MID_JUNE = {
    FEBRUARY, MARCH, "2024-04/tan_phu", MAY, "2024-06/cao_su_dong_nai", "2024-07/long_khanh", "2024-08/thong_nhat",
}  # fmt: skip


def test_on_the_day_the_plan_is_signed_the_first_two_visits_open(office: Office) -> None:
    """February's request is late as soon as the plan exists; it still goes out, and not before (A5)."""
    assert set(open_due()) == {FEBRUARY, MARCH}
    office.run_due()
    assert office.new_letters() == ["nomination_request → host"] * 2


def test_a_machine_that_was_off_for_months_opens_each_visit_once_when_it_is_back(office: Office) -> None:
    """Off over five firsts of the month: on return everything due opens, and nothing else."""
    set_clock("2024-06-15 10:00")
    assert set(open_due()) == DUE_BY_MID_JUNE
    assert_each_open_once(office)


def test_opening_again_opens_nothing_twice(office: Office) -> None:
    """One may call the trigger as often as one likes."""
    set_clock("2024-06-15 10:00")
    open_due()
    assert open_due() == []
    assert open_due() == []
    assert_each_open_once(office)


def test_several_who_open_at_the_same_time_open_nothing_twice(office: Office) -> None:
    """The schedule, the start-up and a person at once."""
    set_clock("2024-06-15 10:00")
    with ThreadPoolExecutor(4) as pool:
        opened = [key for keys in pool.map(lambda _: open_due(), range(4)) for key in keys]
    assert sorted(opened) == sorted(DUE_BY_MID_JUNE), "each visit is said to be opened by one of them"
    assert_each_open_once(office)


def test_a_crash_while_a_run_is_made_leaves_no_second_run(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is open, the run exists, the row does not know it yet: the next look finds the same run by its key."""
    office.plan_only(MAY)
    set_clock("2024-03-01 08:00")
    assert open_due() == [MAY]
    made = calling.create_run

    def make_and_crash(*args: Any) -> UUID:
        made(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(calling, "create_run", make_and_crash)
        with pytest.raises(KeyboardInterrupt):
            office.run_due()
    assert office.visit().flow_run_id is None
    (orphan,) = office.client.read_flow_runs()

    office.run_due()
    assert office.visit().flow_run_id == str(orphan.id)
    assert len(office.client.read_flow_runs()) == 1
    assert office.new_letters() == ["nomination_request → host"]


def test_a_run_that_starts_before_its_row_knows_it_claims_its_visit_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another runner may be quicker than the one that made the run; the visit is open once either way."""
    office.plan_only(MAY)
    set_clock("2024-03-01 08:00")
    made = calling.create_run

    def make_and_run_at_once(*args: Any) -> UUID:
        run_id = made(*args)
        monkeypatch.setattr(calling, "create_run", made)
        office.run_due()
        return run_id

    monkeypatch.setattr(calling, "create_run", make_and_run_at_once)
    open_due()
    office.run_due()
    assert office.waits()[:2] == ("host", "Chờ đề cử")
    assert office.new_letters() == ["nomination_request → host"]
    assert opened_in_the_audit() == 1


def test_the_whole_plan_stands_in_prefect_before_anything_opens(office: Office) -> None:
    """Named and dated from the day on which it is loaded; *Resume* before its day changes nothing."""
    assert tend() == []
    runs = {run.name: run for run in office.client.read_flow_runs()}
    assert "2024-05 · Biên Hòa · mở 01/3/2024" in runs
    assert {run.state.type for run in runs.values() if run.state} == {StateType.PAUSED}
    assert len(runs) == len(runs_of_visits()) == 9
    ahead = runs["2024-05 · Biên Hòa · mở 01/3/2024"]
    press_resume(ahead.id)
    office.run_due()
    assert office.visit().state == "planned"
    assert (office.state().type, office.state().name) == (StateType.PAUSED, "Chưa đến ngày mở")
    assert office.run().name == ahead.name
    assert office.new_letters() == []

    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    assert office.run().id == ahead.id, "the same run goes on when its day has come"
    assert office.new_letters() == ["nomination_request → host"]


def test_what_is_taken_out_of_the_plan_disappears_from_what_lies_ahead(office: Office) -> None:
    """Its run ends as cancelled; put back, it stands there again."""
    tend()
    before = office.run()
    office.plan_only(OCTOBER)
    assert len(tend()) == 8
    assert (state := office.client.read_flow_run(before.id).state)
    assert state.type is StateType.CANCELLED
    assert tend() == []


def test_the_deployment_opens_what_is_due_and_says_so(office: Office) -> None:
    """What the schedule starts on the first of the month, and the service at its start."""
    office.plan_only(MAY)
    set_clock("2024-03-01 08:00")
    run_now(OPENING)
    messages = [state.message for state in office.run_due()]
    assert f"mở 1 chuyến: {MAY}" in messages
    run_now(OPENING)
    assert [state.message for state in office.run_due()] == ["không có chuyến đến hạn"]


def set_clock(moment: str) -> None:
    with writing(settings().database) as session:
        clock.set_rehearsal(session, parse_moment(moment))


def runs_of_visits() -> dict[str, str | None]:
    with reading(settings().database) as session:
        return {row.key: row.flow_run_id for row in visits.of_year(session, 2024)}


def opened_in_the_audit() -> int:
    with reading(settings().database) as session:
        return session.query(AuditRow).filter_by(what="mở chuyến", who=audit.SYSTEM).count()


def assert_each_open_once(office: Office) -> None:
    """As many runs as visits that are due, each bound to its row, each opening audited once."""
    call_due(office.client, office.flows, limit=100)
    call_due(office.client, office.flows, limit=100)
    with reading(settings().database) as session:
        states = {row.key: row.state for row in visits.of_year(session, 2024)}
    assert {key for key, state in states.items() if state == "open"} == DUE_BY_MID_JUNE
    runs = {str(run.id) for run in office.client.read_flow_runs()}
    assert runs == {run_id for run_id in runs_of_visits().values() if run_id}
    assert len(runs) == opened_in_the_audit() == len(DUE_BY_MID_JUNE)
