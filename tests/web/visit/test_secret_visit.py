"""What bears a mark of secrecy is shown to those whom findings concern, and to nobody else (A20, trap 22)."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.due_dates import DueDateRow
from database.engine import reading, writing
from database.models import DocumentRow
from domain.dates import at, short_date
from domain.letters_and_documents import BY_NAME, Purpose
from domain.wait import Wait
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import ROLES, AsRole, Visitor
from tests.web.desk.who_may import MAY_OPEN, address

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


def test_a_units_report_that_bears_a_mark_is_opened_by_those_alone_whom_it_concerns(
    secret: Desk, as_role: AsRole
) -> None:
    """The year's table covers it: its page must not tell what that leaves out."""
    with writing(settings().database) as session:
        report = visits.find(session, "2024/long_thanh")
        session.get_one(DocumentRow, secret.documents("selection_notice")[-1].id).visit_id = report.id

    assert {role for role in ROLES if as_role(role).get("/nam/2024/bao-cao/long_thanh").status_code == 200} == MAY_SEE


@pytest.fixture
def failed(secret: Desk) -> Desk:
    """Its run has failed, for a reason that names what only those concerned may know."""
    with writing(settings().database) as session:
        row = visits.find(session, MAY)
        row.trouble, row.waiting_for, row.wait = "thư gửi Chi bộ Mẫu bị từ chối", "officer", Wait.RUN_FAILED
    return secret


def test_an_admin_runs_it_again_without_seeing_into_it(failed: Desk, as_role: AsRole) -> None:
    admin = as_role("admin")
    mine = admin.get("/viec-cua-toi").text
    assert f'action="{VISIT}/chay-lai"' in mine
    assert "có độ mật" in mine
    assert "Chi bộ Mẫu" not in mine
    assert f'href="{VISIT}"' not in mine, "it would be 403"

    answer = admin.post(f"{VISIT}/chay-lai")

    assert answer.headers["location"] == "/viec-cua-toi"
    assert "Đã cho chạy lại" in admin.follow(answer).text
    assert failed.visit.rerun_by == "Ngô Thị Quản Trị"


YEAR = "/nam/2024"
FILTERS = ("late", "waiting", "undecided", "planned", "closed", "cancelled")


def year_pages(visitor: Visitor) -> dict[str, str]:
    """The year by every filter, without what each page has of its own."""
    asked = ["", "?thang=5", "?cho_ai=host", "?cho_ai=officer", *(f"?trang_thai={one}" for one in FILTERS)]
    return {one: re.sub(r'(name|content)="[^"]*" value="[^"]*"', "", visitor.get(YEAR + one).text) for one in asked}


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("state", ["planned", "undecided", "closed", "cancelled", "failed", "late", "told"])
def test_the_year_is_the_same_whatever_has_become_of_it(as_role: AsRole, state: str) -> None:
    """Counts, filters, order, pages, picture and row tell nothing; before, its state stood in each of them."""
    visitor = as_role("viewer")
    before, sees = year_pages(visitor), year_pages(as_role("officer"))
    with writing(settings().database) as session:
        row = visits.find(session, MAY)
        if state in FILTERS[2:]:
            row.state = state
        elif state == "failed":
            row.trouble, row.waiting_for, row.wait = "lỗi", "officer", Wait.RUN_FAILED
        elif state == "late":
            session.add(
                DueDateRow(
                    visit_id=row.id, about="choice", rule={}, due=date(2024, 3, 4), why="", calendar_version=1,
                    provisional=False, is_open=True, noted_at=at(date(2024, 3, 1), 9),
                )
            )  # fmt: skip
        else:
            row.waiting_for, row.wait = "host", Wait.NOMINATIONS

    assert year_pages(visitor) == before
    assert year_pages(as_role("officer")) != sees, "whom it concerns sees it"
    assert "có độ mật" in before[""]
    assert "có độ mật" in before["?thang=5"]
    assert not [one for one in before if "trang_thai" in one and "có độ mật" in before[one]]


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("role", ["viewer", "admin"])
def test_no_list_offers_a_page_that_would_be_refused(as_role: AsRole, role: str) -> None:
    visitor = as_role(role)
    assert visitor.get(VISIT).status_code == 403
    lists = [YEAR, "/lich-lam-viec", "/tim?q=bien+hoa", *(["/nhat-ky", "/thu"] if role == "admin" else [])]
    for url in lists:
        assert f'href="{VISIT}"' not in visitor.get(url).text, url


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


#: What belongs to no visit, or is looked at below, one by one.
_OTHERWISE = (
    "/static", "/tra-loi", "/dang-nhap", "/mat-khau", "/suc-khoe", "/metrics", "/quan-tri", "/mau-loi-van/{purpose}",
)  # fmt: skip


def everything_seen(desk: Desk, visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Every address of the desk with what it answers, the letters and papers of the visit one by one."""
    pages = [address(path) for path in MAY_OPEN if not path.startswith(_OTHERWISE)]
    pages += ["/tinh-trang?kham=1", *(f"/mau-loi-van/{purpose}" for purpose in Purpose)]
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
