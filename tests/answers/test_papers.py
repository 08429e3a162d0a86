"""Approving and issuing: only people do it, each document once, each number once in a term (2.4, F22, F23, A2)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pytest
from pypdf import PdfReader

from answers.answering import Giver
from answers.changes import move
from answers.letters import resolve
from answers.papers import Sheet, approve, issue, override, send_back
from config.settings import settings, use
from database import documents, plans, visits
from database.engine import reading, writing
from database.models import AuditRow, DocumentFileRow, DocumentRow, NumberRow
from domain.dates import at
from domain.problem import Refused
from letters.wording import TEMPLATES
from tests.desk import CLERK, COMPLETE, LEADER, OFFICER, Desk, enclosed


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    """The visit whose notice waits for its number, on 22/3/2024."""
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    return desk


def another_visit() -> Desk:
    """April's visit, whose notice waits for its number too."""
    other = Desk("2024-04/tan_phu")
    other.open()
    in_april = [replace(one, starts_at=one.starts_at - timedelta(days=30)) for one in COMPLETE]
    other.nominate(in_april, received=date(2024, 3, 1))
    other.choose(1)
    other.go_on()
    return other


# Issuing


def test_an_issue_gives_number_date_and_name(drafted: Desk) -> None:
    assert drafted.issue("notice", 80) == "80-TB/BTCTU"

    (row,) = drafted.documents("selection_notice")
    assert (row.state, row.number, row.issued_on, row.issued_by) == ("issued", 80, date(2024, 3, 22), CLERK.name)


def test_a_number_below_ten_gets_a_zero(drafted: Desk) -> None:
    """F9."""
    assert drafted.issue("notice", 7) == "07-TB/BTCTU"


def test_a_document_is_issued_once(drafted: Desk) -> None:
    drafted.issue("notice", 80)

    with pytest.raises(Refused, match="đã phát hành số 80-TB/BTCTU"):
        drafted.issue("notice", 81)
    assert drafted.documents("selection_notice")[0].number == 80


@pytest.mark.parametrize("number", [0, -3])
def test_what_is_no_number_is_refused(drafted: Desk, number: int) -> None:
    with pytest.raises(Refused, match="không phải số văn bản"):
        drafted.issue("notice", number)
    assert drafted.documents("selection_notice")[0].state == "draft"


def test_a_day_to_come_is_no_day_of_issue(drafted: Desk) -> None:
    with pytest.raises(Refused, match="ngày 23/3/2024 chưa tới"):
        issue(drafted.key, "notice", Sheet(80, date(2024, 3, 23)), CLERK)


def test_a_number_that_is_taken_is_refused(drafted: Desk) -> None:
    """F22: within organ, type and term."""
    other = another_visit()
    drafted.issue("notice", 80)

    with pytest.raises(Refused, match="số 80-TB/BTCTU đã dùng trong nhiệm kỳ 2020-2025"):
        other.issue("notice", 80)
    assert other.documents("selection_notice")[0].state == "draft"
    assert other.issue("notice", 81) == "81-TB/BTCTU"


def test_a_number_of_another_year_of_the_term_is_taken_too(drafted: Desk) -> None:
    """F22: numbers do not begin again at New Year."""
    another_year(80, "2020-2025")

    with pytest.raises(Refused, match="đã dùng trong nhiệm kỳ 2020-2025"):
        drafted.issue("notice", 80)


@pytest.mark.parametrize(
    ("type_code", "term"), [("TB", "2025-2030"), ("BC", "2020-2025")], ids=["another term", "another type"]
)
def test_the_same_number_of_another_term_or_type_is_free(drafted: Desk, type_code: str, term: str) -> None:
    """F22."""
    another_year(80, term, type_code)

    assert drafted.issue("notice", 80) == "80-TB/BTCTU"


def another_year(number: int, term: str, type_code: str = "TB") -> None:
    """A document of the visit of the year before, issued under that number."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        plans.save(session, replace(plan, year=2023, issued=date(2023, 1, 4)), contacts, "thử")
        session.flush()
        before = visits.find(session, "2023-05/bien_hoa")
        row = DocumentRow(
            visit_id=before.id, kind="selection_notice", revision=1, state="draft", content_hash="", body="",
            changes=[], drafted_at=at(date(2023, 3, 1)), organ_code="BTCTU", type_code=type_code, term=term,
        )  # fmt: skip
        session.add(row)
        session.flush()
        documents.issue(session, row, number, date(2023, 3, 2), "thử")


def test_gaps_between_numbers_are_allowed(drafted: Desk) -> None:
    """6.7 no. 6: the office issues other papers too."""
    other = another_visit()
    other.issue("notice", 310)

    assert drafted.issue("notice", 12) == "12-TB/BTCTU"


def test_of_two_clerks_at_the_same_moment_one_issues_and_there_is_one_number(drafted: Desk) -> None:
    barrier = Barrier(2)

    def act(number: int, name: str) -> str:
        barrier.wait()
        try:
            return issue(drafted.key, "notice", Sheet(number, drafted.today), Giver(name, "cli"))
        except Refused as refused:
            return f"refused: {refused}"

    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            words = [
                future.result() for future in (pool.submit(act, 80, "Văn thư A"), pool.submit(act, 81, "Văn thư B"))
            ]
            (row,) = drafted.documents("selection_notice")
            assert sorted(one.startswith("refused") for one in words) == [False, True]
            assert row.symbol in words
            assert any(f"đã phát hành số {row.symbol}" in one for one in words)
            with writing(settings().database) as session:
                session.query(DocumentRow).update({"state": "draft", "number": None, "issued_by": None})
                session.query(DocumentFileRow).delete()
                session.query(NumberRow).delete()


def test_of_two_documents_at_the_same_moment_one_gets_the_number(drafted: Desk) -> None:
    """F22: the number is given once although two visits ask for it at once."""
    other = another_visit()
    barrier = Barrier(2)

    def act(key: str) -> str:
        barrier.wait()
        try:
            return issue(key, "notice", Sheet(80, drafted.today), CLERK)
        except Refused as refused:
            return f"refused: {refused}"

    with ThreadPoolExecutor(2) as pool:
        words = [future.result() for future in (pool.submit(act, drafted.key), pool.submit(act, other.key))]

    assert sorted(one.startswith("refused") for one in words) == [False, True]
    assert any("đã dùng trong nhiệm kỳ" in one for one in words)


def test_a_draft_whose_meeting_has_just_moved_is_not_issued(drafted: Desk) -> None:
    """A23: the clerk has not seen the new text; it is there at once, and it is the one that is issued then."""
    drafted.set_clock(2024, 3, 22, 10)
    move(drafted.key, 1, at(date(2024, 5, 15), 8), OFFICER, reason="trùng lịch")

    with pytest.raises(Refused, match=r"đã soạn lại bản 2: .*14 giờ 00, thứ Ba, ngày 14/5/2024") as refused:
        drafted.issue("notice", 80)

    assert "8 giờ 00, thứ Tư, ngày 15/5/2024" in str(refused.value)
    assert drafted.issue("notice", 80) == "80-TB/BTCTU"
    assert [row.state for row in drafted.documents("selection_notice")] == ["superseded", "issued"]


def test_an_issued_document_keeps_its_files_for_good(drafted: Desk) -> None:
    drafted.issue("notice", 80)

    files = kept_files(drafted, "selection_notice")
    assert {form: file.name for form, file in files.items()} == {
        "docx": "2024-05_bien_hoa_TB-danh-sach.docx",
        "pdf": "2024-05_bien_hoa_TB-danh-sach.pdf",
    }
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(files["pdf"].content)).pages)
    assert "Số 80-TB/BTCTU" in text
    assert "ngày 22 tháng 3 năm 2024" in text


def test_the_signed_scan_is_what_is_mailed(drafted: Desk) -> None:
    """P4."""
    scan = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    issue(drafted.key, "notice", Sheet(80, drafted.today, signed=scan), CLERK)
    drafted.go_on()

    assert enclosed(drafted.letters("selection_notice")[0]) == ["2024-05_bien_hoa_TB-danh-sach_ban-ky.pdf"]
    assert kept_files(drafted, "selection_notice")["signed"].content == scan


@pytest.mark.parametrize(
    ("scan", "why"),
    [
        (b"PK\x03\x04 a Word file", "không phải tệp PDF"),
        (b"%PDF-1.7 cut off", "cắt cụt"),
        (b"%PDF-1.7 /OpenAction /JavaScript %%EOF", "mã chạy"),
    ],
)
def test_what_is_no_clean_pdf_is_no_signed_scan(drafted: Desk, scan: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        issue(drafted.key, "notice", Sheet(80, drafted.today, signed=scan), CLERK)
    assert drafted.documents("selection_notice")[0].state == "draft"


def test_a_document_with_a_mark_of_secrecy_is_made_and_never_mailed(drafted: Desk) -> None:
    """A20, P3: it is handed over, and that is recorded."""
    issue(drafted.key, "notice", Sheet(80, drafted.today, secrecy="mật", urgency="hỏa tốc"), CLERK)
    drafted.go_on()

    (letter,) = drafted.letters("selection_notice")
    assert letter.state == "withheld"
    drafted.postman_calls()
    assert drafted.letters("selection_notice")[0].state == "withheld"
    pdf = kept_files(drafted, "selection_notice")["pdf"].content
    first = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "MẬT" in first
    assert "HỎA TỐC" in first
    resolve(letter.id, "went_out", CLERK)
    assert drafted.letters("selection_notice")[0].state == "sent"
    with pytest.raises(Refused, match="đang ở trạng thái"):
        resolve(letter.id, "send_again", CLERK)


@pytest.mark.parametrize(("secrecy", "urgency"), [("hơi mật", ""), ("", "gấp")])
def test_an_unknown_mark_is_refused_with_the_known_ones(drafted: Desk, secrecy: str, urgency: str) -> None:
    with pytest.raises(Refused, match="ghi một trong"):
        issue(drafted.key, "notice", Sheet(80, drafted.today, secrecy, urgency), CLERK)


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


def kept_files(of: Desk, kind: str) -> dict[str, DocumentFileRow]:
    """The stored files of the newest revision."""
    with reading(settings().database) as session:
        return documents.files(session, of.documents(kind)[-1])


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


def test_a_paper_that_does_not_exist_yet_is_refused(drafted: Desk) -> None:
    with pytest.raises(Refused, match="chưa soạn, chuyến chưa tới bước này"):
        drafted.approve("result")


def test_an_unknown_name_is_told_the_known_ones(drafted: Desk) -> None:
    with pytest.raises(Refused, match="ghi một trong: notice, report, result"):
        drafted.issue("letter", 80)
