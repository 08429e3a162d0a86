"""Reads a text table (.csv) whatever program wrote it: its letters, and commas, semicolons, tabs or bars (P14)."""

import csv
import io
import re
from collections import Counter

from domain.problem import Problem
from sheets.tables.cells import Cell, Line, Table
from sheets.tables.csv_letters import decode
from sheets.tables.table_limits import MAX_CELL_LETTERS, MAX_COLUMNS, beyond_counts, too_wide

_SIGNS = ",;\t|"


def read_csv(name: str, raw: bytes) -> tuple[list[Table], list[Problem]]:
    """The file as one table; none, with the reason, if its letters or its quotes cannot be made out.

    `name` is how the file is called in problems. A line's number is that of its first line in the file.
    """
    text, problems = decode(name, raw)
    if text is None:
        return [], problems
    lines: list[Line] = []
    refusal = _read_lines(name, text, lines)
    return ([], [*problems, refusal]) if refusal else ([Table(name, tuple(lines))], problems)


def _read_lines(name: str, text: str, lines: list[Line]) -> Problem | None:
    """Put every line with something in it among the lines; why the file is refused, as soon as that shows."""
    csv.field_size_limit(MAX_CELL_LETTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start, filled = 1, 0
    try:
        for values in reader:
            at, place, start = start, f"{name}:{start}", reader.line_num + 1
            columns = [column for column, value in enumerate(values, start=1) if value.strip()]
            if not columns:
                continue
            if columns[-1] > MAX_COLUMNS:
                return too_wide(place, columns[-1])
            filled += len(columns)
            lines.append(Line(name, at, {one: Cell(place, values[one - 1]) for one in columns}, in_sheet=False))
            if refusal := beyond_counts(name, len(lines), filled):
                return refusal
    except csv.Error as error:
        if "field limit" in str(error):
            fault, remedy = f"có ô dài hơn {MAX_CELL_LETTERS} ký tự", "kiểm tra dấu ngoặc kép; rút ngắn ô này"
            return Problem(f"{name}:{start}", fault, remedy)
        return Problem(f"{name}:{start}", "dấu ngoặc kép mở mà không đóng, hoặc đặt sai chỗ", "sửa dấu ngoặc kép")
    return None


def _delimiter(text: str) -> str:
    """The sign that most lines hold equally often, outside quotes."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:50]]

    def weight(sign: str) -> int:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max((count * times for count, times in counts.items()), default=0)

    return max(_SIGNS, key=weight)
