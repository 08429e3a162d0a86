"""Accepting, choosing, moving, calling off, guests, links: refusals at the field, one answer, one winner."""

from collections.abc import Mapping
from threading import Barrier, Thread

import httpx
import pytest

from config.settings import settings
from database import links
from database.dossier import open_dossier
from database.engine import reading
from tests.desk import INCOMPLETE, MAY, Desk
from tests.web.conftest import FIELD, AsRole, Visitor

VISIT = f"/chuyen/{MAY}"


def problem_at(answer: httpx.Response, field: str) -> str:
    """What stands at a field of a form that was refused."""
    assert answer.status_code == 422, answer.text
    assert f'id="{field}-problem-1">' in answer.text, answer.text
    return answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """The complete list came on 20/3/2024."""
    desk.until_listed()
    return desk


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """A leader chose on 21/3/2024."""
    desk.until_chosen()
    return desk


# Accepting


@pytest.fixture
def late(desk: Desk) -> Desk:
    """The list came on 20/4/2024, six days late."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 4, 20, 9)
    desk.nominate()
    desk.go_on()
    return desk


def test_a_late_list_is_accepted_with_the_reason_and_the_name(late: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")
    assert "14/5/2024 trừ 30 ngày = 14/4/2024" in leader.get(f"{VISIT}/chap-nhan").text

    answer = leader.post(f"{VISIT}/chap-nhan", {"reason": "Đơn vị vừa kiện toàn cấp ủy"})

    assert answer.status_code == 303
    (row,) = late.answers("acceptance")
    assert (row.by, row.source) == ("Trần Thị Minh Họa", "desk")
    assert row.content["reason"] == "Đơn vị vừa kiện toàn cấp ủy"


def test_acceptance_needs_a_reason(late: Desk, as_role: AsRole) -> None:
    answer = as_role("leader").post(f"{VISIT}/chap-nhan", {"reason": "  "})

    assert problem_at(answer, "reason") == "Chưa ghi lý do. Ghi vì sao danh sách vẫn được nhận."
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
    answers: dict[str, httpx.Response] = {}
    together = Barrier(2)

    def choose(login: str, number: str) -> None:
        together.wait()
        answers[login] = browsers[login].browser.post(
            f"{VISIT}/chon", data={"meeting": number, "override": "ngoại lệ", FIELD: tokens[login]}
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
    assert f"{people[winner]} đã trả lời lúc" in answers[loser].text


# Moving and calling off


def test_a_meeting_moves_with_the_reason(chosen: Desk, as_role: AsRole) -> None:
    """A23."""
    answer = as_role("officer").post(
        f"{VISIT}/doi/1", {"day": "21/5/2024", "time": "14h30", "venue": "Hội trường", "reason": "Thi học kỳ"}
    )

    assert answer.status_code == 303
    (row,) = chosen.answers("move")
    assert (row.by, row.source, row.content["reason"]) == ("Nguyễn Văn Ví Dụ", "desk", "Thi học kỳ")
    assert row.content["to"].startswith("2024-05-21T14:30")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "", "Chưa ghi ngày."),
        ("day", "20/3/2024", "đã qua"),
        ("day", "30/2/2024", "không có trên lịch"),
        ("time", "", "Chưa ghi giờ."),
        ("time", "25:00", "không phải giờ trong ngày"),
        ("reason", "", "Chưa ghi lý do."),
    ],
)
def test_a_move_with_a_wrong_field_is_refused_there(
    chosen: Desk, as_role: AsRole, field: str, typed: str, said: str
) -> None:
    good = {"day": "21/5/2024", "time": "14:30", "venue": "Hội trường", "reason": "Thi học kỳ"}

    answer = as_role("officer").post(f"{VISIT}/doi/1", good | {field: typed})

    assert said in problem_at(answer, field)
    assert 'value="Hội trường"' in answer.text
    assert chosen.answers("move") == []


def test_there_is_no_form_for_a_meeting_that_is_not_listed(chosen: Desk, as_role: AsRole) -> None:
    assert chosen.key == MAY
    assert as_role("officer").get(f"{VISIT}/doi/9").status_code == 404


def test_a_visit_is_called_off_with_reason_and_confirmation(chosen: Desk, as_role: AsRole) -> None:
    leader = as_role("leader")

    unsure = leader.post(f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất"})
    assert "Chưa xác nhận." in problem_at(unsure, "sure")
    unfounded = leader.post(f"{VISIT}/huy", {"reason": "", "sure": "1"})
    assert "Chưa ghi lý do." in problem_at(unfounded, "reason")
    assert chosen.visit.state == "open"

    assert leader.post(f"{VISIT}/huy", {"reason": "Đơn vị hợp nhất", "sure": "1"}).status_code == 303
    assert chosen.visit.state == "cancelled"
    assert chosen.answers("cancellation")[0].by == "Trần Thị Minh Họa"


# Guests


def guests_of(desk: Desk) -> list[tuple[str, bool]]:
    """Every guest by address, and whether the invitation stands."""
    with reading(settings().database) as session:
        return [(one.email, one.invited) for one in open_dossier(session, desk.visit.id).guests]


def test_a_guest_is_invited_and_taken_back(chosen: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    officer.post(f"{VISIT}/khach-moi", {"name": "Đồng chí Nguyễn Văn A", "email": "a@co-quan.example"})
    assert guests_of(chosen) == [("a@co-quan.example", True)]

    answer = officer.post(
        f"{VISIT}/khach-moi",
        {"do": "uninvite", "guest": "1", "guest_email": "a@co-quan.example", "reason-1": "Bận công tác"},
    )
    assert answer.status_code == 303
    assert guests_of(chosen) == [("a@co-quan.example", False)]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": "", "email": "a@co-quan.example"}, "name", "Chưa ghi mời ai."),
        ({"name": "Đồng chí A", "email": ""}, "email", "Chưa ghi địa chỉ thư."),
        ({"name": "Đồng chí A", "email": "a@b"}, "email", "không phải địa chỉ thư"),
        ({"do": "uninvite", "guest": "1", "guest_email": "a@b.vn", "reason-1": ""}, "reason-1", "Chưa ghi lý do."),
    ],
)
def test_a_guest_with_a_wrong_field_is_refused_there(
    chosen: Desk, as_role: AsRole, typed: Mapping[str, str], field: str, said: str
) -> None:
    officer = as_role("officer")
    if field == "reason-1":
        officer.post(f"{VISIT}/khach-moi", {"name": "Đồng chí B", "email": "a@b.vn"})

    assert said in problem_at(officer.post(f"{VISIT}/khach-moi", typed), field)
    assert len(chosen.answers("guest")) == (field == "reason-1")


# Links


def test_an_officer_sees_takes_back_and_makes_links(listed: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    page = officer.get(f"{VISIT}/lien-ket").text
    assert "còn hiệu lực" in page

    number = page.split('name="link" value="')[1].split('"')[0]
    assert officer.post(f"{VISIT}/lien-ket", {"do": "revoke", "link": number}).status_code == 303
    assert officer.post(f"{VISIT}/lien-ket", {"do": "revoke", "link": number}).status_code == 422
    assert officer.post(f"{VISIT}/lien-ket", {"do": "renew", "recipient": "nominations/host"}).status_code == 303
    assert officer.post(f"{VISIT}/lien-ket", {"do": "renew", "recipient": "findings/ai-do"}).status_code == 422

    with reading(settings().database) as session:
        rows = links.of_visit(session, listed.visit.id)
        assert [(row.made_by, row.revoked_by) for row in rows] == [
            ("Nguyễn Văn Ví Dụ", None), ("hệ thống", "Nguyễn Văn Ví Dụ"),
        ]  # fmt: skip


def test_the_link_of_another_visit_is_not_taken_back_from_here(listed: Desk, as_role: AsRole) -> None:
    other = Desk("2024-06/cao_su_dong_nai")
    other.open()
    officer = as_role("officer")
    officer.post(f"/chuyen/{other.key}/lien-ket", {"do": "renew", "recipient": "nominations/host"})
    with reading(settings().database) as session:
        (row,) = links.of_visit(session, other.visit.id)

    assert officer.post(f"/chuyen/{listed.key}/lien-ket", {"do": "revoke", "link": str(row.id)}).status_code == 422


# The token of the form


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("officer", "de-cu"), ("leader", "chap-nhan"), ("leader", "chon"), ("clerk", "phat-hanh/notice"),
        ("leader", "duyet/report"), ("inspector", "ket-qua"), ("inspector", "ket-qua/nhap"), ("officer", "doi/1"),
        ("leader", "huy"), ("officer", "khach-moi"), ("officer", "lien-ket"),
    ],
)  # fmt: skip
def test_without_the_token_of_the_form_nothing_is_answered(listed: Desk, as_role: AsRole, role: str, path: str) -> None:
    visitor: Visitor = as_role(role)

    answer = visitor.browser.post(f"{VISIT}/{path}", data={"reason": "x", "meeting": "1", "sure": "1"})

    assert answer.status_code == 403
    assert listed.answers("choice") == listed.answers("cancellation") == []


@pytest.mark.parametrize("path", ["de-cu", "chon", "ket-qua", "huy"])
def test_a_visit_that_is_not_planned_has_no_form(listed: Desk, as_role: AsRole, path: str) -> None:
    assert listed.key == MAY
    visitor = as_role("officer", roles=["officer", "leader", "inspector"])

    assert visitor.get(f"/chuyen/2024-11/bien_hoa/{path}").status_code == 404
    assert visitor.get(f"/chuyen/2024-05/bien_hoa'/{path}").status_code == 404


def test_incomplete_lists_say_what_they_lack(desk: Desk, as_role: AsRole) -> None:
    """A6."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 3, 20, 9)
    desk.nominate(INCOMPLETE)

    assert "chưa có chi bộ sinh hoạt chuyên đề" in as_role("leader").get(f"{VISIT}/chap-nhan").text
