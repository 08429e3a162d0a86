"""Words that people read: none that the glossary forbids, in no template, string, help text or guide."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_papers import GLOSSARY, PACKAGES, ROOT

#: The table of the glossary: what is not said -> what is said.
_TABLE = GLOSSARY.partition("## Words that nobody")[2].partition("|---|---|---|")[2].partition("\n## ")[0]
FORBIDDEN = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", _TABLE, re.MULTILINE))
#: Hold such words on purpose: databases of earlier versions, and the lines that these wrote.
KEPT = ("database/migrations/", "overview/earlier_words.py")
READ = ("README.md", "docs/huong-dan.md", "docs/mau-van-ban.md", "docs/administration.md", "deployments/prefect.yaml")
#: What the files of Python and YAML, templates and scripts of the rooms are made of.
_ENDINGS = (".py", ".html", ".txt", ".js", ".yaml", ".typ")
_VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def files_that_people_read() -> Iterator[Path]:
    """Every file of the rooms, and the papers for the office."""
    yield from (ROOT / one for one in READ)
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            place = file.relative_to(ROOT).as_posix()
            if file.suffix in _ENDINGS and package != "tests" and not place.startswith(KEPT):
                yield file


def forbidden_in(text: str) -> Iterator[str]:
    """`2: chuyến`: each forbidden word with its line."""
    pattern = re.compile(rf"(?<!\w)({'|'.join(FORBIDDEN)})(?!\w)", re.IGNORECASE)
    for number, line in enumerate(text.splitlines(), start=1):
        yield from (f"{number}: {found}" for found in pattern.findall(line.replace("khám phá", "")))


def strings_of(file: Path) -> Iterator[tuple[int, str]]:
    """The strings of a file of Python with their lines, those of f-strings without what is filled in."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("text", ["Mở chuyến", "đã khép", "Danh sách đề cử", "bị dời", "Khám dịch vụ"])
def test_a_forbidden_word_is_found(text: str) -> None:
    assert list(forbidden_in(f"\n{text}."))


@pytest.mark.parametrize("text", ["khám phá", "rời", "chuyển", "khepri", "trước đây"])
def test_other_words_are_left_alone(text: str) -> None:
    assert not list(forbidden_in(text))


def test_nobody_reads_a_word_that_the_glossary_forbids() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{one}"
        for file in files_that_people_read()
        for one in forbidden_in(file.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_sentence_for_people_cites_a_requirement() -> None:
    """`(R70)` leads a reader of the code to its reason; to an office it is a code."""
    cited = re.compile(r"\((?:[RADFPCQ]\d{1,2}[a-z]?(?:, )?)+\)")
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text.strip()[:60]}"
        for file in files_that_people_read()
        if file.suffix == ".py"
        for line, text in strings_of(file)
        if "\n" not in text and _VIETNAMESE.search(text) and not text.endswith(".") and cited.search(text)
    ]
    assert not found
