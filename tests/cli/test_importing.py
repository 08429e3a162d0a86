"""`visits nominations` and `visits findings`: look first, take only with --apply, and forms that read back."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.may import MAY

LIST = """
- {organisation: Chi bộ Trường Mẫu, org_type: cell_grassroots, at: 14/5/2024 14:00, venue: Phòng họp A,
   kind: thematic, theme: Nêu gương}
- {organisation: Chi bộ khu phố Mẫu, org_type: cell_subordinate, at: 16/5/2024 19:00, venue: Nhà văn hóa,
   kind: regular}
"""


@pytest.fixture
def opened(desk: Desk) -> Desk:
    """The open visit on 20/3/2024, without a list."""
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.set_clock(2024, 3, 20, 9)
    return desk


@pytest.fixture
def listed(tmp_path: Path) -> str:
    """A host's list as a file."""
    path = tmp_path / "danh-sách.yaml"
    path.write_text(LIST, encoding="utf-8")
    return str(path)


def test_a_list_is_first_only_read_and_told_back(visits: Typed, opened: Desk, listed: str) -> None:
    result = visits("nominations", "import", MAY, listed)

    assert result.exit_code == 0
    assert "Chi bộ Trường Mẫu (Chi bộ cơ sở), chuyên đề “Nêu gương”, 14 giờ 00, thứ Ba, ngày 14 tháng 5 năm 2024" in (
        result.stdout
    )
    assert "Hiểu 2 trong 2 dòng; 0 lỗi, 0 cảnh báo." in result.stdout
    assert "Chưa nhận" in result.stdout
    assert opened.answers("nominations") == []


def test_with_apply_it_is_taken_under_the_registrys_day(visits: Typed, opened: Desk, listed: str) -> None:
    """P1: the received date, the sender's number and date."""
    result = visits(
        "nominations", "import", MAY, listed, "--apply", "--by", "Nguyễn Văn Ví Dụ",
        "--received", "18/3/2024", "--symbol", "63-CV/ThU", "--dated", "15/3/2024",
    )  # fmt: skip

    assert result.exit_code == 0
    assert "Đã nhận danh sách." in result.stdout
    (row,) = opened.answers("nominations")
    assert (row.by, row.source) == ("Nguyễn Văn Ví Dụ", "cli")
    assert row.content["received_on"] == "2024-03-18"
    assert (row.content["their_symbol"], row.content["their_date"]) == ("63-CV/ThU", "2024-03-15")


def test_to_take_it_needs_a_name(visits: Typed, opened: Desk, listed: str) -> None:
    """P7."""
    result = visits("nominations", "import", MAY, listed, "--apply")

    assert result.exit_code == 1
    assert "chưa ghi người quyết định" in result.stderr
    assert opened.answers("nominations") == []


def test_a_list_with_a_fault_exits_1_and_is_not_taken(visits: Typed, opened: Desk, tmp_path: Path) -> None:
    path = tmp_path / "danh-sách.yaml"
    path.write_text(LIST.replace("venue: Phòng họp A", "venue: ''"), encoding="utf-8")

    result = visits("nominations", "import", MAY, str(path), "--apply", "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 1
    assert "địa điểm" in result.stdout
    assert opened.answers("nominations") == []


def test_what_was_understood_as_json_holds_nothing_else(visits: Typed, opened: Desk, listed: str) -> None:
    result = visits("nominations", "import", MAY, listed, "--json")

    data = json.loads(result.stdout)
    assert [row["meeting"]["number"] for row in data["rows"]] == [1, 2]
    assert (data["applied"], opened.answers("nominations")) == (False, [])


def test_with_json_nothing_else_stands_on_the_stream_also_when_the_list_is_taken(
    visits: Typed, opened: Desk, listed: str
) -> None:
    result = visits("nominations", "import", MAY, listed, "--json", "--apply", "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["applied"] is True
    assert len(opened.answers("nominations")) == 1


def test_what_the_rules_say_is_told_at_the_line_of_the_file(visits: Typed, opened: Desk, tmp_path: Path) -> None:
    """R88, 6.7 no. 17: a meeting in the past and one outside the month."""
    path = tmp_path / "danh-sách.yaml"
    path.write_text(LIST.replace("14/5/2024", "14/6/2024").replace("16/5/2024", "16/01/2024"), encoding="utf-8")

    result = visits("nominations", "import", MAY, str(path), "--apply", "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 1
    assert "cảnh báo · danh-sách.yaml:2: ngày 14/6/2024 ngoài tháng 5/2024" in result.stdout
    assert "lỗi · danh-sách.yaml:4: ngày sinh hoạt 16/01/2024 đã qua khi nhận" in result.stdout
    assert "Không nhận: sửa các lỗi trên" in result.stdout
    assert opened.answers("nominations") == []


def test_the_form_of_another_host_is_not_taken(visits: Typed, opened: Desk, tmp_path: Path) -> None:
    """R62, 6.7 no. 7: the command knows whose list it reads."""
    path = tmp_path / "mẫu.xlsx"
    visits("nominations", "form", "2024-04/tan_phu", str(path))

    result = visits("nominations", "import", MAY, str(path), "--apply", "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 1
    assert "mẫu lập cho Đảng bộ huyện Tân Phú, tháng 4/2024" in result.stdout
    assert opened.answers("nominations") == []


@pytest.mark.parametrize(
    ("app", "name"),
    [("nominations", "2024-05_bien_hoa_danh-sach-de-cu.xlsx"), ("findings", "2024-05_bien_hoa_ket-qua-giam-sat.xlsx")],
)
def test_both_forms_are_written_into_a_folder_under_their_own_names(
    visits: Typed, opened: Desk, tmp_path: Path, app: str, name: str
) -> None:
    """P25."""
    result = visits(app, "form", MAY, str(tmp_path))

    assert opened.visit.state == "open"
    assert result.exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(b"PK")
    assert name in result.stdout


@pytest.mark.parametrize("app", ["nominations", "findings"])
def test_a_form_never_takes_the_place_of_a_file_that_is_there(
    visits: Typed, opened: Desk, tmp_path: Path, app: str
) -> None:
    """It may be the one that somebody has filled in."""
    path = tmp_path / "mẫu.xlsx"
    path.write_bytes(b"filled")

    result = visits(app, "form", opened.key, str(path))

    assert result.exit_code == 1
    assert "đã có tệp này" in result.stderr
    assert path.read_bytes() == b"filled"


@pytest.mark.parametrize(("name", "fault"), [("mẫu.xls", "đuôi .xlsx"), ("không-có/mẫu.xlsx", "không ghi được")])
def test_a_form_that_cannot_be_written_is_refused_in_a_sentence(
    visits: Typed, opened: Desk, tmp_path: Path, name: str, fault: str
) -> None:
    result = visits("nominations", "form", opened.key, str(tmp_path / name))

    assert result.exit_code == 1
    assert fault in result.stderr


def test_an_empty_form_of_findings_is_told_to_be_empty(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    """What nobody has filled in must not be stored as if somebody had."""
    desk.until_met()
    path = tmp_path / "mẫu.xlsx"
    visits("findings", "form", MAY, str(path))

    result = visits("findings", "import", MAY, str(path), "--apply", "--by", "Phạm Thị Thí Dụ")

    assert result.exit_code == 1
    assert "chưa ghi kết quả nào" in result.stdout
    assert desk.answers("findings") == []


def test_findings_before_the_meeting_day_are_refused(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    desk.until_issued()
    path = tmp_path / "kết-quả.yaml"
    path.write_text("strengths: [Chuẩn bị chu đáo]\nitems: {R16: met}\n", encoding="utf-8")

    result = visits("findings", "import", MAY, str(path), "--apply", "--by", "Phạm Thị Thí Dụ")

    assert result.exit_code == 1
    assert "chưa tới ngày sinh hoạt" in result.stderr
    assert desk.answers("findings") == []


def test_incomplete_findings_are_stored_and_what_is_missing_is_told(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    """R16–R38."""
    desk.until_met()
    path = tmp_path / "kết-quả.yaml"
    path.write_text("strengths: [Chuẩn bị chu đáo]\nitems: {R16: met}\n", encoding="utf-8")

    result = visits("findings", "import", MAY, str(path), "--apply", "--by", "Phạm Thị Thí Dụ")

    assert result.exit_code == 0
    assert "Đã ghi; còn thiếu các mục trên." in result.stdout
    assert len(desk.answers("findings")) == 1
