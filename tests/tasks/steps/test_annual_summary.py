"""The annual report is added up from records alone; every figure can be traced; people approve and number it (D14)."""

from datetime import date

import pytest
from sqlalchemy import text

from answers.papers import Sheet, approve, issue
from answers.self_reports import receive, send_back
from answers.summary import propose
from config.settings import Settings, settings
from database import plans, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import LetterRow
from domain.annual import AnnualSummary
from domain.obligation import Kind
from domain.outcome import Done, Waiting
from domain.problem import Refused
from domain.self_report import ReportedItem, SelfReport
from domain.wait import Wait
from papers.annual import summarise
from papers.drafts import current_text
from tests.desk import Desk
from tests.may import CLERK, LEADER, OFFICER
from tests.obligations import Obliged
from tests.opened_mail import enclosed, words

KEY = "2024/tong-hop"


@pytest.fixture
def summary(office: Settings) -> Obliged:
    """The year's summary before anything has happened, on the day after the reports are due."""
    assert office.mode == "rehearsal"
    one = Obliged(KEY)
    one.set_clock(2024, 12, 17)
    one.open()
    return one


def the_year() -> AnnualSummary:
    with reading(settings().database) as session:
        return summarise(session, 2024)


def draft() -> str:
    with reading(settings().database) as session:
        return current_text(open_dossier(session, visits.find(session, KEY).id), "annual_report")


def report(unit: str, day: date, **changes: object) -> None:
    figures: dict[str, object] = {"committees": 3, "cells": 10, "thematic_cells": 4} | changes
    receive(f"2024/{unit}", SelfReport(day, **figures), OFFICER)  # type: ignore[arg-type]  # by name


def test_an_empty_year_says_so(summary: Obliged) -> None:
    """6.7 no. 11: nothing is made up, and nothing divides by zero."""
    assert summary.row.opens_on == date(2024, 12, 17)
    year = the_year()
    assert {one.key: one.value for one in year.figures if one.value} == {
        "rounds_planned": 9, "rounds_not_held": 9, "reports_expected": 7, "reports_missing": 7,
    }  # fmt: skip
    said = draft()
    assert "Đã tổ chức 00/09 đợt (0%)" in said
    assert "Chưa có kết quả để đánh giá." in said
    assert said.count("Chưa có.") >= 5
    assert "Đảng bộ Khối Doanh nghiệp tỉnh" in said.split("Đơn vị chưa báo cáo: ")[1].splitlines()[0]


def test_what_was_found_is_counted_and_each_figure_names_its_records(desk: Desk) -> None:
    desk.until_reported()
    year = the_year()

    assert (year.count("rounds_held"), year.count("organisations"), year.count("thematic_cells")) == (1, 1, 1)
    assert (year.count("limitations"), year.count("recommendations"), year.count("unanswered")) == (1, 1, 1)
    assert year.count("II.2.b met") == 1
    with reading(settings().database) as session:
        for figure in year.figures:
            for record in figure.records:
                query = text(f"SELECT count(*) FROM {record.table} WHERE id = :id")
                assert session.scalar(query, {"id": record.id}) == 1, figure
    (line,) = year.recommendations
    assert (line.month, line.owner, line.done_on) == (5, "Chi ủy", None)


def test_units_are_in_time_late_sent_back_or_missing(summary: Obliged) -> None:
    """R67, A14: figures of a report that was sent back do not count, a host's report does not count at all."""
    report("long_thanh", date(2024, 12, 16))
    report("trang_bom", date(2024, 12, 17))
    report("vinh_cuu", date(2024, 12, 10))
    report("nhon_trach", date(2024, 12, 10), cells=99)
    with writing(settings().database) as session:
        visits.begin(session, visits.find(session, "2024/vinh_cuu"), "thử")
    send_back("2024/vinh_cuu", "thiếu số liệu", OFFICER)
    year = the_year()

    assert [one.unit for one in year.late_reports] == ["Đảng bộ huyện Trảng Bom"]
    assert len(year.missing_reports) == 4
    assert year.count("own_cells") == 20
    assert year.count("reports_filed") == 1
    by_unit = {one.unit: one for one in year.reports}
    assert by_unit["Đảng bộ huyện Vĩnh Cửu"].remark == "đã trả lại để bổ sung, chưa gửi lại"
    assert by_unit["Đảng bộ huyện Vĩnh Cửu"].cells is None
    assert summary.row.state == "open"


def test_what_is_said_of_several_units_is_said_once(summary: Obliged) -> None:
    for unit in ("long_thanh", "trang_bom"):
        report(unit, date(2024, 12, 10), strengths=("Nền nếp sinh hoạt tốt.",))
    report("vinh_cuu", date(2024, 12, 10), strengths=("Chuẩn bị chu đáo", "nền nếp sinh hoạt tốt"))

    (first, second) = the_year().strengths

    assert (first.text, first.units) == ("Nền nếp sinh hoạt tốt.", ("Long Thành", "Trảng Bom", "Vĩnh Cửu"))
    assert second.units == ("Vĩnh Cửu",)
    assert "- Nền nếp sinh hoạt tốt (Long Thành; Trảng Bom; Vĩnh Cửu)." in draft()
    assert summary.row.state == "open"


def test_draft_proposals_approval_number_and_letter(summary: Obliged) -> None:
    """R68, R74: two acts of people, then one letter to the Standing Committee."""
    assert summary.waits().wait.shown == "Chờ nhiệm vụ năm sau"
    told = words(summary.letters("staff_task")[0])
    assert "Chưa báo cáo: Đảng bộ huyện Long Thành, Đảng bộ huyện Trảng Bom" in told
    propose(KEY, ["Nâng cao chất lượng sinh hoạt chuyên đề", " "], OFFICER)
    assert summary.waits().wait.shown == "Chờ duyệt báo cáo tổng hợp"
    with pytest.raises(Refused, match="chưa được duyệt"):
        issue(KEY, "summary", Sheet(41, date(2024, 12, 17)), CLERK)
    approve(KEY, "summary", LEADER)
    assert summary.waits().wait.shown == "Chờ phát hành báo cáo tổng hợp"
    assert issue(KEY, "summary", Sheet(41, date(2024, 12, 17)), CLERK) == "41-BC/BTCTU"

    assert summary.go_on() == Done("báo cáo số 41-BC/BTCTU")
    (letter,) = summary.letters("annual_report")
    assert letter.addresses == ["ban-thuong-vu@tinh-uy.example", "lanh-dao-ban@ban-to-chuc.example"]
    assert enclosed(letter) == ["2024_tong_hop_BC-tong-hop-nam.docx", "2024_tong_hop_BC-tong-hop-nam.pdf"]
    assert "- Nâng cao chất lượng sinh hoạt chuyên đề." in words(letter)


def test_a_report_that_comes_after_the_approval_voids_it(summary: Obliged) -> None:
    """The approval is of one text; what a late unit changes is told and approved anew."""
    propose(KEY, [], OFFICER)
    summary.go_on()
    approve(KEY, "summary", LEADER)
    summary.go_on()
    report("long_thanh", date(2024, 12, 17))

    with pytest.raises(Refused, match="bản đã duyệt hết hiệu lực"):
        issue(KEY, "summary", Sheet(41, date(2024, 12, 17)), CLERK)
    assert summary.waits().wait.shown == "Chờ duyệt báo cáo tổng hợp"


def test_the_units_that_are_named_as_missing_are_waited_for_no_longer(summary: Obliged) -> None:
    missing = Obliged("2024/long_thanh")
    missing.open()
    missing.go_on()
    assert missing.waits().wait.shown == "Quá hạn báo cáo"
    propose(KEY, [], OFFICER)
    summary.go_on()
    approve(KEY, "summary", LEADER)
    summary.go_on()
    issue(KEY, "summary", Sheet(41, date(2024, 12, 17)), CLERK)
    summary.go_on()

    assert missing.row.wake_wanted > missing.row.wake_seen
    missing.go_on()
    assert missing.finished == {1, 2, 3}
    report("long_thanh", date(2024, 12, 17))  # comes all the same: kept, and changes nothing that was issued
    assert "Chờ" not in draft()
    with pytest.raises(Refused, match="đã phát hành"):
        propose(KEY, ["Muộn"], OFFICER)


def test_without_an_address_of_the_standing_committee_the_report_is_handed_over(summary: Obliged) -> None:
    """R68: the contact is optional; nothing is lost, and the run says what a person must do."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        del contacts.bodies["provincial_standing_board"]
        plans.save(session, plan, contacts, "thử")
    propose(KEY, [], OFFICER)
    summary.go_on()
    approve(KEY, "summary", LEADER)
    summary.go_on()
    issue(KEY, "summary", Sheet(41, date(2024, 12, 17)), CLERK)

    outcome = summary.go_on()

    assert isinstance(outcome, Done)
    assert "chuyển bản giấy" in outcome.note
    with reading(settings().database) as session:
        rows = session.query(LetterRow).filter_by(purpose="annual_report").all()
        assert {row.recipient: row.state for row in rows} == {
            "body:provincial_standing_board": "by_hand", "staff:leader": "sent",
        }  # fmt: skip


def test_started_before_its_day_it_waits(office: Settings) -> None:
    one = Obliged(KEY)
    one.set_clock(2024, 6, 1)
    assert one.waits() == Waiting(Wait.SUMMARY_DAY, date(2024, 12, 17), "chưa hết hạn báo cáo của các đơn vị")
    assert office.mode == "rehearsal"
    with reading(office.database) as session:
        assert [row.key for row in visits.of_year(session, 2024, Kind.SUMMARY)] == [KEY]


def test_what_units_found_by_item_is_added_up_apart_from_what_the_group_found(summary: Obliged) -> None:
    """R16–R38, D13; each figure leads to the reports behind it (6.7 no. 11)."""
    report("long_thanh", date(2024, 12, 9), items=(ReportedItem("R20", 9, 3, 1, "ghi vắn tắt"),))
    report("trang_bom", date(2024, 12, 9), items=(ReportedItem("R19", 13), ReportedItem("R20", 13)))
    year = the_year()

    line = next(one for one in year.own_items if one.code == "II.2.b")
    assert (line.met, line.partly_met, line.not_met, line.lacking_at) == (22, 3, 1, ("Long Thành",))
    assert (year.count("own II.2.b met"), year.count("own II.2.b not_met"), year.every_item.met) == (22, 1, 0)
    told = draft()
    assert "02 cấp ủy báo cáo đã xem xét 39 lượt nội dung: đạt 35/39 lượt" in told
    assert "Kết quả từng nội dung do các cấp ủy tự dự, giám sát" in told

    assert summary.row.year == 2024
