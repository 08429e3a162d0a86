"""`visits plan`: every fault at once with its line, loading twice changes nothing, the plan as people read it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import inspect

from config.settings import ROOT, Settings
from database.engine import engine_for
from tests.cli.conftest import Typed

SHIPPED = str(ROOT / "config" / "plans" / "2024.yaml")


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """The shipped plan with two faults; its contacts stay where they are."""
    text = Path(SHIPPED).read_text(encoding="utf-8")
    text = text.replace("year: 2024", "year: hai nghìn", 1).replace("code: tan_phu", "code: nhon_trach", 1)
    path = tmp_path / "plans" / "2024.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_shipped_plan_is_usable(visits: Typed) -> None:
    result = visits("plan", "check", SHIPPED)

    assert result.exit_code == 0
    assert "Kế hoạch 73-KH/BTCTU năm 2024: 9 đợt, 16 đơn vị — dùng được." in result.stdout


def test_a_broken_plan_exits_1_with_every_fault_its_line_and_a_remedy(visits: Typed, broken: str) -> None:
    result = visits("plan", "check", broken)

    assert result.exit_code == 1
    faults = [line for line in result.stdout.splitlines() if line.startswith("lỗi · ")]
    assert len(faults) >= 2
    assert any("2024.yaml:4:" in line for line in faults)
    assert all(".yaml" in line and "→" in line for line in faults)


def test_the_check_as_json_holds_nothing_else(visits: Typed, broken: str) -> None:
    good, bad = visits("plan", "check", SHIPPED, "--json"), visits("plan", "check", broken, "--json")

    assert json.loads(good.stdout)["ok"] is True
    assert (bad.exit_code, json.loads(bad.stdout)["ok"]) == (1, False)
    assert {"place", "fault", "remedy", "warning"} == set(json.loads(bad.stdout)["problems"][0])


def test_a_file_that_is_not_there_is_a_refusal_and_not_a_traceback(visits: Typed, tmp_path: Path) -> None:
    result = visits("plan", "check", str(tmp_path / "không-có.yaml"))

    assert result.exit_code == 1
    assert "không-có.yaml" in result.output


def test_loading_prepares_the_database_and_says_what_came(visits: Typed, home: Settings) -> None:
    result = visits("plan", "load", SHIPPED, "--by", "Quản trị viên")

    assert result.exit_code == 0
    assert "Đã nạp kế hoạch 73-KH/BTCTU, bản 1." in result.stdout
    assert "thêm: 2024/ke-hoach, 2024-02/nhon_trach, 2024-03/cong_an_tinh" in result.stdout
    assert "visit" in inspect(engine_for(home.database)).get_table_names()


def test_loading_the_same_file_again_changes_nothing(visits: Typed, home: Settings) -> None:
    visits("plan", "load", SHIPPED)

    result = visits("plan", "load", SHIPPED)

    assert home.mode == "rehearsal"
    assert result.exit_code == 0
    assert "không có gì mới (bản 1)" in result.stdout


def test_a_broken_plan_is_not_loaded(visits: Typed, home: Settings, broken: str) -> None:
    result = visits("plan", "load", broken)

    assert result.exit_code == 1
    assert "lỗi · " in result.stderr
    assert inspect(engine_for(home.database)).get_table_names() == []


def test_the_plan_is_shown_as_people_read_it(visits: Typed, office: Settings) -> None:
    result = visits("plan", "show", "--year", "2024")

    assert office.mode == "rehearsal"
    assert result.exit_code == 0
    assert "Đảng bộ thành phố Biên Hòa" in result.stdout
    assert "2024-05/bien_hoa" in result.stdout
    assert "chậm nhất 16/12/2024" in result.stdout  # R67


def test_the_plan_as_json_is_the_plan(visits: Typed, office: Settings) -> None:
    result = visits("plan", "show", "--year", "2024", "--json")

    assert office.mode == "rehearsal"
    data = json.loads(result.stdout)
    assert (data["number"], len(data["visits"]), data["issued"]) == (73, 9, "2024-01-03")


def test_a_year_without_a_plan_exits_1(visits: Typed, office: Settings) -> None:
    result = visits("plan", "show", "--year", "2031")

    assert office.mode == "rehearsal"
    assert result.exit_code == 1
    assert "lỗi · năm 2031: chưa nạp kế hoạch → chạy: visits plan load FILE" in result.stderr


@pytest.mark.parametrize("words", [("plan", "check"), ("plan", "load", "--nobody"), ("plan", "frobnicate")])
def test_wrong_usage_exits_2(visits: Typed, words: tuple[str, ...]) -> None:
    assert visits(*words).exit_code == 2


def test_the_check_says_what_to_look_at_before_the_year_starts(visits: Typed) -> None:
    """A15: February 2024 leaves no time between the signature and the usual days; the plan can be used all the same."""
    result = visits("plan", "check", SHIPPED)

    assert result.exit_code == 0
    assert "2024.yaml:193: không kịp trình tự cho buổi sinh hoạt ngày 05/02/2024" in result.stdout
    assert "sớm nhất là thứ Năm 15/02/2024" in result.stdout


def test_a_plan_without_addresses_can_be_checked_but_not_loaded(visits: Typed, home: Settings, tmp_path: Path) -> None:
    path = tmp_path / "plans" / "2024.yaml"
    path.parent.mkdir()
    path.write_text(Path(SHIPPED).read_text(encoding="utf-8"), encoding="utf-8")

    checked, loaded = visits("plan", "check", str(path)), visits("plan", "load", str(path))

    assert home.mode == "rehearsal"
    assert checked.exit_code == 0
    assert "chưa có tệp địa chỉ" in checked.stdout
    assert loaded.exit_code == 1


def test_a_new_year_is_drafted_and_says_what_remains_to_be_decided(visits: Typed, tmp_path: Path) -> None:
    """C8, C12: the file is there, the check accepts it, nothing is decided for people without a word."""
    out = tmp_path / "plans" / "2026.yaml"

    result = visits("plan", "new", "2026", "--from", "2024", "--out", str(out))
    checked = visits("plan", "check", str(out))

    assert result.exit_code == 0, result.output
    assert "Còn phải quyết định:" in result.stdout
    assert "bỏ Đảng bộ huyện Nhơn Trạch, hết ngày 30/6/2025" in result.stdout
    assert checked.exit_code == 0
    again = visits("plan", "new", "2026", "--out", str(out))
    assert (again.exit_code, "đã có tệp này" in again.stderr) == (1, True)


def test_new_units_come_from_a_file_of_their_own(visits: Typed, tmp_path: Path) -> None:
    units, out = tmp_path / "units.yaml", tmp_path / "plans" / "2026.yaml"
    units.write_text(
        "units:\n  - {code: xa_mau, name: Đảng bộ xã Mẫu, unit_type: commune, short_name: Xã Mẫu, "
        "standing_board: Ban Thường vụ Đảng ủy xã Mẫu, committee: Đảng ủy, valid_from: 2025-07-01}\n",
        encoding="utf-8",
    )

    result = visits("plan", "new", "2026", "--out", str(out), "--units", str(units))
    units.write_text("units:\n  - {code: xa_mau}\n", encoding="utf-8")
    bad = visits("plan", "new", "2026", "--out", str(tmp_path / "x.yaml"), "--units", str(units))

    assert "thêm 1 đơn vị mới (Xã Mẫu)" in result.stdout
    assert bad.exit_code == 1
    assert "units.yaml:2: thiếu mục “name”" in bad.stderr


def test_the_year_is_shown_with_nine_visits_and_seven_reports_and_their_days(visits: Typed, home: Settings) -> None:
    """R40–R48, R66–R69."""
    visits("plan", "load", SHIPPED)

    shown = visits("plan", "show", "--year", "2024").stdout

    assert home.mode == "rehearsal"
    assert shown.count("2024-") == 9
    assert shown.count("16/12/2024") == 8
    assert "2024/khoi_doanh_nghiep_tinh" in shown
