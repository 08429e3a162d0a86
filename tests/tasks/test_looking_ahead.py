"""What is read before an issue is what goes: every letter, to every unit, word by word (0042)."""

import pytest

from answers.changes import move
from answers.papers import Sheet
from domain.dates import at
from domain.problem import Refused
from tasks.looking_ahead import LetterAhead, letters_of_issue
from tests.alike import asked_with
from tests.desk import Desk
from tests.may import CLERK, OFFICER, SECOND_DAY
from tests.numbering import number_next
from tests.obligations import Obliged
from tests.opened_mail import enclosed, words


def read(ahead: list[LetterAhead]) -> list[tuple[str, tuple[str, ...]]]:
    """Words and files, without the keys of links."""
    return sorted((_before_link(one.text), one.enclosed) for one in ahead)


def _before_link(text: str) -> str:
    return "\n".join(line for line in text.strip().splitlines() if "/tra-loi/" not in line)


def test_a_request_is_shown_with_the_list_to_fill_in(desk: Desk) -> None:
    asked_with(desk, 1)
    ahead = letters_of_issue(desk.key, "request", Sheet(1, desk.today), CLERK)
    number_next(desk.key, "request")
    desk.run_step(1)

    (written,) = desk.letters("nomination_request")
    assert any("mau-danh-sach.xlsx" in name for name in enclosed(written))
    assert read(ahead) == [(_before_link(words(written)), tuple(enclosed(written)))]


def test_a_request_for_reports_is_shown_with_the_form_to_fill_in(desk: Desk) -> None:
    unit = Obliged("2024/long_thanh")
    unit.set_clock(2024, 11, 1)
    unit.open()
    unit.step()
    ahead = letters_of_issue(unit.key, "report-request", Sheet(1, desk.today), CLERK)
    unit.go_on()

    (written,) = unit.letters("year_end_request")
    assert any("mau-tu-giam-sat.docx" in name for name in enclosed(written))
    assert (_before_link(words(written)), tuple(enclosed(written))) in read(ahead)
    assert len(ahead) > 1, "each unit that is asked on this day"


def test_of_a_cong_van_to_five_units_the_letter_to_each_is_shown(desk: Desk) -> None:
    five = asked_with(desk, 5)
    ahead = letters_of_issue(desk.key, "request", Sheet(1, desk.today), CLERK)
    assert [one.letters("nomination_request") for one in five] == [[]] * 5

    number_next(desk.key, "request")
    for one in five:
        one.run_step(1)
    written = [letter for one in five for letter in one.letters("nomination_request")]
    assert len(written) == 5
    assert read(ahead) == sorted((_before_link(words(one)), tuple(enclosed(one))) for one in written)


def test_invitations_whose_notice_has_no_number_yet_go_nowhere_and_the_look_says_so(desk: Desk) -> None:
    desk.until_chosen()
    with pytest.raises(Refused, match="giấy mời chỉ đi sau thông báo") as refused:
        letters_of_issue(desk.key, "invitation", Sheet(31, desk.today), CLERK)
    assert all(problem.warning for problem in refused.value.problems), "it may have its number before"


def test_so_it_is_where_a_newer_notice_tells_of_a_moved_meeting(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 3, 25, 9)
    move(desk.key, 1, at(SECOND_DAY, 14), OFFICER, reason="Thi học kỳ")
    desk.go_on()
    assert [row.state for row in desk.documents("selection_notice")] == ["issued", "draft"]
    with pytest.raises(Refused, match="giấy mời chỉ đi sau thông báo"):
        letters_of_issue(desk.key, "invitation", Sheet(32, desk.today), CLERK)


def test_who_has_sent_the_list_meanwhile_is_shown_no_letter_as_none_goes(desk: Desk) -> None:
    asked_with(desk, 1)
    desk.nominate()
    assert letters_of_issue(desk.key, "request", Sheet(1, desk.today), CLERK) == []
    number_next(desk.key, "request")
    desk.run_step(1)
    assert desk.letters("nomination_request") == []
