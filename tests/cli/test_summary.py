"""`visits summary` and `visits remedies`: figures with their records, proposals, replies of hosts (6.7 no. 11, D11)."""

import json

from config.settings import Settings
from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.may import MAY
from tests.obligations import Obliged

BY = ("--by", "Nguyễn Văn Ví Dụ")


def test_an_empty_year_is_shown_as_one(visits: Typed, office: Settings) -> None:
    shown = visits("summary", "show", "2024", "--records")

    assert office.mode == "rehearsal"
    assert shown.exit_code == 0
    assert "Báo cáo đã nhận = 0\n  chưa có" in shown.stdout
    assert "Đợt theo kế hoạch = 9\n  1 · visit" in shown.stdout


def test_each_figure_tells_its_records(visits: Typed, desk: Desk) -> None:
    desk.until_reported()

    shown = visits("summary", "show", "2024", "--records").stdout
    figures = {one["key"]: one for one in json.loads(visits("summary", "show", "2024", "--json").stdout)["figures"]}

    assert f"Hạn chế = 1\n  1 · answer {figures['limitations']['records'][0]['id']} · {MAY}" in shown
    assert figures["rounds_held"]["value"] == 1
    assert "Kiến nghị chưa báo cáo thực hiện: Đảng bộ thành phố Biên Hòa, hạn 01/7/2024" in shown


def test_proposals_are_taken_and_none_at_all_is_an_answer(visits: Typed, office: Settings) -> None:
    summary = Obliged("2024/tong-hop")
    summary.set_clock(2024, 12, 17)
    summary.open()

    first = visits("summary", "propose", "2024", *BY, "--text", "Một", "--text", "Hai")
    none = visits("summary", "propose", "2024", *BY)

    assert office.mode == "rehearsal"
    assert "Đã ghi 2 nhiệm vụ, giải pháp (bản 1)." in first.stdout
    assert "Đã ghi 0 nhiệm vụ, giải pháp (bản 2)." in none.stdout
    assert summary.waits().wait.shown == "Chờ duyệt báo cáo tổng hợp"


def test_a_reply_closes_a_recommendation(visits: Typed, desk: Desk) -> None:
    desk.until_reported()
    desk.approve("result")
    desk.go_on()
    desk.issue("result", 95)
    desk.go_on()

    before = visits("remedies", "list", "--year", "2024", "--open").stdout
    taken = visits("remedies", "reply", MAY, "--number", "1", "--text", "Đã ghi đủ", *BY)
    after = json.loads(visits("remedies", "list", "--year", "2024", "--json").stdout)

    assert "Ghi đủ kết quả biểu quyết" in before
    assert "còn 0 kiến nghị" in taken.stdout
    assert [one["state"] for one in after] == ["đã thực hiện"]


def test_a_number_that_was_not_recommended_is_refused(visits: Typed, desk: Desk) -> None:
    desk.until_reported()
    refused = visits("remedies", "reply", MAY, "--number", "1", "--text", "Đã ghi đủ", *BY)

    assert refused.exit_code == 1, "the result notice has not gone out, so nothing was recommended yet"
