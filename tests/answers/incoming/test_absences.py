"""Who is away, and what other machines write: noted beside the letter, never answered, and nobody is woken."""

from datetime import date

from config.settings import settings
from database import outbox
from database.engine import reading
from domain.incoming import MailKind, MailState
from overview.beside_letters import beside_letters
from tests.desk import Desk
from tests.mail_that_came import absence, came, deal_with

BODY = "van-phong@tinh-uy.example"


def test_an_absence_stands_beside_its_letter_and_wakes_nobody(desk: Desk) -> None:
    desk.until_issued()
    (letter,) = desk.letters("invitation", "body:party_office")
    before, letters = desk.visit.wake_wanted, len(desk.letters())

    outcome = deal_with(absence(BODY, "Nguyễn Văn Ví Dụ", date(2024, 5, 2)), letter)

    assert outcome.state == MailState.DONE
    assert outcome.words.startswith("Nguyễn Văn Ví Dụ (van-phong@tinh-uy.example) báo vắng đến ngày 02/5/2024")
    assert (desk.visit.wake_wanted, len(desk.letters())) == (before, letters), "it is answered by nothing"
    assert lines(desk) == ["Nguyễn Văn Ví Dụ (van-phong@tinh-uy.example) báo vắng đến ngày 02/5/2024"]


def test_of_one_sender_the_newest_word_counts(desk: Desk) -> None:
    desk.until_issued()
    (letter,) = desk.letters("invitation", "body:party_office")
    deal_with(absence(BODY, back_on=date(2024, 4, 2)), letter)
    deal_with(absence(BODY), letter)
    deal_with(came(MailKind.AUTOMATIC, "ho-tro@tinh-uy.example"), letter)

    assert lines(desk) == [f"{BODY} báo vắng", "thư tự động của ho-tro@tinh-uy.example"]


def test_one_that_belongs_to_no_letter_is_dealt_with_all_the_same(desk: Desk) -> None:
    assert desk.visit.id
    assert deal_with(absence(BODY), None).state == MailState.DONE
    assert deal_with(came(MailKind.AUTOMATIC, ""), None).words == "thư tự động của người gửi không rõ"


def lines(desk: Desk) -> list[str]:
    with reading(settings().database) as session:
        found = beside_letters(session, outbox.of_visit(session, desk.visit.id))
        return [one.text for beside in found.values() for one in beside]
