"""What people decide about letters: an uncertain one went or goes again, a held one may go (design §5)."""

import pytest

from answers.letters import release, resolve
from config.settings import Smtp, settings, use
from database.engine import writing
from database.models import AuditRow, LetterRow
from domain import words
from domain.dates import at
from domain.problem import Refused
from tests.desk import Desk
from tests.letter_states import put
from tests.may import OFFICER


def letter_in(desk: Desk, state: str) -> int:
    """May's request, in that state; its number in the ledger."""
    desk.until_asked()
    with writing(settings().database) as session:
        (letter,) = session.query(LetterRow).all()
        put(letter, state)
        return letter.id


def test_an_uncertain_letter_that_went_is_sent_and_never_goes_again(desk: Desk) -> None:
    number = letter_in(desk, "uncertain")

    assert resolve(number, "went_out", OFFICER) == desk.visit.id

    (letter,) = desk.letters()
    assert (letter.state, letter.resolved_by) == ("sent", OFFICER.name)
    assert letter.sent_at == at(desk.today, 7)


def test_an_uncertain_letter_that_did_not_go_is_queued_with_the_same_message_id(desk: Desk) -> None:
    number = letter_in(desk, "uncertain")
    before = desk.letters()[0].message_id

    resolve(number, "send_again", OFFICER)

    (letter,) = desk.letters()
    assert (letter.state, letter.resolved_by, letter.sent_at) == ("queued", OFFICER.name, None)
    assert letter.message_id == before


def test_a_decision_wakes_the_visit_and_is_recorded(desk: Desk) -> None:
    """P7."""
    number = letter_in(desk, "uncertain")
    before = desk.visit.wake_wanted

    resolve(number, "went_out", OFFICER)

    assert desk.visit.wake_wanted == before + 1
    with writing(settings().database) as session:
        (line,) = session.query(AuditRow).filter_by(what="thư: went_out").all()
        assert (line.who, line.details) == (OFFICER.name, {"letter": number})


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "refused", "held", "withdrawn"])
def test_there_is_nothing_to_resolve_about_any_other_letter(desk: Desk, state: str) -> None:
    number = letter_in(desk, state)

    with pytest.raises(Refused, match=f"đang ở trạng thái “{words.LETTERS[state]}”"):
        resolve(number, "send_again", OFFICER)
    assert desk.letters()[0].state == state


def test_the_second_who_decides_is_refused(desk: Desk) -> None:
    number = letter_in(desk, "uncertain")
    resolve(number, "went_out", OFFICER)

    with pytest.raises(Refused, match="không cần quyết định"):
        resolve(number, "send_again", OFFICER)


def test_a_letter_that_is_not_there_is_refused(desk: Desk) -> None:
    assert desk.letters() == []

    with pytest.raises(Refused, match="thư 77: không có"):
        resolve(77, "went_out", OFFICER)


def test_a_held_letter_stays_held_as_long_as_the_office_is_safe(desk: Desk) -> None:
    number = letter_in(desk, "held")
    use(settings().model_copy(update={"mode": "live"}))

    with pytest.raises(Refused, match="VISITS_SMTP__HOST"):
        release(number, OFFICER)
    assert desk.letters()[0].state == "held"


def test_with_a_mail_server_a_held_letter_may_go(desk: Desk) -> None:
    number = letter_in(desk, "held")
    use(settings().model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")}))

    release(number, OFFICER)

    assert (desk.letters()[0].state, desk.letters()[0].resolved_by) == ("queued", OFFICER.name)


def test_letters_held_on_request_stay_although_there_is_a_mail_server(desk: Desk) -> None:
    """After a restore (design §5)."""
    number = letter_in(desk, "held")
    use(settings().model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example"), "hold_letters": True}))

    with pytest.raises(Refused, match="bỏ VISITS_HOLD_LETTERS trước"):
        release(number, OFFICER)
