"""A visit that was begun on paper goes on in the service: with the dates of its papers, and without a letter twice."""

from dataclasses import replace
from datetime import date

import pytest

from answers.changes import cancel, move
from answers.findings import report_findings
from answers.papers import Sheet, approve, issue
from answers.taking_up import take_up
from config.settings import settings
from database import outbox, plans, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import StepRow
from domain.dates import at
from domain.nomination import Nominations
from domain.outcome import Done
from domain.plan import Contacts, Plan
from domain.problem import Refused
from domain.taking_up import Issued, TakenUp, Way
from tasks.letters.call_off import call_off
from tasks.taken_over import begin
from tests.desk import Desk
from tests.may import CLERK, COMPLETE, INSPECTOR, LEADER, MAY, OFFICER, THEMATIC_CELL
from tests.mid_year import AUGUST, FEBRUARY, FROM_FIVE, JULY, UNIT, MidYear
from tests.numbering import number_next
from tests.obligations import Obliged
from tests.opened_mail import words

TO_OTHERS = ("host", "body:", "standing_board:", "organisation_board:")


def to_others(mid_year: MidYear, key: str) -> list[str]:
    """Letters that left the office."""
    return [one for one in mid_year.sent(key) if one.partition(" → ")[2].startswith(TO_OTHERS)]


def test_from_the_fifth_step_on_only_the_findings_are_asked_for(mid_year: MidYear) -> None:
    """List, choice and notice are there with their days; nobody outside hears of May again before its result."""
    take_up(MAY, FROM_FIVE, LEADER)
    mid_year.open_what_is_due()

    assert mid_year.waits(MAY) == "Chờ kết quả giám sát"
    assert to_others(mid_year, MAY) == []
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, MAY).id)
        assert dossier.visit.opened_at == at(date(2024, 3, 1), 8)
        assert [meeting.organisation for meeting in dossier.chosen] == [THEMATIC_CELL.organisation]
        listed, choice = dossier.answer("nominations"), dossier.answer("choice")
        assert listed is not None
        assert choice is not None
        assert [one.given_at.date() for one in (listed, choice)] == [date(2024, 3, 20), date(2024, 3, 25)]
        assert (choice.by, choice.source) == (LEADER.name, "paper")
        steps = session.query(StepRow).filter_by(visit_id=dossier.visit.id).order_by(StepRow.step).all()
        assert [one.done_at.date() for one in steps] == [
            date(2024, 3, 1), date(2024, 3, 20), date(2024, 3, 25), date(2024, 4, 2),
        ]  # fmt: skip


def test_a_visit_taken_up_ends_with_its_result_notice(mid_year: MidYear) -> None:
    take_up(MAY, FROM_FIVE, LEADER)
    mid_year.open_what_is_due()
    mid_year.go_on(MAY)
    report_findings(MAY, Desk().findings(), INSPECTOR)
    mid_year.go_on(MAY)
    approve(MAY, "report", LEADER)
    mid_year.go_on(MAY)
    approve(MAY, "result", LEADER)
    mid_year.go_on(MAY)
    issue(MAY, "result", Sheet(121, date(2024, 6, 15)), CLERK)

    assert mid_year.go_on(MAY) == Done("thông báo kết quả số 121-TB/BTCTU")
    assert to_others(mid_year, MAY) == ["result_notice → host"]


def test_a_meeting_that_moves_is_told_to_whom_the_paper_told_it(mid_year: MidYear) -> None:
    """A23: a new notice adjusts that of paper, and the invitations say what has changed."""
    ahead = tuple(replace(one, starts_at=at(date(2024, 7, 20), 8)) for one in COMPLETE)
    taken = replace(
        FROM_FIVE, requested_on=date(2024, 5, 2), nominations=Nominations(ahead, date(2024, 5, 20)),
        chosen_on=date(2024, 5, 25), notice=Issued(120, date(2024, 6, 3)),
    )  # fmt: skip
    take_up(JULY, taken, LEADER)
    mid_year.open_what_is_due()
    assert mid_year.waits(JULY) == "Chờ ngày sinh hoạt"
    assert mid_year.sent(JULY) == []

    move(JULY, 1, at(date(2024, 7, 25), 8), OFFICER, reason="bão")
    assert mid_year.waits(JULY) == "Chờ phát hành điều chỉnh"
    issue(JULY, "notice", Sheet(125, date(2024, 6, 15)), CLERK)
    mid_year.go_on(JULY)
    number_next(JULY, "invitation")
    mid_year.go_on(JULY)

    assert "selection_notice → host" in mid_year.sent(JULY)
    invited = [one for one in mid_year.letters(JULY) if one.purpose == "invitation"]
    assert len(invited) > 1
    assert all("chuyển sang" in words(letter) for letter in invited)


def test_who_was_told_on_paper_is_told_when_it_is_called_off(mid_year: MidYear) -> None:
    take_up(MAY, FROM_FIVE, LEADER)
    mid_year.open_what_is_due()
    cancel(MAY, "bão lũ", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, MAY).id))
    assert "visit_cancelled → host" in mid_year.sent(MAY)
    assert len([one for one in mid_year.sent(MAY) if one.startswith("invitation_cancelled")]) > 1


def test_everybody_whom_the_paper_notice_names_hears_that_it_is_called_off(mid_year: MidYear) -> None:
    """Its copies by letter, the organisation that has no address on paper (A23)."""
    take_up(MAY, FROM_FIVE, LEADER)
    mid_year.open_what_is_due()
    with reading(settings().database) as session:
        on_paper = outbox.of_visit(session, visits.find(session, MAY).id, "on_paper")
    notice = next(one for one in on_paper if (one.purpose, one.recipient) == ("selection_notice", "host"))
    assert {"lanh-dao-ban@ban-to-chuc.example", "van-phong@tinh-uy.example"} <= set(notice.addresses)

    cancel(MAY, "bão lũ", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, MAY).id))

    told = {one.recipient: one for one in mid_year.letters(MAY) if one.purpose == "visit_cancelled"}
    assert {key: one.state for key, one in told.items()} == {"host": "queued", "organisation:1": "by_hand"}
    # The boards hear of it with their invitations, but for one that was not invited.
    assert "lanh-dao-ban@ban-to-chuc.example" in told["host"].addresses


def test_from_the_second_step_the_host_is_reminded_by_the_day_of_the_paper(mid_year: MidYear) -> None:
    """August was asked for on paper on 3/6: no second request, and the answer is due by the rule."""
    take_up(AUGUST, TakenUp(Way.GO_ON, 2, requested_on=date(2024, 6, 3)), OFFICER)
    mid_year.open_what_is_due()
    assert mid_year.waits(AUGUST) == "Chờ danh sách"
    assert "nomination_request → host" not in mid_year.sent(AUGUST)
    mid_year.on(7, 4)
    mid_year.go_on(AUGUST)
    assert set(mid_year.sent(AUGUST)) == {"nomination_reminder → host"}


def test_from_the_third_step_the_list_of_paper_is_chosen_from(mid_year: MidYear) -> None:
    listed = Nominations(COMPLETE, date(2024, 3, 20))
    take_up(MAY, TakenUp(Way.GO_ON, 3, requested_on=date(2024, 3, 1), nominations=listed), OFFICER)
    mid_year.open_what_is_due()
    assert mid_year.waits(MAY) == "Chờ lựa chọn"
    assert mid_year.sent(MAY) == ["staff_task → staff:leader"]


def test_from_the_fourth_step_the_clerk_is_asked_for_the_notice(mid_year: MidYear) -> None:
    take_up(MAY, replace(FROM_FIVE, step=4, notice=None), OFFICER)
    mid_year.open_what_is_due()
    assert mid_year.waits(MAY) == "Chờ phát hành thông báo"
    assert mid_year.sent(MAY) == ["staff_task → staff:clerk"]


def test_opened_by_a_word_it_asks_its_host_like_any_other(mid_year: MidYear) -> None:
    take_up(JULY, TakenUp(Way.OPEN), LEADER)
    mid_year.open_what_is_due()
    assert mid_year.waits(JULY) == "Chờ phát hành đề nghị"
    number_next(JULY, "request")
    mid_year.go_on(JULY)
    assert mid_year.sent(JULY) == ["staff_task → staff:clerk", "nomination_request → host"]


def test_opened_by_a_word_before_its_day_it_opens_now_whatever_the_plan_says(
    mid_year: MidYear, shipped: tuple[Plan, Contacts]
) -> None:
    take_up("2024-09/cam_my", TakenUp(Way.OPEN), LEADER)
    with writing(settings().database) as session:
        plans.save(session, *shipped, "thử")
    assert "2024-09/cam_my" in mid_year.open_what_is_due()


def test_a_report_that_was_asked_for_on_paper_is_not_asked_for_again(mid_year: MidYear) -> None:
    mid_year.on(11, 5)
    take_up(UNIT, TakenUp(Way.GO_ON, 2, requested_on=date(2024, 10, 28)), OFFICER)
    mid_year.open_what_is_due()
    Obliged(UNIT).go_on()
    assert mid_year.row(UNIT).state == "open"
    assert "year_end_request → host" not in mid_year.sent(UNIT)


def test_what_is_not_decided_cannot_be_begun(mid_year: MidYear) -> None:
    with (
        pytest.raises(Refused, match="chờ quyết định: tháng 02/2024 đã qua khi nạp kế hoạch"),
        writing(settings().database) as session,
    ):
        begin(session, visits.find(session, FEBRUARY), "thử")
    assert mid_year.letters(FEBRUARY) == []


def test_the_letters_of_paper_stand_in_the_ledger_and_are_never_sent(mid_year: MidYear) -> None:
    take_up(MAY, FROM_FIVE, LEADER)
    mid_year.open_what_is_due()
    with reading(settings().database) as session:
        papers = outbox.of_visit(session, visits.find(session, MAY).id, "on_paper")
        told = {letter.purpose: letter for letter in papers}
    assert set(told) == {"nomination_request", "selection_notice", "invitation", "group_notice"}
    assert told["selection_notice"].sent_at == at(date(2024, 4, 2), 8)
    assert "ngày 02/4/2024, thực hiện trước khi dùng phần mềm" in words(told["selection_notice"])
