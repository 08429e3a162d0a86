"""Reads the profiles of the Party's levels: those that are shipped, and an office's own before them (5.4, C11)."""

from dataclasses import replace
from pathlib import Path

from config.faults import Faults
from config.settings import settings
from config.yaml_lines import read_yaml
from config.yaml_records import fill
from domain.problem import Problem
from domain.structure import Structure

FOLDER = Path(__file__).parent / "structures"


def structure_files() -> dict[str, Path]:
    """Each profile's file by its name; one of the office (`VISITS_STRUCTURES`) stands in place of a shipped one."""
    own = settings().structures
    folders = [FOLDER, own] if own else [FOLDER]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}


def read_structure(path: Path) -> tuple[Structure | None, list[Problem]]:
    """The profile in that file under the file's name, and its faults with their lines; None where it has any."""
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, faults.in_order()
    if named := entry.get("name"):
        faults.add(named.line, "“name” không ghi trong tệp", "xóa dòng này; tên của cơ cấu là tên tệp")
    read = fill(Structure, entry, faults)
    return (replace(read, name=path.stem) if read and not faults.stop else None), faults.in_order()
