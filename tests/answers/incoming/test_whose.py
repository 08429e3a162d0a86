"""Of whom a message is that names an address nobody wrote to: a person says it, and its rule acts."""

import pytest

from answers.incoming.acting import act
from answers.incoming.assigning import assign, seen_of
from answers.incoming.whose import may_be
from config.settings import settings
from database.dossier import open_dossier
from database.engine import reading
from domain.incoming import Attending, MailState
from domain.problem import Refused
from overview.attending import who_comes
from tests.desk import Desk
from tests.incoming import row_of
from tests.letter_that_went import CC, TO, letter_of, states, wanted
from tests.mail_that_came import bounce, calendar_reply, store
from tests.may import OFFICER

OTHER = "rieng@noi-khac.example"


def choices(number: int) -> tuple[str, ...]:
    with reading(settings().database) as session:
        return may_be(session, row_of(number))


def say(desk: Desk, number: int, whose: str) -> str:
    return assign(number, desk.key, OFFICER, looked_at=seen_of(row_of(number)), whose=whose).words


def test_a_report_about_a_forwarded_letter_is_that_of_whom_a_person_says(sent: Desk) -> None:
    number, before = store(bounce(OTHER), letter_of(sent)), wanted(sent)
    act(number)
    assert choices(number) == (TO, CC)

    words = say(sent, number, TO)

    assert f"{TO} trả lại" in words
    assert (row_of(number).state, states(sent)[1], wanted(sent)) == (MailState.DONE, "refused", before + 1)
    assert choices(number) == ()


def test_an_address_that_the_letter_did_not_go_to_is_refused(sent: Desk) -> None:
    number = store(bounce(OTHER), letter_of(sent))
    act(number)
    with pytest.raises(Refused, match="không phải của địa chỉ này"):
        say(sent, number, "ai-do@noi-khac.example")
    assert row_of(number).state == MailState.OPEN


def test_an_answer_to_a_forwarded_invitation_counts_for_whom_a_person_says(desk: Desk) -> None:
    desk.until_issued()
    invitation = desk.letters("invitation")[0]
    number = store(calendar_reply(desk.key, 1, OTHER, Attending.DECLINED), invitation)
    act(number)
    address = invitation.addressee.address
    assert address in choices(number)

    say(desk, number, address)

    assert row_of(number).state == MailState.DONE
    with reading(settings().database) as session:
        comes = {one.address: one for one in who_comes(open_dossier(session, desk.visit.id))}
    assert comes[address].attending is Attending.DECLINED
    assert comes[address].by == OTHER, "it is told who wrote it"


def test_a_message_that_names_only_whom_we_wrote_to_asks_nobody(sent: Desk) -> None:
    number = store(bounce(TO), letter_of(sent))
    assert choices(number) == ()
