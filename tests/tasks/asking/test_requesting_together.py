"""Hosts that get one công văn wait for the first of them, and for nobody who stands still (D1, F22)."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from answers.changes import cancel
from answers.papers import Sheet, issue
from answers.register import set_aside
from config.settings import ROOT, Numbering, Settings, settings, use
from database import documents, visits
from database.engine import reading, writing
from database.numbers import Series, register
from domain.outcome import Done
from domain.problem import Refused
from scans.shown_text import shown_text
from tests.desk import Desk
from tests.may import CLERK, LEADER
from tests.numbering import number_next
from tests.opened_mail import words

CV = Series("BTCTU", "CV", "2020-2025")


@pytest.fixture
def by_itself(office: Settings) -> Settings:
    """An office that lets the service number what asks and invites."""
    return use(office.model_copy(update={"numbering": Numbering(from_blocks=("CV", "GM"))}))


def used(type_code: str = "CV") -> list[int]:
    with reading(settings().database) as session:
        series = Series(CV.organ_code, type_code, CV.term)
        return [entry.number for entry in register(session, series) if entry.state == "used"]


def a_second_host_in_may(key: str = "2024-06/cao_su_dong_nai") -> str:
    """As in a year with two hosts a month (C10): June's is asked with May's, for May."""
    with writing(settings().database) as session:
        row = visits.find(session, key)
        row.month, row.opens_on = 5, date(2024, 3, 1)
        session.flush()
        return row.key


def who_is_called() -> list[str]:
    """Whose run the runner would start again at once."""
    with reading(settings().database) as session:
        return [row.key for row in visits.to_call(session, 20)]


def test_two_hosts_of_one_month_get_one_letter_under_one_number(desk: Desk) -> None:
    other = a_second_host_in_may()
    desk.set_clock(2024, 3, 1)
    second = Desk(other)
    desk.open()
    second.open()
    desk.waits()
    assert second.waits().message == "chung công văn với 2024-05/bien_hoa"
    assert second.letters() == [], "the clerk is asked once"

    number_next(desk.key, "request")

    for one in (desk, second):
        assert isinstance(one.run_step(1), Done)
        (letter,) = one.letters("nomination_request")
        assert "Số 01-CV/BTCTU" in words(letter)
        assert "Ban Thường vụ Thành ủy Biên Hòa" in words(letter)
        assert "Ban Thường vụ Đảng ủy Tổng Công ty Cao su Đồng Nai" in words(letter)
        with reading(settings().database) as session:
            kept = documents.files(session, session.merge(one.documents("nomination_request")[0], load=False))
        assert "Cao su Đồng Nai" in shown_text(kept["pdf"].content).text
        assert "Thành ủy Biên Hòa" in shown_text(kept["pdf"].content).text
    assert used() == [1]
    with pytest.raises(Refused, match="đã phát hành số 01-CV/BTCTU"):
        number_next(second.key, "request")


def test_when_the_first_of_two_is_called_off_the_other_one_asks_for_itself(desk: Desk) -> None:
    other = Desk(a_second_host_in_may())
    desk.set_clock(2024, 3, 1)
    for one in (desk, other):
        one.open()
        one.waits()
    cancel(desk.key, "Đơn vị bận đại hội", LEADER)
    other.set_clock(2024, 3, 2)

    other.waits()
    number_next(other.key, "request")
    other.run_step(1)

    (letter,) = other.letters("nomination_request")
    assert "Biên Hòa" not in words(letter)


def test_a_first_host_whose_run_stands_still_holds_up_nobody(desk: Desk) -> None:
    other = Desk(a_second_host_in_may())
    desk.set_clock(2024, 3, 1)
    for one in (desk, other):
        one.open()
    assert other.waits().message == "chung công văn với 2024-05/bien_hoa"
    with writing(settings().database) as session:
        visits.find(session, desk.key).trouble = "lượt chạy lỗi"
    other.set_clock(2024, 3, 2)

    assert other.waits().for_whom == "clerk"
    number_next(other.key, "request")
    for one in (desk, other):
        assert isinstance(one.run_step(1), Done)

    assert used() == [1], "the one that stood still has the same number"
    assert "Số 01-CV/BTCTU" in words(desk.letters("nomination_request")[0])


def test_the_clerk_who_comes_to_a_host_that_waits_along_is_told_where_it_is_issued(desk: Desk) -> None:
    other = Desk(a_second_host_in_may())
    desk.set_clock(2024, 3, 1)
    for one in (desk, other):
        one.open()
    other.waits()

    with pytest.raises(Refused, match="chung công văn với 2024-05/bien_hoa, phát hành ở đợt đó"):
        issue(other.key, "request", Sheet(7, other.today), CLERK)


def test_hosts_whose_wording_names_them_are_all_asked_on_the_same_day_whoever_comes_first(
    by_itself: Settings, desk: Desk, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "letters" / "templates" / "nomination_request", tmp_path / "t" / "nomination_request")
    body = tmp_path / "t" / "nomination_request" / "body.txt"
    body.write_text(body.read_text().replace("Với mỗi tổ chức đảng", "Riêng {{ unit.name }}: với mỗi tổ chức đảng"))
    use(by_itself.model_copy(update={"templates": tmp_path / "t"}))
    later = ("2024-06/cao_su_dong_nai", "2024-07/long_khanh", "2024-08/thong_nhat")
    hosts = [desk, *(Desk(a_second_host_in_may(key)) for key in later)]
    set_aside(CV, 100, 180, CLERK)
    desk.set_clock(2024, 3, 1)
    for one in hosts:
        one.open()
    for one in reversed(hosts):
        one.run_step(1)

    while called := who_is_called():
        for key in called:
            Desk(key).run_step(1)

    assert used() == [100, 101, 102, 103]
    assert all(len(one.letters("nomination_request")) == 1 for one in hosts)
