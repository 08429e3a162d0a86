"""`visits nominations` and `visits findings`: look first, take only with --apply, and forms that read back."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Typed
from tests.desk import MAY, Desk

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
    assert "Chi bộ Trường Mẫu (Chi bộ cơ sở), chuyên đề “Nêu gương”, 14 giờ 00, thứ Ba, ngày 14/5/2024" in result.stdout
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


@pytest.mark.parametrize("app", ["nominations", "findings"])
def test_both_forms_are_written(visits: Typed, opened: Desk, tmp_path: Path, app: str) -> None:
    path = tmp_path / "mẫu.xlsx"

    result = visits(app, "form", MAY, str(path))

    assert opened.visit.state == "open"
    assert result.exit_code == 0
    assert path.read_bytes().startswith(b"PK")


def test_an_empty_form_of_findings_is_told_to_be_empty(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    """What nobody has filled in must not be stored as if somebody had."""
    desk.until_met()
    path = tmp_path / "mẫu.xlsx"
    visits("findings", "form", MAY, str(path))

    result = visits("findings", "import", MAY, str(path))

    assert result.exit_code in (0, 1)
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
