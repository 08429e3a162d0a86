"""The documents that the tests of the form look at: one of every kind, in both profiles, with number and day."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.document import Document as WordDocument

from domain.letters_and_documents import DOCUMENTS
from domain.plan import Plan
from letters.form.blocks import Block, Chart, Heading, Item, Paragraph, Table, plain
from letters.form.paper import Acts, Paper
from letters.form.plain_text import addressee_lines, recipient_lines
from letters.form.profile import PARTY, PROFILES
from letters.form.word_file import word_file
from letters.wording import write_paper

Facts = dict[str, object]
ACTS = Acts("125-TB/BTCTU", date(2024, 2, 5))


def in_profile(facts: Facts, profile: str) -> Facts:
    plan = facts["plan"]
    assert isinstance(plan, Plan)
    return facts | {"plan": replace(plan, format_profile=profile)}


@pytest.fixture(scope="session")
def papers(ordinary: Facts) -> dict[str, Paper]:
    """One document of every kind, issued."""
    return {purpose: write_paper(purpose, told_of(purpose, ordinary), acts=ACTS) for purpose in DOCUMENTS}


def told_of(purpose: str, facts: Facts) -> Facts:
    """What that document is about: an invitation is to one meeting (D6), others tell of all."""
    return facts | {"meetings": facts["meetings"][:1]} if purpose == "invitation" else facts


@pytest.fixture(scope="session", params=PROFILES)
def profiled(request: pytest.FixtureRequest, ordinary: Facts) -> dict[str, Paper]:
    """The same in either profile."""
    facts = in_profile(ordinary, request.param)
    return {purpose: write_paper(purpose, told_of(purpose, facts), acts=ACTS) for purpose in DOCUMENTS}


@pytest.fixture(scope="session", params=DOCUMENTS)
def pair(request: pytest.FixtureRequest, profiled: dict[str, Paper]) -> tuple[Paper, WordDocument]:
    """A document and its Word file opened again."""
    paper = profiled[request.param]
    return paper, Document(io.BytesIO(word_file(paper)))


@pytest.fixture(scope="session")
def texts() -> Callable[[Paper], list[str]]:
    """Every text that any drawing of a document must show, box by box."""

    def all_of(paper: Paper) -> list[str]:
        about = paper.abstract if paper.type_name else paper.profile.letter_abstract_word + paper.abstract
        signer = paper.signer
        shown = [*paper.stamps, paper.parent, paper.issuer, paper.number, about, PARTY, paper.place_and_day]
        shown += [paper.type_name, *addressee_lines(paper), *recipient_lines(paper)]
        shown += [signer.authority, signer.title, signer.name]
        blocks = list(paper.body)
        if paper.appendix:
            shown += ["PHỤ LỤC", plain(paper.appendix.title)]
            blocks += paper.appendix.blocks
        return [one for one in (*shown, *(text for block in blocks for text in _said(block))) if one]

    return all_of


def _said(block: Block) -> list[str]:
    match block:
        case Heading() | Paragraph():
            return [plain(block.words)]
        case Item():
            return [f"{block.mark} {plain(block.words)}"]
        case Table():
            return [plain(cell) for row in (block.heads, *block.rows) for cell in row]
        case Chart():
            return []  # a picture in one drawing, words in another: `test_chart.py`
