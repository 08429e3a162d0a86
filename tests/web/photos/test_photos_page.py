"""The photos of a visit at the desk and by a link: kept without a script, seen by whom findings concern (R14, A20)."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from archive.folder import write_visit
from config.settings import settings
from database.engine import reading, writing
from database.models import DocumentRow
from tests.desk import Desk
from tests.may import MAY
from tests.scans.pictures import TOLD, photo, png
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_in

URL = f"/chuyen/{MAY}/anh"
FILE = {"photo": ("IMG_1.jpg", photo(), "image/jpeg")}


@pytest.fixture
def met(desk: Desk) -> Desk:
    """The meeting is over."""
    desk.until_met()
    return desk


@pytest.mark.usefixtures("met")
def test_a_photo_is_kept_and_shown_to_whom_findings_concern(as_role: AsRole) -> None:
    inspector = as_role("inspector")
    page = inspector.follow(inspector.post(URL, {"item": "R17", "note": "sổ nghị quyết"}, files=FILE))

    assert "Đã giữ ảnh 1" in page.text
    assert "mục II.1.b: sổ nghị quyết" in page.text
    answer = as_role("leader").get(f"{URL}/1.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert TOLD not in answer.content
    for role in ("viewer", "admin"):
        assert as_role(role).get(URL).status_code == as_role(role).get(f"{URL}/1.png").status_code == 403
    assert inspector.get(f"{URL}/2.png").status_code == 404
    assert inspector.get(f"{URL}/99999999999999999999.png").status_code == 404


@pytest.mark.usefixtures("met")
def test_what_is_wrong_stands_at_its_field_and_the_note_is_kept(as_role: AsRole) -> None:
    inspector = as_role("inspector")
    wrong = inspector.post(URL, {"note": "hội trường"}, files={"photo": ("a.pdf", b"%PDF-1.7", "application/pdf")})
    none = inspector.post(URL, {"note": "hội trường"})

    assert wrong.status_code == none.status_code == 422
    assert "Không phải ảnh JPEG hoặc PNG" in wrong.text
    assert "Chưa chọn ảnh" in none.text
    assert wrong.text.count('value="hội trường"') == 1


def test_an_inspector_keeps_one_by_his_link_and_takes_out_his_own_alone(
    met: Desk, as_role: AsRole, stranger: Callable[[], Visitor]
) -> None:
    as_role("officer").post(URL, files={"photo": ("b.png", png(50, 40), "image/png")})
    link, visitor = link_in(met, "findings_request", "inspector:1"), stranger()
    assert f'href="{link}/anh"' in visitor.get(link).text
    page = visitor.follow(visitor.post(f"{link}/anh", files=FILE))

    assert visitor.get(f"{link}/anh/2.png").status_code == 200
    assert ("Bỏ ảnh 2" in page.text, "Bỏ ảnh 1" in page.text) == (True, False)
    assert visitor.post(f"{link}/anh", {"bo": "1"}).status_code == 422
    assert "Đã bỏ ảnh 2" in visitor.follow(visitor.post(f"{link}/anh", {"bo": "2"})).text
    assert visitor.get(f"{link}/anh/2.png").status_code == 404
    assert "Bỏ ảnh 1" in as_role("officer").get(URL).text


def test_under_a_mark_the_link_opens_no_photo_and_the_desk_shows_it_to_whom_it_concerns(
    met: Desk, as_role: AsRole, stranger: Callable[[], Visitor]
) -> None:
    as_role("inspector").post(URL, files=FILE)
    link = link_in(met, "findings_request", "inspector:1")
    assert stranger().get(f"{link}/anh/1.png").status_code == 200
    with writing(settings().database) as session:
        session.get_one(DocumentRow, met.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert stranger().get(f"{link}/anh/1.png").status_code == stranger().get(f"{link}/anh").status_code == 410
    assert as_role("clerk").get(f"{URL}/1.png").status_code == 200


@pytest.mark.usefixtures("met")
def test_the_archive_of_the_visit_has_it(as_role: AsRole) -> None:
    as_role("inspector").post(URL, {"note": "hội trường"}, files=FILE)
    written = BytesIO()
    with reading(settings().database) as session:
        write_visit(session, MAY, written)

    with ZipFile(written) as taken:
        assert taken.read("anh/anh-01.png") == as_role("officer").get(f"{URL}/1.png").content
