"""Who is printed and has no address gets it on paper, and the ledger says so until that is done (R77–R82)."""

from datetime import date

import pytest

from answers.changes import cancel
from answers.letters import resolve
from answers.papers import Sheet, issue
from config.settings import settings
from database import outbox, visits
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
    assert letter.subject == "(bản giấy) thông báo danh sách gửi Chi bộ Trường THPT Mẫu"
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
