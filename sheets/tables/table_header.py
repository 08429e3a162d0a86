"""Finds the header of a list among its tables and gives the lines under it as records, field by field."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from domain.problem import Problem
from domain.text import clean, loose_key, match_key
from sheets.tables.cells import Line, Table

#: How many filled lines from the top may come before the header: titles, addresses, rules.
_SEARCHED = 40
#: Letters of a column's name with what stands in brackets after it; whatever is longer is no name.
_LONGEST_TITLE = 500


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of list."""

    names: dict[str, tuple[str, ...]]  #: field -> what people call its column, the form's own name first
    least: int  #: a line is a header if it names at least so many of them
    #: words that begin a line of sums, or what stands under a list: signatures, recipients, notes
    sums: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ("STT", "TT", "Số TT", "Số thứ tự")  #: columns that say nothing

    def title(self, field: str) -> str:
        """The name of the field's column in our own form."""
        return self.names[field][0]

    def field(self, header: str) -> tuple[str | None, bool]:
        """The field a column's name stands for, and whether it was spelled with its marks (A11).

        Brackets and asterisks after the name do not count: `Ngày (dd/mm/yyyy) *`.
        """
        if len(header) > _LONGEST_TITLE:
            return None, True
        plain = re.sub(r"\s*(\(.*\)|[*:.])\s*$", "", re.sub(r"\s*[*:.]+\s*$", "", clean(header)))
        for key, known in self._known.items():
            fields = known.get(key(plain), ())
            if len(fields) == 1:
                return fields[0], key is match_key
        return None, True

    @cached_property
    def _known(self) -> dict[Callable[[str], str], dict[str, list[str]]]:
        """For each way to compare, strict before loose: the fields that a key stands for, made once."""
        known: dict[Callable[[str], str], dict[str, list[str]]] = {match_key: {}, loose_key: {}}
        for key, fields in known.items():
            for field, names in self.names.items():
                for one in {key(name) for name in (*names, field)}:
                    fields.setdefault(one, []).append(field)
        return known

    def ignores(self, header: str) -> bool:
        """Whether the column says nothing: a mere number."""
        return match_key(header).rstrip(".") in map(match_key, self.ignored)


@dataclass(frozen=True)
class Header:
    """Where the header of a table ends, and which column holds which field."""

    table: Table
    columns: Columns
    first: int  #: index of its first line within the table
    last: int  #: index of its last line within the table
    fields: dict[str, int]
    unread: dict[int, str]  #: columns that are not read, with their names
    problems: tuple[Problem, ...]

    @property
    def filled(self) -> bool:
        """Whether anything stands under it in a column that is read."""
        read = set(self.fields.values())
        return any(line.own.keys() & read for line in self.table.lines[self.last + 1 :])

    @property
    def above(self) -> list[str]:
        """What stands above it: titles, addresses, rules."""
        return [cell.text for line in self.table.lines[: self.first] for cell in line.own.values()]


def find_header(tables: list[Table], columns: Columns, name: str) -> tuple[Header | None, list[Problem]]:
    """The header of the one list that is filled in, visible before hidden; `name` is the file's.

    Two visible lists are refused, as nobody can know which one is meant; a hidden one more is told, not read.
    """
    found = [header for table in tables if (header := _header_of(table, columns))]
    if not found:
        known = ", ".join(f"“{columns.title(field)}”" for field in columns.names)
        return None, [Problem(name, "không thấy dòng tiêu đề của danh sách", f"thêm một dòng có các cột {known}")]
    chosen = min(found, key=lambda one: (not one.filled, one.table.hidden))  # the first of equals
    problems = list(chosen.problems)
    if chosen.table.hidden:
        problems.append(Problem(chosen.table.name, "trang bị ẩn, vẫn được đọc", "kiểm tra trang này", warning=True))
    for other in found:
        if other is not chosen and other.filled:
            fault = f"trang này cũng có danh sách nhưng không được đọc, chỉ đọc “{chosen.table.name}”"
            remedy = "giữ một trang, gộp hai danh sách hoặc gửi riêng"
            problems.append(Problem(other.table.name, fault, remedy, warning=other.table.hidden))
    return chosen, problems


def missing_columns(header: Header, columns: Columns, *needed: str) -> list[Problem]:
    """The columns that a list cannot do without and this one lacks."""
    return [
        Problem(header.table.name, f"thiếu cột “{columns.title(field)}”", "thêm cột này")
        for field in needed
        if field not in header.fields
    ]


def _header_of(table: Table, columns: Columns) -> Header | None:
    for index, line in enumerate(table.lines[:_SEARCHED]):
        named = {columns.field(cell.text)[0] for cell in line.cells.values()} - {None}
        if len(named) >= columns.least:
            last = index
            while last + 1 < len(table.lines) and _goes_on(table.lines[last + 1], columns):
                last += 1
            return _read_header(table, index, last, columns)
    return None


def _goes_on(line: Line, columns: Columns) -> bool:
    """Whether the line still belongs to the header: `Ngày | Giờ` under `Thời gian`, or `(1) | (2) | (3)`."""
    texts = [cell.text for cell in line.cells.values() if not cell.empty]
    numbered = all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts) and len(texts) >= columns.least
    return numbered or all(columns.field(text)[0] or columns.ignores(text) for text in texts)


def _read_header(table: Table, first: int, last: int, columns: Columns) -> Header:
    titles: dict[int, tuple[str, str, str]] = {}  # column -> its name, place and merged range
    for line in table.lines[first : last + 1]:
        for column, cell in line.cells.items():
            if not cell.empty and not re.fullmatch(r"\(?\d{1,2}\)?", cell.text):
                titles[column] = (cell.text, cell.place, cell.merged)
    fields: dict[str, int] = {}
    unread: dict[int, str] = {}
    problems = []
    for column, (title, place, merged) in sorted(titles.items()):
        field, spelled = columns.field(title)
        if field is None or (merged and field in fields):
            if not columns.ignores(title):
                unread[column] = title
        elif field in fields:
            fault = f"có hai cột cùng là “{columns.title(field)}”"
            problems.append(Problem(place, fault, "giữ một cột, hoặc đặt tên khác cho cột này"))
        else:
            fields[field] = column
            if not spelled:
                fault = f"cột “{title}” được hiểu là “{columns.title(field)}”"
                problems.append(Problem(place, fault, "ghi tên cột có dấu", warning=True))
    if not table.lines[0].in_sheet:
        return Header(table, columns, first, last, fields, unread, tuple(problems))
    problems += _hidden_columns(table, fields, unread, columns)
    return Header(table, columns, first, last, fields, unread, tuple(problems))


def _hidden_columns(
    table: Table, fields: dict[str, int], unread: dict[int, str], columns: Columns
) -> Iterator[Problem]:
    names = {column: columns.title(field) for field, column in fields.items()} | unread
    for column in sorted(table.hidden_columns & names.keys()):
        place = f"{table.name}!cột {get_column_letter(column)}"
        does = "không được đọc" if column in unread else "vẫn được đọc"
        yield Problem(place, f"cột “{names[column]}” bị ẩn, {does}", "bỏ ẩn và kiểm tra lại", warning=True)
