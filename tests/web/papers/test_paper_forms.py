"""Approving, returning, issuing at the desk: exactly what was seen, not by who wrote it (2.4, F22, A2)."""

import re
from dataclasses import replace

import httpx
import pytest

from answers.answering import Giver
from answers.findings import report_findings
from config.settings import settings
from tests.desk import Desk
from tests.may import INSPECTOR, MAY
from tests.scans.pdfs import pdf
from tests.web.conftest import AsRole, Visitor

VISIT = f"/chuyen/{MAY}"
REPORT, RESULT, NOTICE = f"{VISIT}/duyet/report", f"{VISIT}/duyet/result", f"{VISIT}/phat-hanh/notice"


@pytest.fixture
def found(desk: Desk) -> Desk:
    """The findings are complete, and the report of the group waits for approval."""
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    return desk


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """The notice is drafted and waits for its number; it is 21/3/2024."""
    desk.until_chosen()
    return desk


def seen_in(page: httpx.Response) -> str:
    """The content hash that the form brings back."""
    match = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)
    assert match, page.text
    return match[1]


# Approving


def test_a_leader_approves_exactly_the_text_that_was_seen(found: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")
    page = leader.get(REPORT)
    (draft,) = found.documents("group_report")
    assert seen_in(page) == draft.content_hash
    assert "Sổ nghị quyết ghi vắn tắt" in page.text

    assert leader.post(REPORT, {"do": "approve", "seen": seen_in(page)}).status_code == 303
    (row,) = found.documents("group_report")
    assert (row.state, row.approved_by) == ("approved", "Trần Thị Minh Họa")


def test_another_text_than_was_seen_is_not_approved_and_the_difference_is_told(found: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")
    seen = seen_in(leader.get(REPORT))
    found.report(replace(found.findings(), strengths=("Chuẩn bị rất chu đáo",)))

    refused = leader.post(REPORT, {"do": "approve", "seen": seen})

    assert refused.status_code == 422
    assert "đã soạn lại bản 2" in refused.text
    assert "visits paper" not in refused.text
    assert "Chuẩn bị rất chu đáo" in refused.text
    assert 'id="redrafted"' in refused.text
    assert [row.state for row in found.documents("group_report")] == ["superseded", "draft"]

    assert leader.post(REPORT, {"do": "approve", "seen": seen}).status_code == 422
    assert leader.post(REPORT, {"do": "approve", "seen": seen_in(refused)}).status_code == 303


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_an_approval_that_does_not_say_what_was_seen_is_none(found: Desk, as_role: AsRole, seen: str) -> None:
    answer = as_role("leader").post(REPORT, {"do": "approve", "seen": seen})

    assert answer.status_code == 422
    assert 'id="approve-problem-1"' in answer.text
    assert found.documents("group_report")[0].state == "draft"


def test_looking_at_a_draft_that_facts_have_left_behind_changes_nothing(found: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")
    found.report(replace(found.findings(), strengths=("Chuẩn bị rất chu đáo",)))

    page = leader.get(REPORT)

    assert 'id="changed"' in page.text
    assert len(found.documents("group_report")) == 1


@pytest.mark.parametrize("entered_as", ["Trần Thị Minh Họa", "trần thị minh hoạ", "Trần Thị Minh Họa (qua liên kết)"])
def test_a_leader_does_not_approve_what_he_entered_himself(found: Desk, as_role: AsRole, entered_as: str) -> None:
    """Setting `four_eyes`; however the name is written (P15)."""
    report_findings(MAY, found.findings(), Giver(entered_as, "desk"))
    leader = as_role("leader")
    page = leader.get(REPORT)

    assert 'id="four-eyes"' in page.text
    answer = leader.post(REPORT, {"do": "approve", "seen": seen_in(page)})
    assert answer.status_code == 422
    assert found.documents("group_report")[0].state == "draft"

    other = as_role("leader", login="leader2", name="Vũ Thị Khác", email="khac@ban-to-chuc.example")
    assert other.post(REPORT, {"do": "approve", "seen": seen_in(other.get(REPORT))}).status_code == 303


def test_an_office_may_do_without_four_eyes(found: Desk, as_role: AsRole, monkeypatch: pytest.MonkeyPatch) -> None:
    report_findings(MAY, found.findings(), Giver("Trần Thị Minh Họa", "desk"))
    monkeypatch.setattr(settings(), "four_eyes", False)
    leader = as_role("leader")

    assert leader.post(REPORT, {"do": "approve", "seen": seen_in(leader.get(REPORT))}).status_code == 303


def test_a_report_is_returned_with_the_reason(found: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")

    empty = leader.post(REPORT, {"do": "return", "reason": " "})
    assert empty.status_code == 422
    assert 'id="reason-problem-1">Chưa ghi lý do.' in empty.text

    assert leader.post(REPORT, {"do": "return", "reason": "Chưa rõ hạn chế"}).status_code == 303
    (row,) = found.documents("group_report")
    assert (row.state, row.returned_by, row.return_reason) == ("returned", "Trần Thị Minh Họa", "Chưa rõ hạn chế")


# Issuing

GOOD = {"do": "issue", "number": "80", "issued_on": "21/3/2024"}


def test_the_number_is_suggested_from_the_register_and_typed_by_the_clerk(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    page = clerk.get(NOTICE)
    assert 'id="number" name="number" type="text" value="1"' in page.text

    assert clerk.post(NOTICE, GOOD).status_code == 303
    (row,) = chosen.documents("selection_notice")
    assert (row.symbol, row.issued_by, f"{row.issued_on}") == ("80-TB/BTCTU", "Lê Văn Giả Định", "2024-03-21")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("number", "", "Chưa ghi số."),
        ("number", "80a", "“80a” không phải số nguyên từ 1."),
        ("number", "100000", "không phải số văn bản"),
        ("issued_on", "", "Chưa ghi ngày phát hành."),
        ("issued_on", "22/3/2024", "chưa tới"),
        ("issued_on", "02/01/2024", "trước cả kế hoạch"),
        ("secrecy", "BÍ", "Không có lựa chọn “BÍ”."),
        ("urgency", "GẤP", "Không có lựa chọn “GẤP”."),
    ],
)
def test_a_wrong_sheet_is_refused_at_its_field(
    chosen: Desk, as_role: AsRole, field: str, typed: str, said: str
) -> None:
    answer = as_role("clerk").post(NOTICE, GOOD | {field: typed})

    assert answer.status_code == 422
    assert said in answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
    assert chosen.documents("selection_notice")[0].state == "draft"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ not a pdf", "Không phải tệp PDF"),
        (pdf("/OpenAction << /S /J#61vaScript /JS (x) >>"), "Có mã chạy"),
        (b"%PDF-1.7 cut off", "bị cắt cụt"),
    ],
)
def test_a_scan_that_is_none_is_refused(chosen: Desk, as_role: AsRole, content: bytes, said: str) -> None:
    answer = as_role("clerk").post(NOTICE, GOOD, files={"signed": ("ban-ky.pdf", content, "application/pdf")})

    assert said in answer.text.split('id="signed-problem-1">')[1].split("</span>")[0]
    assert chosen.documents("selection_notice")[0].state == "draft"


def test_a_number_that_is_taken_is_refused_at_the_field(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    clerk.post(NOTICE, GOOD)

    answer = clerk.post(NOTICE, GOOD)

    assert answer.status_code == 422
    assert len(chosen.documents("selection_notice")) == 1


def test_faults_of_the_checks_are_listed_and_only_a_leader_lets_it_pass(
    chosen: Desk, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2.7: a leader says why."""
    from domain.problem import Problem

    monkeypatch.setattr("papers.checks.check_wording", lambda *_: [Problem("căn cứ", "không nêu kế hoạch", "bổ sung")])
    clerk, leader = as_role("clerk"), as_role("leader")

    page = clerk.get(NOTICE)
    assert "Căn cứ: không nêu kế hoạch. Bổ sung." in page.text
    assert clerk.post(NOTICE, GOOD).status_code == 422
    assert clerk.post(NOTICE, {"do": "override", "override": "Gấp"}).status_code == 403
    assert leader.post(NOTICE, {"do": "override", "override": ""}).status_code == 422
    assert leader.post(NOTICE, GOOD).status_code == 403

    assert leader.post(NOTICE, {"do": "override", "override": "Gấp, mẫu sửa sau"}).status_code == 303
    assert clerk.post(NOTICE, GOOD).status_code == 303
    (row,) = chosen.documents("selection_notice")
    assert (row.override_by, row.override_reason) == ("Trần Thị Minh Họa", "Gấp, mẫu sửa sau")


def test_a_secret_document_says_that_it_is_handed_over(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")

    answer = clerk.post(NOTICE, GOOD | {"secrecy": "MẬT"})

    assert "chuyển trực tiếp" in clerk.follow(answer).text
    assert chosen.documents("selection_notice")[0].secrecy == "MẬT"


def test_a_result_that_is_not_approved_is_not_issued(desk: Desk, as_role: AsRole) -> None:
    """A2."""
    desk.until_reported()
    clerk = as_role("clerk")

    assert 'id="not-approved"' in clerk.get(f"{VISIT}/phat-hanh/result").text
    answer = clerk.post(f"{VISIT}/phat-hanh/result", {"do": "issue", "number": "90", "issued_on": "18/5/2024"})
    assert answer.status_code == 422
    assert "chưa được duyệt" in answer.text
    assert desk.documents("result_notice")[0].state == "draft"


# The document beside the form


def test_the_pages_and_the_file_of_a_draft_are_shown(found: Desk, as_role: AsRole) -> None:
    assert found.key == MAY
    leader: Visitor = as_role("leader")

    page = leader.get(f"{VISIT}/ban-soan/report/trang-1.png")
    file = leader.get(f"{VISIT}/ban-soan/report.pdf")

    assert page.content.startswith(b"\x89PNG")
    assert file.content.startswith(b"%PDF-")
    assert leader.get(f"{VISIT}/ban-soan/report/trang-99.png").status_code == 404
    assert leader.get(f"{VISIT}/ban-soan/other.pdf").status_code == 404


@pytest.mark.parametrize("role", ["viewer", "inspector", "admin"])
def test_who_does_not_decide_sees_no_draft_here(found: Desk, as_role: AsRole, role: str) -> None:
    assert found.key == MAY
    for path in ("ban-soan/report/trang-1.png", "ban-soan/report.pdf", "duyet/report", "phat-hanh/notice"):
        assert as_role(role).get(f"{VISIT}/{path}").status_code == 403


def test_there_is_no_form_before_there_is_a_document(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()

    assert as_role("leader").get(REPORT).status_code == 404
    assert as_role("leader").get(f"{VISIT}/duyet/notice").status_code == 404
    assert as_role("clerk").get(NOTICE).status_code == 404


def test_the_findings_name_who_gave_them(found: Desk, as_role: AsRole) -> None:
    assert found.key == MAY
    assert f"do {INSPECTOR.name} gửi" in as_role("leader").get(REPORT).text


def test_before_issuing_the_page_says_who_gets_what_and_exactly_they_do(chosen: Desk, as_role: AsRole) -> None:
    """R52, R77–R82."""
    page = as_role("clerk").get(NOTICE).text
    shown = page.split('id="receivers"')[1].split("</details>")[0]
    promised = set(re.findall(r"[\w.-]+@[\w.-]+", shown))

    chosen.issue("notice", 80)
    chosen.go_on()

    written = [
        letter
        for purpose in ("selection_notice", "invitation", "group_notice")
        for letter in chosen.letters(purpose)
        if letter.state != "by_hand"
    ]
    assert promised == {address for letter in written for address in letter.addresses}
    assert "trao bản giấy: không có địa chỉ thư điện tử" in shown
    assert 'id="receivers"' not in as_role("clerk").get(NOTICE).text
