"""Whoever is asked by letter may answer at the desk: the letter goes to that role, and its link opens the form."""

import re
from collections.abc import Callable

import pytest

from answers.changes import move
from answers.papers import approve, send_back
from config.settings import settings, use
from database import visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import LetterRow
from domain.dates import at
from domain.wait import Wait
from tasks.asking.reminding import tell_of_stop
from tests.desk import Desk
from tests.may import FIRST_DAY, LEADER, MAY, OFFICER
from tests.obligations import Obliged
from tests.opened_mail import mail, words
from tests.web.conftest import PEOPLE, AsRole
from web.standing.buttons import at_desk

PLAN, REPORT, SUMMARY = "2024/ke-hoach", "2024/long_thanh", "2024/tong-hop"


def late(desk: Desk) -> None:
    desk.until_asked()
    desk.set_clock(2024, 4, 24, 9)
    desk.nominate()
    desk.go_on()


def without_list(desk: Desk) -> None:
    desk.until_asked()
    desk.set_clock(2024, 6, 3, 9)
    desk.go_on()


def moved(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 4, 2, 9)
    move(MAY, 1, at(FIRST_DAY.replace(day=20), 8), OFFICER, reason="bận")
    desk.go_on()


def found(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()


def returned(desk: Desk) -> None:
    found(desk)
    send_back(MAY, "Nêu rõ hơn hạn chế", LEADER)
    desk.go_on()


def approved(desk: Desk) -> None:
    desk.until_reported()
    desk.approve("result")
    desk.go_on()


def summed_up(desk: Desk) -> None:
    desk.until_year_end()
    approve(SUMMARY, "summary", LEADER)
    Obliged(SUMMARY).go_on()


def stopped(wait: Wait) -> Callable[[Desk], None]:
    def tell(desk: Desk) -> None:
        desk.until_listed()
        with writing(settings().database) as session:
            row = visits.find(session, MAY)
            row.trouble, row.waiting_for, row.wait = "Hỏng: bấm Retry (hoặc visits retry)", wait.whom, wait
            tell_of_stop(open_dossier(session, row.id), wait, row.trouble)

    return tell


def begun(_desk: Desk) -> None:
    summary = Obliged(SUMMARY)
    summary.set_clock(2024, 12, 17)
    summary.open()
    summary.go_on()


#: How it comes that the office is asked so, and of which obligation. `FINDINGS` is asked of the group outside, by its
#: link; `LETTER_RESOLUTION`, `LETTERS_HELD` and `DECISION` are told at the desk alone: no letter is sure to go while
#: they last.
ASKED: dict[Wait, tuple[Callable[[Desk], None], str]] = {
    Wait.ACCEPTANCE: (late, MAY),
    Wait.NOMINATIONS_ON_PAPER: (without_list, MAY),
    Wait.CHOICE: (Desk.until_listed, MAY),
    Wait.NOTICE_ISSUE: (Desk.until_chosen, MAY),
    Wait.CHANGE_ISSUE: (moved, MAY),
    Wait.REPORT_APPROVAL: (found, MAY),
    Wait.FINDINGS_AGAIN: (returned, MAY),
    Wait.RESULT_APPROVAL: (Desk.until_reported, MAY),
    Wait.RESULT_ISSUE: (approved, MAY),
    Wait.RUN_FAILED: (stopped(Wait.RUN_FAILED), MAY),
    Wait.RUN_STOPPED: (stopped(Wait.RUN_STOPPED), MAY),
    Wait.PLAN_ISSUE: (Desk.until_year_end, PLAN),
    Wait.SELF_REPORT_REVIEW: (Desk.until_year_end, REPORT),
    Wait.PROPOSALS: (begun, SUMMARY),
    Wait.SUMMARY_APPROVAL: (Desk.until_year_end, SUMMARY),
    Wait.SUMMARY_ISSUE: (summed_up, SUMMARY),
}


def letter_about(wait: Wait, desk: Desk) -> LetterRow:
    """The last letter to staff at the point of the story where the office is asked so."""
    come, key = ASKED[wait]
    come(desk)
    letters = Obliged(key).letters()
    with reading(settings().database) as session:
        assert visits.find(session, key).wait is wait
    return [one for one in letters if one.purpose in ("staff_task", "run_stopped", "late_nomination")][-1]


def desk_link(letter: LetterRow) -> str:
    """The path of the form in a letter, at the desk of this rehearsal."""
    found = re.search(re.escape(settings().desk_url) + r"(/(?!tra-loi)\S+)", words(letter))
    assert found, words(letter)
    return found[1]


@pytest.mark.parametrize("wait", ASKED)
def test_the_letter_goes_to_whoever_may_answer_and_its_link_opens_what_answers(
    desk: Desk, as_role: AsRole, wait: Wait
) -> None:
    letter = letter_about(wait, desk)
    known, role = at_desk(wait), wait.whom

    assert known is not None
    assert role in known.may
    assert PEOPLE[role][1] in str(mail(letter)["To"])
    page = as_role(role).get(desk_link(letter))
    assert page.status_code == 200
    answering = f'action="{desk_link(letter)}/chay-lai"' if known.post else f'action="{desk_link(letter)}"'
    assert answering in page.text
    assert "visits " in words(letter)


def test_everything_that_waits_for_the_office_is_asked_by_letter_but_for_two_and_the_first_findings() -> None:
    office = {wait for wait in Wait if wait.whom in PEOPLE}

    assert office - set(ASKED) == {Wait.FINDINGS, Wait.LETTER_RESOLUTION, Wait.LETTERS_HELD, Wait.DECISION}


@pytest.mark.parametrize("wait", [Wait.CHOICE, Wait.NOTICE_ISSUE, Wait.ACCEPTANCE, Wait.RUN_FAILED])
def test_an_office_that_knows_no_commands_reads_none(desk: Desk, wait: Wait) -> None:
    use(settings().model_copy(update={"commands_in_letters": False}))
    come, _key = ASKED[wait]
    if come in (Desk.until_listed, Desk.until_chosen):  # a story told before was told with commands
        desk.set_clock(2024, 3, 1)
        desk.open()
        desk.go_on()
        desk.nominate()
        desk.go_on()
        if wait is Wait.NOTICE_ISSUE:
            desk.choose(1)
            desk.go_on()
    else:
        come(desk)

    assert "visits " not in words([one for one in desk.letters() if one.recipient.startswith("staff")][-1])


def test_a_choice_is_told_with_what_was_nominated_what_is_proposed_and_by_when(desk: Desk) -> None:
    text = words(letter_about(Wait.CHOICE, desk))

    assert "1. Chi bộ" in text
    assert "Đề xuất: số 1" in text
    assert "Hạn xử lý: ngày 27/3/2024." in text


def test_an_issue_is_told_with_the_document_its_revision_and_who_decided_it(desk: Desk) -> None:
    text = words(letter_about(Wait.NOTICE_ISSUE, desk))

    assert "bản 1, theo lựa chọn của Trần Thị Minh Họa ngày 21/3/2024" in text


def test_a_stop_is_told_with_its_step_and_without_words_of_the_command_line(desk: Desk) -> None:
    text = words(letter_about(Wait.RUN_FAILED, desk))

    assert "ở bước “" in text
    assert "Hỏng: bấm Chạy lại" in text
    assert "hoặc visits" not in text


def test_who_corrects_the_findings_has_a_link_of_his_own_and_the_officer_a_copy(desk: Desk) -> None:
    letter = letter_about(Wait.FINDINGS_AGAIN, desk)

    assert PEOPLE["officer"][1] in str(mail(letter)["Cc"])
    assert "/tra-loi/" in words(letter)
    assert "Nêu rõ hơn hạn chế" in words(letter)
