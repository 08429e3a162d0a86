"""`visits take-up` and `visits plan load`: what lies behind is listed with its four answers, each typed in one line."""

import json
from datetime import date
from pathlib import Path

import pytest

from config.settings import Settings, settings
from database import clock, taking_up, visits
from database.engine import reading, writing
from database.schema import prepare
from domain.dates import at
from domain.taking_up import TakenUp, Way
from tests.cli.conftest import Typed, seen_in
from tests.may import MAY
from tests.mid_year import APRIL, AUGUST, BEHIND, FEBRUARY, JULY, MidYear

SHIPPED = str(Path(__file__).parents[2] / "config" / "plans" / "2024.yaml")


def decision(key: str) -> TakenUp | None:
    with reading(settings().database) as session:
        return taking_up.decision(session, visits.find(session, key))


def test_loading_a_plan_lists_what_lies_behind_with_the_commands_and_asks_nothing_of_the_terminal(
    visits: Typed, home: Settings
) -> None:
    prepare(home.database)
    with writing(home.database) as session:
        clock.set_rehearsal(session, at(date(2024, 6, 15), 8))

    result = visits("plan", "load", SHIPPED)

    assert result.exit_code == 0, result.output
    assert "Chờ quyết định, chưa gửi thư nào: 7 việc" in result.stdout
    assert "tháng 02/2024 đã qua khi nạp kế hoạch" in result.stdout
    for option in ("--done", "--from-step N", "--open", "--leave-out"):
        assert f"visits take-up KEY {option}" in result.stdout
    again = visits("plan", "load", SHIPPED)
    assert "không có gì mới (bản 1)" in again.stdout
    assert "chưa gửi thư nào: 7 việc" in again.stdout, "it is said until somebody decides"


def test_status_shows_what_waits_for_a_decision(visits: Typed, mid_year: MidYear) -> None:
    result = visits("status")
    assert result.exit_code == 0
    assert result.stdout.count("chờ quyết định") == len(mid_year.undecided())
    assert "Chờ quyết định" in result.stdout
    rows = {row["visit"]: row for row in json.loads(visits("status", "--json").stdout)["visits"]}
    assert (rows[FEBRUARY]["state"], rows[FEBRUARY]["message"]) == (
        "undecided", "tháng 02/2024 đã qua khi nạp kế hoạch",
    )  # fmt: skip


def test_without_a_visit_the_command_lists_what_is_left(visits: Typed, mid_year: MidYear) -> None:
    told = json.loads(visits("take-up", "--json").stdout)
    assert [one["key"] for one in told["undecided"]] == list(BEHIND)
    assert "7 việc" in visits("take-up").stdout
    assert mid_year.row(FEBRUARY).state == "undecided"


def test_the_four_answers_are_typed(visits: Typed, mid_year: MidYear) -> None:
    by = ("--by", "Nguyễn Văn Ví Dụ")
    done = visits(
        "take-up", FEBRUARY, "--done", "--result-number", "99", "--result-date", "10/3/2024",
        "--attended", "Chi bộ A; 20/02/2024; chuyên đề", *by,
    )  # fmt: skip
    begun = visits("take-up", AUGUST, "--from-step", "2", "--requested", "03/6/2024", *by)
    opened = visits("take-up", JULY, "--open", *by)
    left = visits("take-up", APRIL, "--leave-out", "--reason", "kiện toàn cấp ủy", *by)

    assert [one.exit_code for one in (done, begun, opened, left)] == [0, 0, 0, 0], left.output
    assert f"Đã ghi: {AUGUST} · làm tiếp từ bước 2." in begun.stdout
    states = [mid_year.row(key).state for key in (FEBRUARY, AUGUST, JULY, APRIL)]
    assert states == ["closed", "planned", "planned", "cancelled"]
    taken = decision(FEBRUARY)
    assert taken is not None
    assert taken.attended[0].thematic
    shown = visits("show", FEBRUARY)
    assert "tiếp nhận: đã làm xong trên giấy" in shown.stdout
    assert "99-TB/BTCTU" in shown.stdout


def test_an_answer_upon_what_somebody_has_changed_is_refused_and_told(visits: Typed, mid_year: MidYear) -> None:
    seen = seen_in(visits("show", JULY).stdout)
    visits("take-up", JULY, "--leave-out", "--reason", "kiện toàn cấp ủy", "--by", "Trần Thị Minh Họa")

    result = visits("take-up", JULY, "--open", "--seen", seen, "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 1
    assert "Trần Thị Minh Họa đã" in result.stderr
    assert mid_year.row(JULY).state == "cancelled"


def test_a_list_of_paper_is_read_from_a_file(visits: Typed, mid_year: MidYear, tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.csv"
    path.write_text(
        "Tên tổ chức đảng,Loại hình,Thời gian,Địa điểm,Loại sinh hoạt,Chuyên đề\n"
        "Chi bộ Trường THPT Mẫu,Chi bộ cơ sở,14/5/2024 14:00,Phòng họp A,Chuyên đề,Nêu gương\n",
        encoding="utf-8",
    )

    result = visits(
        "take-up", MAY, "--from-step", "5", "--requested", "01/3/2024", "--list", str(path), "--received", "20/3/2024",
        "--chosen", "1", "--chosen-on", "25/3/2024", "--notice-number", "120", "--notice-date", "02/4/2024",
        "--by", "Nguyễn Văn Ví Dụ",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    assert mid_year.row(MAY).state == "planned"
    taken = decision(MAY)
    assert taken is not None
    assert taken.nominations is not None
    assert (taken.way, taken.step, taken.nominations.received_on) == (Way.GO_ON, 5, date(2024, 3, 20))


def test_what_is_missing_or_wrong_is_said_with_its_option(visits: Typed, mid_year: MidYear) -> None:
    two = visits("take-up", FEBRUARY, "--done", "--open", "--by", "A")
    half = visits("take-up", FEBRUARY, "--done", "--result-number", "99", "--by", "A")
    nobody = visits("take-up", FEBRUARY, "--open")
    no_reason = visits("take-up", FEBRUARY, "--leave-out", "--by", "A")
    assert [one.exit_code for one in (two, half, nobody, no_reason)] == [1] * 4
    assert "cần đúng một câu trả lời" in two.stderr
    assert "--result-number, --result-date" in half.stderr
    assert "--by" in nobody.stderr
    assert "--reason" in no_reason.stderr
    assert mid_year.row(FEBRUARY).state == "undecided"


def test_a_paper_of_paper_is_not_drawn(visits: Typed, mid_year: MidYear) -> None:
    visits("take-up", FEBRUARY, "--done", "--result-number", "99", "--result-date", "10/3/2024", "--by", "A")
    result = visits("paper", FEBRUARY, "result")
    assert mid_year.row(FEBRUARY).state == "closed"
    assert result.exit_code == 1
    assert "số 99-TB/BTCTU: văn bản giấy" in result.stderr


@pytest.mark.usefixtures("mid_year")
def test_doctor_counts_what_nobody_has_decided_about(visits: Typed) -> None:
    said = visits("doctor").stdout

    assert "! Kế hoạch năm nay" in said
    assert "7 việc đã qua ngày khi nạp kế hoạch, chưa ai nói đã làm đến đâu" in said
