"""Gives the lines under a header as records, and says what of each line is hidden or left unread."""

import re
from collections.abc import Iterator

from domain.problem import Problem
from sheets.tables.cells import Line, Record
from sheets.tables.table_header import Header
from sheets.tables.table_lines import what_it_is

#: Lines under a header; more are no list, and each costs time.
MAX_RECORDS = 3_000
#: So many cells of a line are told one by one where they are not read.
_TOLD = 10


def records(header: Header) -> tuple[list[Record], list[Problem]]:
    """Every line with something of its own in a column that is read, and what is wrong with the others.

    Blank lines, lines with nothing but a running number, and the lines that a merged range merely
    stretches over are no records; nor are repeated headers, group headings, sums and signatures, each told.
    """
    lines = header.table.lines[header.last + 1 :]
    if len(lines) > MAX_RECORDS:
        fault = f"danh sách có {len(lines)} dòng, nhiều nhất {MAX_RECORDS}"
        return [], [Problem(header.table.name, fault, "bỏ các dòng thừa, hoặc chia thành nhiều tệp")]
    found: list[Record] = []
    problems: list[Problem] = []
    below = False  # whether the list has ended and signatures and notes have begun
    for line in lines:
        beside, below = what_it_is(line, header, below)
        if beside:
            problems += [beside, *_noted(line)]
        elif line.own.keys() & set(header.fields.values()):
            cells = {field: line.cell(column) for field, column in header.fields.items()}
            found.append(Record(line.place, cells, tuple(_about(line, header))))
        else:
            problems += [*_unread(line, header), *_noted(line)]
    return found, problems


def _about(line: Line, header: Header) -> Iterator[Problem]:
    if line.hidden:
        yield Problem(line.place, "dòng bị ẩn, vẫn được đọc", "xóa dòng này nếu không cần", warning=True)
    struck = [cell for _, cell in sorted(line.own.items()) if cell.struck]
    if struck:
        fault = f"chữ bị gạch ngang (“{struck[0].text}”), vẫn được đọc"
        yield Problem(struck[0].place, fault, "xóa hẳn dòng này nếu đã bỏ", warning=True)
    yield from _unread(line, header)
    yield from _noted(line)


def _noted(line: Line) -> Iterator[Problem]:
    """The notes that people pin to a cell; they may say that the cell is wrong."""
    for _, cell in sorted(line.cells.items()):
        if cell.comment:
            fault = f"ô có ghi chú không được đọc (“{cell.comment}”)"
            yield Problem(cell.place, fault, "ghi vào ô nếu cần", warning=True)


def _unread(line: Line, header: Header) -> Iterator[Problem]:
    """What stands in columns that are not read. In a .csv file it means that the columns have slipped."""
    read = set(header.fields.values())
    beside = [(column, cell) for column, cell in sorted(line.own.items()) if column not in read]
    for column, cell in beside[:_TOLD]:
        if column in header.unread:
            fault = f"cột “{header.unread[column]}” không được đọc (“{cell.text}”)"
            yield Problem(cell.place, fault, "chuyển sang cột khác nếu cần", warning=True)
        elif not line.in_sheet and column > max(read | header.unread.keys()):
            fault = f"dòng có nhiều ô hơn tiêu đề (“{cell.text}”)"
            yield Problem(cell.place, fault, "đặt chữ có dấu phẩy hoặc chấm phẩy trong ngoặc kép")
        elif not re.fullmatch(r"\d+\.?", cell.text):
            yield Problem(cell.place, f"cột không có tên, không được đọc (“{cell.text}”)", "đặt tên cột", warning=True)
    if len(beside) > _TOLD:
        fault = f"còn {len(beside) - _TOLD} ô khác của dòng này không được đọc"
        named = beside[-1][0] <= max(read | header.unread.keys())
        yield Problem(line.place, fault, "xóa các cột thừa", warning=line.in_sheet or named)
