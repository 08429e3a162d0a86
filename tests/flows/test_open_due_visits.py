"""The monthly trigger: what is due opens, however late, and exactly once (design §3, the trigger; R84–R86)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from prefect.client.schemas.objects import StateType
from prefect.states import Scheduled

from answers.taking_up import take_up
from config.settings import settings
from database import audit, clock, numbers, visits
from database.engine import reading, writing
from database.models import AuditRow
from domain.dates import parse_moment
from domain.nomination import Nominations
from domain.taking_up import Issued, TakenUp, Way
from flows.engine import due_runs as calling
from flows.engine.due_runs import call_due
from flows.engine.naming import label_of
from flows.engine.wake import DEPLOYMENT, OPENING, create_run, run_now
from flows.open_due_visits import open_due
from flows.reconcile_visits import reconcile
from tests.flows.office import Office, press_resume
from tests.may import COMPLETE, LEADER, MAY

pytestmark = pytest.mark.prefect

FEBRUARY, MARCH, OCTOBER = "2024-02/nhon_trach", "2024-03/cong_an_tinh", "2024-10/quan_su_tinh"
AUGUST = "2024-08/thong_nhat"
#: Over, running, or asked for long ago on 15/6/2024: a person says what became of them.
BEHIND_BY_MID_JUNE = {FEBRUARY, MARCH, "2024-04/tan_phu", MAY, "2024-06/cao_su_dong_nai", "2024-07/long_khanh"}


def test_on_the_day_the_plan_is_signed_the_first_two_visits_open(office: Office) -> None:
    """February's request is late as soon as the plan exists; it still goes out, and not before (A5)."""
    assert set(open_due()) == {FEBRUARY, MARCH}
    office.run_due()
    assert office.new_letters() == ["nomination_request → host"] * 2


@pytest.mark.parametrize("back", ["2024-03-02 10:00", "2024-03-08 08:00", "2024-03-15 23:00"])
def test_a_machine_that_was_off_over_the_first_opens_its_visits_once_when_it_is_back(office: Office, back: str) -> None:
    """A day, a week, two weeks: May's host is asked as soon as the service is back, and is asked once (trap 14)."""
    for day in ("2024-01-03 08:00", "2024-02-01 08:00"):
        set_clock(day)
        open_due()
    set_clock(back)
    assert open_due() == [MAY]
    assert_each_open_once(office, {FEBRUARY, MARCH, "2024-04/tan_phu", MAY})


def test_a_machine_that_was_off_for_months_opens_nothing_that_lies_behind(office: Office) -> None:
    """Off over five firsts of the month: only August is asked for by itself, a person decides about the others."""
    set_clock("2024-06-15 10:00")
    assert open_due() == [AUGUST]
    assert undecided() == BEHIND_BY_MID_JUNE
    assert_each_open_once(office, {AUGUST})
    office.run_due()
    assert office.new_letters() == ["nomination_request → host"], "August's"
    assert {office.visit(key).opened_at for key in BEHIND_BY_MID_JUNE} == {None}


def test_what_a_person_wants_opened_opens_although_it_lies_behind(office: Office) -> None:
    """Once, like everything else; what he has not decided stays where it is."""
    set_clock("2024-06-15 10:00")
    open_due()
    take_up("2024-06/cao_su_dong_nai", TakenUp(Way.OPEN), LEADER)
    assert open_due() == ["2024-06/cao_su_dong_nai"]
    assert open_due() == []
    office.run_due()
    assert office.waits("2024-06/cao_su_dong_nai")[:2] == ("host", "Chờ danh sách")
    assert len(undecided()) == 5


def test_a_custom_run_of_what_is_not_decided_begins_nothing(office: Office) -> None:
    """Somebody starts February in Prefect's pages: he is told to decide first, and nobody is written to."""
    set_clock("2024-06-15 10:00")
    open_due()
    office.run_due()
    office.new_letters()
    deployment = office.client.read_deployment_by_name(DEPLOYMENT)
    given = {"year": 2024, "month": 2, "unit": "nhon_trach"}
    office.client.create_flow_run_from_deployment(deployment.id, parameters=given, state=Scheduled())
    (ended,) = office.run_due()
    assert "visits take-up 2024-02/nhon_trach" in (ended.message or "")
    assert office.visit(FEBRUARY).state == "undecided"
    assert office.new_letters() == []


def test_a_number_that_was_used_meanwhile_is_asked_about_again_and_nothing_opens(office: Office) -> None:
    """The clerk gives 120 to another paper between the decision and the next look of the trigger."""
    set_clock("2024-04-20 10:00")
    open_due()
    take_up(MAY, on_paper_until_the_notice(120), LEADER)
    with writing(settings().database) as session:
        numbers.reserve(session, numbers.Series("BTCTU", "TB", "2020-2025"), 120, "Văn thư")
        numbers.cancel(session, numbers.Series("BTCTU", "TB", "2020-2025"), 120, "Văn thư", "ghi nhầm")
    assert MAY not in open_due()
    assert office.visit().waiting_message == "số thông báo 120 đã dùng cho văn bản khác"
    take_up(MAY, on_paper_until_the_notice(121), LEADER)
    assert open_due() == [MAY]
    office.run_due()
    assert office.waits()[:2] == ("date", "Chờ ngày sinh hoạt")
    assert [one for one in office.new_letters() if "host" in one or "body" in one] == []


def test_opening_again_opens_nothing_twice(office: Office) -> None:
    """One may call the trigger as often as one likes."""
    set_clock("2024-01-10 10:00")
    open_due()
    assert open_due() == []
    assert open_due() == []
    assert_each_open_once(office, {FEBRUARY, MARCH})


def test_several_who_open_at_the_same_time_open_nothing_twice(office: Office) -> None:
    """The schedule, the start-up and a person at once."""
    set_clock("2024-01-10 10:00")
    with ThreadPoolExecutor(4) as pool:
        opened = [key for keys in pool.map(lambda _: open_due(), range(4)) for key in keys]
    assert sorted(opened) == [FEBRUARY, MARCH], "each visit is said to be opened by one of them"
    assert_each_open_once(office, {FEBRUARY, MARCH})


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
    assert office.waits()[:2] == ("host", "Chờ danh sách")
    assert office.new_letters() == ["nomination_request → host"]
    assert opened_in_the_audit() == 1


def test_the_whole_plan_stands_in_prefect_before_anything_opens(office: Office) -> None:
    """Named and dated from the day on which it is loaded; *Resume* before its day changes nothing."""
    assert reconcile() == []
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
    reconcile()
    before = office.run()
    office.plan_only(OCTOBER)
    assert len(reconcile()) == 8
    assert (state := office.client.read_flow_run(before.id).state)
    assert state.type is StateType.CANCELLED
    assert reconcile() == []


def test_the_deployment_opens_what_is_due_and_says_so(office: Office) -> None:
    """What the schedule starts on the first of the month, and the service at its start."""
    office.plan_only(MAY)
    set_clock("2024-03-01 08:00")
    run_now(OPENING)
    messages = [state.message for state in office.run_due()]
    assert f"bắt đầu 1 việc: {MAY}" in messages
    run_now(OPENING)
    assert [state.message for state in office.run_due()] == ["không có việc đến hạn"]


def test_a_visit_that_has_the_number_of_another_one_after_a_restore_gets_a_run_of_its_own(office: Office) -> None:
    """The server is not restored: it still has the run of the row that had that number before."""
    lost, anew = office.visit(FEBRUARY), office.visit(MARCH)
    anew.id = lost.id

    of_the_lost = create_run(office.client, lost, label_of(lost, lost.unit, None), Scheduled())
    of_the_new = create_run(office.client, anew, label_of(anew, anew.unit, None), Scheduled())

    assert of_the_new != of_the_lost
    assert office.client.read_flow_run(of_the_new).parameters["unit"] == anew.unit
    assert create_run(office.client, anew, label_of(anew, anew.unit, None), Scheduled()) == of_the_new


def set_clock(moment: str) -> None:
    with writing(settings().database) as session:
        clock.set_rehearsal(session, parse_moment(moment))


def runs_of_visits() -> dict[str, str | None]:
    with reading(settings().database) as session:
        return {row.key: row.flow_run_id for row in visits.of_year(session, 2024)}


def opened_in_the_audit() -> int:
    with reading(settings().database) as session:
        return session.query(AuditRow).filter_by(what="bắt đầu", who=audit.SYSTEM).count()


def undecided() -> set[str]:
    with reading(settings().database) as session:
        return {row.key for row in visits.of_year(session, 2024) if row.state == "undecided"}


def on_paper_until_the_notice(number: int) -> TakenUp:
    """May was asked for, listed, chosen and announced on paper; its meetings are still to come."""
    listed = Nominations(COMPLETE, date(2024, 3, 20), "63-CV/ThU")
    return TakenUp(
        Way.GO_ON, 5, requested_on=date(2024, 3, 1), nominations=listed, chosen=(1,), chosen_on=date(2024, 3, 25),
        notice=Issued(number, date(2024, 4, 2)),
    )  # fmt: skip


def assert_each_open_once(office: Office, due: set[str]) -> None:
    """As many runs as visits that are due, each bound to its row, each opening audited once."""
    call_due(office.client, office.flows, limit=100)
    call_due(office.client, office.flows, limit=100)
    with reading(settings().database) as session:
        states = {row.key: row.state for row in visits.of_year(session, 2024)}
    assert {key for key, state in states.items() if state == "open"} == due
    runs = {str(run.id) for run in office.client.read_flow_runs()}
    assert runs == {run_id for run_id in runs_of_visits().values() if run_id}
    assert len(runs) == opened_in_the_audit() == len(due)
