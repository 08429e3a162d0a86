"""`visits calendar`: shows days and dates, says what a change moves before it is stored, and goes back (C4)."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Typed
from tests.desk import Desk

#: Five working days from 20/3/2024 end a day later when 25/3 is off.
MOVED = "2024-05/bien_hoa · hạn lựa chọn: 27/3/2024 → 28/3/2024"


@pytest.fixture
def storm(tmp_path: Path) -> Path:
    """A day off that the office adds."""
    path = tmp_path / "lich.yaml"
    path.write_text("add: {2024-03-25: Nghỉ bão}\nofficial_through: 2026\n", encoding="utf-8")
    return path


def test_a_year_is_shown_with_who_says_so_and_with_the_dates_that_are_waited_for(visits: Typed, desk: Desk) -> None:
    desk.until_listed()

    result = visits("calendar", "show", "2024")

    assert result.exit_code == 0
    assert "Năm 2024 · lịch bản 1" in result.stdout
    assert "08/02/2024" in result.stdout
    assert "làm bù" in result.stdout
    assert "20/3/2024 cộng 5 ngày làm việc = 27/3/2024" in result.stdout


def test_a_year_without_official_notice_is_shown_as_provisional(visits: Typed, desk: Desk) -> None:
    assert desk.visit.state == "planned"
    assert "TẠM TÍNH" in visits("calendar", "show", "2027").stdout
    assert "TẠM TÍNH" not in visits("calendar", "show", "2026").stdout


def test_an_import_only_shows_until_it_is_confirmed_with_a_name(visits: Typed, desk: Desk, storm: Path) -> None:
    desk.until_listed()

    shown, unnamed = visits("calendar", "import", str(storm)), visits("calendar", "import", str(storm), "--apply")
    assert (shown.exit_code, unnamed.exit_code) == (0, 1)
    assert MOVED in shown.stdout
    assert "Chưa ghi gì" in shown.stdout
    assert json.loads(visits("calendar", "show", "2024", "--json").stdout)["version"] == 1

    applied = visits("calendar", "import", str(storm), "--apply", "--by", "Trần Thị Minh Họa")
    assert MOVED in applied.stdout
    assert "Đã ghi lịch bản 2" in applied.stdout
    assert "Dịch vụ chưa chạy" in applied.stdout
    assert "Nghỉ bão" in visits("calendar", "show", "2024").stdout


def test_undo_shows_the_dates_going_back(visits: Typed, desk: Desk, storm: Path) -> None:
    desk.until_listed()
    visits("calendar", "import", str(storm), "--apply", "--by", "Trần Thị Minh Họa")

    result = visits("calendar", "undo", "--by", "Trần Thị Minh Họa")

    assert result.exit_code == 0
    assert "2024-05/bien_hoa · hạn lựa chọn: 28/3/2024 → 27/3/2024" in result.stdout
    assert visits("calendar", "undo", "--by", "Trần Thị Minh Họa").exit_code == 1


def test_what_the_calendar_says_already_is_no_change(visits: Typed, desk: Desk, storm: Path) -> None:
    visits("calendar", "import", str(storm), "--apply", "--by", "Trần Thị Minh Họa")

    assert desk.visit.state == "planned"
    assert "không có gì đổi" in visits("calendar", "import", str(storm)).stdout


def test_a_faulty_file_is_refused_with_its_line(visits: Typed, desk: Desk, storm: Path) -> None:
    storm.write_text("working_saturdays: [2024-03-25]\n", encoding="utf-8")

    result = visits("calendar", "import", str(storm))

    assert desk.visit.state == "planned"
    assert result.exit_code == 1
    assert "không phải thứ Bảy" in result.stderr
