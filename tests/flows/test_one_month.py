"""The story of one visit: May 2024 at Biên Hòa, from the request to the result notice (design §3; R40–R75)."""

import time
from collections import Counter
from datetime import date

import pytest
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import StateType, TaskRun
from prefect.events.worker import EventsWorker

from config.settings import Numbering
from domain.step import Step
from tests.behind_the_service import found
from tests.flows.office import Office
from tests.may import MAY

FOLLOW_UP = f"{MAY}/kien-nghi"
BODIES = (
    "inspection_commission", "internal_affairs_board", "mass_mobilisation_board",
    "party_office", "propaganda_board", "provincial_standing_body",
)  # fmt: skip


@pytest.mark.prefect
def test_one_visit_from_the_request_to_the_result_notice(office: Office) -> None:
    """Every step once, every letter once, and at every moment it is plain what waits for whom."""
    office.plan_only(MAY)
    office.set(numbering=Numbering())  # every number is the clerk's

    # The last day of February: nothing happens yet; the request is due two months ahead (R86).
    office.on(2024, 2, 29, 8)
    assert office.visit().state == "planned"
    assert office.new_letters() == []

    # The first of March, eight o'clock: the visit opens by itself, and its request waits for a number (F23).
    office.on(2024, 3, 1, 8)
    assert office.visit().state == "open"
    assert office.new_letters() == ["staff_task → staff:clerk"]
    assert office.waits() == ("clerk", "Chờ phát hành đề nghị", date(2024, 3, 6))
    assert shown(office) == (StateType.PAUSED, "Chờ phát hành đề nghị")

    # The clerk issues it, and the host is asked for its list (R62, D1).
    office.clerk_issues("request", 41)
    assert office.new_letters() == ["nomination_request → host"]
    assert office.waits() == ("host", "Chờ danh sách", date(2024, 3, 18))
    assert shown(office) == (StateType.PAUSED, "Chờ danh sách")
    the_run = office.run().id

    # A day on which nothing is due is a day without letters.
    office.on(2024, 3, 11)
    assert office.new_letters() == []

    # No list two weeks before the deadline of the first of April: one reminder, and the same wait (R85).
    office.on(2024, 3, 18)
    assert office.new_letters() == ["nomination_reminder → host"]
    assert office.waits() == ("host", "Chờ danh sách", date(2024, 3, 25))

    # The list comes in time and has a thematic cell: it is for a leader to choose (R50, R51, R64).
    office.on(2024, 3, 20, 9)
    office.host_sends_its_list()
    assert office.new_letters() == ["staff_task → staff:leader"]
    assert office.waits() == ("leader", "Chờ lựa chọn", date(2024, 3, 27))
    assert shown(office) == (StateType.PAUSED, "Chờ lựa chọn")

    # He chooses the school's thematic meeting; the notice is drafted and waits for its number (R71).
    office.on(2024, 3, 21, 9)
    office.leader_chooses(2)
    assert office.new_letters() == ["staff_task → staff:clerk"]
    assert office.waits() == ("clerk", "Chờ phát hành thông báo", date(2024, 3, 26))

    # The clerk issues it: the host is told, the working group is sent; then six bodies are invited (R52, R54–R56, R72).
    office.on(2024, 3, 22, 9)
    office.clerk_issues("notice", 81)
    assert office.new_letters() == [
        *(f"group_notice → inspector:{number}" for number in (1, 2, 3)),
        "selection_notice → host", "staff_task → staff:clerk",
    ]  # fmt: skip
    assert office.waits() == ("clerk", "Chờ phát hành giấy mời", date(2024, 3, 27))
    office.clerk_issues("invitation", 41)
    assert office.new_letters() == [f"invitation → body:{one}" for one in BODIES]
    assert office.waits() == ("date", "Chờ ngày sinh hoạt", date(2024, 5, 9))
    assert shown(office) == (StateType.PAUSED, "Chờ ngày sinh hoạt")

    # Seven weeks without a letter, until the day of the meeting: the working group is asked for its findings (R15).
    office.on(2024, 5, 8)
    assert office.new_letters() == []
    office.on(2024, 5, 9)
    assert office.new_letters() == [f"findings_request → inspector:{number}" for number in (1, 2, 3)]
    assert office.waits() == ("inspector", "Chờ kết quả giám sát", date(2024, 5, 14))

    # The findings are complete; the report drafted from them waits for a leader (R73).
    office.on(2024, 5, 10, 9)
    office.inspectors_report()
    assert office.new_letters() == ["staff_task → staff:leader"]
    assert office.waits() == ("leader", "Chờ duyệt báo cáo", date(2024, 5, 17))

    # Report approved, result notice drafted, approved and issued: two acts of people, then the last letter (R53, R75).
    office.on(2024, 5, 13, 9)
    office.leader_approves("report")
    assert office.new_letters() == ["group_report → staff:leader", "staff_task → staff:leader"]
    assert office.waits() == ("leader", "Chờ duyệt kết quả", date(2024, 5, 20))
    office.on(2024, 5, 14, 9)
    office.leader_approves("result")
    assert office.new_letters() == ["staff_task → staff:clerk"]
    assert office.waits() == ("clerk", "Chờ phát hành kết quả", date(2024, 5, 17))
    assert shown(office) == (StateType.PAUSED, "Chờ phát hành kết quả")
    office.on(2024, 5, 15, 9)
    office.clerk_issues("result", 95)
    assert office.new_letters() == ["result_notice → host"]

    # The visit is closed and waits for nobody; what it recommended is followed by a run of its own (D11).
    assert office.visit().state == "closed"
    assert office.waits() == (None, None, None)
    office.on(2024, 5, 16, 8)
    assert office.waits(FOLLOW_UP) == ("host", "Chờ thực hiện kiến nghị", date(2024, 5, 31))
    assert office.new_letters() == []
    office.on(2024, 12, 31)
    assert office.new_letters() == ["remedy_reminder → host"], "missed reminders are one message"

    # In Prefect it was one run all the time, one bar for each step, and no letter went out twice.
    run = office.run()
    assert {one.id for one in office.client.read_flow_runs()} == {the_run, office.run(FOLLOW_UP).id}
    assert the_run == run.id
    assert shown(office) == (StateType.COMPLETED, "Completed")
    assert run.name == "2024-05 · Biên Hòa"
    assert set(run.tags) == {"đợt", "2024", "tháng 5", "bien_hoa"}, "whom it waited for is over"
    bars = task_runs(office, the_run, {f"step_{int(step)}" for step in Step})
    steps = Counter(bar.task_key for bar in bars if not bar.task_key.startswith("deliver"))
    assert steps == Counter(f"step_{int(step)}" for step in Step)
    assert {bar.state_type for bar in bars} == {StateType.COMPLETED}
    for bar in bars:
        states = [state.type for state in office.client.read_task_run_states(bar.id)]
        assert states.count(StateType.COMPLETED) == 1, bar.name
    arrived = Counter(office.message_ids())
    assert set(arrived.values()) == {1}
    mailed = {row.message_id for row in office.outbox() if row.state != "by_hand"}
    assert set(arrived) == {row.message_id for row in office.outbox("sent")} == mailed
    assert found() == [], "the record, and every row that it seals, is what was written"


@pytest.mark.prefect
def test_a_step_that_fails_goes_on_in_the_same_bar_after_retry(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the step had begun is undone whole; the steps before it and the people are not asked again."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.new_letters()

    def crash(*_: object) -> None:
        raise RuntimeError("đĩa đầy")

    with monkeypatch.context() as broken:
        broken.setattr("tasks.steps.step_3_select_thematic_cell.record_of", crash)
        office.host_sends_its_list()
    assert shown(office) == (StateType.FAILED, "Failed")
    assert office.waits() == ("officer", "Lỗi, chờ chạy lại", None)
    assert "đĩa đầy" in (office.visit().trouble or "")
    assert office.new_letters() == ["run_stopped → staff:officer"]

    office.press_retry()
    assert shown(office) == (StateType.PAUSED, "Chờ lựa chọn")
    assert office.new_letters() == ["staff_task → staff:leader"]
    assert office.visit().trouble is None
    office.leader_chooses(2)
    steps = ("step_1", "step_2", "step_3", "step_4")
    bars = Counter(bar.task_key for bar in task_runs(office, office.run().id, set(steps)))
    assert {key: bars[key] for key in steps} == dict.fromkeys(steps, 1)


def shown(office: Office) -> tuple[StateType, str | None]:
    """The state of the visit's run, as staff see it in Prefect."""
    state = office.state()
    return state.type, state.name


def task_runs(office: Office, run_id: object, expected: set[str]) -> list[TaskRun]:
    """The bars on the run's time line, those of `expected` tasks among them.

    Prefect records them from events, once a second, a moment after the fact; on a busy machine some seconds after.
    """
    EventsWorker.drain_all(timeout=5)
    deadline, before = time.monotonic() + 60, None
    while True:
        bars = office.client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id])))
        now = sorted((bar.task_key, bar.dynamic_key, bar.state_name) for bar in bars)
        ended = not any(bar.state_type in (StateType.PENDING, StateType.RUNNING) for bar in bars)
        missing = expected - {bar.task_key for bar in bars}
        if now == before and ended and not missing:
            return bars
        assert time.monotonic() < deadline, f"missing: {missing}; {len(now)} bars:\n" + "\n".join(map(str, now))
        before = now
        time.sleep(2)  # longer than from one writing to the next
