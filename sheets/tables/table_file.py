"""Opens a table that somebody sent, .xlsx, .csv or .docx, or says in Vietnamese why it cannot be read."""

from collections.abc import Callable
from pathlib import Path

from apart.running import apart, get_ready
from apart.unread import Unread
from domain.problem import Problem
from sheets.tables.cells import Table
from sheets.tables.csv_file import read_csv
from sheets.tables.legacy_text import REMEDY, is_legacy
from sheets.tables.table_limits import beyond_limits
from sheets.tables.workbook_file import read_workbook

#: The largest file that is taken; a list of hundreds of meetings has a hundredth of it.
MAX_BYTES = 5 * 1024 * 1024
#: The same for YAML, which is read with its lines and therefore slowly.
MAX_YAML_BYTES = 512 * 1024
_OLD_LETTERS = "chữ ở bảng mã cũ (TCVN3 hoặc VNI), không phải Unicode"


def read_bytes(path: Path) -> tuple[bytes, Problem | None]:
    """What the file holds, or why it was not read; it is called by its name alone."""
    try:
        if not path.is_file():
            return b"", Problem(path.name, "không có tệp này", "kiểm tra lại đường dẫn")
        size = path.stat().st_size
        if size > MAX_BYTES:
            fault = f"tệp quá lớn ({size / 1024 / 1024:.1f} MB)".replace(".", ",")
            return b"", Problem(path.name, fault, f"tệp không quá {MAX_BYTES // 1024 // 1024} MB; bỏ ảnh và trang thừa")
        return path.read_bytes(), None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "tên tệp không hợp lệ"
        return b"", Problem(path.name, f"không mở được tệp ({why})", "kiểm tra đường dẫn và quyền đọc")


def read_tables(path: Path) -> tuple[list[Table], list[Problem]]:
    """The tables of that file, none as soon as it has a fault that is more than a warning. Never raises.

    The file is parsed in another process (`apart`): whatever it holds, the service keeps memory and time.
    """
    raw, problem = read_bytes(path)
    if problem:
        return [], [problem]
    try:
        return apart(tables_of, path.name, raw)
    except Unread as unread:
        return [], [unread.problem(path.name)]


def expect_table() -> None:
    """Somebody has opened a form that takes a file: what reads it is started meanwhile."""
    get_ready(tables_of)


def tables_of(name: str, raw: bytes) -> tuple[list[Table], list[Problem]]:
    """The tables that the bytes of a file of that name hold, as `read_tables` gives them; read in this process."""
    tables, problems = _reader_of(name)(name, raw)
    refusal = beyond_limits(name, tables)
    if not refusal and (old := _first_in_old_letters(tables)):
        refusal = Problem(old, _OLD_LETTERS, REMEDY)
    return ([], [*problems, refusal]) if refusal else (tables, problems)


def _reader_of(name: str) -> Callable[[str, bytes], tuple[list[Table], list[Problem]]]:
    ending = Path(name).suffix.casefold()
    if ending == ".docx":
        # Reading Word takes a tenth of a second to load, which nobody shall wait for who sends a workbook.
        from sheets.tables.document_file import read_document

        return read_document
    return read_csv if ending == ".csv" else read_workbook


def refuse_yaml(path: Path) -> Problem | None:
    """Why that YAML file is not even parsed: not there, too large, or in an old encoding (P13); None if it may be."""
    raw, problem = read_bytes(path)
    if problem:
        return problem
    if len(raw) > MAX_YAML_BYTES:
        fault = f"tệp quá lớn ({len(raw) // 1024} KB)"
        return Problem(path.name, fault, f"tệp YAML không quá {MAX_YAML_BYTES // 1024} KB")
    for number, line in enumerate(raw.decode("utf-8", errors="ignore").split("\n"), start=1):
        if is_legacy(line):
            return Problem(f"{path.name}:{number}", _OLD_LETTERS, REMEDY)
    return None


def _first_in_old_letters(tables: list[Table]) -> str:
    cells = (cell for table in tables for line in table.lines for cell in line.cells.values())
    old = (cell.place for cell in cells if isinstance(cell.value, str) and is_legacy(cell.value, cell.font))
    return next(old, "")
