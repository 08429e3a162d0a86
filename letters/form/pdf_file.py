"""Draws a document as a PDF with typst: the same bytes for the same document on the same fonts."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from letters.form.blocks import Block, Heading, Item, Table
from letters.form.fonts import families
from letters.form.paper import Paper
from letters.form.plain_text import addressee_lines, recipient_lines
from letters.form.profile import PARTY

_TEMPLATE = Path(__file__).with_name("official.typ")


def pdf_file(paper: Paper) -> bytes:
    """The document as PDF."""
    drawn = _compiler().compile(format="pdf", sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)})
    assert isinstance(drawn, bytes), "a PDF is one file"
    return drawn


def page_pictures(paper: Paper, dots_per_inch: float = 80) -> list[bytes]:
    """Every page as a PNG: what a preview shows."""
    drawn = _compiler().compile(
        format="png", ppi=dots_per_inch, sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)}
    )
    return drawn if isinstance(drawn, list) else [drawn] if drawn else []


@cache
def _compiler() -> typst.Compiler:
    """Typst with its fonts: finding them costs more than setting a page, so it is done once per process."""
    return typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent))


def _data(paper: Paper) -> dict[str, object]:
    """What `official.typ` reads."""
    data = asdict(paper)
    data |= {
        "fonts": families(),
        "party": PARTY,
        "body": [_block(block) for block in paper.body],
        "addressees": addressee_lines(paper)[1:] if len(paper.addressees) > 1 else paper.addressees,
        "recipients": recipient_lines(paper),
    }
    if paper.appendix:
        data["appendix"]["blocks"] = [_block(block) for block in paper.appendix.blocks]
    return data


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            kind = "heading"
        case Item():
            kind = "item"
        case Table():
            kind = "table"
        case _:
            kind = "text"
    return {"kind": kind, **asdict(block)}
