"""The year as tables: what stands in them is what plain SQL counts, as real days, and never as a formula."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from archive.table_files import as_csv, as_workbook
from archive.year_tables import Table, tables_of
from config.settings import settings
from database.engine import engine_for, reading, writing
from database.models import AnswerRow, DocumentRow
from domain.problem import Refused
from tests.desk import Desk
from tests.may import MAY

pytestmark = pytest.mark.usefixtures("desk")

DAY = date(2024, 1, 2)


def tables() -> dict[str, Table]:
    with reading(settings().database) as session:
        return {table.name: table for table in tables_of(session, 2024)}


def of_may(table: Table) -> dict[str, object]:
    """The visit's row by its headings."""
    row = next(row for row in table.rows if row[0] == MAY)
    return dict(zip(table.headings, row, strict=True))


def test_every_visit_of_the_plan_is_there_though_nothing_has_happened_yet() -> None:
    assert len(tables()["chuyen"].rows) == 9
    assert of_may(tables()["chuyen"])["Nơi dự"] is None


def test_a_visit_tells_what_was_decided(desk: Desk) -> None:
    desk.until_reported()
    told = of_may(tables()["chuyen"])
    assert told["Chi bộ chuyên đề"] == 1
    assert "Chi bộ Trường THPT Mẫu" in str(told["Nơi dự"])
    assert told["Ngày dự"] == date(2024, 5, 14)
    assert told["Đang chờ"] == "Chờ duyệt kết quả"


def test_there_are_as_many_lines_as_records(desk: Desk) -> None:
    desk.until_reported()
    found = tables()
    with engine_for(settings().database).connect() as connection:
        for name, query in {
            "chuyen": "select count(*) from visit where kind = 'visit' and year = 2024",
            "bao-cao": "select count(*) from visit where kind = 'self_report' and year = 2024",
            "thu": "select count(*) from letter",
            "van-ban": "select count(*) from document",
        }.items():
            assert len(found[name].rows) == connection.scalar(text(query)), name
    assert found["thu"].rows


def test_excel_has_a_sheet_for_each_table_with_days_one_can_sort(desk: Desk) -> None:
    desk.until_reported()
    found = tables()
    book = load_workbook(io.BytesIO(as_workbook(tuple(found.values()), DAY)))
    assert book.sheetnames == [table.title for table in found.values()]
    sheet = book["Đợt"]
    heads = [cell.value for cell in sheet[1]]
    may = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == MAY)
    assert may[heads.index("Ngày dự")].value == datetime(2024, 5, 14)  # noqa: DTZ001 - Excel knows no zones
    assert sheet.freeze_panes == "B2"


def test_the_same_records_give_the_same_bytes(desk: Desk) -> None:
    desk.until_reported()
    assert as_workbook(tuple(tables().values()), DAY) == as_workbook(tuple(tables().values()), DAY)


@pytest.mark.parametrize("evil", ["=1+1", "+84 1", "-2", "@SUM(A1)"])
def test_no_text_becomes_a_formula(evil: str) -> None:
    table = Table("t", "T", ("Lời",), ((evil,),))
    cell = load_workbook(io.BytesIO(as_workbook((table,), DAY)))["T"]["A2"]
    assert (cell.data_type, cell.value) == ("s", evil)
    assert list(csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"))))[1] == [f"'{evil}"]


def test_csv_begins_with_the_mark_by_which_excel_knows_its_letters() -> None:
    raw = as_csv(tables()["chuyen"])
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(lines) == 9
    assert {line["Tình trạng"] for line in lines} <= {"chưa mở", "đang chạy"}


def test_a_year_without_a_plan_is_refused() -> None:
    with reading(settings().database) as session, pytest.raises(Refused):
        tables_of(session, 2031)


def test_an_old_row_with_a_control_mark_does_not_stop_the_year(desk: Desk) -> None:
    """Written before such marks were taken out at every entry."""
    desk.until_reported()
    with writing(settings().database) as session:
        row = session.query(AnswerRow).filter_by(kind="choice").one()
        row.content = {**row.content, "override": "ngoại\x00lệ\x1f"}

    found = tables()
    book = load_workbook(io.BytesIO(as_workbook(tuple(found.values()), DAY)))

    assert any(cell.value == "ngoại lệ " for line in book["Đợt"].iter_rows() for cell in line)
    assert b"\x00" not in as_csv(found["chuyen"])


def test_the_subject_of_a_marked_visit_s_letter_says_only_what_kind_it_is(desk: Desk) -> None:
    """A20: as at the desk; the table is passed on to more people than may open the visit."""
    desk.until_signed()
    subjects = {row[4] for row in tables()["thu"].rows if row[1] == "giấy mời"}
    assert all("Chi bộ Trường THPT Mẫu" in str(one) for one in subjects)
    with writing(settings().database) as session:
        session.query(DocumentRow).filter_by(kind="selection_notice").one().secrecy = "MẬT"

    assert {row[4] for row in tables()["thu"].rows if row[1] == "giấy mời"} == {"giấy mời"}
