"""Each recommendation is followed until the host reports it as done; what stays open is found again next year (D11)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.remedies import reply
from config.settings import settings
from database import follow_ups, visits
from database.engine import reading
from domain.findings import Recommendation
from domain.follow_up import Remedy
from domain.outcome import Done
from domain.problem import Refused
from papers.annual import summarise
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.obligations import Obliged
from tests.opened_mail import words

KEY = f"{MAY}/kien-nghi"
DUE = date(2024, 7, 1)


@pytest.fixture
def after(desk: Desk) -> Obliged:
    """May's visit is over, its one recommendation is due on 01/7/2024; its follow-up opens the next day."""
    desk.until_reported()
    desk.approve("result")
    desk.go_on()
    desk.issue("result", 95)
    desk.go_on()
    one = Obliged(KEY)
    one.set_clock(2024, 5, 19, 8)
    one.open()
    return one


def still_open() -> int:
    with reading(settings().database) as session:
        return sum(one.open for one in follow_ups.followed(session, visits.find(session, MAY)))


def test_the_host_is_reminded_before_on_and_after_the_date(after: Obliged) -> None:
    after.go_on()
    while (until := after.row.waiting_until) is not None:
        after.on(until.month, until.day)

    assert after.sent() == [
        "24/06 remedy_reminder", "01/07 remedy_reminder", "04/07 remedy_reminder", "11/07 remedy_reminder",
        "31/07 remedy_reminder",
    ]  # fmt: skip
    first, last = after.letters()[0], after.letters()[-1]
    assert "Ghi đủ kết quả biểu quyết" in words(first)
    assert "Thông báo số 95-TB/BTCTU, ngày " in words(first)
    assert "quá thời hạn" in words(last)
    assert after.row.waiting_state == "Quá hạn kiến nghị"


def test_what_is_due_today_is_not_among_what_is_overdue(desk: Desk) -> None:
    """Its own day belongs to the host (A13)."""
    desk.until_met()
    due = {"Ghi đủ kết quả biểu quyết": date(2024, 7, 1), "Sửa quy chế làm việc": date(2024, 7, 4)}
    asked = tuple(Recommendation(1, text, "Chi ủy", on) for text, on in due.items())
    desk.report(replace(desk.findings(), recommendations=asked))
    desk.go_on()
    for paper in ("report", "result"):
        desk.approve(paper)
        desk.go_on()
    desk.issue("result", 95)
    desk.go_on()
    follow_up = Obliged(KEY)
    follow_up.set_clock(2024, 5, 19, 8)
    follow_up.open()

    follow_up.on(7, 4)
    said = words(follow_up.letters()[-1])
    assert "các kiến nghị đã quá thời hạn sau đây" in said
    assert "Ghi đủ kết quả biểu quyết" in said
    assert "Sửa quy chế làm việc" not in said

    follow_up.on(7, 11)
    assert "Sửa quy chế làm việc" in words(follow_up.letters()[-1])


def test_the_reply_closes_it(after: Obliged) -> None:
    after.on(6, 24)
    assert reply(MAY, [Remedy(1, "Đã ghi đủ trong sổ mới", date(2024, 6, 24), "102-CV/ThU")], OFFICER) == 0

    assert after.go_on() == Done("đã báo cáo thực hiện 1 kiến nghị")
    with reading(settings().database) as session:
        year = summarise(session, 2024)
    (line,) = year.recommendations
    assert (line.done_on, year.count("answered"), year.count("unanswered")) == (date(2024, 6, 24), 1, 0)
    assert year.open_recommendations == []


def test_a_reply_that_says_not_yet_leaves_it_open(after: Obliged) -> None:
    after.go_on()
    assert reply(KEY, [Remedy(1, "Đang thực hiện", date(2024, 5, 19), done=False)], OFFICER) == 1
    assert after.waits().wait.shown == "Chờ thực hiện kiến nghị"
    assert reply(KEY, [Remedy(1, "Đã xong", date(2024, 5, 19))], OFFICER) == 0
    assert reply(KEY, [Remedy(1, "Mở lại, làm chưa đạt", date(2024, 5, 19), done=False)], OFFICER) == 1
    assert still_open() == 1


def test_what_is_open_is_in_next_year_s_file_of_the_unit(after: Obliged) -> None:
    assert after.row.state == "open"
    with reading(settings().database) as session:
        (left,) = follow_ups.left_open(session, "bien_hoa", before=2025)
        assert (left.visit, left.followed.asked.text) == (MAY, "Ghi đủ kết quả biểu quyết")
        assert follow_ups.left_open(session, "bien_hoa", before=2024) == []
        assert follow_ups.left_open(session, "nhon_trach", before=2025) == []


@pytest.mark.parametrize(
    ("reference", "remedy", "fault"),
    [
        (MAY, Remedy(2, "x", date(2024, 5, 19)), "thông báo chỉ có 1 kiến nghị"),
        (MAY, Remedy(1, " ", date(2024, 5, 19)), "chưa ghi kết quả thực hiện"),
        (MAY, Remedy(1, "x", date(2024, 6, 19)), "19/6/2024 chưa tới"),
        ("2024-06/cao_su_dong_nai", Remedy(1, "x", date(2024, 5, 19)), "không có trong kế hoạch"),
        ("2024/tong-hop", Remedy(1, "x", date(2024, 5, 19)), "không phải một đợt"),
    ],
)
def test_what_answers_nothing_is_refused(after: Obliged, reference: str, remedy: Remedy, fault: str) -> None:
    assert after.row.state == "open"
    with pytest.raises(Refused, match=fault):
        reply(reference, [remedy], OFFICER)


def test_a_visit_without_recommendations_has_no_follow_up(desk: Desk) -> None:
    desk.until_chosen()
    with pytest.raises(Refused, match="không có trong kế hoạch"):
        Obliged(KEY).open()
