"""The plan and the annual summary at the desk: issued with its number; proposed, approved, issued (R74, R77, D14)."""

import re

import pytest

from tests.desk import Desk
from tests.obligations import Obliged
from tests.web.conftest import AsRole

PLAN, SUMMARY = "/nam/2024/ke-hoach", "/nam/2024/tong-hop"


@pytest.fixture(autouse=True)
def year_end(desk: Desk) -> None:
    """It is 18/12/2024: the plan waits for its number, the summary for a leader."""
    desk.until_year_end()


def test_the_clerk_issues_the_plan_with_the_number_that_it_has(as_role: AsRole) -> None:
    clerk = as_role("clerk")
    form = clerk.get(f"{PLAN}/phat-hanh/plan").text
    assert 'name="number" type="text" value="73"' in form
    assert "Số và ngày của kế hoạch đã ký" in form

    wrong = clerk.post(f"{PLAN}/phat-hanh/plan", {"do": "issue", "number": "74", "issued_on": "03/01/2024"})
    assert wrong.status_code == 422
    taken = clerk.post(f"{PLAN}/phat-hanh/plan", {"do": "issue", "number": "73", "issued_on": "03/01/2024"})

    assert "Đã phát hành số 73-KH/BTCTU." in clerk.follow(taken).text
    plan = Obliged("2024/ke-hoach")
    plan.go_on()
    assert plan.finished == {1, 2}
    assert clerk.get(f"{PLAN}/van-ban/annual_plan.pdf").content.startswith(b"%PDF")


def test_a_leader_approves_the_summary_that_he_saw_and_the_clerk_issues_it(as_role: AsRole) -> None:
    leader, clerk = as_role("leader"), as_role("clerk")
    page = leader.get(f"{SUMMARY}/duyet/summary")
    assert "Tăng sinh hoạt chuyên đề ở chi bộ thôn" in page.text
    assert "Trả lại Tổ công tác" not in page.text
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)
    assert seen
    number = {"do": "issue", "number": "1", "issued_on": "18/12/2024"}
    assert clerk.post(f"{SUMMARY}/phat-hanh/summary", number).status_code == 422

    assert leader.post(f"{SUMMARY}/duyet/summary", {"do": "approve", "seen": seen[1]}).status_code == 303
    taken = clerk.post(f"{SUMMARY}/phat-hanh/summary", number)

    assert "Đã phát hành số 01-BC/BTCTU." in clerk.follow(taken).text
    summary = Obliged("2024/tong-hop")
    summary.go_on()
    assert [one.purpose for one in summary.letters()][-1] == "annual_report"


def test_other_proposals_make_a_new_draft_that_is_approved_anew(as_role: AsRole) -> None:
    officer, leader = as_role("officer"), as_role("leader")
    form = officer.get(f"{SUMMARY}/nhiem-vu").text
    assert "Tăng sinh hoạt chuyên đề ở chi bộ thôn" in form
    old = re.search(r'name="seen" value="([0-9a-f]{64})"', leader.get(f"{SUMMARY}/duyet/summary").text)
    assert old

    officer.post(f"{SUMMARY}/nhiem-vu", {"proposals": "- Dự sớm hơn\n- Dự nhiều hơn", "seen": "1"})
    Obliged("2024/tong-hop").go_on()

    assert leader.post(f"{SUMMARY}/duyet/summary", {"do": "approve", "seen": old[1]}).status_code == 422
    assert "Dự nhiều hơn" in leader.get(f"{SUMMARY}/duyet/summary").text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"proposals": " ", "seen": "1"}, "Chưa ghi nhiệm vụ"),
        ({"proposals": "Dự sớm", "none": "1", "seen": "1"}, "bỏ một trong hai"),
        ({"proposals": "Dự sớm", "seen": "0"}, "đã trả lời"),
    ],
)
def test_proposals_are_there_or_said_not_to_be(as_role: AsRole, sent: dict[str, str], told: str) -> None:
    answer = as_role("officer").post(f"{SUMMARY}/nhiem-vu", sent)

    assert answer.status_code == 422
    assert told.casefold() in answer.text.casefold()


def test_the_page_of_figures_also_says_how_far_the_report_has_come(as_role: AsRole) -> None:
    page = as_role("leader").get(SUMMARY).text

    assert "Chờ duyệt báo cáo tổng hợp" in page
    assert f'href="{SUMMARY}/duyet/summary"' in page
    assert "Báo cáo tổng hợp năm" in page


def test_the_annual_report_itself_is_for_the_office(as_role: AsRole) -> None:
    paper = f"{SUMMARY}/van-ban/annual_report.pdf"

    assert as_role("officer").get(paper).status_code == 200
    assert as_role("viewer").get(paper).status_code == 403
    assert as_role("viewer").get(f"{PLAN}/van-ban/annual_plan.docx").status_code == 200


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        ("officer", {"/nam/2024/bao-cao/long_thanh/xem-xet"}),
        ("leader", {f"{SUMMARY}/duyet/summary"}),
        ("clerk", {f"{PLAN}/phat-hanh/plan"}),
    ],
)
def test_what_waits_for_me_has_its_button_among_my_tasks(as_role: AsRole, role: str, buttons: set[str]) -> None:
    page = as_role(role).get("/viec-cua-toi").text

    own = page.split("Đang chờ bên ngoài", maxsplit=1)[0]
    assert {one for one in re.findall(r'class="button" href="([^"]+)"', own) if one.startswith("/nam/")} == buttons
