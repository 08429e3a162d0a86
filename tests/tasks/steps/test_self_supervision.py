"""A unit that supervises itself is asked for its report, reminded to the last minute, and heard (R66–R69)."""

from datetime import date

import pytest

from answers.self_reports import ReportFile, accept, receive, send_back
from config.settings import ROOT, Settings, settings
from database import answers, visits
from database.engine import reading
from database.self_reports import reported, versions
from domain.outcome import Done, Waiting
from domain.problem import Refused
from domain.self_report import BY_ITEM, SelfReport
from domain.wait import Wait
from tests.may import OFFICER
from tests.obligations import Obliged
from tests.opened_mail import enclosed, words

KEY = "2024/long_thanh"
DUE = date(2024, 12, 16)
WORD = ReportFile(
    "bao-cao.docx", (ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D13_BC-mau-tu-giam-sat.docx").read_bytes()
)


@pytest.fixture
def unit(office: Settings) -> Obliged:
    """Long Thành, on the day on which its report is asked for."""
    assert office.mode == "rehearsal"
    one = Obliged(KEY)
    one.set_clock(2024, 11, 1)
    one.open()
    return one


def report(received: date, **changes: object) -> SelfReport:
    figures: dict[str, object] = {"committees": 4, "cells": 12, "thematic_cells": 5}
    return SelfReport(received, "88-BC/HU", received, **(figures | changes))  # type: ignore[arg-type]  # by name


def test_the_report_is_asked_for_45_days_before_its_date_with_a_form(unit: Obliged) -> None:
    """D12, R67."""
    assert unit.row.opens_on == date(2024, 11, 1)
    assert unit.waits() == Waiting(
        Wait.SELF_REPORT, date(2024, 11, 15), "Ban Thường vụ Huyện ủy Long Thành báo cáo trước hết 16/12/2024"
    )
    (request,) = unit.letters("year_end_request")
    assert request.must_arrive
    assert request.addresses == [
        "ban-thuong-vu@long-thanh.example", "ban-to-chuc@long-thanh.example", "lanh-dao-ban@ban-to-chuc.example",
    ]  # fmt: skip
    assert "chậm nhất ngày 16 tháng 12 năm 2024" in words(request)
    assert "2024_long_thanh_BC-mau-tu-giam-sat.docx" in enclosed(request)


def test_reminders_climb_to_the_date_itself_and_beyond_it(unit: Obliged) -> None:
    """30, 14, 7 and 1 days before, on the day, then 1, 3 and 7 days late; a Sunday becomes the Friday before."""
    unit.go_on()
    while (until := unit.row.waiting_until) is not None:
        unit.on(until.month, until.day)

    assert [one for one in unit.sent() if "staff_task" not in one] == [
        "01/11 year_end_request", "15/11 year_end_reminder", "02/12 year_end_reminder", "09/12 year_end_reminder",
        "13/12 year_end_reminder", "16/12 year_end_reminder", "17/12 year_end_reminder", "19/12 year_end_reminder",
        "23/12 year_end_reminder",
    ]  # fmt: skip
    last_day, late = unit.letters("year_end_reminder")[4:6]
    assert "là ngày cuối của thời hạn" in words(last_day)
    assert "đã quá hạn 1 ngày" in words(late)
    assert "Ban Tổ chức Tỉnh ủy sẽ tổng hợp, báo cáo Ban Thường vụ Tỉnh ủy." in words(late)
    assert "lanh-dao-ban@ban-to-chuc.example" not in last_day.addresses
    assert "lanh-dao-ban@ban-to-chuc.example" in late.addresses


@pytest.mark.parametrize(("day", "hour", "late"), [(16, 0, False), (16, 23, False), (17, 0, True)])
def test_the_date_is_inclusive_to_its_last_minute_where_the_office_is(
    unit: Obliged, day: int, hour: int, late: bool
) -> None:
    """R87: 16/12/2024 23:59 is in time, and so is 00:00, which is the day before in UTC."""
    unit.go_on()
    unit.set_clock(2024, 12, day, hour, 59 if hour else 0)
    receipt = receive(KEY, report(date(2024, 12, day)), OFFICER)

    assert receipt.late is late
    unit.go_on()
    with reading(settings().database) as session:
        assert reported(session, unit.row.id).late(DUE) is late


def test_on_the_17th_the_unit_is_late_and_is_said_to_be(unit: Obliged) -> None:
    unit.go_on()
    unit.on(12, 16)
    assert unit.row.waiting_state == "Chờ báo cáo"
    assert unit.row.waiting_until is not None
    assert unit.row.waiting_until.date() == date(2024, 12, 17)
    unit.on(12, 17)
    assert unit.row.waiting_state == "Quá hạn báo cáo"


def test_a_report_is_reviewed_and_accepted(unit: Obliged) -> None:
    unit.go_on()
    unit.set_clock(2024, 12, 9, 9)
    receipt = receive(KEY, report(date(2024, 12, 9)), OFFICER, file=WORD)
    assert (receipt.version, receipt.late, receipt.counted) == (1, False, True)
    assert [problem.place for problem in receipt.warnings] == [BY_ITEM]
    assert unit.waits().wait.shown == "Chờ xem xét báo cáo"
    assert "tiếp nhận, hoặc trả lại kèm lý do" in words(unit.letters("staff_task")[-1])

    accept(KEY, OFFICER)

    assert unit.go_on() == Done("đã tiếp nhận báo cáo, bản 1")
    assert unit.finished == {1, 2, 3}
    with reading(settings().database) as session:
        (row,) = versions(session, unit.row.id)
        (kept,) = answers.files_of(session, row.id)
        assert (kept.name, kept.content) == (WORD.name, WORD.content)


def test_a_report_sent_back_comes_again_and_stays_in_time(unit: Obliged) -> None:
    """The first receipt counts: what is asked for afterwards does not make a unit late."""
    unit.go_on()
    unit.set_clock(2024, 12, 13, 9)
    receive(KEY, report(date(2024, 12, 13), cells=None), OFFICER)
    unit.go_on()
    send_back(KEY, "chưa có số chi bộ đã dự, giám sát", OFFICER)

    assert unit.waits() == Waiting(
        Wait.SELF_REPORT_AGAIN, date(2024, 12, 20), "đã trả lại, gửi lại chậm nhất 20/12/2024"
    )
    (letter,) = unit.letters("self_report_returned")
    assert "chưa có số chi bộ đã dự, giám sát." in words(letter)
    assert "báo cáo số 88-BC/HU" in words(letter)
    unit.on(12, 20)
    assert len(unit.letters("self_report_returned")) == 2, "reminded once on the day"

    unit.set_clock(2024, 12, 21, 9)
    receipt = receive(KEY, report(date(2024, 12, 21)), OFFICER)
    assert (receipt.version, receipt.late) == (2, False)
    assert unit.waits().wait.shown == "Chờ xem xét báo cáo"
    accept(KEY, OFFICER)
    assert unit.go_on() == Done("đã tiếp nhận báo cáo, bản 2")
    with reading(settings().database) as session:
        assert [one.version for one in versions(session, unit.row.id)] == [1, 2], "the first one stays"


def test_a_report_that_comes_before_it_is_asked_for_is_taken(office: Settings) -> None:
    early = Obliged("2024/trang_bom")
    early.set_clock(2024, 10, 20)
    receive(early.key, report(date(2024, 10, 20)), OFFICER)
    early.set_clock(2024, 11, 1)
    early.open()

    early.go_on()

    assert early.sent() == ["01/11 staff_task"], "nobody is asked for what is there"
    assert office.mode == "rehearsal"


def test_a_host_s_report_is_filed_and_not_counted(office: Settings) -> None:
    """A14."""
    host = Obliged("2024/nhon_trach")
    host.set_clock(2024, 12, 10)

    receipt = receive(host.key, report(date(2024, 12, 10)), OFFICER, file=WORD)

    assert (receipt.counted, host.row.state, host.row.flow_run_id) == (False, "filed", None)
    with reading(office.database) as session:
        assert [row.key for row in visits.with_runs(session)] == []
        assert host.row.id not in [row.id for row in visits.due_to_open(session, date(2025, 1, 1))]


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (lambda: receive(KEY, report(date(2024, 11, 2)), OFFICER), "02/11/2024 chưa tới"),
        (lambda: receive(KEY, report(date(2024, 11, 1), cells=2), OFFICER), "5 chi bộ chuyên đề trong 2 chi bộ"),
        (lambda: receive(KEY, report(date(2024, 11, 1), committees=-1), OFFICER), "-1 không phải số lượng"),
        (lambda: receive("2024/khong_co", report(date(2024, 11, 1)), OFFICER), "không có trong kế hoạch"),
        (lambda: receive("2024-05/bien_hoa", report(date(2024, 11, 1)), OFFICER), "không phải báo cáo của một đơn vị"),
        (lambda: accept(KEY, OFFICER), "chưa có báo cáo nào"),
        (lambda: send_back(KEY, " ", OFFICER), "trả lại báo cáo cần lý do"),
        (
            lambda: receive(KEY, report(date(2024, 11, 1)), OFFICER, file=ReportFile("a.docx", b"MZ")),
            "không phải tệp Word, Excel hoặc PDF",
        ),
        (
            lambda: receive(KEY, report(date(2024, 11, 1)), OFFICER, file=ReportFile("a.pdf", b"%PDF-1.7")),
            "tệp bị cắt cụt",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(unit: Obliged, act: object, fault: str) -> None:
    assert unit.row.state == "open"
    with pytest.raises(Refused, match=fault):
        act()  # type: ignore[operator]  # each is called without arguments
    assert unit.finished == set()


def test_an_accepted_report_is_not_replaced(unit: Obliged) -> None:
    unit.go_on()
    receive(KEY, report(date(2024, 11, 1)), OFFICER)
    unit.go_on()
    accept(KEY, OFFICER)
    for again in (lambda: accept(KEY, OFFICER), lambda: receive(KEY, report(date(2024, 11, 1)), OFFICER)):
        with pytest.raises(Refused, match="báo cáo đã được tiếp nhận"):
            again()


def test_who_reviews_one_version_does_not_judge_the_next(unit: Obliged) -> None:
    unit.go_on()
    receive(KEY, report(date(2024, 11, 1)), OFFICER)
    send_back(KEY, "thiếu phụ lục", OFFICER)
    with pytest.raises(Refused, match="đã trả lại bản này"):
        accept(KEY, OFFICER)
    receive(KEY, report(date(2024, 11, 1)), OFFICER)
    assert unit.waits().wait.shown == "Chờ xem xét báo cáo"


def test_missing_figures_are_warned_of_and_stay_unknown(unit: Obliged) -> None:
    """Nothing said is not nothing done."""
    receipt = receive(KEY, SelfReport(date(2024, 11, 1)), OFFICER)

    assert [problem.place for problem in receipt.warnings] == [
        "số đảng ủy", "số chi bộ", "số chi bộ chuyên đề", BY_ITEM,
    ]  # fmt: skip
    with reading(settings().database) as session:
        state = reported(session, unit.row.id)
    assert state.report is not None
    assert state.report.cells is None
