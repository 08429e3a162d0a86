"""How large a table may be, whatever file it came in: what lies beyond is no list and only keeps the machine busy."""

from domain.problem import Problem
from sheets.tables.cells import Table

#: The last column in which something may stand; a list has a dozen.
MAX_COLUMNS = 256
#: Lines and cells with something in them, of all sheets together; a list has hundreds.
MAX_LINES = 10_000
MAX_FILLED = 100_000
#: Letters of one cell, as in Excel, and of all cells together.
MAX_CELL_LETTERS = 32_767
MAX_LETTERS = 1_000_000

COPY_LIST = "chép riêng danh sách sang một tệp mới rồi gửi lại"


def beyond_limits(name: str, tables: list[Table]) -> Problem | None:
    """Why the tables of that file are not looked at any further; None if they may be."""
    lines = cells = letters = 0
    for table in tables:
        lines += len(table.lines)
        for line in table.lines:
            cells += len(line.cells)
            if line.cells and (last := max(line.cells)) > MAX_COLUMNS:
                return too_wide(line.place, last)
            lengths = [len(cell.value) for cell in line.cells.values() if isinstance(cell.value, str)]
            letters += sum(lengths)
            if max(lengths, default=0) > MAX_CELL_LETTERS:
                return Problem(line.place, f"có ô dài hơn {MAX_CELL_LETTERS} ký tự", COPY_LIST)
    return beyond_counts(name, lines, cells, letters)


def too_wide(place: str, columns: int) -> Problem:
    """So many columns are no list."""
    return Problem(place, f"có quá nhiều cột ({columns}, nhiều nhất {MAX_COLUMNS})", COPY_LIST)


def beyond_counts(name: str, lines: int, cells: int, letters: int = 0) -> Problem | None:
    """Which of these counts is too high for a list."""
    for count, most, what in ((lines, MAX_LINES, "dòng"), (cells, MAX_FILLED, "ô"), (letters, MAX_LETTERS, "chữ")):
        if count > most:
            return Problem(name, f"tệp có quá nhiều {what} ({count}, nhiều nhất {most})", COPY_LIST)
    return None
