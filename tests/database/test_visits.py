"""Finding a visit as people call it, opening what is due, and remembering what it waits for."""

from datetime import date

import pytest

from config.settings import Settings
from database import clock, visits
from database.engine import reading, writing
from database.models import VisitRow
from domain.dates import at
from domain.outcome import Waiting
from domain.problem import Refused
from domain.step import Step
from domain.wait import Wait
from tests.desk import Desk
from tests.may import MAY


def find(of: Settings, reference: str) -> str:
    """The key of the visit that this reference means."""
    with reading(of.database) as session:
        return visits.find(session, reference).key


@pytest.mark.parametrize("reference", ["2024-05/bien_hoa", "2024-05", "2024-5", " 2024-05 ", "2024-5/bien_hoa"])
def test_a_visit_is_found_by_month_with_or_without_its_unit(office: Settings, reference: str) -> None:
    assert find(office, reference) == MAY


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("2024-11", "không có trong kế hoạch"),
        ("2024-05/nhon_trach", "không có trong kế hoạch"),
        ("2023-05", "không có trong kế hoạch"),
        ("2024-13", "không có trong kế hoạch"),
        ("", "không đúng cách gọi một đợt hay một việc"),
        ("bien_hoa", "không đúng cách gọi một đợt hay một việc"),
        ("2024/05", "không đúng cách gọi một đợt hay một việc"),
        ("2024-05/bien hoa", "không đúng cách gọi một đợt hay một việc"),
        ("2024-05/bien_hoa; DROP TABLE visit", "không đúng cách gọi một đợt hay một việc"),
    ],
)
def test_what_means_no_visit_is_refused_with_the_way_to_write_it(office: Settings, reference: str, fault: str) -> None:
    with pytest.raises(Refused, match=fault) as refused:
        find(office, reference)
    assert refused.value.problems[0].remedy


def test_a_month_with_two_hosts_asks_for_the_unit(office: Settings) -> None:
    """C10."""
    with writing(office.database) as session:
        session.add(VisitRow(year=2024, month=5, unit="long_thanh", opens_on=date(2024, 3, 1)))

    with pytest.raises(Refused, match="tháng này có 2 đợt: 2024-05/bien_hoa, 2024-05/long_thanh"):
        find(office, "2024-05")
    assert find(office, "2024-05/long_thanh") == "2024-05/long_thanh"


def test_a_withdrawn_visit_is_not_found(office: Settings) -> None:
    with writing(office.database) as session:
        visits.find(session, MAY).state = "withdrawn"

    with pytest.raises(Refused, match="không có trong kế hoạch"):
        find(office, MAY)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2024, 1, 2), []),
        (date(2024, 1, 3), [2, 3]),
        (date(2024, 1, 31), [2, 3]),
        (date(2024, 2, 1), [2, 3, 4]),
        (date(2024, 12, 31), [2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ],
)
def test_what_is_due_opens_however_long_ago_it_came_due(office: Settings, today: date, months: list[int]) -> None:
    """R86, A5, design trap 14: downtime loses nothing."""
    with reading(office.database) as session:
        assert [row.month for row in visits.due_to_open(session, today) if row.kind == "visit"] == months


def test_an_open_visit_is_not_due_again(office: Settings) -> None:
    with writing(office.database) as session:
        for row in visits.due_to_open(session, date(2024, 1, 3)):
            visits.begin(session, row, "thử")

    with reading(office.database) as session:
        assert visits.due_to_open(session, date(2024, 1, 31)) == []
        assert [row.month for row in visits.open_ones(session)] == [2, 3]


def test_beginning_twice_keeps_the_first_day(desk: Desk) -> None:
    desk.open()
    desk.set_clock(2024, 2, 1)
    desk.open()

    assert desk.visit.opened_at == at(date(2024, 1, 3), 7)


def test_the_same_wait_keeps_its_beginning_and_another_one_begins_anew(desk: Desk, office: Settings) -> None:
    def wait(waiting: Waiting) -> VisitRow:
        with writing(office.database) as session:
            visits.note_waiting(session, desk.visit.id, waiting, wake_hour=7)
        return desk.visit

    first = wait(Waiting(Wait.NOMINATIONS, date(2024, 3, 18)))
    desk.set_clock(2024, 3, 18)
    same = wait(Waiting(Wait.NOMINATIONS, date(2024, 3, 25)))
    other = wait(Waiting(Wait.CHOICE))

    assert (first.waiting_since, same.waiting_since) == (at(date(2024, 1, 3), 7), at(date(2024, 1, 3), 7))
    assert other.waiting_since == at(date(2024, 3, 18), 7)
    assert (first.waiting_until, same.waiting_until) == (at(date(2024, 3, 18), 7), at(date(2024, 3, 25), 7))
    assert other.waiting_until is None


def test_a_wait_until_a_moment_keeps_its_hour(desk: Desk, office: Settings) -> None:
    with writing(office.database) as session:
        until = at(date(2024, 3, 1), 7, 20)
        visits.note_waiting(session, desk.visit.id, Waiting(Wait.MAIL_SERVER, until), wake_hour=9)

    assert desk.visit.waiting_until == at(date(2024, 3, 1), 7, 20)


def test_a_step_is_finished_once(desk: Desk, office: Settings) -> None:
    with writing(office.database) as session:
        visits.finish_step(session, desk.visit.id, Step.REQUEST_NOMINATIONS, "xong")

    with pytest.raises(Exception, match=r"(?i)unique"), writing(office.database) as session:
        visits.finish_step(session, desk.visit.id, Step.REQUEST_NOMINATIONS, "xong lần nữa")
    assert desk.finished == {Step.REQUEST_NOMINATIONS}


def test_a_cancelled_visit_needs_a_run_until_its_letters_are_out(desk: Desk, office: Settings) -> None:
    """A23: only if it has begun; before that nobody was written to."""
    with writing(office.database) as session:
        row = visits.find(session, desk.key)
        row.state = "cancelled"
        session.flush()
        assert visits.with_runs(session) == []
        row.opened_at = clock.now(session)
        session.flush()
        assert [one.key for one in visits.with_runs(session)] == [desk.key]
        row.closed_at = clock.now(session)
        session.flush()
        assert visits.with_runs(session) == []
