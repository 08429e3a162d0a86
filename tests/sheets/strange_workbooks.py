"""Workbooks as strange programs make them: a good one whose parts are changed (`strange_kinds` says how)."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, time

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

Parts = dict[str, bytes]
Change = Callable[[Parts], None]

BOOK, SHEET, STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
LINKS, TYPES, CORE = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "docProps/core.xml"
TEXTS, THEME, NOTES = "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/comments/comment1.xml"

HEADER = ("STT", "Tên tổ chức đảng", "Loại hình", "Cấp trên trực tiếp", "Ngày", "Giờ", "Địa điểm", "Loại sinh hoạt")
#: What every one of these workbooks says, for May 2024.
MEETINGS = (
    (1, "Chi bộ khu phố Một", "Chi bộ trực thuộc", "Đảng ủy phường Mẫu", date(2024, 5, 14), time(14), "Phòng họp A",
     "Thường kỳ"),
    (2, "Chi bộ khu phố Hai", "Chi bộ trực thuộc", "Đảng ủy phường Mẫu", date(2024, 5, 16), time(19), "Nhà văn hóa",
     "Thường kỳ"),
)  # fmt: skip

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND_OF_TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def good_workbook() -> bytes:
    """A list with the decoration that offices use: fills, a font, a note, a rule, a name."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Danh sách"
    for row in (HEADER, *MEETINGS):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(name="Times New Roman", bold=True), PatternFill("solid", start_color="DDE7F0")
    sheet["B1"].comment = Comment("ghi tên đầy đủ", "Ban Tổ chức")
    rule = DataValidation(type="list", formula1='"Thường kỳ,Chuyên đề"')
    rule.add("H2:H20")
    sheet.add_data_validation(rule)
    book.defined_names["ds"] = DefinedName("ds", attr_text="'Danh sách'!$A$1:$H$3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken_apart(raw: bytes) -> Parts:
    """The parts of the package by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def put_together(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def made(*changes: Change) -> bytes:
    """The good workbook after these changes, as the bytes of a file."""
    parts = taken_apart(good_workbook())
    for change in changes:
        change(parts)
    return put_together(parts)


def writing(part: str, pattern: str, to: str) -> Change:
    """Something else where the pattern stands in that part; it must stand there."""

    def change(parts: Parts) -> None:
        text, times = re.subn(pattern, to, parts[part].decode("utf-8"), flags=re.DOTALL)
        assert times, f"{part} has no {pattern}"
        parts[part] = text.encode("utf-8")

    return change


def after_cells(inserted: str) -> Change:
    """Something more behind the cells of the sheet."""
    return writing(SHEET, "</sheetData>", f"</sheetData>{inserted}")


def linked(element: str, attributes: str = "", within: str = "") -> str:
    """The element with an `r:id` that leads nowhere, `within` another."""
    alone = f'<{element} {attributes} xmlns:r="{_OFFICE}" r:id="rId77"/>'
    return f"<{within}>{alone}</{within}>" if within else alone


def without(*endings: str) -> Change:
    """No part whose name ends so, while what leads to it stays."""

    def change(parts: Parts) -> None:
        gone = [name for name in parts if name.endswith(endings)]
        assert gone
        for name in gone:
            del parts[name]

    return change


def holding(part: str, content: bytes) -> Change:
    """A part with other bytes in it."""

    def change(parts: Parts) -> None:
        parts[part] = content

    return change


def named(rename: Callable[[str], str]) -> Change:
    """Parts with other names, while what leads to them stays."""

    def change(parts: Parts) -> None:
        renamed = {rename(name): content for name, content in parts.items()}
        parts.clear()
        parts.update(renamed)

    return change


def with_shared_texts(parts: Parts) -> None:
    """The texts of the cells in a part of their own, as Excel keeps them."""
    texts: list[str] = []

    def move(found: re.Match[str]) -> str:
        texts.append(re.sub(r"&#(\d+);", lambda letter: chr(int(letter[1])), found[2]))
        return f'<c {found[1]}t="s"><v>{len(texts) - 1}</v></c>'

    cells = re.sub(r'<c ([^>]*?)t="inlineStr"><is>(.*?)</is></c>', move, parts[SHEET].decode("utf-8"))
    parts[SHEET] = cells.encode("utf-8")
    parts[TEXTS] = f'<sst xmlns="{_MAIN}">{"".join(f"<si>{text}</si>" for text in texts)}</sst>'.encode()
    link = f'<Relationship Id="rId50" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    writing(LINKS, "</Relationships>", link)(parts)
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND_OF_TEXTS}"/></Types>'
    writing(TYPES, "</Types>", override)(parts)


def strict(parts: Parts) -> None:
    """Strict Open XML: the same elements in other namespaces."""
    for name, content in parts.items():
        if name != TYPES:
            content = content.replace(_MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            parts[name] = content.replace(_OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")


def prefixed(parts: Parts) -> None:
    """Every element of the sheet under a prefix."""
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts[SHEET].decode("utf-8"))
    parts[SHEET] = text.replace("xmlns=", "xmlns:x=", 1).encode("utf-8")
