"""Who is printed and has no address gets it on paper, and the ledger says so until that is done (R77–R82)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.changes import cancel, move
from answers.letters import resolve
from answers.papers import Sheet, issue
from config.settings import settings
from database import outbox, plans, visits
from database.dossier import open_dossier
from database.engine import writing
from domain.dates import at
from domain.outcome import Done
from domain.problem import Refused
from tasks.letters.call_off import call_off
from tasks.letters.deliver import judge
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.may import CLERK, LEADER, OFFICER
from tests.numbering import number_next
from tests.opened_mail import words
from tests.tasks.conftest import Mailbox


def rows(desk: Desk, purpose: str) -> list[tuple[str, str]]:
    return [(one.recipient, one.state) for one in desk.letters(purpose, "organisation:")]


def call_off_visit(desk: Desk) -> None:
    cancel(desk.key, "Đơn vị kiện toàn tổ chức", LEADER)
    with writing(settings().database) as session:
        call_off(open_dossier(session, visits.find(session, desk.key).id, lock=True))


def test_each_chosen_organisation_has_a_row_that_names_it_and_says_why(desk: Desk) -> None:
    desk.until_issued(1, 2)

    assert rows(desk, "selection_notice") == [("organisation:1", "by_hand"), ("organisation:2", "by_hand")]
    letter = desk.letters("selection_notice", "organisation:1")[0]
    assert letter.addresses == ["bản giấy: tổ chức đảng số 1"]
    assert letter.subject == "(bản giấy) thông báo danh sách gửi tổ chức đảng số 1", "lists show it to everybody"
    assert "Cần trao bản giấy thông báo danh sách cho Chi bộ Trường THPT Mẫu: " in words(letter)


def test_it_is_never_mailed_and_holds_nothing_up(desk: Desk, mailbox: Mailbox) -> None:
    desk.until_signed()

    result = send_queued(desk.visit.id)

    assert judge(desk.visit.id, result) == Done("đã gửi 10 thư")
    assert rows(desk, "selection_notice") == [("organisation:1", "by_hand")]
    assert not any("bản giấy" in str(one["X-Envelope-To"]) for one in mailbox.messages())


def test_what_somebody_has_handed_over_is_on_paper_with_his_name_and_the_moment(desk: Desk) -> None:
    desk.until_issued()
    (letter,) = desk.letters("selection_notice", "organisation:")

    resolve(letter.id, "went_out", OFFICER)

    (letter,) = desk.letters("selection_notice", "organisation:")
    assert (letter.state, letter.resolved_by, letter.sent_at) == ("on_paper", OFFICER.name, at(date(2024, 3, 22), 9))
    with pytest.raises(Refused):
        resolve(letter.id, "went_out", OFFICER)


def test_it_cannot_be_sent_again_by_mail(desk: Desk) -> None:
    desk.until_issued()
    (letter,) = desk.letters("selection_notice", "organisation:")

    with pytest.raises(Refused):
        resolve(letter.id, "send_again", OFFICER)


def test_who_has_the_paper_is_told_on_paper_when_the_visit_is_called_off(desk: Desk) -> None:
    desk.until_issued(1, 2)
    resolve(desk.letters("selection_notice", "organisation:1")[0].id, "went_out", OFFICER)

    call_off_visit(desk)

    assert rows(desk, "visit_cancelled") == [("organisation:1", "by_hand")]
    assert rows(desk, "selection_notice") == [("organisation:1", "on_paper"), ("organisation:2", "withdrawn")]


def test_of_a_secret_visit_it_is_withheld_like_everything_else(desk: Desk) -> None:
    """A20, P3."""
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    issue(desk.key, "notice", Sheet(80, desk.today, secrecy="MẬT"), CLERK)
    desk.go_on()

    assert rows(desk, "selection_notice") == [("organisation:1", "withheld")]


def test_a_paper_that_nobody_has_handed_over_gives_way_to_the_notice_that_adjusts_it(desk: Desk) -> None:
    """Else the desk would ask for two papers, of which the first says what is not so any more."""
    desk.until_issued(1, 2)
    resolve(desk.letters("selection_notice", "organisation:2")[0].id, "went_out", OFFICER)
    desk.set_clock(2024, 5, 2, 9)
    move(desk.key, 1, at(date(2024, 5, 20), 8), OFFICER, reason="trùng lịch")
    desk.go_on()
    desk.issue("notice", 85)
    desk.go_on()

    states = {(one.recipient, one.revision): one.state for one in desk.letters("selection_notice", "organisation:")}
    assert states == {
        ("organisation:1", 1): "withdrawn", ("organisation:2", 1): "on_paper",
        ("organisation:1", 2): "by_hand", ("organisation:2", 2): "by_hand",
    }  # fmt: skip


def test_of_a_secret_visit_that_is_called_off_nothing_is_left_to_hand_over(desk: Desk) -> None:
    """A20: what was withheld is as void as what was queued."""
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    issue(desk.key, "notice", Sheet(80, desk.today, secrecy="MẬT"), CLERK)
    number_next(desk.key, "invitation")
    desk.go_on()

    call_off_visit(desk)

    assert {one.state for one in desk.letters("selection_notice")} == {"withdrawn"}
    assert {one.state for one in desk.letters("invitation")} == {"withdrawn"}


def test_whoever_is_printed_without_a_place_in_the_contacts_is_told_on_paper_as_well(desk: Desk) -> None:
    """The boards of a province whose contacts name none stand on the notice, and may have it."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        nobody = tuple(replace(one, invited=False) for one in plan.participants)
        plans.save(session, replace(plan, participants=nobody), replace(contacts, bodies={}), "thử")
    desk.until_issued()
    (boards,) = desk.letters("selection_notice", "printed:")
    resolve(boards.id, "went_out", OFFICER)

    call_off_visit(desk)

    assert [(one.recipient, one.state) for one in desk.letters("visit_cancelled", "printed:")] == [
        ("printed:Các ban đảng, VPTU", "by_hand")
    ]


def test_the_leaders_and_the_host_hear_that_a_visit_is_called_off(desk: Desk) -> None:
    """Whoever has the notice; the bodies of the province hear of it with their invitations."""
    desk.until_issued()

    call_off_visit(desk)

    (letter,) = desk.letters("visit_cancelled", "host")
    assert letter.addresses == [
        "ban-thuong-vu@bien-hoa.example", "ban-to-chuc@bien-hoa.example", "lanh-dao-ban@ban-to-chuc.example",
    ]  # fmt: skip


def test_a_board_that_has_the_notice_and_no_invitation_is_told_with_the_host(desk: Desk) -> None:
    desk.until_signed()
    with writing(settings().database) as session:
        for letter in outbox.of_visit(session, desk.visit.id, "queued"):
            outbox.take(session, letter.id, "máy:1:0")
            refused = (letter.purpose, letter.recipient) == ("invitation", "body:party_office")
            outbox.settle(session, letter.id, "refused" if refused else "sent", "550 no such user")

    call_off_visit(desk)

    (letter,) = desk.letters("visit_cancelled", "host")
    assert letter.addresses[3:] == ["van-phong@tinh-uy.example"]
