"""Makes the Excel form in which a host names its meetings; the reading side takes it back (P6, R62, A22)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.dates import month_and_year, short_date
from domain.list_due import ListDue
from domain.nomination import MeetingKind, OrgType
from domain.nomination_field import NominationField, Value, asked_of
from domain.plan import Plan, Unit
from sheets.nominations.nomination_guide import add_guide
from sheets.tables.form_origin import FormOrigin, mark
from sheets.tables.form_sheet import (
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

#: Lines drawn in a list, and lines that have drop-downs and checks all the same.
_DRAWN, _CHECKED = 30, 300
_HEADER = 5  # the row of the list's header


def nomination_form(plan: Plan, unit: Unit, year: int, month: int, due: ListDue) -> bytes:
    """The form for one host and month, always the same bytes for the same plan and day (R62, R65, A22).

    A list with drop-downs and checked dates, a page of instructions with the day by which it is asked for, and a
    mark for whom it was made, so that the form of another host is refused when it comes back. The form of an
    armed-forces host has no column for people (A20, P3). `due` is the day that the letter says as well.
    """
    book = Workbook()
    sheet = first_sheet(book, "Danh sách")
    fields = asked_of(restricted=unit.restricted)
    titles = [(field, field.title + (" *" if field.is_needed else "")) for field in fields]
    widths(sheet, [5, *(field.width for field in fields)])
    _head(sheet, plan, unit, date(year, month, 1), due, len(fields) + 1)
    header(sheet, _HEADER, ["TT", *(title for _, title in titles)], lines=2)
    sheet.freeze_panes = f"C{_HEADER + 1}"
    _lines(sheet, fields)
    _rules(sheet, fields, date(year, month, 1))
    on_a4(sheet, f"{_HEADER}:{_HEADER}")
    add_guide(book, plan, unit, year, month, due, titles)
    mark(book, FormOrigin.of(plan, unit, year, month))
    return to_bytes(book, plan.issued)


def _head(sheet: Worksheet, plan: Plan, unit: Unit, first: date, due: ListDue, wide: int) -> None:
    """Whose list it is, of which month, where it goes, and the rules of it."""
    title = f"DANH SÁCH TỔ CHỨC ĐẢNG SINH HOẠT THÁNG {month_and_year(first.year, first.month)}"
    say(sheet, 1, title, wide, bold=True)
    say(sheet, 2, f"{unit.name} – theo Kế hoạch số {plan.symbol}, ngày {short_date(plan.issued)}", wide, middle=True)
    say(
        sheet, 3,
        f"Gửi {plan.issuer.full_name} (qua {plan.issuer.receiving_office}), đến chậm nhất ngày {short_date(due.day)}; "
        "cách tính xem trang “Hướng dẫn”.",
        wide, lines=2,
    )  # fmt: skip
    say(
        sheet, 4,
        f"Có ít nhất {plan.rules.min_thematic_cells:02d} chi bộ sinh hoạt chuyên đề. Cột có dấu * phải ghi. "
        f"Ngày ghi như {short_date(first.replace(day=5))}, giờ ghi như 14:00. Mỗi buổi sinh hoạt một dòng.",
        wide,
    )  # fmt: skip


def _lines(sheet: Worksheet, fields: Sequence[NominationField]) -> None:
    """The empty lines of the list, numbered; they grow with what is written, as no height is set."""
    for row in range(_HEADER + 1, _HEADER + 1 + _DRAWN):
        put(sheet, row, 1, row - _HEADER, middle=True)
        for column, one in enumerate(fields, start=2):
            put(sheet, row, column, middle=one.value in (Value.DAY, Value.TIME, Value.NUMBER))
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 36, True


def _rules(sheet: Worksheet, fields: Sequence[NominationField], first: date) -> None:
    """What each column takes, on more lines than are drawn."""
    rows = range(_HEADER + 1, _HEADER + 1 + _CHECKED)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    # The drop-downs first: the order of the rules is part of the bytes, which are the same for the same list.
    for column, one in sorted(enumerate(fields, start=2), key=lambda place: place[1].value not in _CHOICES):
        if one.value in _CHOICES:
            drop_down(sheet, column, rows, _CHOICES[one.value])
        elif one.value is Value.DAY:
            checked_dates(sheet, column, rows, first, last, short_date(first.replace(day=5)))
        elif one.value is Value.TIME:
            as_text(sheet, column, rows, "Giờ bắt đầu", "Ghi như 14:00 hoặc 14 giờ 30")
        elif one.value is Value.NUMBER:
            checked_number(sheet, column, rows)
        elif one.personal:  # a telephone number keeps its 0
            as_text(sheet, column, rows, one.title, one.hint.rstrip("."))


_CHOICES = {
    Value.ORG_TYPE: [org_type.vietnamese for org_type in OrgType],
    Value.KIND: [kind.vietnamese for kind in MeetingKind],
}
