"""What code and documents cite is written down: requirements, sections, traps, decisions, links, names of things."""

import re
import tokenize
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["packages"]
REQUIREMENTS, ARCHITECTURE, GLOSSARY = (
    (DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("requirements", "architecture", "glossary")
)
PAPERS = (*ROOT.glob("*.md"), *DOCS.rglob("*.md"))

#: A letter and one or two digits; three are a rule of ruff (`C416`). A4 paper is no trouble, as there is an A4.
_REQUIREMENT = re.compile(r"\b[RADFPCQ]\d{1,2}[a-z]?\b")
#: `4.5`, `2.7 no. 2, 4`: at the beginning, or after what opens or parts references. `RFC 5545 3.1` is none.
_SECTION = re.compile(
    r"(?:^|[(,;] ?|section )([1-7]\.\d{1,2})(?: no\. (\d+(?:, \d+(?![\d.]))*)|(?= and|[),;:]|\.(?!\w)|$))"
)
_DESIGN = re.compile(r"§(\d+)(?:\.(\d+))?|\btrap (\d+)")
_DECISION = re.compile(r"\b(migration )?(00\d\d)\b", re.IGNORECASE)


def requirements(line: str) -> Iterator[str]:
    """`R62`; a range is cited by its ends."""
    yield from _REQUIREMENT.findall(line)


def sections(line: str) -> Iterator[str]:
    """`4.5`, or `2.7 no. 3` where one of several things is meant."""
    for section, numbers in _SECTION.findall(line):
        yield from (f"{section} no. {number}" for number in numbers.split(", ")) if numbers else (section,)


def design(line: str) -> Iterator[str]:
    """`§3`, `trap 14`; `§9.8` is the eighth trap."""
    for section, within, trap in _DESIGN.findall(line):
        yield f"trap {trap or within}" if trap or within else f"§{section}"


def decisions(line: str) -> Iterator[str]:
    """`0013`, and `migration 0008`, which is a number of another kind."""
    yield from (f"{kind.lower()}{number}" for kind, number in _DECISION.findall(line))


def listed(of: str) -> Iterator[str]:
    """`2.7 no. 1` and so on, for each numbered list of a paper in sections."""
    for section, text in re.findall(r'<a id="s([\d.]+)"></a>(.*?)(?=<a id="s|\Z)', of, re.DOTALL):
        yield from (f"{section} no. {number}" for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE))


KNOWN: dict[Callable[[str], Iterable[str]], frozenset[str]] = {
    requirements: frozenset(re.findall(r'<a id="([A-Z]\d+[a-z]?)"></a>', REQUIREMENTS)),
    sections: frozenset(re.findall(r'<a id="s([\d.]+)"></a>', REQUIREMENTS)) | frozenset(listed(REQUIREMENTS)),
    design: frozenset(re.findall(r"^## (§\d+)", ARCHITECTURE, re.MULTILINE))
    | frozenset(f"trap {number}" for number in re.findall(r'<a id="trap-(\d+)"></a>', ARCHITECTURE)),
    decisions: frozenset(file.name[:4] for file in (DOCS / "decisions").glob("*.md"))
    | frozenset(f"migration {file.name[:4]}" for file in (ROOT / "database/migrations/versions").glob("*.py")),
}


def for_people(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that people write for people, numbered; of code and data only comments and docstrings.

    The strings of a program are data: `A2` is a cell of a sheet there.
    """
    if file.suffix == ".py":
        yield from _of_python(file)
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if file.suffix not in (".yaml", ".toml"):
            yield number, line
        elif "#" in line:
            yield number, line.partition("#")[2].strip()


def _of_python(file: Path) -> Iterator[tuple[int, str]]:
    begins = True  # a string with which a statement begins is a docstring
    with tokenize.open(file) as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string.lstrip("#: ")
            elif token.type == tokenize.STRING and begins:
                lines = token.string.strip('"').splitlines()
                yield from enumerate((line.strip() for line in lines), start=token.start[0])
            if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
                begins = True
            elif token.type not in (tokenize.NL, tokenize.COMMENT):
                begins = False


@cache
def everything() -> tuple[tuple[str, str], ...]:
    """Every line for people in the repository, with `file:line`."""
    rooms = (*PACKAGES, "tests", "benchmarks", "docs")
    kinds = {".py", ".md", ".html", ".txt", ".typ", ".js", ".yaml"}
    files = sorted(file for room in rooms for file in (ROOT / room).rglob("*") if file.suffix in kinds)
    found = [*ROOT.glob("*.md"), ROOT / "pyproject.toml", *files]
    return tuple((f"{file.relative_to(ROOT)}:{number}", line) for file in found for number, line in for_people(file))


def unresolved(lines: Iterable[tuple[str, str]], cited: Callable[[str], Iterable[str]]) -> list[str]:
    """`file:line id` for each mention that leads nowhere."""
    return [f"{place} {one}" for place, line in lines for one in cited(line) if one not in KNOWN[cited]]


@pytest.mark.parametrize("cited", KNOWN)
def test_whatever_is_cited_is_written_down(cited: Callable[[str], Iterable[str]]) -> None:
    assert unresolved(everything(), cited) == []


def test_a_mention_that_leads_nowhere_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"
    file.write_text(
        '"""The rule (R62, R99, 4.5, 6.7 no. 17, 18)."""\n\n'
        'CELL = "R98"\n'
        "DAYS = 30  # noqa: F821 - design §3, §42, trap 99; see 0001, 0099 and migration 0005\n",
        encoding="utf-8",
    )
    lines = [(f"rule.py:{number}", line) for number, line in for_people(file)]

    assert [one for cited in KNOWN for one in unresolved(lines, cited)] == [
        "rule.py:1 R99",
        "rule.py:1 6.7 no. 18",
        "rule.py:4 §42",
        "rule.py:4 trap 99",
        "rule.py:4 0099",
        "rule.py:4 migration 0005",
    ]


def test_every_kind_of_mention_is_found_in_the_repository() -> None:
    """A pattern that finds nothing would resolve everything."""
    for cited, known in KNOWN.items():
        found = {one for _place, line in everything() for one in cited(line)}
        assert len(found & known) >= 15, cited.__name__


def test_the_list_of_requirements_has_no_gap_and_names_each_once() -> None:
    ids = re.findall(r'<a id="([RADFPCQ])(\d+)"></a>', REQUIREMENTS)
    for letter, last in {"R": 88, "D": 15, "A": 25, "F": 27, "Q": 11, "C": 12, "P": 27}.items():
        first = 0 if letter == "D" else 1  # the plan itself is D0
        assert sorted(int(number) for kind, number in ids if kind == letter) == list(range(first, last + 1)), letter


def anchors(paper: Path) -> set[str]:
    """Where a link into a paper may lead: what is marked, and its headings as pages of repositories name them."""
    text = paper.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {
        *re.findall(r'<a id="([^"]+)">', text),
        *(re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings),
    }


def test_links_between_papers_lead_somewhere() -> None:
    dead = []
    for paper in PAPERS:
        for number, line in enumerate(paper.read_text(encoding="utf-8").splitlines(), start=1):
            for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", line):
                file = paper.parent / target if target else paper
                if not file.exists() or (anchor and anchor not in anchors(file)):
                    dead.append(f"{paper.relative_to(ROOT)}:{number} {target}#{anchor}")
    assert dead == []


def test_the_glossary_has_the_names_of_the_code_and_the_code_none_that_it_forbids() -> None:
    rows = re.findall(r"^\| (`.*) \| .* \| .* \| (.*) \|$", GLOSSARY, re.MULTILINE)
    names, forbidden = (
        {name for row in column for name in re.findall(r"`(\w+)`", row)} for column in zip(*rows, strict=True)
    )
    code = "\n".join(file.read_text(encoding="utf-8") for room in PACKAGES for file in (ROOT / room).rglob("*.py"))
    words = set(re.findall(r"\w+", code))

    assert names - words == set()
    assert forbidden & words == set()


def test_papers_are_written_in_composed_letters() -> None:
    """P8."""
    assert [paper.name for paper in PAPERS if not unicodedata.is_normalized("NFC", paper.read_text("utf-8"))] == []
