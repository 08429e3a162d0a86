"""A copy that was put back is the home as it was, with its letters held; whatever is refused leaves all as it was."""

from pathlib import Path

import pytest

from config.settings import Settings, use
from database import audit, service_notes
from database.engine import reading, writing
from database.record.check import faults
from database.restored import PUT_BACK, RESTORED, confirm, why_held
from deployments.copies.contents import settings_for
from deployments.copies.put_back import LETTERS_SINCE
from deployments.copies.take import Taken, take
from domain.problem import Refused
from tests.deployments.copies.conftest import LETTER, NOW, PASSPHRASE, PutBack
from tests.desk import Desk
from tests.files import contents_of


def test_a_lost_home_comes_back_elsewhere_whole_and_holds_its_letters(
    taken: Taken, elsewhere: Settings, put: PutBack
) -> None:
    work, old = put(taken.path, elsewhere, passphrase=PASSPHRASE)

    assert (old, work.warnings) == (None, [])
    assert (elsewhere.mailbox / "0001.eml").read_bytes() == LETTER
    assert {path.name for path in (elsewhere.folder / "secrets").iterdir()} >= {"record", "links"}
    assert list(settings_for(elsewhere.folder)) == [f"VISITS_TEMPLATES={elsewhere.folder}/configuration/templates"]
    with reading(elsewhere.database) as session:
        assert "khôi phục từ bản sao 02:15, 03/5/2024, người làm: Nguyễn Văn Ví Dụ" in why_held(session, elsewhere)
        assert [one for one in faults(session, elsewhere) if not one.warning] == []
    with writing(elsewhere.database) as session:
        assert confirm(session, "Nguyễn Văn Ví Dụ", elsewhere)
    with reading(elsewhere.database) as session:
        assert why_held(session, elsewhere) == ""
