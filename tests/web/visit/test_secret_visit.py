"""What bears a mark of secrecy is shown to those whom findings concern, and to nobody else (A20, trap 22)."""

import pytest

from config.settings import settings
from database.engine import writing
from database.models import DocumentRow
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import ROLES, AsRole

VISIT = f"/chuyen/{MAY}"
NOTICE = f"{VISIT}/van-ban/selection_notice.pdf"
#: The inspector of these tests is of the working group of that year.
MAY_SEE = {"officer", "leader", "clerk", "inspector"}


@pytest.fixture
def secret(desk: Desk) -> Desk:
    """The notice of May went out; then it was given a mark."""
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
    return desk


@pytest.mark.parametrize("url", [VISIT, NOTICE])
def test_before_it_has_a_mark_everybody_opens_it_and_after_only_those_it_concerns(
    desk: Desk, as_role: AsRole, url: str
) -> None:
    desk.until_issued()
    assert {role for role in ROLES if as_role(role).get(url).status_code == 200} == set(ROLES)
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert {role for role in ROLES if as_role(role).get(url).status_code == 200} == MAY_SEE


def test_the_ledger_shows_its_letters_texts_and_files_to_no_admin(secret: Desk, as_role: AsRole) -> None:
    letter = secret.letters("invitation")[0]
    told = {
        role: "Chi bộ Trường THPT Mẫu" in as_role(role).get(f"/thu/{letter.id}").text for role in ("admin", "clerk")
    }
    opened = {role: as_role(role).get(f"/thu/{letter.id}/tep/1").status_code for role in ("admin", "clerk")}

    assert told == {"admin": False, "clerk": True}
    assert opened == {"admin": 403, "clerk": 200}
