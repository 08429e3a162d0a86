"""Choosing: who may, what is refused and why, and that the first of two wins (R50, R51, A3, A5, A7)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from answers.answering import Giver
from answers.choice import choose
from answers.seen import token_of
from config.settings import settings
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import AnswerRow, AuditRow, StepRow
from domain.dates import at
from domain.problem import Refused
from tests.desk import Desk
from tests.may import COMPLETE, INCOMPLETE, LEADER, OFFICER, THEMATIC_CELL


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """The visit whose complete list came on 20/3/2024."""
    desk.until_listed()
    return desk


def test_a_choice_is_kept_with_who_when_and_what_was_agreed(listed: Desk) -> None:
    """A3."""
    listed.set_clock(2024, 3, 21, 9, 30)
    listed.choose(2, 1)

    (row,) = listed.answers("choice")

    assert row.content["meetings"] == [2, 1]
    assert row.content["consulted_with"] == "Thường trực Thành ủy Biên Hòa"
    assert (row.by, row.source, row.given_at) == (LEADER.name, "cli", at(date(2024, 3, 21), 9, 30))


def test_a_number_given_twice_counts_once(listed: Desk) -> None:
    listed.choose(1, 1, 1)

    assert listed.answers("choice")[0].content["meetings"] == [1]


def test_without_a_thematic_cell_the_choice_is_refused_with_the_reason(listed: Desk) -> None:
    """R51, A7: a committee with a theme does not count."""
    with pytest.raises(Refused) as refused:
        listed.choose(2, 3)

    (problem,) = refused.value.problems
    assert problem.fault == "có 0 chi bộ sinh hoạt chuyên đề, cần ít nhất 1"
    assert "lý do ngoại lệ" in problem.remedy
    assert listed.answers("choice") == []


@pytest.mark.parametrize("override", ["", "   ", "\n"])
def test_blanks_are_no_reason_for_an_exception(listed: Desk, override: str) -> None:
    with pytest.raises(Refused, match="cần ít nhất 1"):
        listed.choose(2, override=override)


@pytest.mark.parametrize("numbers", [(), (1, 2, 3, 4)])
def test_one_to_three_places_are_chosen(listed: Desk, numbers: tuple[int, ...]) -> None:
    """A7."""
    fourth = replace(THEMATIC_CELL, number=4, organisation="Chi bộ Mẫu Bốn")
    listed.nominate([*COMPLETE, fourth])

    with pytest.raises(Refused, match="chọn từ 1 đến 3 nơi"):
        listed.choose(*numbers)


def test_a_number_that_is_not_listed_is_refused_with_those_that_are(listed: Desk) -> None:
    with pytest.raises(Refused) as refused:
        listed.choose(1, 7)

    assert [str(problem) for problem in refused.value.problems] == [
        "số 7: không có trong danh sách → có các số [1, 2, 3]"
    ]


def test_every_fault_is_told_at_once(listed: Desk) -> None:
    with pytest.raises(Refused) as refused:
        listed.choose(3, 8, 9)

    assert [problem.place for problem in refused.value.problems] == ["số 8", "số 9", "lựa chọn"]


def test_a_late_place_is_refused_until_somebody_has_taken_it(desk: Desk) -> None:
    """A5."""
    desk.set_clock(2024, 4, 24)
    desk.open()
    desk.nominate()

    with pytest.raises(Refused, match="báo trễ hạn, chưa được chấp nhận") as refused:
        desk.choose(1)
    assert "visits accept 2024-05/bien_hoa" in str(refused.value)

    desk.accept()
    desk.choose(1)
    assert len(desk.answers("choice")) == 1


def test_a_meeting_that_is_over_cannot_be_chosen(listed: Desk) -> None:
    listed.set_clock(2024, 5, 15)

    with pytest.raises(Refused, match="ngày 14/5/2024 đã qua"):
        listed.choose(1)


def test_a_meeting_of_today_can_be_chosen(listed: Desk) -> None:
    listed.set_clock(2024, 5, 14, 8)

    listed.choose(1)

    assert listed.answers("choice")


def test_there_is_nothing_to_choose_before_the_list(desk: Desk) -> None:
    desk.open()

    with pytest.raises(Refused, match="chưa có danh sách giới thiệu"):
        desk.choose(1)


def test_a_visit_that_has_not_begun_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="chưa mở, chưa đến ngày"):
        desk.choose(1)


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_decision_without_a_name_is_no_decision(name: str) -> None:
    """P7: an invisible character is no name either."""
    with pytest.raises(Refused, match="chưa ghi người quyết định"):
        Giver(name, "cli")


def test_the_second_choice_is_refused_and_told_who_was_first(listed: Desk) -> None:
    listed.set_clock(2024, 3, 21, 9, 30)
    listed.choose(1, by=LEADER)

    with pytest.raises(Refused, match="Trần Thị Minh Họa đã chọn lúc 09:30 21/3/2024"):
        listed.choose(1, 2, by=OFFICER)

    assert [row.content["meetings"] for row in listed.answers("choice")] == [[1]]


def test_until_the_notice_is_issued_one_may_choose_again_and_both_choices_are_kept(listed: Desk) -> None:
    listed.set_clock(2024, 3, 21, 9, 30)
    listed.choose(1)
    listed.go_on()

    choose(listed.key, (1, 2), LEADER, consulted="Thường trực", looked_at=looked_at(listed))
    listed.go_on()

    assert [row.content["meetings"] for row in listed.answers("choice")] == [[1], [1, 2]]
    first, second = listed.documents("selection_notice")
    assert (first.state, second.state) == ("superseded", "draft")
    assert COMPLETE[1].organisation in second.body
    assert COMPLETE[1].organisation not in first.body


def test_the_record_of_the_step_names_the_choice_that_holds(listed: Desk) -> None:
    listed.choose(1)
    listed.go_on()

    choose(listed.key, (1, 2), LEADER, looked_at=looked_at(listed))

    with reading(settings().database) as session:
        (step,) = session.query(StepRow).filter_by(visit_id=listed.visit.id, step=3)
        assert step.note.startswith("chọn 2: ")


def test_after_the_notice_a_choice_is_final(desk: Desk) -> None:
    desk.until_signed()

    with pytest.raises(Refused, match=r"đã chọn lúc .*, thông báo đã phát hành"):
        choose(desk.key, (1, 2), LEADER, looked_at=looked_at(desk))


def test_the_same_choice_again_is_none(listed: Desk) -> None:
    listed.choose(1)

    with pytest.raises(Refused, match="không có gì thay đổi"):
        choose(listed.key, (1,), LEADER, consulted="Thường trực Thành ủy Biên Hòa", looked_at=looked_at(listed))

    assert len(listed.answers("choice")) == 1


def looked_at(desk: Desk) -> str:
    """What somebody has before his eyes who looks at the visit now."""
    with reading(settings().database) as session:
        return token_of(open_dossier(session, desk.visit.id))


def test_a_refused_choice_leaves_nothing_behind(listed: Desk) -> None:
    """One transaction: no answer, no line in the record, no wake-up."""
    before = listed.visit.wake_wanted

    with pytest.raises(Refused):
        listed.choose(2)

    with writing(settings().database) as session:
        assert session.query(AuditRow).filter_by(what="chọn nơi dự").count() == 0
    assert listed.visit.wake_wanted == before


def test_a_choice_tells_the_visit_and_the_record(listed: Desk) -> None:
    """P7, design §3."""
    before = listed.visit.wake_wanted

    listed.choose(1)

    assert listed.visit.wake_wanted == before + 1
    with writing(settings().database) as session:
        (line,) = session.query(AuditRow).filter_by(what="chọn nơi dự").all()
        assert (line.who, line.visit_id) == (LEADER.name, listed.visit.id)


def test_of_two_who_choose_at_the_same_moment_exactly_one_wins(listed: Desk) -> None:
    """Design §4: fifty rounds; the other one is told who was first."""
    barrier = Barrier(2)

    def at_once(giver: Giver, numbers: tuple[int, ...]) -> Callable[[], str]:
        def act() -> str:
            barrier.wait()
            try:
                choose(listed.key, numbers, giver)
            except Refused as refused:
                return str(refused)
            return "won"

        return act

    with ThreadPoolExecutor(2) as pool:
        for _ in range(50):
            words = [
                future.result()
                for future in (pool.submit(at_once(LEADER, (1,))), pool.submit(at_once(OFFICER, (1, 2))))
            ]
            (row,) = listed.answers("choice")
            winner, loser = (0, 1) if row.by == LEADER.name else (1, 0)
            assert words[winner] == "won"
            assert f"{row.by} đã chọn" in words[loser]
            assert row.content["meetings"] == ([1] if winner == 0 else [1, 2])
            with writing(settings().database) as session:
                session.query(AnswerRow).filter_by(kind="choice").delete()


def test_an_incomplete_list_may_be_chosen_from_with_a_reason(desk: Desk) -> None:
    """A6, R51."""
    desk.open()
    desk.set_clock(2024, 3, 20)
    desk.nominate(INCOMPLETE)

    desk.choose(1, override="Chi bộ chuyên đề hoãn")

    assert desk.answers("choice")[0].content["override"] == "Chi bộ chuyên đề hoãn"
