"""Makes the Excel forms that hosts and inspectors fill in; the reading side takes them back (P6)."""

import calendar
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment

from answers.findings_file import CHECKLIST, KINDS, REMARKS
from answers.form_guide import add_guide
from answers.form_origin import FormOrigin, mark
from answers.form_sheet import (
    as_text,
    checked_dates,
    checked_number,
    drop_down,
    first_sheet,
    header,
    on_a4,
    put,
    say,
    to_bytes,
    widths,
)
from answers.nomination_file import COLUMNS
from answers.table_header import Columns
from config.office_calendar import working_calendar
from config.settings import settings
from domain.dates import month_and_year, short_date
from domain.deadline import earliest_deadline
from domain.findings import ItemResult
from domain.nomination import MeetingKind, OrgType
from domain.plan import Plan, Unit

#: Lines drawn in a list, and lines that have drop-downs and checks all the same.
_DRAWN, _CHECKED = 40, 300
_HEADER = 5  # the row of the list's header
#: The columns of the list by field, with their widths; all together an A4 page across at a readable size.
_WIDTHS = {
    "organisation": 30, "org_type": 15, "parent": 22, "day": 12, "time": 9, "venue": 24,
    "kind": 14, "theme": 24, "members": 9, "contact": 20,
}  # fmt: skip
_NEEDED = ("organisation", "org_type", "day", "time", "venue", "kind")


def nomination_form(plan: Plan, unit: Unit, year: int, month: int) -> bytes:
    """The form for one host and month, always the same bytes for the same plan (R62, R65, A22).

    A list with drop-downs and checked dates, a page of instructions with the last day for each date, and a
    mark for whom it was made, so that the form of another host is refused when it comes back.
    """
    years = (year - 1, year, year + 1)
    working = working_calendar(years, settings().office_calendar)
    book = Workbook()
    sheet = first_sheet(book, "Danh sách")
    fields = [name for name in _WIDTHS if not (unit.restricted and name == "contact")]  # no personal data (A20)
    wide = len(fields) + 1
    deadline = earliest_deadline(year, month, plan.rules, working)
    say(sheet, 1, f"DANH SÁCH TỔ CHỨC ĐẢNG SINH HOẠT THÁNG {month_and_year(year, month)}", wide, bold=True)
    say(sheet, 2, f"{unit.name} – theo Kế hoạch số {plan.symbol}, ngày {short_date(plan.issued)}", wide)
    say(
        sheet, 3,
        f"Gửi {plan.issuer.full_name} (qua {plan.issuer.receiving_office}), báo trước ít nhất "
        f"{plan.rules.nomination_days} ngày: sinh hoạt ngày {short_date(deadline.meeting_day)} thì danh sách phải đến "
        f"chậm nhất ngày {short_date(deadline.last_day)}; hạn của từng ngày xem trang “Hướng dẫn”.",
        wide, lines=2,
    )  # fmt: skip
    say(
        sheet, 4,
        f"Có ít nhất {plan.rules.min_thematic_cells:02d} chi bộ sinh hoạt chuyên đề. Cột có dấu * phải ghi. "
        f"Ngày ghi như {short_date(date(year, month, 5))}, giờ ghi như 14:00. Mỗi buổi sinh hoạt một dòng.",
        wide,
    )  # fmt: skip
    titles = [(name, COLUMNS.title(name) + (" *" if name in _NEEDED else "")) for name in fields]
    header(sheet, _HEADER, ["TT", *(title for _, title in titles)])
    sheet.row_dimensions[_HEADER].height = 36
    sheet.freeze_panes = f"C{_HEADER + 1}"
    widths(sheet, [5, *(_WIDTHS[name] for name in fields)])
    _lines(book, fields, date(year, month, 1))
    on_a4(sheet, f"{_HEADER}:{_HEADER}")
    add_guide(book, plan, unit, year, month, working, titles)
    mark(book, FormOrigin.of(plan, unit, year, month))
    return to_bytes(book, plan.issued)


def write_nomination_form(plan: Plan, unit: Unit, year: int, month: int, path: Path) -> None:
    """The same form as a file."""
    path.write_bytes(nomination_form(plan, unit, year, month))


def write_findings_form(plan: Plan, path: Path) -> None:
    """The form of the working group: the whole checklist, and a sheet for what it has to say (R15–R38)."""
    book = Workbook()
    items = first_sheet(book, "Danh mục")
    header(items, 1, _titles(CHECKLIST))
    widths(items, (8, 80, 18, 50))
    for row, item in enumerate(plan.checklist, start=2):
        for column, value in enumerate((item.id, f"{item.code} {item.text}", None, None), start=1):
            put(items, row, column, value).alignment = Alignment(wrap_text=True, vertical="top")
    drop_down(items, 3, range(2, 2 + len(plan.checklist)), [one.vietnamese for one in ItemResult])
    remarks = book.create_sheet("Nhận xét")
    header(remarks, 1, _titles(REMARKS))
    widths(remarks, (18, 70, 18, 30, 14))
    # A list that is written inside a cell's rule is cut at its commas, so the one kind with a comma is left to typing.
    drop_down(remarks, 1, range(2, 2 + _DRAWN), [kind for kind in KINDS if "," not in kind])
    for row in range(2, 2 + _DRAWN):
        for column in range(1, len(REMARKS.names) + 1):
            put(remarks, row, column)
        remarks.cell(row, len(REMARKS.names)).number_format = "dd/mm/yyyy"
    for sheet in (items, remarks):
        sheet.freeze_panes = "A2"
        on_a4(sheet, "1:1")
    path.write_bytes(to_bytes(book, plan.issued))


def _lines(book: Workbook, fields: list[str], first: date) -> None:
    """The empty lines of the list, numbered, with what each column takes."""
    sheet = book["Danh sách"]
    for row in range(_HEADER + 1, _HEADER + 1 + _DRAWN):
        put(sheet, row, 1, row - _HEADER, middle=True)
        sheet.row_dimensions[row].height = 32
        for column, name in enumerate(fields, start=2):
            put(sheet, row, column, middle=name in ("day", "time", "members"))
    rows = range(_HEADER + 1, _HEADER + 1 + _CHECKED)
    at = {name: column for column, name in enumerate(fields, start=2)}
    drop_down(sheet, at["org_type"], rows, [one.vietnamese for one in OrgType])
    drop_down(sheet, at["kind"], rows, [one.vietnamese for one in MeetingKind])
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    checked_dates(sheet, at["day"], rows, first, last, short_date(first.replace(day=5)))
    as_text(sheet, at["time"], rows, "Giờ bắt đầu", "Ghi như 14:00 hoặc 14 giờ 30")
    checked_number(sheet, at["members"], rows)
    if "contact" in at:
        as_text(sheet, at["contact"], rows, "Liên hệ", "Họ tên, điện thoại; không bắt buộc")


def _titles(columns: Columns) -> list[str]:
    return [columns.title(name) for name in columns.names]
