"""A leader takes a late list and chooses meetings, each once and under his name (R50, R51, A3, A5)."""

from threading import Barrier, Thread

import httpx
import pytest

from tests.desk import Desk
from tests.web.conftest import FIELD, AsRole
from tests.web.deciding import VISIT, problem_at

TAKEN = {"late-1": "take", "late-2": "take", "late-3": "take"}

# Accepting


def test_a_late_list_is_accepted_with_the_reason_and_the_name(late: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")
    assert "14/5/2024 trừ 30 ngày = 14/4/2024" in leader.get(f"{VISIT}/chap-nhan").text

    answer = leader.post(f"{VISIT}/chap-nhan", {**TAKEN, "reason": "Đơn vị vừa kiện toàn cấp ủy"})

    assert answer.status_code == 303
    (row,) = late.answers("acceptance")
    assert (row.by, row.source) == ("Trần Thị Minh Họa", "desk")
    assert row.content["reason"] == "Đơn vị vừa kiện toàn cấp ủy"


def test_acceptance_needs_a_reason(late: Desk, as_role: AsRole) -> None:
    answer = as_role("leader").post(f"{VISIT}/chap-nhan", {**TAKEN, "reason": "  "})

    assert problem_at(answer, "reason") == "Chưa ghi lý do. Ghi vì sao danh sách vẫn được nhận."
    assert late.answers("acceptance") == []


def test_a_late_meeting_is_refused_with_a_reason_and_can_be_taken_after_all(late: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")
    answer = leader.post(f"{VISIT}/chap-nhan", {**TAKEN, "late-1": "refuse", "why-1": "Báo quá muộn", "reason": "Đủ"})

    assert answer.status_code == 303
    assert late.candidates() == {1: "late_refused", 2: "late_accepted", 3: "late_accepted"}
    assert "không chọn được: báo trễ hạn, không được chấp nhận" in leader.get(f"{VISIT}/chon").text
    assert "Không chấp nhận vì: Báo quá muộn" in leader.get(VISIT).text
    page = leader.get(f"{VISIT}/chap-nhan").text
    assert 'value="refuse" checked' in page
    assert 'value="Báo quá muộn"' in page
    leader.post(f"{VISIT}/chap-nhan", {**TAKEN, "reason": "Đã báo trước bằng điện thoại"})
    assert set(late.candidates().values()) == {"late_accepted"}


def test_each_late_meeting_must_have_its_word_and_a_refusal_its_reason(late: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")

    unsaid = leader.post(f"{VISIT}/chap-nhan", {"reason": "Vừa kiện toàn"})
    assert problem_at(unsaid, "late-1") == "Buổi số 1 chưa được quyết định. Chọn chấp nhận hoặc không."
    assert "Vừa kiện toàn" in unsaid.text
    bare = leader.post(f"{VISIT}/chap-nhan", {**TAKEN, "late-1": "refuse"})
    assert "Chưa ghi vì sao không chấp nhận buổi số 1." in problem_at(bare, "why-1")
    assert late.answers("acceptance") == []


def test_a_list_in_good_order_needs_no_acceptance(listed: Desk, as_role: AsRole) -> None:
    answer = as_role("leader").post(f"{VISIT}/chap-nhan", {"reason": "thừa"})

    assert answer.status_code == 422
    assert "Danh sách đúng hạn và đủ, không cần chấp nhận." in answer.text
    assert listed.answers("acceptance") == []


# Choosing


def test_the_choice_is_stored_once_with_who_when_and_whom_it_was_agreed_with(listed: Desk, as_role: AsRole) -> None:
    answer = as_role("leader").post(
        f"{VISIT}/chon", {"meeting": ["1", "2"], "consulted": "Thường trực Thành ủy Biên Hòa"}
    )

    assert answer.headers["location"] == VISIT
    (row,) = listed.answers("choice")
    assert (row.content["meetings"], row.by, row.source) == ([1, 2], "Trần Thị Minh Họa", "desk")
    assert row.content["consulted_with"] == "Thường trực Thành ủy Biên Hòa"


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        ([], "Chưa chọn nơi nào. Đánh dấu ít nhất một nơi."),
        (["2"], "Có 0 chi bộ sinh hoạt chuyên đề, cần ít nhất 1."),
        (["3"], "Có 0 chi bộ sinh hoạt chuyên đề, cần ít nhất 1."),
        (["x", "-1", "²"], "Chưa chọn nơi nào."),
    ],
)
def test_a_choice_against_the_rule_says_so_and_keeps_the_ticks(
    listed: Desk, as_role: AsRole, ticked: list[str], said: str
) -> None:
    """R51: a committee does not count."""
    answer = as_role("leader").post(f"{VISIT}/chon", {"meeting": ticked, "consulted": "Thường trực Thành ủy"})

    assert said in problem_at(answer, "meeting")
    assert 'value="Thường trực Thành ủy"' in answer.text
    for number in ticked:
        assert not number.isdigit() or not number.isascii() or f'id="meeting-{number}" checked' in answer.text
    assert listed.answers("choice") == []


def test_a_meeting_that_is_not_in_the_list_is_refused(listed: Desk, as_role: AsRole) -> None:
    answer = as_role("leader").post(f"{VISIT}/chon", {"meeting": ["1", "9"]})

    assert answer.status_code == 422
    assert "Không có trong danh sách." in answer.text
    assert listed.answers("choice") == []


def test_without_a_thematic_cell_it_takes_a_reason(listed: Desk, as_role: AsRole) -> None:
    """R51, A6: the reason is listed in the annual report."""
    as_role("leader").post(f"{VISIT}/chon", {"meeting": ["2"], "override": "Chi bộ chuyên đề hoãn"})

    assert listed.answers("choice")[0].content["override"] == "Chi bộ chuyên đề hoãn"


def test_a_late_meeting_cannot_be_ticked_before_it_is_accepted(late: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")

    assert "không chọn được: báo trễ hạn, chưa được chấp nhận" in leader.get(f"{VISIT}/chon").text
    answer = leader.post(f"{VISIT}/chon", {"meeting": ["1"]})
    assert "Báo trễ hạn, chưa được chấp nhận." in problem_at(answer, "meeting-1")
    assert "visits accept" not in answer.text
    assert late.answers("choice") == []


def test_the_recommendation_is_shown_part_by_part(listed: Desk, as_role: AsRole) -> None:
    (advice,) = listed.answers("recommendation")
    page = as_role("leader").get(f"{VISIT}/chon").text

    for line in advice.content["ranking"]:
        assert f"Điểm gợi ý {line['points']}" in page
        for reason in line["reasons"]:
            assert reason["text"] in page


def test_two_leaders_choose_at_once_and_exactly_one_wins(listed: Desk, as_role: AsRole) -> None:
    """First writer wins, and the other is told whose the decision is (design §4)."""
    people = {"leader": "Trần Thị Minh Họa", "leader2": "Vũ Thị Khác"}
    browsers = {login: as_role("leader", login=login, name=name) for login, name in people.items()}
    tokens = {login: browser.token() for login, browser in browsers.items()}
    seen = {login: browser.shown_at(f"{VISIT}/chon")["seen"] for login, browser in browsers.items()}
    answers: dict[str, httpx.Response] = {}
    together = Barrier(2)

    def choose(login: str, number: str) -> None:
        together.wait()
        answers[login] = browsers[login].browser.post(
            f"{VISIT}/chon",
            data={"meeting": number, "override": "ngoại lệ", "seen": seen[login], FIELD: tokens[login]},
        )

    threads = [Thread(target=choose, args=one) for one in (("leader", "1"), ("leader2", "2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.status_code for one in answers.values()) == [303, 422]
    (row,) = listed.answers("choice")
    winner = next(login for login, one in answers.items() if one.status_code == 303)
    loser = next(login for login in people if login != winner)
    assert row.by == people[winner]
    assert f"{people[winner]} đã chọn nơi dự lúc" in answers[loser].text
