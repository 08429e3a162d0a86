"""`visits rubric`: every fault at once with its line, and the sheet as people read it."""

import json

from config.settings import ROOT
from tests.cli.conftest import Typed

FRAME = str(ROOT / "config" / "rubrics" / "vi-du-42hd-khung.yaml")
DETAILED = str(ROOT / "config" / "rubrics" / "vi-du-42hd-chi-tiet.yaml")
SEEDED = str(ROOT / "tests" / "config" / "seeded" / "rubric.yaml")


def test_a_shipped_sheet_is_usable(visits: Typed) -> None:
    result = visits("rubric", "check", FRAME)

    assert result.exit_code == 0
    assert "(ví dụ), bản 1: 7 nhóm, 7 tiêu chí, 100 điểm — dùng được." in result.stdout


def test_a_faulty_sheet_exits_1_with_every_fault_its_line_and_a_remedy(visits: Typed) -> None:
    result = visits("rubric", "check", SEEDED)

    assert result.exit_code == 1
    faults = [line for line in result.stdout.splitlines() if line.startswith("lỗi · ")]
    assert len(faults) > 20
    assert all("rubric.yaml:" in line and "→" in line for line in faults)
    assert any("đúng 50% không có điểm" in line for line in faults)
    assert any("Số đảng viên: đúng 30 không thuộc trường hợp nào" in line for line in faults)


def test_the_check_as_json_holds_nothing_else(visits: Typed) -> None:
    good, bad = visits("rubric", "check", FRAME, "--json"), visits("rubric", "check", SEEDED, "--json")

    assert json.loads(good.stdout) == {"ok": True, "problems": []}
    assert (bad.exit_code, json.loads(bad.stdout)["ok"]) == (1, False)


def test_a_sheet_is_shown_as_people_read_it(visits: Typed) -> None:
    result = visits("rubric", "show", DETAILED)

    assert result.exit_code == 0
    assert "Đây là ví dụ cách lập phiếu, không phải tiêu chí của tỉnh nào." in result.stdout
    assert "từ 40 đến dưới 50 %: 4" in result.stdout
    assert "trên 15 đến 30: 3" in result.stdout
    assert "chỉ khi chuyên đề; nếu không: tính đủ điểm" in result.stdout


def test_a_sheet_as_json_has_exact_numbers(visits: Typed) -> None:
    data = json.loads(visits("rubric", "show", FRAME, "--json").stdout)

    assert data["groups"][3]["max_points"] == "40"
    assert data["grades"][0] == {"label": "Tốt", "min": "90", "requires_full": []}


def test_a_faulty_sheet_is_not_shown(visits: Typed) -> None:
    result = visits("rubric", "show", SEEDED)

    assert result.exit_code == 1
    assert "lỗi · " in result.stderr
