"""The table of documents × rules × outputs, from the sample files (docs/form-rules.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.form_rules.of_the_foot import OF_THE_FOOT
from tools.form_rules.of_the_head import OF_THE_HEAD
from tools.form_rules.of_the_page import OF_THE_PAGE
from tools.form_rules.pdf_paper import read_pdf
from tools.form_rules.read_paper import ReadPaper
from tools.form_rules.rule import FormRule
from tools.form_rules.word_paper import read_word

RULES: tuple[FormRule, ...] = (*OF_THE_PAGE, *OF_THE_HEAD, *OF_THE_FOOT)
READERS = {"pdf": read_pdf, "docx": read_word}


@dataclass(frozen=True)
class Sample:
    """One document as a sample shows it: `D10_TB-ket-qua`, in the folder of its structure."""

    folder: str
    name: str
    papers: Mapping[str, ReadPaper]  #: by ending

    @property
    def id(self) -> str:
        """`D10`."""
        return self.name.partition("_")[0]


@cache
def samples(folder: Path) -> tuple[Sample, ...]:
    """Every sample below the folder, read from its files."""
    found = sorted(folder.glob("*/*.pdf"), key=lambda file: (file.parent.name, int(file.name[1:].partition("_")[0])))
    return tuple(
        Sample(file.parent.name, file.stem, {
            ending: read(file.with_suffix(f".{ending}").read_bytes()) for ending, read in READERS.items()
        })
        for file in found
    )  # fmt: skip


def table_of(folder: Path) -> str:
    """The whole page."""
    return "\n".join(_lines(samples(folder))) + "\n"


def _lines(every: tuple[Sample, ...]) -> Iterator[str]:
    folders = sorted({one.folder for one in every})
    ids = list(dict.fromkeys(one.id for one in every))
    yield "# Rules of form, document by document"
    yield ""
    yield from _INTRODUCTION
    yield ""
    yield from (f"- `{folder}`: " + ", ".join(one.name for one in every if one.folder == folder) for folder in folders)
    yield ""
    yield f"Each cell has four marks: PDF and Word of `{folders[0]}`, PDF and Word of `{folders[-1]}`."
    yield ""
    yield "| rule | " + " | ".join(ids) + " |"
    yield "|---" * (len(ids) + 1) + "|"
    for rule in RULES:
        cells = (" ".join(_marks(rule, every, folder, one) for folder in folders) for one in ids)
        yield f"| [{rule.id}](requirements.md#{rule.id}) | " + " | ".join(cells) + " |"
    yield ""
    yield "## What is compared, and what a person looks at"
    yield ""
    yield "| rule | the machine compares | it does not see | who looks |"
    yield "|---|---|---|---|"
    for rule in RULES:
        yield f"| {rule.id} | {rule.compared} | {rule.unseen or '–'} | {rule.who or '–'} |"


def _marks(rule: FormRule, every: tuple[Sample, ...], folder: str, document: str) -> str:
    of = next((one for one in every if (one.folder, one.id) == (folder, document)), None)
    return "".join(rule.verdict(paper).value for paper in of.papers.values()) if of else "  "


_INTRODUCTION = (
    "`make samples` makes this page from the files in [samples](samples): `python -m tools.form_rules docs/samples",
    "docs/form-rules.md`. `tests/tools/test_form_rules.py` holds it up to date; `tests/tools/test_broken_forms.py`",
    "shows for each rule that a document which breaks it is told.",
    "",
    "✓ kept · ✗ broken · – nothing on that document that the rule speaks of. A PDF is read by what it draws (letters",
    "with their place, size and face; lines), a Word file by its XML; nothing is taken over from the code that drew",
    "them.",
)
