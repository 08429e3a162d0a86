"""Makes the Excel form in which the working group writes its findings; the reading side takes it back (R15–R38, P6)."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from domain.dates import short_date
from domain.findings import ItemResult
from domain.nomination import Meeting
from domain.plan import Plan
from sheets.findings import meetings_sheet
from sheets.findings.findings_file import CHECKLIST, KINDS, REMARKS
from sheets.tables.form_sheet import (
    checked_number,
    drop_down,
    drop_down_from,
    first_sheet,
    header,
    lines_of,
    on_a4,
    put,
    say,
    tall,
    to_bytes,
    widths,
)
from sheets.tables.table_header import Columns

_DRAWN = 40  # lines for remarks
_TEXT = 80  # width of the column that holds the checklist's words
_FIRST_KIND = 5  # the row of the guide in which the kinds of remarks begin

#: kind of remark -> what belongs into its line
_HOW = dict(
    zip(
        KINDS,
        (
            "Mỗi ưu điểm một dòng; phải có ít nhất một.",
            "Mỗi hạn chế một dòng, đánh số từ trên xuống: hạn chế số 1, số 2…; ghi từ mục giám sát nào, như II.2.b.",
            "Nguyên nhân của hạn chế, nếu có; mỗi nguyên nhân một dòng.",
            "Mỗi kiến nghị một dòng; ghi khắc phục hạn chế số mấy, nơi thực hiện và thời hạn như 05/4/2024.",
            "Khó khăn, vướng mắc của nơi được giám sát, nếu có.",
        ),
        strict=True,
    )
)


def findings_form(plan: Plan, meetings: Sequence[Meeting] = ()) -> bytes:
    """The whole checklist, a sheet for what the group has to say, one for the meetings, and how to write it.

    The same bytes for the same plan and meetings.
    """
    book = Workbook()
    of = f"theo Kế hoạch số {plan.symbol}, ngày {short_date(plan.issued)}"
    items = first_sheet(book, "Danh mục")
    _checklist(items, plan)
    remarks = book.create_sheet("Nhận xét")
    _remarks(remarks)
    titles = [(items, "KẾT QUẢ GIÁM SÁT"), (remarks, "NHẬN XÉT CỦA TỔ CÔNG TÁC")]
    if meetings:
        titles.append((book.create_sheet(meetings_sheet.SHEET), "BUỔI SINH HOẠT"))
        meetings_sheet.draw(titles[-1][0], meetings)
    for sheet, title in titles:
        sheet.freeze_panes = "A2"
        on_a4(sheet, "1:1", f"{title} – {of}")
    _guide(book.create_sheet("Hướng dẫn"), of)
    return to_bytes(book, plan.issued)


def _checklist(sheet: Worksheet, plan: Plan) -> None:
    header(sheet, 1, _titles(CHECKLIST))
    widths(sheet, (8, _TEXT, 18, 50, 34))
    for row, item in enumerate(plan.checklist, start=2):
        text = f"{item.code} {item.text}"
        for column, value in enumerate((item.id, text, None, None, None), start=1):
            put(sheet, row, column, value).alignment = Alignment(wrap_text=True, vertical="top")
        tall(sheet, row, lines_of(text, _TEXT))
    drop_down(sheet, 3, range(2, 2 + len(plan.checklist)), [result.vietnamese for result in ItemResult])


def _remarks(sheet: Worksheet) -> None:
    header(sheet, 1, _titles(REMARKS), lines=2)
    widths(sheet, (18, 64, 14, 28, 14, 18, 24, 10))
    rows = range(2, 2 + _DRAWN)
    for row in rows:
        for column in range(1, len(REMARKS.names) + 1):
            put(sheet, row, column)
        sheet.cell(row, list(REMARKS.names).index("due") + 1).number_format = "dd/mm/yyyy"
        sheet.cell(row, list(REMARKS.names).index("items") + 1).number_format = "@"
    # A list that is written inside a rule is cut at its commas, and one of the kinds has a comma.
    kinds = f"'Hướng dẫn'!$A${_FIRST_KIND}:$A${_FIRST_KIND + len(KINDS) - 1}"
    drop_down_from(sheet, 1, rows, kinds)
    checked_number(sheet, 3, rows)
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 24, True


def _guide(sheet: Worksheet, of: str) -> None:
    widths(sheet, (24, 96))
    say(sheet, 1, "HƯỚNG DẪN GHI KẾT QUẢ GIÁM SÁT", 2, bold=True)
    say(sheet, 2, f"Mẫu {of}", 2, middle=True)
    header(sheet, _FIRST_KIND - 1, ["Loại nhận xét", "Cách ghi ở trang “Nhận xét”"])
    for row, kind in enumerate(KINDS, start=_FIRST_KIND):
        put(sheet, row, 1, kind)
        put(sheet, row, 2, _HOW[kind])
        tall(sheet, row, 1)
    results = "; ".join(f"“{result.vietnamese}”" for result in ItemResult)
    notes = (
        f"Trang “Danh mục”: mỗi mục chọn một kết quả trong {results}.",
        f"Mục “{ItemResult.PARTLY_MET.vietnamese}”, “{ItemResult.NOT_MET.vietnamese}”: ghi chú rõ thiếu gì và nêu mục "
        "ấy ở một hạn chế, hoặc ghi lý do không coi là hạn chế.",
        "Kiến nghị phải làm ngay thì ghi “Có” ở cột “Làm ngay”; ghi ban hoặc đồng chí theo dõi, đôn đốc nếu có.",
        "Trang “Buổi sinh hoạt”: mỗi buổi một dòng; số người vắng ghi theo từng lý do, giờ ghi như 14:00.",
        "Chưa đủ vẫn nhập được: phần đã có được ghi lại, những mục còn thiếu được nêu rõ.",
        "Giữ nguyên cột Mã và tên cột; gõ bằng phông Unicode (Times New Roman), không dùng phông .VnTime hoặc VNI.",
    )
    for row, text in enumerate(notes, start=_FIRST_KIND + len(KINDS) + 1):
        say(sheet, row, text, 2, lines=lines_of(text, 120))
    on_a4(sheet)


def _titles(columns: Columns) -> list[str]:
    return [columns.title(name) for name in columns.names]
