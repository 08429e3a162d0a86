"""A host's form as tests fill it in and send it: one meeting a line, and what the import says of it."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheets.nominations.nomination_file import Understood

FIRST = 6  #: the form's first line
COLUMNS = {
    "organisation": "B", "org_type": "C", "parent": "D", "day": "E", "time": "F", "venue": "G",
    "kind": "H", "theme": "I", "members": "J", "contact": "K",
}  # fmt: skip
MEETING: dict[str, object] = {
    "organisation": "Chi bộ ấp Mẫu Hai", "org_type": "Chi bộ trực thuộc", "parent": "Đảng ủy xã Mẫu",
    "day": "20/02/2024", "time": "14:00", "venue": "Nhà văn hóa ấp Mẫu Hai", "kind": "Thường kỳ",
    "members": 24, "contact": "Nguyễn Văn Ví Dụ, 0900 000 000",
}  # fmt: skip


def write(book: Workbook, row: int = FIRST, **changes: object) -> Worksheet:
    """One meeting in that line, without what is given as None."""
    sheet = book["Danh sách"]
    for field, value in (MEETING | changes).items():
        sheet[f"{COLUMNS[field]}{row}"] = value  # type: ignore[assignment]  # what may stand in a cell is wider
    return sheet


def faults(understood: Understood) -> list[str]:
    """Everything that stops the list, as people read it."""
    return _said(understood, warning=False)


def doubts(understood: Understood) -> list[str]:
    """Everything that a person should look at."""
    return _said(understood, warning=True)


def _said(understood: Understood, *, warning: bool) -> list[str]:
    every = [*understood.problems, *(problem for row in understood.rows for problem in row.problems)]
    return [str(problem) for problem in every if problem.warning is warning]
