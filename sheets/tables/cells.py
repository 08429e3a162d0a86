"""One cell, one line and one table of a file, each knowing its place so that a fault can be told where it is."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from openpyxl.utils import get_column_letter

from domain.problem import Problem
from domain.text import clean
from sheets.tables.form_origin import FormOrigin

#: What a cell of a spreadsheet may hold; text files hold text only.
Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Cell:
    """One value of a file."""

    place: str  #: `Sheet1!C7`, or `danh-sach.csv:7`
    value: Value
    fault: str = ""  #: why the value cannot be had, `công thức chưa có kết quả`
    merged: str = ""  #: `B7:B9` where the value is repeated from a merged range that begins elsewhere
    comment: str = ""  #: what somebody noted on it; it is told, not read
    struck: bool = False  #: struck through, as people do who mean to delete it
    unformatted: bool = False  #: a number of which nobody knows how it is shown: it may be a date
    font: str = ""  #: the font it is shown in: an old one gives away an old encoding (P13)

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not self.fault and (self.value is None or (isinstance(self.value, str) and not clean(self.value)))

    @property
    def text(self) -> str:
        """The value as text: NFC, on one line, whole numbers without a fraction (P8, P12)."""
        if self.value is None:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return clean(str(self.value))


@dataclass(frozen=True)
class Line:
    """One line of a table, counted from 1 as the file counts it."""

    source: str  #: the sheet's name, or the file's
    number: int
    cells: dict[int, Cell]  #: by column, from 1; empty ones may be absent
    in_sheet: bool = True
    hidden: bool = False

    @property
    def place(self) -> str:
        """`Sheet1!dòng 7`, or `danh-sach.csv:7`."""
        return f"{self.source}!dòng {self.number}" if self.in_sheet else f"{self.source}:{self.number}"

    def cell(self, column: int) -> Cell:
        """The cell in that column, an empty one if nothing stands there."""
        if column in self.cells:
            return self.cells[column]
        place = f"{self.source}!{get_column_letter(column)}{self.number}" if self.in_sheet else self.place
        return Cell(place, None)

    @cached_property
    def own(self) -> dict[int, Cell]:
        """The cells with something of their own in them, not repeated from a merged range."""
        return {column: cell for column, cell in self.cells.items() if not cell.empty and not cell.merged}


@dataclass(frozen=True)
class Table:
    """One sheet, or one text file, as lines from the top."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    origin: FormOrigin | None = None  #: for whom the form was made, if it is one of ours


@dataclass(frozen=True)
class Record:
    """One line under a header: its cells by field. A field whose column is not there is absent."""

    place: str
    cells: dict[str, Cell]
    problems: tuple[Problem, ...] = field(default=())
