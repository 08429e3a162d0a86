"""Makes the Excel form in which the working group writes its findings; the reading side takes it back (R15–R38, P6)."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from domain.dates import short_date
from domain.findings import ItemResult
from domain.nomination import Meeting
from domain.plan import Plan
from sheets.findings import checklist_sheet, meetings_sheet
from sheets.findings.findings_file import KINDS, REMARKS
from sheets.tables.form_sheet import (
    checked_number,
    drop_down_from,
    header,
    lines_of,
    on_a4,
    put,
    say,
    tall,
    to_bytes,
    widths,
)

_DRAWN = 40  # lines for remarks
_FIRST_KIND = 5  # the row of the guide in which the kinds of remarks begin

_OF_SEVERAL = (
    "Dự nhiều buổi: mỗi buổi có một trang “Danh mục” mang số của buổi, ghi riêng kết quả của buổi ấy. Ở trang “Nhận "
    "xét”, ghi số của buổi ở cột “Buổi số” cho ưu điểm, hạn chế của một buổi; chung các buổi thì để trống."
)

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
    titles = [
        (sheet, f"KẾT QUẢ GIÁM SÁT{f' TẠI {name.upper()}' if name else ''}")
        for sheet, name in checklist_sheet.draw(book, plan, meetings)
    ]
    remarks = book.create_sheet("Nhận xét")
    _remarks(remarks, several=len(meetings) > 1)
    titles.append((remarks, "NHẬN XÉT CỦA TỔ CÔNG TÁC"))
    if meetings:
        titles.append((book.create_sheet(meetings_sheet.SHEET), "BUỔI SINH HOẠT"))
        meetings_sheet.draw(titles[-1][0], meetings)
    for sheet, title in titles:
        sheet.freeze_panes = "A2"
        on_a4(sheet, "1:1", f"{title} – {of}")
    _guide(book.create_sheet("Hướng dẫn"), of, several=len(meetings) > 1)
    return to_bytes(book, plan.issued)


def _remarks(sheet: Worksheet, *, several: bool) -> None:
    names = [name for name in REMARKS.names if several or name != "meeting"]
    header(sheet, 1, [REMARKS.title(name) for name in names], lines=2)
    widths(sheet, (18, 64, 14, 28, 14, 18, 24, 10, *((10,) if several else ())))
    rows = range(2, 2 + _DRAWN)
    for row in rows:
        for column in range(1, len(names) + 1):
            put(sheet, row, column)
        sheet.cell(row, list(REMARKS.names).index("due") + 1).number_format = "dd/mm/yyyy"
        sheet.cell(row, list(REMARKS.names).index("items") + 1).number_format = "@"
    # A list that is written inside a rule is cut at its commas, and one of the kinds has a comma.
    kinds = f"'Hướng dẫn'!$A${_FIRST_KIND}:$A${_FIRST_KIND + len(KINDS) - 1}"
    drop_down_from(sheet, 1, rows, kinds)
    checked_number(sheet, 3, rows)
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 24, True


def _guide(sheet: Worksheet, of: str, *, several: bool) -> None:
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
        *((_OF_SEVERAL,) if several else ()),
        "Trang “Buổi sinh hoạt”: mỗi buổi một dòng; số người vắng ghi theo từng lý do, giờ ghi như 14:00.",
        "Chưa đủ vẫn nhập được: phần đã có được ghi lại, những mục còn thiếu được nêu rõ.",
        "Giữ nguyên cột Mã và tên cột; gõ bằng phông Unicode (Times New Roman), không dùng phông .VnTime hoặc VNI.",
    )
    for row, text in enumerate(notes, start=_FIRST_KIND + len(KINDS) + 1):
        say(sheet, row, text, 2, lines=lines_of(text, 120))
    on_a4(sheet)
