"""What stands in a folder, for tests that ask whether anything there has changed."""

from collections.abc import Mapping
from pathlib import Path


def contents_of(folder: Path) -> Mapping[str, bytes]:
    """Every file below it by its path, whole."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
