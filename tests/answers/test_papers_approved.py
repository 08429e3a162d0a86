"""A leader approves one text, returns it, or lets it be issued although a check fails (2.4, A2)."""

from pathlib import Path

import pytest

from answers.papers import approve, override, send_back
from config.settings import settings, use
from database.engine import writing
from database.models import AuditRow
from domain.problem import Refused
from letters.wording import TEMPLATES
from tests.desk import Desk
from tests.may import LEADER

# Approving


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """The visit whose group report waits for its approval."""
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    return desk


def test_an_approval_is_of_one_content(reported: Desk) -> None:
    """P7: the record holds the hash of what was approved."""
    content_hash = reported.approve("report")

    (row,) = reported.documents("group_report")
    assert (row.state, row.content_hash, row.approved_by) == ("approved", content_hash, LEADER.name)
    with writing(settings().database) as session:
        (line,) = session.query(AuditRow).filter_by(what="duyệt bản 1").all()
        assert line.details == {"paper": "report", "hash": content_hash}


def test_a_report_is_approved_once(reported: Desk) -> None:
    reported.approve("report")

    with pytest.raises(Refused, match="bản 1 đang ở trạng thái"):
        reported.approve("report")


def test_a_report_whose_findings_have_just_changed_is_not_approved(reported: Desk) -> None:
    reported.set_clock(2024, 5, 18, 10)
    reported.report(reported.findings(strengths=("Khác",)))

    with pytest.raises(Refused, match=r"đã soạn lại bản 2: - - Chuẩn bị chu đáo\.; \+ - Khác\."):
        reported.approve("report")

    reported.approve("report")
    assert [row.state for row in reported.documents("group_report")] == ["superseded", "approved"]


def test_only_what_the_approver_has_seen_is_approved(reported: Desk) -> None:
    (row,) = reported.documents("group_report")

    with pytest.raises(Refused, match="bản đã xem không còn là bản mới nhất"):
        approve(reported.key, "report", LEADER, seen="0123456789ab")
    assert approve(reported.key, "report", LEADER, seen=row.content_hash[:12]) == row.content_hash


def test_one_changed_letter_of_the_wording_voids_the_approval(desk: Desk, tmp_path: Path) -> None:
    """The approval is of one text: the office's folder says `hạn chế` otherwise, and the issue is refused."""
    desk.until_reported()
    desk.approve("result")
    body = (TEMPLATES / "result_notice" / "body.txt").read_text(encoding="utf-8")
    (tmp_path / "result_notice").mkdir()
    changed = body.replace("thông báo kết quả như sau:", "thông báo kết quả như sau.")
    (tmp_path / "result_notice" / "body.txt").write_text(changed, encoding="utf-8")
    use(settings().model_copy(update={"templates": tmp_path}))

    with pytest.raises(Refused, match="bản đã duyệt hết hiệu lực") as refused:
        desk.issue("result", 90)

    assert "- Ban Tổ chức Tỉnh ủy thông báo kết quả như sau:" in str(refused.value)
    assert "+ Ban Tổ chức Tỉnh ủy thông báo kết quả như sau." in str(refused.value)
    assert [row.state for row in desk.documents("result_notice")] == ["superseded", "draft"]
    with pytest.raises(Refused, match="bản 2 chưa được duyệt"):
        desk.issue("result", 90)
    desk.approve("result")
    assert desk.issue("result", 90) == "90-TB/BTCTU"


def test_a_returned_report_opens_the_findings_again(reported: Desk) -> None:
    reported.approve("report")
    with pytest.raises(Refused, match="visits return"):
        reported.report(reported.findings())

    send_back(reported.key, "Chưa rõ nguyên nhân", LEADER)

    (row,) = reported.documents("group_report")
    assert (row.state, row.returned_by, row.return_reason) == ("returned", LEADER.name, "Chưa rõ nguyên nhân")
    assert reported.report(reported.findings()) == []


def test_a_report_is_not_returned_without_a_reason_or_after_the_result_is_issued(desk: Desk) -> None:
    desk.until_reported()
    with pytest.raises(Refused, match="cần lý do"):
        send_back(desk.key, "  ", LEADER)
    desk.approve("result")
    desk.issue("result", 90)
    with pytest.raises(Refused, match="số 90-TB/BTCTU đã phát hành"):
        send_back(desk.key, "Muộn quá", LEADER)


# Checks before issue


@pytest.fixture
def faulty(desk: Desk) -> Desk:
    """A result notice, approved, whose strengths were copied from another unit."""
    desk.until_met()
    desk.report(desk.findings(strengths=("Cấp ủy Long Khánh chuẩn bị chu đáo",)))
    desk.go_on()
    desk.approve("report")
    desk.go_on()
    desk.approve("result")
    return desk


def test_a_failed_check_stops_the_issue_and_names_the_place(faulty: Desk) -> None:
    """2.7 no. 3."""
    with pytest.raises(Refused, match=r"dòng \d+ .*có tên đơn vị khác: Long Khánh"):
        faulty.issue("result", 90)
    assert faulty.documents("result_notice")[0].state == "approved"


def test_a_leader_may_override_a_failed_check_with_a_reason(faulty: Desk) -> None:
    (problem,) = override(faulty.key, "result", "Sinh hoạt chung với Long Khánh", LEADER)

    assert "Long Khánh" in problem.fault
    assert faulty.issue("result", 90) == "90-TB/BTCTU"
    (row,) = faulty.documents("result_notice")
    assert (row.override_by, row.override_reason) == (LEADER.name, "Sinh hoạt chung với Long Khánh")


def test_an_override_needs_a_reason_and_a_fault(faulty: Desk) -> None:
    with pytest.raises(Refused, match="cần lý do"):
        override(faulty.key, "result", "", LEADER)
    override(faulty.key, "result", "Đúng như vậy", LEADER)
    faulty.issue("result", 90)
    with pytest.raises(Refused, match="không có lỗi kiểm tra nào"):
        override(faulty.key, "notice", "Thử", LEADER)


def test_a_result_is_issued_only_after_its_approval(desk: Desk) -> None:
    """A2, 6.7 no. 6."""
    desk.until_reported()

    with pytest.raises(Refused, match="chưa được duyệt"):
        desk.issue("result", 90)
    desk.approve("result")
    assert desk.issue("result", 90) == "90-TB/BTCTU"


def test_notice_and_result_take_their_numbers_from_one_series(desk: Desk) -> None:
    """F22: both are of the type TB."""
    desk.until_reported()
    desk.approve("result")

    with pytest.raises(Refused, match="số 80-TB/BTCTU đã dùng"):
        desk.issue("result", 80)


# What does not go together


def test_each_paper_has_its_own_way(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()

    with pytest.raises(Refused, match="chỉ cần duyệt"):
        desk.issue("report", 90)
    with pytest.raises(Refused, match="không qua bước duyệt riêng"):
        approve(desk.key, "notice", LEADER)
