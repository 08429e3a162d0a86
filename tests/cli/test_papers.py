"""The commands about documents and numbers: what they write, what they say, what they refuse (2.4, F22)."""

from pathlib import Path

import pytest

from tests.cli.conftest import Typed, seen_in
from tests.desk import Desk
from tests.may import MAY
from tests.signed_sheets import signed_sheet

LEADER = ("--by", "Trần Thị Minh Họa")
CLERK = ("--by", "Lê Văn Giả Định")
ISSUE = ("--number", "80", "--date", "22/3/2024")


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """The visit whose notice waits for its number, on 22/3/2024."""
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    return desk


def test_a_draft_can_be_looked_at_before_it_is_issued(visits: Typed, chosen: Desk, tmp_path: Path) -> None:
    result = visits("paper", chosen.key, "notice", "--out", str(tmp_path / "xem"))

    assert result.exit_code == 0
    assert "Bản 1, mã nội dung" in result.stdout
    assert sorted(file.name for file in (tmp_path / "xem").iterdir()) == [
        "2024-05_bien_hoa_TB-danh-sach.docx", "2024-05_bien_hoa_TB-danh-sach.pdf",
    ]  # fmt: skip


def test_an_issued_document_is_given_out_as_it_was_issued(visits: Typed, chosen: Desk, tmp_path: Path) -> None:
    visits("issue", chosen.key, "notice", *ISSUE, *CLERK)
    visits("paper", chosen.key, "notice", "--out", str(tmp_path / "mot"))
    result = visits("paper", chosen.key, "notice", "--out", str(tmp_path / "hai"))

    assert "số 80-TB/BTCTU" in result.stdout
    for name in ("2024-05_bien_hoa_TB-danh-sach.docx", "2024-05_bien_hoa_TB-danh-sach.pdf"):
        assert (tmp_path / "mot" / name).read_bytes() == (tmp_path / "hai" / name).read_bytes()


def test_what_is_not_drafted_yet_cannot_be_looked_at(visits: Typed, chosen: Desk) -> None:
    result = visits("paper", chosen.key, "result")

    assert result.exit_code == 1
    assert "chưa soạn" in result.stderr


def test_issue_says_the_symbol_and_the_register_shows_it(visits: Typed, chosen: Desk) -> None:
    result = visits("issue", chosen.key, "notice", *ISSUE, *CLERK)

    assert "Đã phát hành số 80-TB/BTCTU." in result.stdout
    shown = visits("numbers", "show").stdout
    assert "80-TB/BTCTU" in shown
    assert "Số kế tiếp: 81-TB/BTCTU" in shown


def test_a_day_that_is_none_is_refused(visits: Typed, chosen: Desk) -> None:
    result = visits("issue", chosen.key, "notice", "--number", "80", "--date", "2024/22/3", *CLERK)

    assert result.exit_code == 1
    assert "không phải ngày" in result.stderr


def test_a_scan_that_cannot_be_read_is_refused(visits: Typed, chosen: Desk, tmp_path: Path) -> None:
    result = visits("issue", chosen.key, "notice", *ISSUE, "--signed", str(tmp_path / "khong-co.pdf"), *CLERK)

    assert result.exit_code == 1
    assert "không đọc được" in result.stderr
    assert chosen.documents("selection_notice")[0].state == "draft"


def test_a_signed_file_is_looked_at_without_issuing(visits: Typed, chosen: Desk, tmp_path: Path) -> None:
    (tmp_path / "ky.pdf").write_bytes(signed_sheet(chosen.key, "notice", "80-TB/BTCTU", chosen.today))

    result = visits("issue", chosen.key, "notice", *ISSUE, "--signed", str(tmp_path / "ky.pdf"), "--look", *CLERK)

    assert result.exit_code == 0
    assert "Chữ ký số của Lê Văn Minh Họa (Ban Tổ chức Tỉnh ủy): nguyên vẹn, bao toàn bộ tệp" in result.stdout
    assert "Nội dung: trùng từng chữ với văn bản đã duyệt" in result.stdout
    assert chosen.documents("selection_notice")[0].state == "draft"


def test_a_doubtful_file_is_issued_with_a_reason_only(visits: Typed, chosen: Desk, tmp_path: Path) -> None:
    (tmp_path / "ky.pdf").write_bytes(signed_sheet(chosen.key, "notice", "81-TB/BTCTU", chosen.today))
    words = ("issue", chosen.key, "notice", *ISSUE, "--signed", str(tmp_path / "ky.pdf"), *CLERK)

    refused = visits(*words)
    assert refused.exit_code == 1
    assert "! nội dung khác văn bản đã duyệt ở 02 chỗ" in refused.stdout
    assert "ghi lý do vẫn dùng tệp này" in refused.stderr

    assert "Đã phát hành số 80-TB/BTCTU." in visits(*words, "--signed-reason", "số ghi tay trên bản giấy").stdout


def test_a_secret_document_is_said_to_go_by_hand(visits: Typed, chosen: Desk) -> None:
    result = visits("issue", chosen.key, "notice", *ISSUE, "--secrecy", "MẬT", *CLERK)

    assert "không gửi qua thư điện tử" in result.stdout


def test_numbers_are_reserved_and_given_up_with_their_gaps_shown(visits: Typed, chosen: Desk) -> None:
    assert chosen.today.year == 2024
    assert (
        "Đã giữ số 78-TB/BTCTU."
        in visits("numbers", "reserve", "TB", "--year", "2024", "--number", "78", *CLERK).stdout
    )
    visits("numbers", "cancel", "TB", "--year", "2024", "--number", "82", "--reason", "viết hỏng", *CLERK)

    shown = visits("numbers", "show").stdout
    assert "79-TB/BTCTU … 81-TB/BTCTU" in shown
    assert "bỏ trống" in shown
    assert "viết hỏng" in shown


def test_return_and_override_say_what_they_did(visits: Typed, desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings(strengths=("Như ở Long Khánh",)))
    desk.go_on()
    assert "Đã trả lại báo cáo" in visits("return", MAY, "--reason", "Xem lại", *LEADER).stdout
    desk.set_clock(2024, 5, 20, 9)
    desk.report(desk.findings(strengths=("Như ở Long Khánh",)))
    desk.go_on()
    assert "Đã duyệt" in visits("approve", MAY, "report", *LEADER).stdout
    desk.go_on()
    visits("approve", MAY, "result", *LEADER)

    refused = visits("issue", MAY, "result", "--number", "90", "--date", "20/5/2024", *CLERK)
    assert refused.exit_code == 1
    assert "có tên đơn vị khác: Long Khánh" in refused.stderr
    result = visits("override", MAY, "result", "--reason", "So sánh có chủ ý", *LEADER)
    assert "bỏ qua 1 lỗi kiểm tra" in result.stdout
    assert visits("issue", MAY, "result", "--number", "90", "--date", "20/5/2024", *CLERK).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [("issue", MAY, "notice", *ISSUE), ("override", MAY, "notice", "--reason", "có chủ ý")],
)
def test_what_has_changed_since_show_stops_issue_and_override(
    visits: Typed, chosen: Desk, words: tuple[str, ...]
) -> None:
    seen = seen_in(visits("show", MAY).stdout)
    visits("move", MAY, "--meeting", "1", "--to", "15/5/2024 8:30", "--reason", "trùng lịch", *LEADER)

    visits(*words, "--seen", seen, *CLERK)  # drafts the notice anew, and says so
    result = visits(*words, "--seen", seen, *CLERK)

    assert result.exit_code == 1
    assert "Trần Thị Minh Họa đã chuyển buổi sinh hoạt" in result.stderr
    assert {one.state for one in chosen.documents("selection_notice")} <= {"draft", "superseded"}


@pytest.mark.parametrize("option", ["--content", "--seen"])
def test_approve_takes_the_mark_of_show_and_the_hash_of_the_text_under_its_own_name(
    visits: Typed, desk: Desk, tmp_path: Path, option: str
) -> None:
    """One option meant two things: the mark that `visits show` ends with was refused as another text."""
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    early = seen_in(visits("show", MAY).stdout)
    desk.report(desk.findings(strengths=("Bản sau",)))
    desk.go_on()

    stale = visits("approve", MAY, "report", "--seen", early, *LEADER)
    assert stale.exit_code == 1
    assert "lỗi · đã có thay đổi từ lúc mở trang: Phạm Thị Thí Dụ đã ghi kết quả giám sát" in stale.stderr
    other = visits("approve", MAY, "report", option, "0123456789ab", *LEADER)
    assert "bản đã xem không còn là bản mới nhất" in other.stderr
    printed = visits("paper", MAY, "report", "--out", str(tmp_path)).stdout
    content = printed.partition("mã nội dung ")[2].split()[0].strip(",")
    both = (option, content) if option == "--seen" else (option, content, "--seen", seen_in(visits("show", MAY).stdout))

    assert "Đã duyệt" in visits("approve", MAY, "report", *both, *LEADER).stdout


def test_the_right_paper_of_a_correction_is_doubtful_until_its_own_reason_is_given(
    visits: Typed, chosen: Desk, tmp_path: Path
) -> None:
    visits("issue", chosen.key, "notice", *ISSUE, *CLERK)
    (tmp_path / "ky.pdf").write_bytes(signed_sheet(chosen.key, "notice", "83-TB/BTCTU", chosen.today))
    words = (
        "correct", chosen.key, "notice", "--number", "82", "--reason", "nhầm dòng", "--signed",
        str(tmp_path / "ky.pdf"), *CLERK,
    )  # fmt: skip

    refused = visits(*words)
    assert refused.exit_code == 1
    assert "ghi lý do vẫn dùng tệp này" in refused.stderr
    assert [row.number for row in chosen.documents("selection_notice")] == [80]

    assert "Đã đính chính: số 82-TB/BTCTU" in visits(*words, "--signed-reason", "số ghi tay trên bản giấy").stdout
