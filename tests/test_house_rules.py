"""The rules that keep this house easy to take over: short files and functions, papers that name what is there."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 45
#: Longer, and better so.
LONG_FUNCTIONS = {
    "tests/flows/test_one_month.py": "the story of a whole month is told in one piece",
    "database/migrations/versions": "a migration is a list, and is never edited",
}


def python_files() -> list[Path]:
    """Every file of code that belongs to the repository, or would after the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for path in map(ROOT.joinpath, listed.stdout.splitlines()) if path.exists()]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its length."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_no_file_is_longer_than_a_reader_s_patience() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in python_files()}

    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT).as_posix()}: {name}": length
        for path in python_files()
        if not path.relative_to(ROOT).as_posix().startswith(tuple(LONG_FUNCTIONS))
        for name, length in functions(path)
        if length > MOST_LINES_OF_A_FUNCTION
    }

    assert long == {}


def test_every_folder_of_code_says_which_question_it_answers() -> None:
    rooms = {path.parent for path in python_files() if path.relative_to(ROOT).parts[0] not in ("tests", "benchmarks")}
    silent = [str(room) for room in rooms if "versions" not in room.parts and not _says(room / "__init__.py")]

    assert [room for room in silent if not room.endswith("migrations")] == []


def _says(init: Path) -> bool:
    return init.exists() and ast.get_docstring(ast.parse(init.read_text("utf-8"))) is not None


@pytest.mark.parametrize("paper", ["CONTRIBUTING.md", "README.md", "docs/architecture.md", "docs/security.md"])
def test_every_file_that_a_paper_names_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)+[\w./-]+)`", text))
    not_there = ("var/", "build/", "tests/domain/__init__.py")  # made by running it; what must not be (trap 6)

    assert {one for one in named if not one.startswith(not_there) and not (ROOT / one).exists()} == set()
