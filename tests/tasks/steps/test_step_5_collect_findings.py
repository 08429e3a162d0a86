"""Step 5: after the meeting the inspectors are asked, and only complete findings make a report (R14, R15, R73, A2)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.changes import move
from domain.dates import at
from domain.outcome import Done, Waiting
from domain.problem import Refused
from domain.step import Step
from domain.wait import Wait
from tests.desk import Desk
from tests.may import FIRST_DAY, OFFICER, SECOND_DAY
from tests.opened_mail import mail, words

INSPECTORS = ["inspector:1", "inspector:2", "inspector:3"]


@pytest.fixture
def issued(desk: Desk) -> Desk:
    """The visit whose notice went out, long before the meeting of 14/5/2024."""
    desk.until_issued()
    return desk


def reminders(desk: Desk) -> list[str]:
    return [letter.recipient for letter in desk.letters("findings_reminder")]


def test_until_the_meeting_day_the_visit_sleeps(issued: Desk) -> None:
    for month, day in ((3, 22), (4, 30), (5, 13)):
        issued.set_clock(2024, month, day, 23)
        waiting = issued.waits()
        assert waiting == Waiting(Wait.MEETING_DAY, FIRST_DAY, "sinh hoạt ngày 14/5/2024")

    assert issued.queued() == []


def test_with_several_meetings_the_last_one_counts(desk: Desk) -> None:
    desk.until_issued(1, 2)
    desk.set_clock(2024, 5, 15)

    assert desk.waits().until == SECOND_DAY
    assert desk.letters("findings_request") == []


def test_on_the_meeting_day_every_inspector_is_asked_once(issued: Desk) -> None:
    """R15, A19: three working days, from the meeting."""
    issued.set_clock(2024, 5, 14)
    waiting = issued.waits()
    issued.set_clock(2024, 5, 15)
    issued.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("inspector", "Chờ kết quả giám sát")
    assert waiting.until == date(2024, 5, 17)
    letters = issued.letters("findings_request")
    assert [letter.recipient for letter in letters] == INSPECTORS
    assert "Phạm Thị Thí Dụ" in words(letters[0])
    assert "ngày 17 tháng 5 năm 2024" in words(letters[0])


def test_the_request_goes_to_the_working_group_and_to_nobody_of_the_host(issued: Desk) -> None:
    """6.7 no. 7, 15."""
    issued.set_clock(2024, 5, 14)
    issued.waits()

    for letter in issued.letters("findings_request"):
        assert all(address.endswith("@to-cong-tac.example") for address in letter.addresses)


def test_inspectors_are_reminded_on_the_due_day_and_after_it_each_time_once(issued: Desk) -> None:
    issued.set_clock(2024, 5, 14)
    issued.waits()
    issued.set_clock(2024, 5, 17)
    issued.waits()
    assert issued.waits().until == date(2024, 5, 20)
    assert reminders(issued) == INSPECTORS

    issued.set_clock(2024, 5, 20)
    issued.waits()
    issued.waits()

    assert reminders(issued) == INSPECTORS * 2


def test_findings_slept_over_are_reminded_of_once(issued: Desk) -> None:
    """Design trap 14."""
    issued.set_clock(2024, 6, 3)
    issued.waits()
    issued.waits()

    assert reminders(issued) == INSPECTORS


def test_incomplete_findings_are_kept_and_waited_for(issued: Desk) -> None:
    """6.7 no. 8: every item of R16–R38 has a result."""
    issued.set_clock(2024, 5, 15)
    issued.waits()

    missing = issued.report(issued.findings("R16", "R20", strengths=()))

    assert [problem.place for problem in missing] == ["II.1.a", "II.2.b", "ưu điểm"]
    waiting = issued.waits()
    assert (waiting.wait.shown, waiting.message) == ("Chờ kết quả giám sát", "còn thiếu 3 mục")
    assert issued.documents("group_report") == []
    assert len(issued.answers("findings")) == 1


def test_a_limitation_without_a_recommendation_is_incomplete(issued: Desk) -> None:
    """2.7 no. 2, 6.7 no. 9."""
    issued.set_clock(2024, 5, 15)

    (problem,) = issued.report(replace(issued.findings(), recommendations=()))

    assert problem.place == "hạn chế 1"
    assert issued.waits().message == "còn thiếu 1 mục"


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """The visit whose complete findings came on 18/5/2024."""
    desk.until_met()
    assert desk.report(desk.findings()) == []
    return desk


def test_complete_findings_become_a_draft_of_the_groups_report(reported: Desk) -> None:
    """R73, D9."""
    waiting = reported.waits()

    assert (waiting.for_whom, waiting.wait.shown, waiting.message) == ("leader", "Chờ duyệt báo cáo", "bản 1")
    (report,) = reported.documents("group_report")
    assert (report.state, report.type_code) == ("draft", "BC")
    for part in ("Chuẩn bị chu đáo", "Sổ nghị quyết ghi vắn tắt", "Ghi đủ kết quả biểu quyết"):
        assert part in report.body
    assert "visits approve 2024-05/bien_hoa report" in words(reported.letters("staff_task")[-1])


def test_a_draft_of_yesterday_is_the_draft_of_today(reported: Desk) -> None:
    reported.waits()
    reported.set_clock(2024, 5, 21)
    reported.waits()

    assert len(reported.documents("group_report")) == 1


def test_changed_findings_make_a_new_draft_in_the_place_of_the_old(reported: Desk) -> None:
    reported.waits()
    reported.set_clock(2024, 5, 19, 10)
    reported.report(reported.findings(strengths=("Thảo luận sôi nổi",)))

    assert reported.waits().message == "bản 2"
    first, second = reported.documents("group_report")
    assert (first.state, second.state) == ("superseded", "draft")
    assert "Thảo luận sôi nổi" in second.body
    assert [row.version for row in reported.answers("findings")] == [1, 2]


def test_the_approved_report_ends_the_step(reported: Desk) -> None:
    """A2: the group's report comes before the result notice."""
    reported.waits()
    reported.approve("report")

    assert reported.run_step(5) == Done("báo cáo của Tổ công tác do Trần Thị Minh Họa duyệt")
    assert Step.COLLECT_FINDINGS in reported.finished


def test_approved_findings_are_not_written_over(reported: Desk) -> None:
    reported.waits()
    reported.approve("report")

    with pytest.raises(Refused, match="đã duyệt"):
        reported.report(reported.findings(strengths=("Khác",)))


def test_the_report_stays_inside_the_office(reported: Desk) -> None:
    """6.7 no. 7, 15: neither host nor invited bodies get the findings."""
    reported.waits()
    before = {letter.id for letter in reported.letters() if letter.recipient.startswith(("host", "body"))}
    reported.approve("report")
    reported.run_step(5)

    assert {letter.id for letter in reported.letters() if letter.recipient.startswith(("host", "body"))} == before
    assert not any("findings" in str(part.get_filename()) for one in reported.letters() for part in mail(one).walk())


def test_a_meeting_put_off_on_its_day_is_asked_about_again_on_the_new_one(issued: Desk) -> None:
    """A23: the inspectors could not report on a meeting that did not take place."""
    issued.set_clock(2024, 5, 14)
    issued.waits()
    issued.set_clock(2024, 5, 14, 10)
    move(issued.key, 1, at(date(2024, 5, 28), 14), OFFICER, reason="hoãn")
    assert issued.waits().wait.shown == "Chờ phát hành điều chỉnh"
    issued.issue("notice", 85)
    assert issued.waits().until == date(2024, 5, 28)

    issued.set_clock(2024, 5, 28)
    waiting = issued.waits()

    assert (waiting.wait.shown, waiting.until) == ("Chờ kết quả giám sát", date(2024, 5, 31))
    assert len(issued.letters("findings_request", "inspector:1")) == 2
    issued.set_clock(2024, 5, 31)
    issued.waits()
    assert reminders(issued) == INSPECTORS
