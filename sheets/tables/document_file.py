"""Reads the tables of a Word file (.docx) as those of a workbook are read: cells, merged ranges, struck-out letters."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl.utils import get_column_letter

from domain.problem import Problem
from domain.text import clean
from sheets.tables.cells import Cell, Line, Table
from sheets.tables.document_guard import SAVE_AS_DOCX, look_inside_document
from sheets.tables.table_limits import MAX_COLUMNS, beyond_counts, too_wide

_PARAGRAPH, _TABLE, _TEXT, _FONTS = qn("w:p"), qn("w:tbl"), qn("w:t"), qn("w:rFonts")
_BREAKS = frozenset({qn("w:tab"), qn("w:br"), qn("w:cr")})
#: What somebody took out of the text while changes were noted, and what floats beside it.
_NOT_READ = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:tblGrid")})
_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
#: Paragraphs above a table that are kept with it: its heading says of which month it is.
_ABOVE = 20
_TOLD = 80  # letters of what is told to stand below


def read_document(name: str, raw: bytes) -> tuple[list[Table], list[Problem]]:
    """The tables of the document in their order, as `bảng 1`, `bảng 2`; none, with the reason, if it is not opened.

    `name` is how the file is called in problems. Nothing that the bytes hold raises. Changes that were noted and not
    yet taken are read as taken, with a doubt; text below the longest table is told, not read.
    """
    if unsafe := look_inside_document(name, raw):
        return [], [unsafe]
    try:
        body = Document(io.BytesIO(raw)).element.body
        found = list(_tables(name, body))
    except _TooLarge as too_large:
        return [], [too_large.problem]
    except MemoryError:
        raise
    except Exception:  # the library raises whatever a broken or strangely made file makes it stumble over
        return [], [Problem(name, "chưa đọc được tệp Word này", SAVE_AS_DOCX)]
    if not found:
        return [], [Problem(name, "tệp Word không có bảng nào", "ghi danh sách thành bảng, mỗi buổi một dòng")]
    return [one.table for one in found], [*_doubts(name, body, found)]


class _TooLarge(Exception):  # noqa: N818 - it is an answer, not a defect
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.fault)


@dataclass
class _Found:
    """A table, and the paragraphs between it and the next."""

    table: Table
    below: list[str] = field(default_factory=list)


def _tables(name: str, body: Any) -> Iterator[_Found]:
    above: list[str] = []
    found: list[_Found] = []
    lines = cells = 0
    for element in _blocks(body):
        if element.tag == _TABLE:
            made = _table(f"bảng {len(found) + 1}", element, above[-_ABOVE:])
            found.append(_Found(made))
            lines, cells = lines + len(made.lines), cells + sum(len(line.cells) for line in made.lines)
            if refusal := beyond_counts(name, lines, cells):
                raise _TooLarge(refusal)
        elif text := clean(_text(element)):
            above.append(text)
            if found:
                found[-1].below.append(text)
    return iter(found)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order; what merely wraps them is looked into."""
    for child in parent.iterchildren():
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag not in _NOT_READ and isinstance(child.tag, str):
            yield from _blocks(child)


@dataclass
class _Placed:
    """One cell of the table as Word has it, with where it begins and ends."""

    row: int
    column: int
    width: int
    cell: Any
    last: int  #: the last row over which it stretches

    @property
    def range(self) -> str:
        """`B2:C4`."""
        end = get_column_letter(self.column + self.width - 1)
        return f"{get_column_letter(self.column)}{self.row}:{end}{self.last}"


def _table(name: str, table: Any, above: list[str]) -> Table:
    rows: dict[int, dict[int, Cell]] = {}
    for one in _placed(name, table):
        text, place = _text(one.cell), f"{name}!{get_column_letter(one.column)}{one.row}"
        font = _font(one.cell)
        for row in range(one.row, one.last + 1):
            for column in range(one.column, one.column + one.width):
                first = (row, column) == (one.row, one.column)
                at = place if first else f"{name}!{get_column_letter(column)}{row}"
                struck = first and _struck(one.cell)
                made = Cell(at, text, merged="" if first else one.range, struck=struck, font=font)
                rows.setdefault(row, {})[column] = made
    heading = tuple(Line(name, 0, {1: Cell(f"{name}!trên bảng", text)}) for text in above)
    return Table(name, heading + tuple(Line(name, row, rows[row]) for row in sorted(rows)))


def _placed(name: str, table: Any) -> list[_Placed]:
    """Every cell that begins somewhere; one that goes on from the row above makes that one longer."""
    found: list[_Placed] = []
    open_at: dict[int, _Placed] = {}
    rows = [row for row in table.tr_lst if not row.xpath("./w:trPr/w:del")]
    for number, row in enumerate(rows, start=1):
        column = 1 + row.grid_before
        for cell in row.xpath("./w:tc | ./w:sdt/w:sdtContent/w:tc"):
            width = max(cell.grid_span, 1)
            if column + width - 1 > MAX_COLUMNS:
                raise _TooLarge(too_wide(f"{name}!dòng {number}", column + width - 1))
            longer = open_at.get(column) if cell.vMerge == "continue" else None
            if longer and longer.last == number - 1:
                longer.last = number
            else:
                open_at[column] = _Placed(number, column, width, cell, number)
                found.append(open_at[column])
            column += width
    return found


def _text(element: Any) -> str:
    """What is read in it: paragraphs as lines, without what was taken out."""
    pieces: list[str] = []

    def walk(one: Any) -> None:
        for child in one.iterchildren():
            if child.tag in _NOT_READ:
                continue
            if child.tag == _TEXT:
                pieces.append(child.text or "")
            elif child.tag in _BREAKS:
                pieces.append(" ")
            else:
                walk(child)
            if child.tag == _PARAGRAPH:
                pieces.append("\n")

    walk(element)
    return "".join(pieces).strip()


def _struck(cell: Any) -> bool:
    """Whether all that is read in it is struck through, as people do who mean to take it out."""
    runs = [run for run in cell.xpath(".//w:r[w:t]") if run.xpath("normalize-space(string(.))")]
    return bool(runs) and all(run.xpath("./w:rPr/w:strike[not(@w:val='0' or @w:val='false')]") for run in runs)


def _font(cell: Any) -> str:
    """The font of its letters: an old one gives away an old encoding (P13)."""
    fonts = (one.get(qn("w:ascii")) for one in cell.iter(_FONTS))
    return next((font for font in fonts if font), "")


def _doubts(name: str, body: Any, found: list[_Found]) -> Iterator[Problem]:
    if any(next(body.iter(qn(change)), None) is not None for change in _CHANGES):
        fault = "tệp còn thay đổi đang theo dõi (Track Changes), được đọc như đã chấp nhận"
        yield Problem(name, fault, "xem lại từng dòng", warning=True)
    if next(body.iter(qn("w:commentReference")), None) is not None:
        yield Problem(name, "tệp có ghi chú (Comment) không được đọc", "mở tệp xem ghi chú", warning=True)
    longest = max(found, key=lambda one: len(one.table.lines))
    if longest.below:
        told = longest.below[0][:_TOLD] + ("…" if len(longest.below[0]) > _TOLD or len(longest.below) > 1 else "")
        yield Problem(name, f"chữ dưới bảng không được đọc (“{told}”)", "mở tệp xem có điều gì cần ghi", warning=True)
