"""Takes the fields out of one record, and notes for each what is missing, unknown, merged or not understood."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from config.faults import did_you_mean
from domain.problem import Problem
from domain.text import match_key
from sheets.tables.cells import Cell, Record

T = TypeVar("T")


class RecordReader:
    """One pass over a record; `problems` grows as fields are asked for, each at its cell."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.problems: list[Problem] = list(record.problems)
        self._told: set[str] = set()

    @property
    def understood(self) -> bool:
        """Whether nothing so far was more than a warning."""
        return not any(problem.warning is False for problem in self.problems)

    def note(self, cell: Cell, fault: str, remedy: str, *, warning: bool = False) -> None:
        """Note a fault of that cell."""
        self.problems.append(Problem(cell.place, fault, remedy, warning))

    def refuse(self, cell: Cell, error: ValueError) -> None:
        """Note what a reading function of the domain raised: `fault; remedy`."""
        fault, _, remedy = str(error).partition("; ")
        self.note(cell, fault, remedy)

    def cell(self, field: str) -> Cell | None:
        """The cell of that field if it holds a value; what is wrong with the cell itself is noted once."""
        cell = self.record.cells.get(field)
        if cell is None or cell.empty:
            return None
        if field not in self._told:
            self._told.add(field)
            if cell.fault:
                self.note(cell, cell.fault, "ghi thẳng giá trị vào ô")
            elif cell.merged:
                fault = f"thuộc ô gộp {cell.merged}, được hiểu là “{shown(cell)}”"
                self.note(cell, fault, "bỏ gộp ô nếu không đúng", warning=True)
        return None if cell.fault else cell

    def missing(self, field: str, fault: str, remedy: str, *, warning: bool = False) -> None:
        """Note that the field is empty; nothing is said of a column that is not there, or of a faulty cell."""
        cell = self.record.cells.get(field)
        if cell is not None and cell.empty:
            self.note(cell, fault, remedy, warning=warning)

    def text(self, field: str) -> str:
        """The field as text, empty if nothing stands there."""
        cell = self.cell(field)
        if cell is None:
            return ""
        if isinstance(cell.value, date | time | timedelta):
            remedy = "định dạng ô là Văn bản (Text) rồi ghi lại"
            self.note(cell, f"Excel đã đổi chữ thành ngày hoặc giờ ({shown(cell)})", remedy)
            return ""
        if isinstance(cell.value, bool):
            self.note(cell, f"“{cell.text}” không phải chữ", "ghi lại bằng chữ")
            return ""
        return cell.text

    def choice(self, field: str, known: Mapping[str, T]) -> T | None:
        """The value whose name stands there; a name that is only nearly right is suggested, not taken (A11)."""
        text, cell = self.text(field), self.cell(field)
        if not text or cell is None:
            return None
        by_key = {match_key(name): value for name, value in known.items()}
        value = by_key.get(match_key(text))
        if value is None:
            names = [name for name in known if not name.isascii()]
            remedy = did_you_mean(text, names, f"chọn một trong: {', '.join(dict.fromkeys(names))}")
            self.note(cell, f"không có “{text}” trong các loại được dùng", remedy)
        return value

    def whole_number(self, field: str, least: int = 1) -> int | None:
        """The field as a whole number; `3.069` as text is three thousand and sixty-nine (P20)."""
        text, cell = self.text(field), self.cell(field)
        if not text or cell is None:
            return None
        plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text
        fractional = isinstance(cell.value, float) and not cell.value.is_integer()
        if fractional or not re.fullmatch(r"\d{1,9}", plain) or int(plain) < least:
            self.note(cell, f"“{text}” không phải số nguyên từ {least}", "ghi một số như 31")
            return None
        return int(plain)


def shown(cell: Cell) -> str:
    """The value as a person would write it."""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%d/%m/%Y}" + (f" {cell.value:%H:%M}" if cell.value.time() != time() else "")
    return f"{cell.value:%d/%m/%Y}" if isinstance(cell.value, date) else cell.text
