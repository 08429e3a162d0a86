"""Step 2: the host is reminded, each reminder once; its list is judged by the 30-day rule (R62, R65, R85, A4–A6)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from domain.outcome import Done
from domain.step import Step
from tests.desk import Desk
from tests.may import COMPLETE, FIRST_DAY, INCOMPLETE, THEMATIC_CELL
from tests.opened_mail import mail, words

#: The ladder around 01/4/2024: two weeks, one week and two days before it, and 1, 5, 10, 20 days after it.
BEFORE = [date(2024, 3, 18), date(2024, 3, 25), date(2024, 3, 29)]
AFTER = [date(2024, 4, 2), date(2024, 4, 8), date(2024, 4, 11), date(2024, 4, 22)]

LEADER_MAIL = "lanh-dao-ban@ban-to-chuc.example"


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The visit after its request of 01/3/2024 went out."""
    desk.until_asked()
    desk.postman_calls()
    return desk


def let_days_pass(desk: Desk, first: date, last: date) -> dict[date, int]:
    """Run the step every day from the first to the last; how many reminders each day brought."""
    brought = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        desk.set_clock(day.year, day.month, day.day)
        before = len(desk.letters("nomination_reminder"))
        desk.run_step(2)
        if more := len(desk.letters("nomination_reminder")) - before:
            brought[day] = more
    return brought


# Waiting for the list


def test_right_after_the_request_nothing_is_sent_and_the_host_has_the_word(asked: Desk) -> None:
    waiting = asked.waits()

    assert (waiting.for_whom, waiting.wait.shown, waiting.until) == ("host", "Chờ danh sách", BEFORE[0])
    assert "01/4/2024" in waiting.message
    assert asked.queued() == []


def test_every_reminder_of_the_ladder_goes_once_on_its_day(asked: Desk) -> None:
    """A4: none of them on a weekend or a holiday."""
    assert let_days_pass(asked, date(2024, 3, 1), date(2024, 5, 31)) == dict.fromkeys(BEFORE + AFTER, 1)


def test_a_step_that_runs_five_times_a_day_reminds_once(asked: Desk) -> None:
    """6.7 no. 4."""
    for hour in (7, 8, 12, 17, 23):
        asked.set_clock(2024, 3, 18, hour)
        assert asked.waits().until == BEFORE[1]

    assert len(asked.letters("nomination_reminder")) == 1


def test_a_service_that_slept_over_three_reminders_sends_exactly_one(asked: Desk) -> None:
    """6.7 no. 5, design trap 14: the latest one, and the missed ones never follow."""
    asked.set_clock(2024, 3, 30)
    assert asked.waits().until == AFTER[0]

    (letter,) = asked.letters("nomination_reminder")

    assert "còn 2 ngày" in words(letter)
    assert let_days_pass(asked, date(2024, 3, 30), date(2024, 4, 1)) == {}


def test_reminders_before_the_deadline_go_to_the_host_alone(asked: Desk) -> None:
    let_days_pass(asked, date(2024, 3, 18), date(2024, 4, 1))

    for letter in asked.letters("nomination_reminder"):
        assert letter.recipient == "host"
        assert LEADER_MAIL not in letter.addresses
        assert "quá hạn" not in letter.subject


def test_after_the_deadline_the_leader_gets_a_copy_and_the_wait_is_called_overdue(asked: Desk) -> None:
    """D3: escalated, so that he can call."""
    asked.set_clock(2024, 4, 2)

    waiting = asked.waits()

    assert (waiting.for_whom, waiting.wait.shown, waiting.until) == ("host", "Quá hạn gửi danh sách", AFTER[1])
    (letter,) = asked.letters("nomination_reminder")
    assert letter.addresses == ["ban-thuong-vu@bien-hoa.example", "ban-to-chuc@bien-hoa.example", LEADER_MAIL]
    assert LEADER_MAIL in mail(letter)["Cc"]
    assert "đề nghị khẩn trương gửi danh sách" in letter.subject.lower()


def test_on_the_deadline_itself_the_host_is_not_overdue(asked: Desk) -> None:
    """A13: the last day belongs to the host."""
    asked.set_clock(2024, 4, 1, 23, 59)

    assert asked.waits().wait.shown == "Chờ danh sách"


def test_at_the_top_of_the_ladder_only_an_answer_can_move_the_visit(asked: Desk) -> None:
    asked.set_clock(2024, 4, 22)

    assert asked.waits().until is None


def test_a_host_whose_deadline_had_passed_is_not_called_late_before_it_could_answer(desk: Desk) -> None:
    """A5: ten working days from 03/01/2024, although the legal day was 02/01/2024."""
    desk.key = "2024-02/nhon_trach"
    desk.ask()

    waiting = desk.waits()

    assert (waiting.wait.shown, waiting.until) == ("Chờ danh sách", date(2024, 1, 10))
    desk.set_clock(2024, 1, 17)
    assert desk.waits().wait.shown == "Chờ danh sách"
    desk.set_clock(2024, 1, 18)
    assert desk.waits().wait.shown == "Quá hạn gửi danh sách"


# Judging the list


def test_a_complete_list_in_time_ends_the_step(asked: Desk) -> None:
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate()

    assert asked.run_step(2) == Done("3 tổ chức đảng, đúng hạn")
    assert asked.letters("nomination_reminder") == []


@pytest.mark.parametrize(
    ("received", "stands"),
    [(date(2024, 4, 13), "on_time"), (date(2024, 4, 14), "on_time"), (date(2024, 4, 15), "late")],
)
def test_thirty_days_are_in_time_and_twenty_nine_are_late(asked: Desk, received: date, stands: str) -> None:
    """R85, 6.7 no. 1: the 14th of May less 30 days is the 14th of April, a Sunday, which is not moved (A4)."""
    asked.set_clock(2024, 4, 16)
    asked.nominate([THEMATIC_CELL], received)

    assert asked.candidates() == {1: stands}


def test_a_list_without_a_thematic_cell_is_sent_back_once(asked: Desk) -> None:
    """A6: a committee with a theme does not count (A7)."""
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate(INCOMPLETE)

    waiting = asked.waits()
    asked.run_step(2)

    assert (waiting.for_whom, waiting.wait.shown) == ("host", "Chờ bổ sung danh sách")
    (letter,) = asked.letters("nomination_incomplete")
    assert letter.recipient == "host"
    assert "chuyên đề" in words(letter)


def test_the_host_is_asked_again_for_each_version_of_an_incomplete_list(asked: Desk) -> None:
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate(INCOMPLETE)
    asked.waits()
    asked.set_clock(2024, 3, 21, 9)
    asked.nominate([replace(INCOMPLETE[0], venue="Nơi khác")])
    asked.waits()
    asked.waits()

    assert len(asked.letters("nomination_incomplete")) == 2


def test_the_day_of_the_list_holds_for_a_better_list_as_well(asked: Desk) -> None:
    """The request said 01/4/2024; no second date is told for the same list."""
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate(INCOMPLETE)

    assert asked.waits().until == date(2024, 4, 1)
    asked.set_clock(2024, 4, 1)
    assert asked.waits().until == date(2024, 4, 4)
    letters = asked.letters("nomination_incomplete")
    assert ["chậm nhất là ngày 01 tháng 4 năm 2024" in words(one) for one in letters] == [True, True]


def test_a_better_list_has_five_working_days_where_the_day_is_near_or_over(asked: Desk) -> None:
    asked.set_clock(2024, 3, 29, 9)
    asked.nominate(INCOMPLETE)

    assert asked.waits().until == date(2024, 4, 5)
    asked.set_clock(2024, 4, 9)
    asked.waits()
    first, second = asked.letters("nomination_incomplete")
    assert "chậm nhất là ngày 05 tháng 4 năm 2024" in words(first)
    assert "thời hạn gửi lại là ngày 05 tháng 4 năm 2024, đến nay đã quá hạn 4 ngày" in words(second)


def test_a_better_list_ends_the_asking(asked: Desk) -> None:
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate(INCOMPLETE)
    asked.waits()
    asked.set_clock(2024, 3, 22, 9)
    asked.nominate(COMPLETE)

    assert isinstance(asked.run_step(2), Done)


def test_an_incomplete_list_goes_on_once_a_person_has_taken_it_with_a_reason(asked: Desk) -> None:
    """A6."""
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate(INCOMPLETE)
    asked.waits()

    asked.accept("Tháng này không có chi bộ nào sinh hoạt chuyên đề")

    assert isinstance(asked.run_step(2), Done)


def test_a_choice_with_a_reason_goes_on_although_nobody_took_the_incomplete_list_before(asked: Desk) -> None:
    """A6, R51: after the choice a better list is not taken any more, so it must not be asked for."""
    asked.set_clock(2024, 3, 20, 9)
    asked.nominate(INCOMPLETE)
    asked.waits()

    asked.choose(1, override="Tháng này không có chi bộ nào sinh hoạt chuyên đề")

    assert isinstance(asked.run_step(2), Done)


def test_one_thematic_cell_in_time_is_enough_although_the_others_are_late(asked: Desk) -> None:
    """6.7 no. 2: lateness is a matter of each meeting."""
    asked.set_clock(2024, 4, 16, 9)
    second = replace(THEMATIC_CELL, number=2, organisation="Chi bộ Mẫu Muộn", starts_at=at(date(2024, 5, 28), 14))
    asked.nominate([THEMATIC_CELL, second])

    assert asked.run_step(2) == Done("2 tổ chức đảng được giới thiệu, 1 trễ hạn")
    assert asked.candidates() == {1: "late", 2: "on_time"}


def test_the_day_of_receipt_counts_and_not_the_day_it_was_typed_in(asked: Desk) -> None:
    """A4, P1: the registry's received date is the evidence."""
    asked.set_clock(2024, 4, 20, 9)
    asked.nominate([THEMATIC_CELL], received=date(2024, 4, 12))

    assert asked.candidates() == {1: "on_time"}
    assert asked.dossier().today > FIRST_DAY.replace(month=4)
    assert asked.run_step(2) == Done("1 tổ chức đảng, đúng hạn")
    assert Step.CHECK_DEADLINE in asked.finished
