"""An officer sees, takes back and makes the links of a visit."""

from config.settings import settings
from database import links
from database.engine import reading, writing
from database.models import DocumentRow
from tests.desk import Desk
from tests.web.conftest import AsRole
from tests.web.deciding import VISIT

# Links


def test_an_officer_sees_takes_back_and_makes_links(listed: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    page = officer.get(f"{VISIT}/lien-ket").text
    assert "còn hiệu lực" in page

    number = page.split('name="link" value="')[1].split('"')[0]
    assert officer.post(f"{VISIT}/lien-ket", {"do": "revoke", "link": number}).status_code == 303
    assert officer.post(f"{VISIT}/lien-ket", {"do": "revoke", "link": number}).status_code == 422
    made = officer.post(f"{VISIT}/lien-ket", {"do": "renew", "recipient": "nominations/host"})
    assert made.status_code == 200
    assert officer.post(f"{VISIT}/lien-ket", {"do": "renew", "recipient": "findings/ai-do"}).status_code == 422
    assert "/tra-loi/" in made.text, "shown this one time, to be handed over"
    assert "/tra-loi/" not in page + officer.get(f"{VISIT}/lien-ket").text

    with reading(settings().database) as session:
        rows = links.of_visit(session, listed.visit.id)
        assert [(row.made_by, row.revoked_by) for row in rows] == [
            ("Nguyễn Văn Ví Dụ", None), ("hệ thống", "Nguyễn Văn Ví Dụ"),
        ]  # fmt: skip


def test_of_what_bears_a_mark_no_link_is_offered_and_answers_come_on_paper(desk: Desk, as_role: AsRole) -> None:
    """A20, P3: the button was there, and always refused."""
    desk.until_issued()
    officer = as_role("officer")
    assert f'href="{VISIT}/lien-ket"' in officer.get(VISIT).text
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    visit, page = officer.get(VISIT).text, officer.get(f"{VISIT}/lien-ket").text

    assert f'href="{VISIT}/lien-ket"' not in visit
    assert "có độ mật MẬT: nhận trả lời bằng văn bản" in visit
    assert "nhận trả lời bằng văn bản" in page
    assert 'value="renew"' not in page
    assert "còn hiệu lực" not in page, "it does not open any more"
    refused = officer.post(f"{VISIT}/lien-ket", {"do": "renew", "recipient": "nominations/host"})
    assert refused.status_code == 422
    assert "/tra-loi/" not in refused.text


def test_the_link_of_another_visit_is_not_taken_back_from_here(listed: Desk, as_role: AsRole) -> None:
    other = Desk("2024-06/cao_su_dong_nai")
    other.open()
    officer = as_role("officer")
    officer.post(f"/chuyen/{other.key}/lien-ket", {"do": "renew", "recipient": "nominations/host"})
    with reading(settings().database) as session:
        (row,) = links.of_visit(session, other.visit.id)

    assert officer.post(f"/chuyen/{listed.key}/lien-ket", {"do": "revoke", "link": str(row.id)}).status_code == 422
