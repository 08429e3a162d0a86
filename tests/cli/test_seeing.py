"""`visits status` and `visits show`: what waits for whom, and the whole story of one visit."""

import json

import pytest

from answers.changes import cancel
from config.settings import Settings
from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.may import LEADER


def line(output: str, host: str) -> list[str]:
    """The cells of that host's line in a table."""
    (found,) = [one for one in output.splitlines() if host in one and "│" in one]
    return [cell.strip() for cell in found.strip("│ ").split("│")]


def test_before_anything_has_begun_every_visit_has_its_day(visits: Typed, desk: Desk) -> None:
    result = visits("status")

    assert desk.visit.state == "planned"
    assert result.exit_code == 0
    assert "DIỄN TẬP" in result.stdout
    cells = line(result.stdout, "Biên Hòa")
    assert cells[:3] == ["5", "Biên Hòa", "chưa mở"]
    assert cells[-1] == "01/3/2024"


def test_status_says_who_is_waited_for_since_when_and_until_when(visits: Typed, desk: Desk) -> None:
    desk.until_asked()

    cells = line(visits("status").stdout, "Biên Hòa")

    assert cells[3:] == ["đơn vị", "Chờ danh sách", "01/3/2024", "18/3/2024"]


@pytest.mark.parametrize(
    ("until", "role", "what"),
    [
        ("until_listed", "lãnh đạo Ban", "Chờ lựa chọn"),
        ("until_chosen", "văn thư", "Chờ phát hành thông báo"),
        ("until_issued", "đến ngày", "Chờ ngày sinh hoạt"),
        ("until_met", "Tổ công tác", "Chờ kết quả giám sát"),
        ("until_reported", "lãnh đạo Ban", "Chờ duyệt kết quả"),
    ],
)
def test_every_wait_has_its_person_in_vietnamese(visits: Typed, desk: Desk, until: str, role: str, what: str) -> None:
    getattr(desk, until)()

    cells = line(visits("status").stdout, "Biên Hòa")

    assert cells[3:5] == [role, what]


def test_status_as_json_says_the_same(visits: Typed, desk: Desk) -> None:
    desk.until_listed()

    result = visits("status", "--json")

    data = json.loads(result.stdout)
    assert (data["year"], data["rehearsal"], len(data["visits"])) == (2024, True, 9)
    (may,) = [one for one in data["visits"] if one["visit"] == "2024-05/bien_hoa"]
    assert (may["state"], may["waiting_state"], may["since"]) == ("open", "Chờ lựa chọn", "20/3/2024")


def test_a_cancelled_visit_stays_in_the_table(visits: Typed, desk: Desk) -> None:
    desk.open()
    cancel(desk.key, "Đơn vị kiện toàn", LEADER)

    data = json.loads(visits("status", "--json").stdout)

    assert {one["visit"]: one["state"] for one in data["visits"]}["2024-05/bien_hoa"] == "cancelled"


def test_a_year_that_was_never_loaded_exits_1(visits: Typed, office: Settings) -> None:
    result = visits("status", "--year", "2031")

    assert office.mode == "rehearsal"
    assert result.exit_code == 1
    assert "chưa nạp kế hoạch" in result.stderr


def test_without_a_database_one_is_told_to_load_a_plan(visits: Typed, home: Settings) -> None:
    result = visits("status")

    assert home.mode == "rehearsal"
    assert result.exit_code == 1
    assert "visits plan load" in result.stderr


def test_show_tells_the_whole_story_of_a_visit(visits: Typed, desk: Desk) -> None:
    desk.until_issued()

    result = visits("show", "2024-05")

    assert result.exit_code == 0
    for part in (
        "2024-05/bien_hoa · Đảng bộ thành phố Biên Hòa · đang chạy",
        "Chờ ngày sinh hoạt",
        "Chi bộ Trường THPT Mẫu",
        "đúng hạn (14/5/2024 trừ 30 ngày = 14/4/2024)",
        "80-TB/BTCTU",
        "ban-thuong-vu@bien-hoa.example",
        "đã gửi",
        "Trần Thị Minh Họa",
    ):
        assert part in result.stdout, part


def test_show_as_json_holds_answers_documents_letters_and_who_did_what(visits: Typed, desk: Desk) -> None:
    desk.until_issued()

    data = json.loads(visits("show", "2024-05/bien_hoa", "--json").stdout)

    assert len(data["steps"]) == 4
    assert [one["kind"] for one in data["answers"]] == ["nominations", "recommendation", "choice"]
    assert [(one["kind"], one["state"], one["symbol"]) for one in data["documents"]] == [
        ("nomination_request", "issued", "01-CV/BTCTU"),
        ("selection_notice", "issued", "80-TB/BTCTU"),
        ("invitation", "issued", "01-GM/BTCTU"),
    ]
    assert {one["state"] for one in data["letters"]} == {"sent", "by_hand"}, "the chosen cell has no address"
    assert {"Trần Thị Minh Họa", "Lê Văn Giả Định"} <= {one["who"] for one in data["audit"]}
    assert [one["chosen"] for one in data["nominations"]] == ["✓", "", ""]


@pytest.mark.parametrize(("reference", "code"), [("2024-11", 1), ("tháng 5", 1), ("2024-05/long_khanh", 1)])
def test_a_visit_that_is_not_there_exits_1(visits: Typed, office: Settings, reference: str, code: int) -> None:
    result = visits("show", reference)

    assert office.mode == "rehearsal"
    assert result.exit_code == code
    assert "lỗi · " in result.stderr
    assert "→" in result.stderr


def test_show_without_a_visit_is_wrong_usage(visits: Typed, office: Settings) -> None:
    assert office.mode == "rehearsal"
    assert visits("show").exit_code == 2
