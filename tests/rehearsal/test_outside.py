"""What an officer of a rehearsal learns by calling: whether a letter of which nobody knows is there."""

from pathlib import Path

import pytest

from config.settings import settings
from database.engine import reading, writing
from database.models import LetterRow
from domain.dates import at
from letters.mailbox_file import keep
from letters.masked import copy_for_information
from rehearsal.outside import holds
from tests.desk import Desk
from tests.letter_states import put


@pytest.mark.parametrize(
    ("states", "arrived", "there"),
    [
        (("uncertain", "sent"), "letter", True), (("uncertain", "sent"), "copy", False),
        (("sent", "uncertain"), "copy", True), (("sent", "uncertain"), "letter", False),
        (("uncertain", "uncertain"), "letter", False),
    ],
)  # fmt: skip
def test_the_letter_and_the_copy_without_its_key_are_looked_for_each(
    states: tuple[str, ...], arrived: str, there: bool, desk: Desk, tmp_path: Path
) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        (letter,) = session.query(LetterRow).all()
        put(letter, *states)
        raw = letter.raw if arrived == "letter" else copy_for_information(letter.raw)
        assert (raw == letter.raw) is (arrived == "letter"), "its link has a key, so a copy is another letter"
    keep(tmp_path, "a@office.example", ["b@host.example"], raw, at(desk.today, 9))

    with reading(settings().database) as session:
        assert holds(tmp_path, session.query(LetterRow).one()) is there
