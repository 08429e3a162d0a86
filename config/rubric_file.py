"""Reads a score sheet file and says everything that is wrong with it, each at its line (4.5)."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from config.faults import Faults
from config.yaml_lines import Entry, read_yaml
from config.yaml_records import fill
from domain.problem import Problem
from domain.rubric import Rubric
from domain.rubric_checks import check_rubric
from domain.rubric_flaw import Way

#: The sheets as they are shipped, and those of the office.
FOLDER = Path(__file__).parent / "rubrics"


def read_rubric(path: Path) -> tuple[Rubric | None, list[Problem]]:
    """The sheet in that file, and all its faults and warnings in the order of its lines.

    It is None as soon as one problem is more than a warning. Nothing that a file can hold raises.
    """
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, faults.in_order()
    _check_letters(path, faults)
    rubric = fill(Rubric, entry, faults)
    if rubric is not None:
        for flaw in check_rubric(rubric):
            faults.add(_line_of(entry, flaw.way), flaw.fault, flaw.remedy, warning=flaw.warning)
    return (None if faults.stop else rubric), faults.in_order()


def find_rubrics(folder: Path = FOLDER) -> dict[Path, Rubric]:
    """The sheets of a folder that can be used, by their file."""
    read = {path: _usable(path, *_state_of(path)) for path in sorted(folder.glob("*.yaml"))}
    return {path: rubric for path, rubric in read.items() if rubric}


@lru_cache(maxsize=64)
def _usable(path: Path, *_state: int) -> Rubric | None:
    """Every letter about findings asks for the sheets: a file is read again when it has changed, and only then."""
    return read_rubric(path)[0]


def _state_of(path: Path) -> tuple[int, ...]:
    of = path.stat()
    return (of.st_mtime_ns, of.st_size, of.st_ino)


def fitting_rubrics(kind: str, year: int, folder: Path = FOLDER) -> dict[str, Rubric]:
    """The sheets for that kind of meeting in that plan year by their id, of each the newest version that fits."""
    fit = [one for one in find_rubrics(folder).values() if one.fits(kind, year)]
    return {one.id: one for one in sorted(fit, key=lambda one: (one.id, one.version))}


def _line_of(entry: Entry, way: Way) -> int:
    """The line of the entry that the way leads to, or of the last one on the way that the file has."""
    for step in way:
        following: Entry | None
        if isinstance(step, str):
            following = entry.get(step)
        else:
            items = entry.items()
            following = items[step] if step < len(items) else None
        if following is None:
            return entry.line
        entry = following
    return entry.line


def _check_letters(path: Path, faults: Faults) -> None:
    """Letters and marks apart, as macOS saves them, are put together in reading; the file is better mended (P8)."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not unicodedata.is_normalized("NFC", line):
            fault = "chữ ở dạng tổ hợp (NFD), được đọc như dựng sẵn (NFC)"
            faults.add(number, fault, "lưu lại tệp bằng Unicode dựng sẵn", warning=True)
            return
