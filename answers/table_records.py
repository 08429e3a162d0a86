"""Gives the lines under a header as records, and says what of each line is hidden or left unread."""

import re
from collections.abc import Iterator

from answers.cells import Line, Record
from answers.table_header import Header
from domain.problem import Problem


def records(header: Header) -> tuple[list[Record], list[Problem]]:
    """Every line with something of its own in a column that is read, and what is wrong with the others.

    Blank lines, lines with nothing but a running number, and the lines that a merged range merely
    stretches over are no records.
    """
    found: list[Record] = []
    problems: list[Problem] = []
    for line in header.table.lines[header.last + 1 :]:
        if line.own.keys() & set(header.fields.values()):
            cells = {field: line.cell(column) for field, column in header.fields.items()}
            found.append(Record(line.place, cells, tuple(_about(line, header))))
        else:
            problems += _unread(line, header)
    return found, problems


def _about(line: Line, header: Header) -> Iterator[Problem]:
    if line.hidden:
        yield Problem(line.place, "dòng bị ẩn, vẫn được đọc", "xóa dòng này nếu không cần", warning=True)
    yield from _unread(line, header)


def _unread(line: Line, header: Header) -> Iterator[Problem]:
    """What stands in columns that are not read. In a .csv file it means that the columns have slipped."""
    read = set(header.fields.values())
    for column, cell in sorted(line.own.items()):
        if column in read:
            continue
        if column in header.unread:
            fault = f"cột “{header.unread[column]}” không được đọc (“{cell.text}”)"
            yield Problem(cell.place, fault, "chuyển sang cột khác nếu cần", warning=True)
        elif not line.in_sheet and column > max(read | header.unread.keys()):
            fault = f"dòng có nhiều ô hơn tiêu đề (“{cell.text}”)"
            yield Problem(cell.place, fault, "đặt chữ có dấu phẩy hoặc chấm phẩy trong ngoặc kép")
        elif not re.fullmatch(r"\d+\.?", cell.text):
            yield Problem(cell.place, f"cột không có tên, không được đọc (“{cell.text}”)", "đặt tên cột", warning=True)
