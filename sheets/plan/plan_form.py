"""Makes the Excel sheet in which a plan is drawn up; `visits plan import` takes it back (P6, R49, C10)."""

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.plan import Unit
from domain.taking_up_words import EXAMPLES
from sheets.plan.plan_columns import COLUMNS, TYPES
from sheets.tables.form_sheet import as_text, drop_down, first_sheet, header, on_a4, put, say, to_bytes, widths

_HEADER = 4
#: Lines drawn below the units that are filled in already, and lines that are checked all the same.
_EMPTY, _CHECKED = 30, 300
_WIDTHS = {
    "month": 8, "self": 9, "name": 30, "unit_type": 14, "day": 12, "short_name": 18,
    "standing_board": 32, "committee": 12, "restricted": 11, "code": 16, "aliases": 20, "before": 34,
}  # fmt: skip
_NEEDED = ("name",)
_MIDDLE = ("month", "self", "day", "restricted")


def plan_form(year: int, units: Sequence[Unit] = ()) -> bytes:
    """The sheet for that year, with the units that are known filled in; always the same bytes for the same units."""
    book = Workbook()
    sheet = first_sheet(book, f"Kế hoạch {year}")
    titles = [COLUMNS.title(name) + (" *" if name in _NEEDED else "") for name in _WIDTHS]
    widths(sheet, [5, *_WIDTHS.values()])
    wide = len(_WIDTHS) + 1
    say(sheet, 1, f"KẾ HOẠCH DỰ, GIÁM SÁT NĂM {year}: ĐƠN VỊ VÀ THÁNG", wide, bold=True)
    say(
        sheet, 2,
        "Mỗi đơn vị một dòng: ghi tháng được dự (như 2, hoặc 2 và 8), hoặc x ở cột “Tự giám sát”. Một tháng có thể có "
        "nhiều đơn vị. Đơn vị đã có trong kế hoạch trước chỉ cần đúng tên hoặc mã; đơn vị mới nên ghi đủ các cột.",
        wide, lines=2,
    )  # fmt: skip
    say(
        sheet, 3,
        "“Kính gửi” là tên trên công văn, như Ban Thường vụ Đảng ủy xã …; “Ngày dự kiến” để trống nếu chưa rõ. "
        f"“Đã làm trước” chỉ ghi cho đợt làm trước khi dùng phần mềm, như: {EXAMPLES}; để trống thì được hỏi khi nạp.",
        wide, lines=2,
    )  # fmt: skip
    header(sheet, _HEADER, ["TT", *titles], lines=2)
    sheet.freeze_panes = f"D{_HEADER + 1}"
    for number in range(len(units) + _EMPTY):
        _line(sheet, _HEADER + 1 + number, number + 1, units[number] if number < len(units) else None)
    _rules(sheet, range(_HEADER + 1, _HEADER + 1 + _CHECKED))
    on_a4(sheet, f"{_HEADER}:{_HEADER}")
    return to_bytes(book, date(year, 1, 1))


def _line(sheet: Worksheet, row: int, number: int, unit: Unit | None) -> None:
    put(sheet, row, 1, number, middle=True)
    for column, field in enumerate(_WIDTHS, start=2):
        put(sheet, row, column, _value(unit, field) if unit else None, middle=field in _MIDDLE)


def _value(unit: Unit, field: str) -> str | None:
    """What is known of the unit; when it is visited is left to people."""
    if field in ("month", "self", "day", "before"):
        return None
    if field == "unit_type":
        return next(name for name, kind in TYPES.items() if kind == unit.unit_type)
    if field == "restricted":
        return "x" if unit.restricted else None
    if field == "aliases":
        return "; ".join(unit.aliases) or None
    return str(getattr(unit, field))


def _rules(sheet: Worksheet, rows: range) -> None:
    at = {name: column for column, name in enumerate(_WIDTHS, start=2)}
    first_of_each = {kind: name for name, kind in reversed(TYPES.items())}
    drop_down(sheet, at["unit_type"], rows, [name for name in TYPES if name in first_of_each.values()])
    drop_down(sheet, at["self"], rows, ["x"])
    drop_down(sheet, at["restricted"], rows, ["x"])
    as_text(sheet, at["month"], rows, "Tháng được dự", "Ghi như 2, hoặc 2 và 8")
    as_text(sheet, at["day"], rows, "Ngày dự kiến", "Ghi ngày/tháng/năm, như 05/3/2026")
