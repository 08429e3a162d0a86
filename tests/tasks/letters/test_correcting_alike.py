"""A công văn to several units is corrected for all at once, from whichever of them (F22)."""

from datetime import date

import pytest

from answers.correcting import RightSheet
from config.settings import settings
from database import documents
from database.engine import reading
from scans.shown_text import shown_text
from tasks.letters.correcting import correct
from tasks.looking_ahead import letters_of_correction
from tests.alike import BOARDS, asked_with
from tests.desk import Desk
from tests.may import CLERK
from tests.numbering import number_next
from tests.opened_mail import words
from tests.tasks.letters.test_correcting import desk_signer


@pytest.fixture
def three(desk: Desk) -> list[Desk]:
    """01-CV went to three units; it is 04/3/2024."""
    every = asked_with(desk, 3)
    number_next(desk.key, "request")
    for one in every:
        one.run_step(1)
        one.postman_calls()
    desk.set_clock(2024, 3, 4, 9)
    return every


def right(desk: Desk, number: int = 5) -> RightSheet:
    return RightSheet(number, date(2024, 3, 1), desk_signer(desk), "ghi nhầm số")


def printed(desk: Desk, form: str = "pdf") -> str:
    with reading(settings().database) as session:
        kept = documents.files(session, session.merge(desk.documents("nomination_request")[0], load=False))
    return shown_text(kept[form].content).text


def test_the_right_paper_of_each_unit_names_all_of_them(three: list[Desk]) -> None:
    correct(three[0].key, "request", right(three[0]), CLERK)

    for one in three:
        for form, symbol in (("pdf", "05-CV/BTCTU"), ("pdf-1", "01-CV/BTCTU")):
            text = printed(one, form)
            assert symbol in text
            assert [board for board in BOARDS[:3] if board not in text] == []


def test_corrected_from_the_second_unit_everybody_who_has_it_is_told(three: list[Desk]) -> None:
    _symbol, told = correct(three[1].key, "request", right(three[1]), CLERK)

    assert told > 0
    for one in three:
        had = {letter.recipient for letter in one.letters("nomination_request")}
        letters = one.letters("document_corrected")
        assert {letter.recipient for letter in letters} == had
        (to_host,) = (letter for letter in letters if letter.recipient == "host")
        assert "đúng là 05-CV/BTCTU" in words(to_host)


def test_corrected_again_from_the_third_unit_everybody_is_told_again(three: list[Desk]) -> None:
    correct(three[1].key, "request", right(three[1]), CLERK)
    correct(three[2].key, "request", right(three[2], 6), CLERK)

    for one in three:
        told = [letter.revision for letter in one.letters("document_corrected") if letter.recipient == "host"]
        assert told == [1, 2]
        assert "06-CV/BTCTU" in printed(one)


def test_the_look_shows_the_letters_to_every_unit(three: list[Desk]) -> None:
    ahead = letters_of_correction(three[0].key, "request", right(three[0]), CLERK)
    correct(three[0].key, "request", right(three[0]), CLERK)

    written = [letter for one in three for letter in one.letters("document_corrected")]
    assert sorted(one.text for one in ahead) == sorted(words(letter).strip() for letter in written)
