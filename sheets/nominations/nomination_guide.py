"""The page of instructions in a host's form: how to write each column, and by which day to send it (R62, P6)."""

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.dates import month_and_year, short_date, weekday
from domain.list_due import ListDue
from domain.nomination_field import NominationField
from domain.plan import Plan, Unit
from sheets.tables.form_sheet import header, on_a4, put, say, tall, widths

_COLUMNS = 8


def add_guide(
    book: Workbook, plan: Plan, unit: Unit, year: int, month: int, due: ListDue,
    titles: Sequence[tuple[NominationField, str]],
) -> None:  # fmt: skip
    """Add the page; `titles` are the form's columns, each with its name.

    Columns stand below one another here, so that the reading never takes the examples for a list.
    """
    sheet = book.create_sheet("Hướng dẫn")
    widths(sheet, (20, 24) * (_COLUMNS // 2))
    say(sheet, 1, f"HƯỚNG DẪN GHI DANH SÁCH THÁNG {month_and_year(year, month)}", _COLUMNS, bold=True)
    of = f"{unit.name} – theo Kế hoạch số {plan.symbol}, ngày {short_date(plan.issued)}"
    say(sheet, 2, of, _COLUMNS, middle=True)
    row = _how(sheet, 4, titles, short_date(date(year, month, 15))) + 1
    notes = _notes(plan, unit)
    for number, text in enumerate(notes, start=row):
        say(sheet, number, text, _COLUMNS)
    row += len(notes) + 1
    say(sheet, row, f"HẠN GỬI: {weekday(due.day)}, ngày {short_date(due.day)}.", _COLUMNS)
    say(sheet, row + 1, f"Quy định: {_rule(plan)} {_in_time(plan, due)}", _COLUMNS, lines=2)
    on_a4(sheet)
    sheet.page_setup.fitToHeight = 1


def _how(sheet: Worksheet, row: int, titles: Sequence[tuple[NominationField, str]], day: str) -> int:
    """Write the table of columns, how each is written and an example; returns the row after it."""
    spans = ((1, 1), (2, 5), (6, 8))
    header(sheet, row, ["Tên cột", "Cách ghi", "", "", "", "Ví dụ (không phải số liệu)", "", ""])
    for number, (field, title) in enumerate(titles, start=row + 1):
        for column in range(1, _COLUMNS + 1):
            put(sheet, number, column)
        for (column, _), text in zip(spans, (title, field.how, field.example.format(day=day)), strict=True):
            sheet.cell(number, column).value = text
        tall(sheet, number, 1)
    for number in range(row, row + len(titles) + 1):
        for first, last in spans[1:]:
            sheet.merge_cells(start_row=number, start_column=first, end_row=number, end_column=last)
    return row + len(titles) + 1


def _rule(plan: Plan) -> str:
    kind = "ngày làm việc" if plan.rules.day_kind == "working" else "ngày, kể cả ngày nghỉ"
    counted = "tính theo ngày gửi" if plan.rules.basis == "sent" else "tính theo ngày văn thư nhận"
    return f"mỗi buổi sinh hoạt phải được báo trước ít nhất {plan.rules.nomination_days} {kind}; {counted}."


def _notes(plan: Plan, unit: Unit) -> list[str]:
    issuer, cells = plan.issuer, plan.rules.min_thematic_cells
    notes = [
        f"Nơi nhận: {issuer.full_name}, qua {issuer.receiving_office}. Gửi tệp Excel này kèm công văn của đơn vị.",
        f"Danh sách phải có ít nhất {cells:02d} chi bộ sinh hoạt chuyên đề (đảng ủy sinh hoạt chuyên đề không tính).",
        "Giữ nguyên tên cột; không gộp ô, không ẩn dòng, cột; mỗi tệp một danh sách; hết dòng thì ghi tiếp bên dưới.",
        "Gõ bằng phông Unicode (Times New Roman), không dùng phông .VnTime hoặc VNI.",
    ]
    if unit.restricted:
        notes.append("Không ghi họ tên, số điện thoại cá nhân vào tệp này.")  # A20
    return notes


def _in_time(plan: Plan, due: ListDue) -> str:
    """Which meetings of the month a list of that day announces in time (A5)."""
    if due.first_in_time is None:
        return (
            "Danh sách đến đúng hạn gửi thì tháng này không còn buổi nào báo trước đủ; vẫn gửi để "
            f"{plan.issuer.full_name} xem xét, quyết định."
        )
    if due.tight:
        return (
            f"Danh sách đến đúng hạn gửi thì các buổi từ ngày {short_date(due.first_in_time)} trở đi là đủ; buổi sớm "
            f"hơn do {plan.issuer.full_name} xem xét, quyết định."
        )
    return "Danh sách đến đúng hạn gửi thì mọi buổi trong tháng đều đủ."
