"""Step 6: the result notice is drafted, approved, numbered, and goes to the host once (R53, R75, A2, D10)."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from answers.papers import send_back
from config.settings import settings
from database.engine import writing
from database.models import AnswerRow
from domain.findings import ItemResult
from domain.outcome import Done
from domain.problem import Refused
from domain.step import Step
from tests.desk import Desk
from tests.may import LEADER
from tests.opened_mail import enclosed, words


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """The visit whose group report was approved."""
    desk.until_reported()
    return desk


def test_the_draft_waits_for_a_leader(reported: Desk) -> None:
    waiting = reported.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("leader", "Chờ duyệt kết quả")
    (notice,) = reported.documents("result_notice")
    assert (notice.state, notice.type_code, notice.number) == ("draft", "TB", None)
    assert "visits approve 2024-05/bien_hoa result" in words(reported.letters("staff_task")[-1])


def test_the_draft_says_strengths_limitations_and_recommendations(reported: Desk) -> None:
    """R53, 6.7 no. 9."""
    (notice,) = reported.documents("result_notice")

    for part in ("Chuẩn bị chu đáo", "Sổ nghị quyết ghi vắn tắt", "Ghi đủ kết quả biểu quyết"):
        assert part in notice.body


def test_what_is_not_approved_cannot_be_issued(reported: Desk) -> None:
    """6.7 no. 6."""
    with pytest.raises(Refused, match="chưa được duyệt"):
        reported.issue("result", 90)


def test_the_approved_notice_waits_for_the_clerk(reported: Desk) -> None:
    reported.approve("result")

    waiting = reported.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("clerk", "Chờ phát hành kết quả")
    assert reported.letters("result_notice", "host") == []


@pytest.fixture
def issued(reported: Desk) -> Desk:
    """The visit whose result notice has number 90."""
    reported.approve("result")
    reported.go_on()
    reported.issue("result", 90)
    assert reported.run_step(6) == Done("thông báo kết quả số 90-TB/BTCTU")
    return reported


def test_the_issued_notice_goes_to_the_host_and_must_arrive(issued: Desk) -> None:
    """R75."""
    (letter,) = issued.letters("result_notice", "host")

    assert (letter.recipient, letter.must_arrive) == ("host", True)
    assert letter.addresses == [
        "ban-thuong-vu@bien-hoa.example", "ban-to-chuc@bien-hoa.example", "lanh-dao-ban@ban-to-chuc.example",
        "to-truong@to-cong-tac.example", "thanh-vien-1@to-cong-tac.example", "thanh-vien-2@to-cong-tac.example",
    ]  # fmt: skip
    assert "90-TB/BTCTU" in words(letter)
    assert enclosed(letter) == ["2024-05_bien_hoa_TB-ket-qua.docx", "2024-05_bien_hoa_TB-ket-qua.pdf"]


def test_nobody_else_gets_the_result(issued: Desk) -> None:
    """6.7 no. 7: those who attended, on paper, and the group's own report stays with the leaders and the group."""
    got = {letter.recipient: letter.state for letter in issued.letters("result_notice")}
    assert got == {"host": "queued", "organisation:1": "by_hand"}
    telling = [one for one in issued.letters() if "Sổ nghị quyết ghi vắn tắt" in words(one)]
    assert [(one.purpose, one.recipient) for one in telling] == [
        ("group_report", "staff:leader"), ("result_notice", "host"),
    ]  # fmt: skip
    assert not any("tinh-uy.example" in address for one in telling for address in one.addresses)


def test_a_step_that_runs_again_sends_nothing_again(issued: Desk) -> None:
    """6.7 no. 4."""
    issued.postman_calls()
    issued.set_clock(2024, 6, 20)
    issued.run_step(6)

    assert issued.queued() == []
    assert len(issued.documents("result_notice")) == 1


def test_the_six_steps_are_done_and_nothing_waits(issued: Desk) -> None:
    assert issued.finished == set(Step)
    assert isinstance(issued.go_on(), Done)


def test_the_approval_is_of_one_content_and_named_in_the_document(issued: Desk) -> None:
    """P7: who approved what."""
    (notice,) = issued.documents("result_notice")

    assert (notice.approved_by, notice.issued_by) == ("Trần Thị Minh Họa", "Lê Văn Giả Định")
    assert (notice.number, notice.issued_on) == (90, date(2024, 5, 18))


def test_a_report_that_is_returned_waits_for_the_group_and_then_for_the_leader(reported: Desk) -> None:
    """A2: no notice goes out before the report is approved."""
    reported.approve("result")
    reported.set_clock(2024, 5, 20, 9)
    send_back(reported.key, "Nêu rõ hơn hạn chế", LEADER)

    waiting = reported.waits()
    assert (waiting.for_whom, waiting.wait.shown) == ("inspector", "Chờ sửa kết quả giám sát")
    assert "Nêu rõ hơn hạn chế" in words(reported.letters("staff_task")[-1])

    reported.set_clock(2024, 5, 21, 9)
    reported.report(reported.findings(strengths=("Chuẩn bị rất chu đáo",)))
    assert reported.waits().wait.shown == "Chờ duyệt báo cáo"
    reported.approve("report")
    assert reported.waits().wait.shown == "Chờ duyệt kết quả"
    states = [row.state for row in reported.documents("result_notice")]
    assert states == ["superseded", "draft"]
    assert "Chuẩn bị rất chu đáo" in reported.documents("result_notice")[-1].body


def test_a_report_that_is_returned_in_step_5_is_drafted_anew_once_the_group_has_answered(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    send_back(desk.key, "Thiếu phần kiến nghị", LEADER)

    assert desk.waits().wait.shown == "Chờ sửa kết quả giám sát"
    desk.set_clock(2024, 5, 21, 9)
    desk.report(desk.findings())
    assert desk.waits().wait.shown == "Chờ duyệt báo cáo"
    assert [row.state for row in desk.documents("group_report")] == ["returned", "draft"]


@pytest.fixture
def unexplained(desk: Desk) -> Desk:
    """The visit whose findings say that an item is not met, and nothing more."""
    desk.until_met()
    items = tuple(
        replace(item, result=ItemResult.NOT_MET) if item.item == "R28" else item for item in desk.findings().items
    )
    desk.report(replace(desk.findings(), items=items))
    return desk


def test_findings_that_leave_a_fault_unexplained_are_kept_and_waited_for(unexplained: Desk) -> None:
    """R15."""
    waiting = unexplained.waits()

    assert (waiting.for_whom, waiting.wait.shown) == ("inspector", "Chờ kết quả giám sát")
    assert len(unexplained.answers("findings")) == 1


def test_findings_of_before_faults_were_explained_go_their_way_and_the_papers_name_the_gap(unexplained: Desk) -> None:
    with writing(settings().database) as session:
        row = session.get_one(AnswerRow, unexplained.answers("findings")[0].id)
        content = deepcopy(row.content)
        content["findings"].pop("rules")
        for item in content["findings"]["items"]:
            del item["limitations"], item["no_limitation"]
        row.content, row.shape = content, 1

    assert unexplained.waits().wait.shown == "Chờ duyệt báo cáo"
    unexplained.approve("report")
    assert unexplained.waits().wait.shown == "Chờ duyệt kết quả"
    unexplained.approve("result")
    unexplained.go_on()
    unexplained.issue("result", 90)

    for kind in ("group_report", "result_notice"):
        (paper,) = unexplained.documents(kind)
        assert "chưa được nêu thành hạn chế cụ thể" in paper.body
        assert "- Kế hoạch kiểm tra, giám sát của đảng ủy, chi bộ." in paper.body
