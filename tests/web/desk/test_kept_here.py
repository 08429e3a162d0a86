"""What a browser may keep of a form: not of what is marked, and the worker stands for that form alone."""

from collections.abc import Callable

from config.settings import settings
from database.engine import writing
from database.models import DocumentRow
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_in

FORM = f"/chuyen/{MAY}/ket-qua"


def test_a_form_offers_a_copy_of_itself_and_an_icon_on_the_home_screen(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()
    page = as_role("inspector").get(FORM).text

    assert 'id="offline"' in page
    assert f'<link rel="manifest" href="/man-hinh-chinh.webmanifest?mo={FORM}">' in page


def test_of_what_bears_a_mark_no_copy_is_kept(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
    page = as_role("inspector").get(FORM).text

    assert 'id="findings-form"' in page
    assert 'id="offline"' not in page
    assert 'rel="manifest"' not in page


def test_only_the_worker_may_stand_for_pages_outside_its_folder(stranger: Callable[[], Visitor]) -> None:
    worker, other = (stranger().get(f"/static/{name}") for name in ("worker.js", "form.js"))

    assert worker.headers["service-worker-allowed"] == "/"
    assert "service-worker-allowed" not in other.headers


def test_a_hosts_text_is_sealed_for_its_link_alone(desk: Desk, stranger: Callable[[], Visitor]) -> None:
    desk.until_listed()
    host = stranger().get(link_in(desk, "nomination_request", "host")).text

    assert 'data-key="link:' in host
    assert 'id="offline"' not in host, "files and lists of hosts are not for the cell"
