"""The signed file is looked at before anything is issued: its signatures, its text, and what is doubtful (P4)."""

import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from apart.running import apart
from config.settings import Settings, settings, use
from database import documents
from database.engine import reading
from database.models import AuditRow
from tests.desk import Desk
from tests.may import MAY
from tests.scans.pdfs import pdf, scan
from tests.scans.signing import Authority, authority
from tests.signed_sheets import signed_sheet, typed_sheet
from tests.web.conftest import AsRole, Visitor

VISIT = f"/chuyen/{MAY}"
NOTICE = f"{VISIT}/phat-hanh/notice"
DAY = date(2024, 3, 21)
GOOD = {"do": "issue", "number": "80", "issued_on": "21/3/2024"}


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """The notice is drafted and waits for its number; it is 21/3/2024."""
    desk.until_chosen()
    return desk


@pytest.fixture
def trusting(home: Settings, tmp_path: Path) -> None:
    """The office trusts the authority of the tests."""
    (tmp_path / "tin-cay").mkdir()
    (tmp_path / "tin-cay" / "ca.pem").write_bytes(authority().root)
    use(home.model_copy(update={"trusted_signers": tmp_path / "tin-cay"}))


def sends(clerk: Visitor, content: bytes, **typed: str) -> httpx.Response:
    """The clerk fills in number and day, and chooses that file."""
    return clerk.post(NOTICE, GOOD | typed, files={"signed": ("ban-ky.pdf", content, "application/pdf")})


def carried(answer: httpx.Response) -> dict[str, str]:
    """What the page brings back in fields that nobody sees."""
    return dict(
        re.findall(
            r'<input type="hidden" name="(number|issued_on|secrecy|urgency|upload)" value="([^"]*)"', answer.text
        )
    )


def signed_file(desk: Desk) -> bytes | None:
    """The signed file that is kept with the notice."""
    with reading(settings().database) as session:
        row = documents.latest(session, desk.visit.id, "selection_notice")
        assert row is not None
        kept = documents.files(session, row).get("signed")
        return kept.content if kept else None


def recorded(desk: Desk) -> AuditRow:
    """The line of the record about the signed file."""
    with reading(settings().database) as session:
        query = session.query(AuditRow).filter_by(visit_id=desk.visit.id)
        return query.filter(AuditRow.what.startswith("nhận bản ký")).one()


@pytest.mark.usefixtures("trusting")
def test_a_good_file_needs_one_look_and_one_press(chosen: Desk, as_role: AsRole) -> None:
    clerk, content = as_role("clerk"), signed_sheet(MAY, "notice", "80-TB/BTCTU", DAY)

    look = sends(clerk, content)

    assert look.status_code == 200
    assert "Chưa phát hành." in look.text
    assert 'id="no-doubts"' in look.text
    assert "Lê Văn Minh Họa (Ban Tổ chức Tỉnh ủy)" in look.text
    assert "Trùng từng chữ với văn bản đã duyệt" in look.text
    assert "signed_reason" not in look.text
    assert chosen.documents("selection_notice")[0].state == "draft"

    assert clerk.post(NOTICE, carried(look) | {"do": "confirm"}).status_code == 303
    assert chosen.documents("selection_notice")[0].state == "issued"
    assert signed_file(chosen) == content


@pytest.mark.usefixtures("trusting")
def test_what_was_seen_stands_in_the_record_and_beside_the_document(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    clerk.post(NOTICE, carried(sends(clerk, signed_sheet(MAY, "notice", "80-TB/BTCTU", DAY))) | {"do": "confirm"})

    line = recorded(chosen)
    assert line.details["file"] == sha256(signed_file(chosen) or b"").hexdigest()
    assert any("thuộc danh sách tin cậy của cơ quan" in one for one in line.details["checked"])
    page = clerk.get(VISIT).text
    assert "Kiểm tra bản ký" in page
    assert "Nội dung: trùng từng chữ với văn bản đã duyệt" in page


def test_a_scan_without_text_is_taken_after_a_look(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")

    look = sends(clerk, scan())

    assert "Nội dung: bản quét, không so được chữ; hãy xem bằng mắt." in look.text
    assert "Không có chữ ký số, nên không biết ai ký." in look.text
    assert "signed_reason" not in look.text
    assert clerk.post(NOTICE, carried(look) | {"do": "confirm"}).status_code == 303
    assert signed_file(chosen) == scan()


@pytest.mark.usefixtures("trusting")
def test_a_doubtful_file_needs_a_reason_in_words(chosen: Desk, as_role: AsRole) -> None:
    clerk, stranger = as_role("clerk"), Authority("CA lạ").certifies("Người Lạ")
    look = sends(clerk, signed_sheet(MAY, "notice", "80-TB/BTCTU", DAY, stranger))
    assert "Chữ ký của Người Lạ: không thuộc danh sách tin cậy của cơ quan." in look.text
    assert re.search(r'name="shown" value="[^"]+"', look.text), "the look carries what the form before it showed"

    silent = clerk.post(NOTICE, carried(look) | {"do": "confirm", "signed_reason": " "})
    assert silent.status_code == 422
    assert 'id="signed_reason-problem-1"' in silent.text
    assert chosen.documents("selection_notice")[0].state == "draft"

    answered = clerk.post(NOTICE, carried(silent) | {"do": "confirm", "signed_reason": "Chứng thư mới cấp tuần trước"})
    assert answered.status_code == 303
    line = recorded(chosen)
    assert line.details["reason"] == "Chứng thư mới cấp tuần trước"
    assert line.details["doubts"] == ["chữ ký của Người Lạ: không thuộc danh sách tin cậy của cơ quan"]
    assert "Chứng thư mới cấp tuần trước" in clerk.get(VISIT).text


@pytest.mark.usefixtures("chosen")
def test_a_file_with_another_number_is_shown_where_it_differs(as_role: AsRole) -> None:
    look = sends(as_role("clerk"), signed_sheet(MAY, "notice", "81-TB/BTCTU", DAY))

    assert "bản duyệt “80-TB/BTCTU”, tệp ghi “81-TB/BTCTU”" in look.text
    assert "Nội dung khác văn bản đã duyệt ở 02 chỗ: sau" in look.text


@pytest.mark.usefixtures("chosen")
def test_the_draft_itself_is_not_taken_for_signed(as_role: AsRole) -> None:
    look = sends(as_role("clerk"), typed_sheet(MAY, "notice", "80-TB/BTCTU", DAY))
    assert "không thấy đã ký" in look.text


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the process that reads is asked for, in turn; it is really asked."""
    asked: list[str] = []

    def ask(function: Callable[..., object], *arguments: object) -> object:
        asked.append(function.__qualname__)
        return apart(function, *arguments)

    for room in ("pdf_check", "weighing"):
        monkeypatch.setattr(f"scans.{room}.apart", ask)
    return asked


@pytest.mark.usefixtures("chosen")
def test_a_file_beside_a_form_in_order_is_read_once_for_its_look(as_role: AsRole, reads: list[str]) -> None:
    clerk, content = as_role("clerk"), signed_sheet(MAY, "notice", "80-TB/BTCTU", DAY)
    look = sends(clerk, content)
    assert len(reads) == 1
    assert carried(look)["upload"]


@pytest.mark.usefixtures("chosen")
def test_what_is_refused_now_leaves_the_file_that_was_kept_before(as_role: AsRole) -> None:
    clerk = as_role("clerk")
    kept = carried(sends(clerk, scan(), number="80a"))

    refused = sends(clerk, pdf("/OpenAction << /S /Launch /F (a.exe) >>"), upload=kept["upload"])

    assert refused.status_code == 422
    assert "Đã giữ tệp <strong>ban-ky.pdf</strong>" in refused.text


def test_another_document_is_refused_at_its_field_whatever_the_reason(chosen: Desk, as_role: AsRole) -> None:
    other = (
        Path(__file__).parents[3] / "docs" / "samples" / "2024-tinh-ba-cap" / "D0_KH-ke-hoach-nam.pdf"
    ).read_bytes()

    answer = sends(as_role("clerk"), other, signed_reason="cứ gửi")

    assert answer.status_code == 422
    assert "Không phải văn bản này" in answer.text.split('id="signed-problem-1">')[1].split("</span>")[0]
    assert chosen.documents("selection_notice")[0].state == "draft"


def test_a_file_is_sent_once_however_often_the_form_is_wrong(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")

    wrong = sends(clerk, scan(), number="80a")
    assert wrong.status_code == 422
    assert "Đã giữ tệp <strong>ban-ky.pdf</strong>" in wrong.text

    look = clerk.post(NOTICE, GOOD | {"upload": carried(wrong)["upload"]})
    back = clerk.post(NOTICE, carried(look) | {"do": "edit"})
    assert 'value="80"' in back.text
    assert "Đã giữ tệp <strong>ban-ky.pdf</strong>" in back.text

    again = clerk.post(NOTICE, GOOD | {"upload": carried(back)["upload"], "number": "82"})
    assert clerk.post(NOTICE, carried(again) | {"do": "confirm"}).status_code == 303
    assert chosen.documents("selection_notice")[0].number == 82
    assert signed_file(chosen) == scan()


def test_a_kept_file_can_be_dropped_and_the_document_issued_without_one(chosen: Desk, as_role: AsRole) -> None:
    clerk = as_role("clerk")
    wrong = sends(clerk, scan(), number="")

    dropped = clerk.post(NOTICE, GOOD | {"do": "drop", "upload": carried(wrong)["upload"]})
    assert "Đã giữ tệp" not in dropped.text

    assert clerk.post(NOTICE, GOOD).status_code == 303
    assert signed_file(chosen) is None


def test_a_file_that_is_no_longer_kept_is_asked_for_again(chosen: Desk, as_role: AsRole) -> None:
    answer = as_role("clerk").post(NOTICE, GOOD | {"do": "confirm", "upload": "khong-co"})

    assert answer.status_code == 422
    assert "Tệp đã gửi không còn được giữ. Chọn lại tệp." in answer.text
    assert chosen.documents("selection_notice")[0].state == "draft"


def test_nobody_confirms_with_the_file_of_somebody_else(chosen: Desk, as_role: AsRole) -> None:
    look = sends(as_role("clerk"), scan())
    other = as_role("clerk", login="clerk2", name="Vũ Thị Khác", email="khac@ban-to-chuc.example")

    assert other.post(NOTICE, carried(look) | {"do": "confirm"}).status_code == 422
    assert chosen.documents("selection_notice")[0].state == "draft"


def test_a_leader_cannot_leave_a_file_on_the_page_of_issue(chosen: Desk, as_role: AsRole) -> None:
    assert sends(as_role("leader"), scan()).status_code == 403
    assert chosen.documents("selection_notice")[0].state == "draft"


@pytest.mark.usefixtures("chosen")
def test_a_signed_file_is_given_out_to_be_kept_and_never_opened_by_the_browser(as_role: AsRole) -> None:
    clerk = as_role("clerk")
    clerk.post(NOTICE, carried(sends(clerk, scan())) | {"do": "confirm"})

    file = clerk.get(f"{VISIT}/van-ban/selection_notice.pdf?ky=1")

    assert file.content == scan()
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["content-security-policy"].startswith("sandbox")
    assert file.headers["x-content-type-options"] == "nosniff"


def test_what_acts_in_a_file_is_refused_before_it_is_kept(chosen: Desk, as_role: AsRole) -> None:
    answer = sends(as_role("clerk"), pdf("/OpenAction << /S /Launch /F (a.exe) >>"))

    assert "Có lệnh mở chương trình khác." in answer.text
    assert carried(answer).keys() == set()
    assert chosen.documents("selection_notice")[0].state == "draft"
