"""Tells the lines of a list that are no entry: repeated headers, group headings, sums, and what stands under it."""

import re
from functools import lru_cache

from domain.problem import Problem
from domain.text import match_key
from sheets.tables.cells import Cell, Line
from sheets.tables.table_header import Header

_DATED = re.compile(r".+, (ngày|tháng) .*\d{4}", re.IGNORECASE)  # `Nhơn Trạch, ngày 20 tháng 01 năm 2024`
_GROUP_NUMBER = re.compile(r"[IVXLC]{1,5}[.)]?|[A-Z][.)]?")
#: So many cells of a line and no more may be filled where it is taken for a signature or a sum.
_FEW = 2
#: Letters of a cell that are compared with such words, none of which is nearly as long.
_BEGINNING = 80


def what_it_is(line: Line, header: Header, below: bool) -> tuple[Problem | None, bool]:
    """What the line is if it is no entry, as a problem; and whether the list has ended by then.

    `below` is what was returned for the line before. An entry that lacks most of its cells stays an entry:
    only words that begin no name of an organisation make a line something else.
    """
    again = _header_again(line, header)
    if again:
        return again, False
    filled = [cell for _, cell in sorted(line.own.items())]
    words = [cell for cell in filled if not re.fullmatch(r"\d+\.?", cell.text)]
    read = [cell for column, cell in sorted(line.own.items()) if column in header.fields.values()]
    if not words:
        return None, below
    text = " | ".join(cell.text for cell in words)
    if _group(line, header):
        return _told(line, f"dòng tiêu đề nhóm, không đọc là một mục (“{text}”)"), below
    few = len(read) <= _FEW
    if few and _begins(words[0], header.columns.sums):
        return _told(line, f"dòng tổng cộng, không đọc (“{text}”)"), below
    known = any(_begins(cell, header.columns.foot) for cell in words)
    below = few and (below or known or (bool(header.columns.foot) and bool(_DATED.fullmatch(words[0].text))))
    return (_told(line, f"dòng dưới danh sách, không đọc (“{text}”)") if below else None), below


def _told(line: Line, fault: str) -> Problem:
    return Problem(line.place, fault, "kiểm tra dòng này", warning=True)


def _header_again(line: Line, header: Header) -> Problem | None:
    """A header copied into the list along with its lines; refused if its columns stand in another order."""
    named = {column: header.columns.field(cell.text)[0] for column, cell in line.own.items()}
    fields = {field: column for column, field in named.items() if field}
    if len(fields) < header.columns.least:
        return None
    if all(header.fields.get(field) == column for field, column in fields.items()):
        return Problem(line.place, "dòng tiêu đề lặp lại, không đọc", "xóa dòng này nếu muốn", warning=True)
    return Problem(line.place, "dòng tiêu đề lặp lại có các cột khác thứ tự", "chép hai danh sách vào cùng thứ tự cột")


def _group(line: Line, header: Header) -> bool:
    """`I. Đảng ủy xã …` merged across the line, or a Roman number and a name and nothing else."""
    own = line.own
    if len(own) == 1:
        (only,) = own.values()
        copies = [cell for cell in line.cells.values() if cell.merged]
        first = only.place.rpartition("!")[2] + ":"
        return len(copies) >= _FEW and all(cell.merged.startswith(first) for cell in copies)
    beside = [cell for column, cell in own.items() if column not in header.fields.values()]
    return len(own) == _FEW and len(beside) == 1 and bool(_GROUP_NUMBER.fullmatch(beside[0].text))


def _begins(cell: Cell, words: tuple[str, ...]) -> bool:
    text = _apart(cell.text[:_BEGINNING]) + " "
    return any(text.startswith(_apart(word) + " ") for word in words)


@lru_cache(maxsize=1024)
def _apart(text: str) -> str:
    """A key in which signs count as blanks: the key of `nhận:` is not that of `nhận` and something after it."""
    return match_key(re.sub(r"[:.,;/]", " ", text))
