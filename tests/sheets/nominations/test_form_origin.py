"""A form knows for whom it was made, and for whom it must hold nobody's name (R62, A20, A23, 6.7 no. 7)."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from domain.plan import Plan
from sheets.nominations.nomination_file import read_nominations
from sheets.nominations.nomination_form import nomination_form
from tests.sheets.conftest import FEBRUARY, Send
from tests.sheets.filled_form import FIRST, doubts, faults, write


@pytest.mark.parametrize(
    ("unit", "year", "month", "refused"),
    [("tan_phu", 2024, 2, True), ("nhon_trach", 2023, 2, True), ("nhon_trach", 2024, 3, False)],
)
def test_the_form_of_another_host_or_year_is_refused_and_of_another_month_doubted(
    plan: Plan, send: Send, unit: str, year: int, month: int, refused: bool
) -> None:
    """R62, A23, 6.7 no. 7: a visit may be put off to another month, but one host's list is never another's."""
    book = load_workbook(io.BytesIO(nomination_form(plan, plan.unit(unit), year, month, FEBRUARY)))
    write(book)

    understood = send(book)

    (told,) = faults(understood) if refused else doubts(understood)
    assert told.startswith(f"Danh sách: tệp này là mẫu lập cho {plan.unit(unit).name}, tháng ")
    assert "kiểm tra có nhầm tệp không" in told
    assert understood.acceptable is not refused


def test_a_list_without_the_mark_is_doubted_when_its_heading_names_another_month(tmp_path: Path, plan: Plan) -> None:
    """As when the sheet was copied into a new file."""
    form = load_workbook(io.BytesIO(nomination_form(plan, plan.unit("nhon_trach"), 2024, 2, FEBRUARY)))
    write(form, day="20/3/2024")
    copied = Workbook()
    sheet = copied.worksheets[0]
    for line in form["Danh sách"].iter_rows(max_row=FIRST, values_only=True):
        sheet.append(line)
    copied.save(tmp_path / "a.xlsx")

    understood = read_nominations(tmp_path / "a.xlsx", 2024, 3, plan.unit("cong_an_tinh"))

    assert len(understood.meetings) == 1
    assert doubts(understood)[0] == (
        "Sheet: tiêu đề ghi tháng 02/2024, nhưng đang nhập cho tháng 3/2024 → kiểm tra có nhầm tệp không"
    )


def test_the_form_of_an_armed_forces_host_has_no_column_for_people_and_none_is_taken(
    tmp_path: Path, plan: Plan
) -> None:
    """A20, P3."""
    unit = plan.unit("cong_an_tinh")
    book = load_workbook(io.BytesIO(nomination_form(plan, unit, 2024, 3, FEBRUARY)))
    words = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Liên hệ" not in words
    assert "Không ghi họ tên, số điện thoại cá nhân vào tệp này." in words

    write(book, day="20/3/2024")["K5"] = "Liên hệ"
    book.save(tmp_path / "a.xlsx")
    understood = read_nominations(tmp_path / "a.xlsx", 2024, 3, unit)

    assert [meeting.contact for meeting in understood.meetings] == [""]
    assert doubts(understood) == [
        "Danh sách!K6: đơn vị lực lượng vũ trang: họ tên, điện thoại cá nhân không được nhận"
        " → xóa ô này; liên hệ qua văn thư của đơn vị"
    ]
    assert "Ví Dụ" not in understood.rows[0].said
