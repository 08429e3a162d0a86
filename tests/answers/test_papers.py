"""Approving and issuing: only people do it, each document once, each number once in a term (2.4, F22, F23, A2)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from threading import Barrier

import pytest
from pypdf import PdfReader

from answers.answering import Giver
from answers.changes import move
from answers.letters import resolve
from answers.papers import Sheet, issue
from config.settings import settings
from database import documents, plans, visits
from database.engine import reading, writing
from database.models import DocumentFileRow, DocumentRow, NumberRow
from domain.dates import at
from domain.problem import Refused
from tests.desk import Desk
from tests.may import CLERK, COMPLETE, OFFICER
from tests.opened_mail import enclosed
from tests.scans.pdfs import pdf, scan


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


def kept_files(of: Desk, kind: str) -> dict[str, DocumentFileRow]:
    """The stored files of the newest revision."""
    with reading(settings().database) as session:
        return documents.files(session, of.documents(kind)[-1])


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
    sheet = scan()
    issue(drafted.key, "notice", Sheet(80, drafted.today, signed=sheet), CLERK)
    drafted.go_on()

    assert enclosed(drafted.letters("selection_notice", "host")[0]) == ["2024-05_bien_hoa_TB-danh-sach_ban-ky.pdf"]
    assert kept_files(drafted, "selection_notice")["signed"].content == sheet


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 a Word file", "không phải tệp PDF"),
        (b"%PDF-1.7 cut off", "cắt cụt"),
        (pdf("/OpenAction << /S /J#61vaScript /JS (x) >>"), "mã chạy"),
    ],
)
def test_what_is_no_clean_pdf_is_no_signed_scan(drafted: Desk, content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        issue(drafted.key, "notice", Sheet(80, drafted.today, signed=content, signed_reason="cứ gửi"), CLERK)
    assert drafted.documents("selection_notice")[0].state == "draft"


def test_a_document_with_a_mark_of_secrecy_is_made_and_never_mailed(drafted: Desk) -> None:
    """A20, P3: it is handed over, and that is recorded."""
    issue(drafted.key, "notice", Sheet(80, drafted.today, secrecy="mật", urgency="hỏa tốc"), CLERK)
    drafted.go_on()

    (letter,) = drafted.letters("selection_notice", "host")
    assert letter.state == "withheld"
    drafted.postman_calls()
    assert drafted.letters("selection_notice", "host")[0].state == "withheld"
    pdf = kept_files(drafted, "selection_notice")["pdf"].content
    first = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "MẬT" in first
    assert "HỎA TỐC" in first
    resolve(letter.id, "went_out", CLERK)
    assert drafted.letters("selection_notice", "host")[0].state == "sent"
    with pytest.raises(Refused, match="đang ở trạng thái"):
        resolve(letter.id, "send_again", CLERK)


@pytest.mark.parametrize(("secrecy", "urgency"), [("hơi mật", ""), ("", "gấp")])
def test_an_unknown_mark_is_refused_with_the_known_ones(drafted: Desk, secrecy: str, urgency: str) -> None:
    with pytest.raises(Refused, match="ghi một trong"):
        issue(drafted.key, "notice", Sheet(80, drafted.today, secrecy, urgency), CLERK)


def test_a_paper_that_does_not_exist_yet_is_refused(drafted: Desk) -> None:
    with pytest.raises(Refused, match="chưa soạn, đợt chưa tới bước này"):
        drafted.approve("result")


def test_an_unknown_name_is_told_the_known_ones(drafted: Desk) -> None:
    with pytest.raises(Refused, match="ghi một trong: request, notice, invitation, report"):
        drafted.issue("letter", 80)
