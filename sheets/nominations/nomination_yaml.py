"""Gives the entries of a YAML list as records, so that they are judged like the lines of a table."""

from pathlib import Path

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry, read_yaml
from domain.problem import Problem
from sheets.tables.cells import Cell, Record


def read_yaml_records(path: Path, fields: tuple[str, ...]) -> tuple[list[Record], list[Problem]]:
    """One record for each entry of the file's list (or of its `meetings`), and the file's faults."""
    faults = Faults(Path(path.name))  # as every other place names the file
    entry = read_yaml(path, faults)
    if entry is None:
        return [], faults.in_order()
    listed = entry.get("meetings")
    if listed and isinstance(entry.value, dict):
        for other in entry.items():
            if other is not listed:
                faults.add(other.line, f"mục “{other.name}” không được đọc", "xóa mục này", warning=True)
    items = (listed or entry).items()
    found = [_record(item, path.name, fields, faults) for item in items if isinstance(item.value, dict)]
    for item in items:
        if not isinstance(item.value, dict):
            faults.add(item.line, "không phải một tổ chức đảng", "ghi “- organisation: …” rồi các mục của nó")
    return found, faults.in_order()


def _record(item: Entry, name: str, fields: tuple[str, ...], faults: Faults) -> Record:
    assert isinstance(item.value, dict), "the caller has looked"
    cells = {}
    for field, entry in item.value.items():
        if field not in fields:
            faults.add(entry.line, f"không có mục “{field}”", did_you_mean(field, fields, "xóa mục này"))
        elif isinstance(entry.value, str | int | float | None):
            cells[field] = Cell(f"{name}:{entry.line}", entry.value)
        else:
            faults.add(entry.line, f"“{field}” phải là một giá trị", "ghi một dòng chữ")
    for field in ("organisation", "org_type", "venue", "at"):
        cells.setdefault(field, Cell(f"{name}:{item.line}", None))
    return Record(f"{name}:{item.line}", cells)
