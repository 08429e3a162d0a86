"""What a host opens: its month and the rules filled in, drop-downs, checked dates, a page that prints (P6)."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from domain.list_due import ListDue
from domain.plan import Plan
from sheets.nominations.nomination_form import nomination_form
from tests.sheets.conftest import FEBRUARY
from tests.sheets.filled_form import COLUMNS, FIRST

MARCH = ListDue(date(2024, 1, 31), "", date(2024, 3, 1))


def rule(sheet: Worksheet, field: str, row: int = FIRST) -> DataValidation:
    """What Excel checks in that column at that line."""
    cell = f"{COLUMNS[field]}{row}"
    (found,) = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    return found


def words(sheet: Worksheet) -> str:
    """Everything that stands in the sheet."""
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_the_same_plan_gives_the_same_bytes(plan: Plan, form: bytes) -> None:
    assert nomination_form(plan, plan.unit("nhon_trach"), 2024, 2, FEBRUARY) == form


def test_forms_of_two_hosts_or_months_differ(plan: Plan, form: bytes) -> None:
    assert nomination_form(plan, plan.unit("tan_phu"), 2024, 2, FEBRUARY) != form
    assert nomination_form(plan, plan.unit("nhon_trach"), 2024, 3, MARCH) != form


def test_the_host_the_month_and_the_rules_stand_above_the_list(book: Workbook) -> None:
    """R62, R63, R65; the day is the one that the letter says."""
    head = [str(book["Danh sách"].cell(row, 1).value) for row in range(1, 5)]

    assert head[0] == "DANH SÁCH TỔ CHỨC ĐẢNG SINH HOẠT THÁNG 02/2024"
    assert head[1] == "Đảng bộ huyện Nhơn Trạch – theo Kế hoạch số 73-KH/BTCTU, ngày 03/01/2024"
    assert "qua Phòng Tổ chức đảng - Đảng viên" in head[2]
    assert "đến chậm nhất ngày 17/01/2024" in head[2]
    assert "ít nhất 01 chi bộ sinh hoạt chuyên đề" in head[3]


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("org_type", "Đảng ủy cơ sở,Đảng ủy bộ phận,Chi bộ cơ sở,Chi bộ trực thuộc"),
        ("kind", "Thường kỳ,Chuyên đề,Thường kỳ và chuyên đề"),
    ],
)
@pytest.mark.parametrize("row", [FIRST, FIRST + 299])
def test_types_and_kinds_are_chosen_from_a_list_also_below_the_drawn_lines(
    book: Workbook, field: str, choices: str, row: int
) -> None:
    found = rule(book["Danh sách"], field, row)

    assert (found.type, found.formula1) == ("list", f'"{choices}"')
    assert found.showErrorMessage
    assert len(found.formula1) <= 257, "Excel takes 255 characters in a list, and its two quotes"


def test_a_date_outside_the_month_is_asked_about_and_not_forbidden(book: Workbook) -> None:
    """R88, P19: what Excel turned round lies outside the month, as a rule."""
    found = rule(book["Danh sách"], "day")

    assert (found.type, found.operator, found.errorStyle) == ("date", "between", "warning")
    assert (found.formula1, found.formula2) == ("DATE(2024,2,1)", "DATE(2024,2,29)")
    assert "ngày trước, tháng sau" in str(found.error)
    assert book["Danh sách"][f"{COLUMNS['day']}{FIRST}"].number_format == "dd/mm/yyyy"


def test_hours_and_telephone_numbers_stay_as_they_are_typed(book: Workbook) -> None:
    """Excel would keep 24:00 as another day and drop the first 0 of a telephone number."""
    sheet = book["Danh sách"]

    assert [sheet[f"{COLUMNS[field]}{FIRST + 299}"].number_format for field in ("time", "contact")] == ["@", "@"]
    assert (rule(sheet, "members").type, rule(sheet, "members").formula1) == ("whole", "1")


def test_no_message_of_excel_is_longer_than_excel_shows(book: Workbook) -> None:
    """Longer ones make Excel call the file damaged: 32 letters for a title, 255 for a text."""
    for one in book["Danh sách"].data_validations.dataValidation:
        assert all(len(title or "") <= 32 for title in (one.errorTitle, one.promptTitle))
        assert all(len(text or "") <= 255 for text in (one.error, one.prompt))


def test_it_prints_on_a4_across_with_the_header_on_every_page(book: Workbook) -> None:
    sheet = book["Danh sách"]

    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.oddFooter.right.text == "Trang &P/&N"


def test_names_and_header_stay_in_sight_while_one_scrolls(book: Workbook) -> None:
    assert book["Danh sách"].freeze_panes == "C6"


def test_the_guide_explains_every_column_and_says_the_day_and_what_it_announces_in_time(book: Workbook) -> None:
    """R62, A5."""
    text = words(book["Hướng dẫn"])

    for title in [cell.value for cell in book["Danh sách"][5]][1:]:
        assert str(title) in text
    assert "HẠN GỬI: thứ Tư, ngày 17/01/2024." in text
    assert "báo trước ít nhất 30 ngày" in text
    assert "các buổi từ ngày 16/02/2024 trở đi là đủ" in text
    assert "phông Unicode" in text


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (MARCH, "Danh sách đến đúng hạn gửi thì mọi buổi trong tháng đều đủ."),
        (ListDue(date(2024, 3, 4), "", None), "tháng này không còn buổi nào báo trước đủ; vẫn gửi"),
    ],
)
def test_the_guide_says_so_where_all_meetings_are_announced_in_time_or_none_is(
    plan: Plan, due: ListDue, said: str
) -> None:
    book = load_workbook(io.BytesIO(nomination_form(plan, plan.unit("cong_an_tinh"), 2024, 3, due)))

    assert said in words(book["Hướng dẫn"])


def test_nothing_in_the_file_tells_the_moment_at_which_it_was_made(plan: Plan, form: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    made = load_workbook(io.BytesIO(form)).properties
    assert (made.created, made.modified) == (made.modified, made.created)
    assert made.created is not None
    assert made.created.date() == plan.issued == date(2024, 1, 3)
