"""Who comes: the newest answer of each invited person and meeting, who sends whom, and what is out of date."""

from datetime import timedelta

import pytest

from answers.changes import move
from config.settings import settings
from database import clock
from database.dossier import open_dossier
from database.engine import reading
from domain.dates import at
from domain.incoming import Attending, MailState
from overview.attending import Comes, who_comes
from tests.desk import Desk
from tests.mail_that_came import bounce, calendar_reply, deal_with
from tests.may import MAY, OFFICER, SECOND_DAY

BODY = "van-phong@tinh-uy.example"


@pytest.fixture
def invited(desk: Desk) -> Desk:
    """Six bodies were invited and three members of the group were sent; it is 22/3/2024."""
    desk.until_issued()
    return desk


def coming(desk: Desk) -> tuple[Comes, ...]:
    with reading(settings().database) as session:
        return who_comes(open_dossier(session, desk.visit.id), words=True)


def said_by(desk: Desk, address: str = BODY) -> str:
    (one,) = [one for one in coming(desk) if one.address == address]
    return one.told


def test_whoever_has_not_answered_is_shown_as_such(invited: Desk) -> None:
    assert {one.told for one in coming(invited)} == {"chưa trả lời"}
    assert [one.of_group for one in coming(invited)] == [False] * 6 + [True] * 3
    assert len(coming(invited)) == 9


@pytest.mark.parametrize(
    ("attending", "told"),
    [
        (Attending.ACCEPTED, "dự"), (Attending.TENTATIVE, "có thể dự"), (Attending.DECLINED, "không dự"),
    ],
)  # fmt: skip
def test_an_answer_stands_beside_whoever_was_invited_and_wakes_nobody(
    invited: Desk, attending: Attending, told: str
) -> None:
    before = invited.visit.wake_wanted

    outcome = deal_with(calendar_reply(MAY, 1, BODY.upper(), attending), *of(invited))

    assert (outcome.state, said_by(invited)) == (MailState.DONE, told)
    assert invited.visit.wake_wanted == before


def of(desk: Desk) -> tuple[None, int]:
    """No letter is known, only the visit."""
    return None, desk.visit.id


def test_the_newest_answer_counts_whatever_came_before(invited: Desk) -> None:
    deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED), *of(invited))
    with reading(settings().database) as session:
        later = clock.now(session) + timedelta(hours=1)
    deal_with(calendar_reply(MAY, 1, BODY, Attending.DECLINED, comment="bận họp"), *of(invited), at=later)

    assert said_by(invited) == "không dự; “bận họp”"
    with reading(settings().database) as session:
        for_everybody = who_comes(open_dossier(session, invited.visit.id))
    assert [one.told for one in for_everybody if one.address == BODY] == ["không dự"], "the words are not for all"


def test_who_sends_somebody_else_is_named_with_him_and_with_what_that_one_answers(invited: Desk) -> None:
    other = "pho-van-phong@tinh-uy.example"
    deal_with(calendar_reply(MAY, 1, BODY, Attending.DELEGATED, delegate=other), *of(invited))
    assert said_by(invited) == f"cử người khác dự: {other}"

    outcome = deal_with(calendar_reply(MAY, 1, other, Attending.ACCEPTED), *of(invited))

    assert outcome.state == MailState.DONE, "he was named before"
    assert said_by(invited) == f"cử người khác dự: {other} (dự)"


def test_an_answer_that_another_sends_for_the_invited_names_him(invited: Desk) -> None:
    deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED, sender="thu-ky@tinh-uy.example"), *of(invited))
    assert said_by(invited) == "dự; do thu-ky@tinh-uy.example trả lời"


def test_an_answer_of_before_the_meeting_was_moved_is_shown_as_such(invited: Desk) -> None:
    deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED), *of(invited))
    move(MAY, 1, at(SECOND_DAY, 15), OFFICER, reason="Trùng kỳ thi")
    invited.go_on()
    invited.issue("notice", 82)
    invited.go_on()
    invited.postman_calls()

    assert said_by(invited) == "dự; trả lời trước khi đổi lịch"
    deal_with(calendar_reply(MAY, 1, BODY, Attending.DECLINED, sequence=1), *of(invited))
    assert said_by(invited) == "không dự"
    deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED), *of(invited))
    assert said_by(invited) == "không dự", "a late word about the old day changes nothing"


def test_somebody_who_was_not_invited_is_for_a_person(invited: Desk) -> None:
    outcome = deal_with(calendar_reply(MAY, 1, "la@noi-khac.example", Attending.ACCEPTED), *of(invited))
    assert outcome.state == MailState.OPEN
    assert "không có tên trong những nơi được mời" in outcome.words
    assert {one.told for one in coming(invited)} == {"chưa trả lời"}


@pytest.mark.parametrize("visit", ["2024-06/bien_hoa", "2024-05/bien_hoa_2", ""])
def test_an_entry_of_another_visit_is_for_a_person(invited: Desk, visit: str) -> None:
    assert deal_with(calendar_reply(visit, 1, BODY, Attending.ACCEPTED), *of(invited)).state == MailState.OPEN


def test_an_answer_that_belongs_to_no_visit_is_for_a_person(invited: Desk) -> None:
    assert invited.visit.id
    assert deal_with(calendar_reply(MAY, 1, BODY, Attending.ACCEPTED), None).state == MailState.OPEN


def test_whose_invitation_came_back_has_not_answered_and_why(invited: Desk) -> None:
    (letter,) = invited.letters("invitation", "body:party_office")
    deal_with(bounce(BODY), letter)
    assert said_by(invited) == "chưa trả lời (thư đã trả lại)"
