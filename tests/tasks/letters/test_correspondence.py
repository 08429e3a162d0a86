"""What is true of every letter of a year, as it lies in the ledger."""

import re
from collections.abc import Iterator

from config.settings import Settings, settings
from database.engine import reading
from database.models import LetterRow
from domain.state import LetterState
from tests.desk import Desk
from tests.mail_page import opened, said
from tests.obligations import plan_and_summary_are_issued
from tests.opened_mail import enclosed, mail, words


def letters_of_a_year() -> Iterator[LetterRow]:
    """All that is mailed, or would be."""
    Desk().until_year_end()
    plan_and_summary_are_issued()
    with reading(settings().database) as session:
        yield from session.query(LetterRow).where(LetterRow.state != LetterState.BY_HAND).order_by(LetterRow.id)


def test_every_letter_names_its_files_and_says_the_same_in_both_forms(office: Settings) -> None:
    assert office.mode == "rehearsal"
    with_files, with_links = set(), set()

    for letter in letters_of_a_year():
        text, files = words(letter), enclosed(letter)
        page = mail(letter).get_body(("html",))
        assert page is not None
        read = opened(page.get_content())

        assert [name for name in files if text.count(name) != 1] == []
        assert said(read.lines) == said(text.splitlines())
        assert read.links == re.findall(r"(?m)^https?://\S+$", text.replace("\r", ""))
        with_files |= {letter.purpose} if files else set()
        with_links |= {letter.purpose} if read.links else set()

    assert {"group_notice", "nomination_request", "result_notice", "year_end_request"} <= with_files
    assert {"staff_task", "findings_request", "group_notice"} <= with_links
