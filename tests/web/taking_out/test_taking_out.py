"""What leaves the desk: the year as Excel, a visit as one archive, with the record of who took it."""

import io
import zipfile

from openpyxl import load_workbook
from sqlalchemy import select

from config.settings import settings
from database.engine import reading
from database.models import AuditRow
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import AsRole


def test_the_year_comes_as_a_workbook(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    clerk = as_role("clerk")
    assert "/nam/2024/bang.xlsx" in clerk.get("/nam/2024").text
    answer = clerk.get("/nam/2024/bang.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="2024_bang-nam.xlsx"'
    assert load_workbook(io.BytesIO(answer.content))["Đợt"].max_row == 10


def test_whoever_only_looks_on_is_not_offered_it(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    assert "bang.xlsx" not in as_role("viewer").get("/nam/2024").text


def test_a_year_without_a_plan_has_no_tables(desk: Desk, as_role: AsRole) -> None:
    assert desk.key
    assert as_role("officer").get("/nam/2031/bang.xlsx").status_code == 404


def test_an_archive_is_fetched_and_the_record_says_by_whom(desk: Desk, as_role: AsRole) -> None:
    desk.until_reported()
    officer = as_role("officer")
    assert f"/chuyen/{MAY}/ho-so.zip" in officer.get(f"/chuyen/{MAY}").text
    answer = officer.post(f"/chuyen/{MAY}/ho-so.zip", {})
    assert answer.headers["content-type"] == "application/zip"
    assert "MUC-LUC.csv" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    with reading(settings().database) as session:
        taken = session.scalars(select(AuditRow).where(AuditRow.what == f"lấy hồ sơ {MAY}")).one()
    assert taken.who == "Nguyễn Văn Ví Dụ"
