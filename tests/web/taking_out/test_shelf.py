"""The shelf of closed folders: for those who may take one, with who took it last."""

from config.settings import settings
from database.engine import writing
from database.models import VisitRow
from domain.dates import at
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import PEOPLE, AsRole


def test_what_is_closed_stands_there_and_its_folder_is_taken_under_a_name(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    with writing(settings().database) as session:
        row = session.get_one(VisitRow, desk.visit.id)
        row.state, row.closed_at = "closed", at(desk.today, 9)
    clerk = as_role("clerk")

    before = clerk.get("/luu-tru").text
    taken = clerk.post(f"/chuyen/{MAY}/ho-so.zip", {})
    after = clerk.get("/luu-tru").text

    assert f'action="/chuyen/{MAY}/ho-so.zip"' in before
    assert taken.content.startswith(b"PK")
    assert PEOPLE["clerk"][0] not in before.split("<table")[1].split("</table>")[0]
    assert PEOPLE["clerk"][0] in after.split("<table")[1]


def test_nothing_that_still_goes_on_stands_there(desk: Desk, as_role: AsRole) -> None:
    desk.until_listed()

    assert "Chưa có việc nào của năm này kết thúc" in as_role("officer").get("/luu-tru").text
    assert as_role("officer").get("/luu-tru?nam=1999").status_code == 404


def test_the_folder_of_a_report_of_the_year_and_of_the_plan_is_taken_as_well(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    officer = as_role("officer")

    for page in (
        "/nam/2024/bao-cao/long_thanh",
        "/nam/2024/ke-hoach",
        "/nam/2024/tong-hop",
        f"/chuyen/{MAY}/kien-nghi",
    ):
        answer = officer.post(f"{page}/ho-so.zip", {})
        assert answer.content.startswith(b"PK"), page
