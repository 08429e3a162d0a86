"""What bears a mark of secrecy is shown to those whom findings concern, and to nobody else (A20, trap 22)."""

from collections.abc import Iterator

import pytest

from config.settings import settings
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import DocumentRow
from domain.dates import short_date
from domain.letters_and_documents import BY_NAME
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import ROLES, AsRole, Visitor
from tests.web.desk.test_access import MAY_OPEN, address

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


#: Whom a visit of that year does not concern: one looks on, one keeps the accounts, one is of another working group.
OTHERS: dict[str, dict[str, str]] = {
    "viewer": {},
    "admin": {},
    "inspector": {"login": "khac", "name": "Vũ Thị Khác", "email": "khac@tct.example"},
}


def facts_of(desk: Desk) -> set[str]:
    """What the plan does not say and only those who are concerned may read: places, days, numbers, what was found."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, desk.visit.id)
        findings = dossier.findings
        assert findings
        told = {item.remark for item in findings.items} | {*findings.strengths, *findings.limitations}
        told |= {advice.text for advice in findings.recommendations}
        for meeting in dossier.chosen:
            told |= {meeting.organisation, meeting.venue, short_date(meeting.day)}
        return {text for text in told if len(text) > 4} | {"95-TB", "80-TB"}


def everything_seen(desk: Desk, visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Every address of the desk with what it answers, the letters and papers of the visit one by one."""
    pages = [address(path) for path in MAY_OPEN if path.startswith(("/nam", "/chuyen", "/thu", "/nhat-ky", "/viec"))]
    pages += ["/tu-lan-truoc?tu=7-ngay", "/tim?q=bien hoa", "/tim?q=mau", "/tim?q=80", "/tim?q=95", "/tim?q=thong bao"]
    pages += ["/nam/2024?thang=5", "/nam/2024?cho_ai=host", "/nam/2024?trang_thai=closed", f"/nhat-ky?chuyen={MAY}"]
    pages += [
        f"/thu?chuyen={MAY}",
        *(f"{VISIT}/van-ban/{kind}.{form}" for kind in BY_NAME.values() for form in ("pdf", "docx")),
    ]
    for letter in desk.letters():
        pages += [f"/thu/{letter.id}", *(f"/thu/{letter.id}/tep/{place}" for place in range(1, 4))]
    for page in pages:
        answer = visitor.get(page)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/"):
            yield page, answer.text
        elif answer.status_code == 200:
            yield page, f"a file of {len(answer.content)} bytes"


@pytest.mark.parametrize("role", OTHERS)
def test_no_address_of_the_desk_tells_anything_of_it_to_whom_it_does_not_concern(
    desk: Desk, as_role: AsRole, role: str
) -> None:
    desk.until_year_end()
    facts, visitor = facts_of(desk), as_role(role, **OTHERS[role])
    before = {(page, fact) for page, text in everything_seen(desk, visitor) for fact in facts if fact in text}
    assert before or role == "inspector", "without a mark these pages do tell something"
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "TỐI MẬT"

    seen = dict(everything_seen(desk, visitor))

    assert {(page, fact) for page, text in seen.items() for fact in facts if fact in text} == set()
    files = {page for page, text in seen.items() if text.startswith("a file of")}
    assert {page for page in files if MAY in page or page.startswith("/thu")} == set()
    assert "có độ mật" in seen["/nam/2024"]
