"""Draws a document as a PDF with typst: the same bytes for the same document on the same fonts."""

import json
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import typst

from letters.form import unbroken
from letters.form.blocks import Block, Chart, Heading, Item, Table
from letters.form.columns import column_widths
from letters.form.fonts import families
from letters.form.paper import Paper
from letters.form.plain_text import addressee_lines, recipient_lines
from letters.form.profile import PARTY, FormatProfile

_TEMPLATE = Path(__file__).with_name("official.typ")
_CHART = Path(__file__).with_name("chart_alone.typ")


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


def chart_picture(chart: Chart, profile: FormatProfile, dots_per_inch: float = 200) -> bytes:
    """The chart as a PNG as wide as the text, for outputs that cannot draw it themselves."""
    data = {
        "chart": _chart(chart), "fonts": families(), "width": profile.text_width,
        "size": profile.table_size, "pitch": profile.table_pitch,
    }  # fmt: skip
    inputs = {"chart": json.dumps(data, ensure_ascii=False)}
    drawn = _compiler(_CHART).compile(format="png", ppi=dots_per_inch, sys_inputs=inputs)
    assert isinstance(drawn, bytes), "a chart is one page"
    return drawn


@cache
def _compiler(template: Path = _TEMPLATE) -> typst.Compiler:
    """Typst with its fonts: finding them costs more than setting a page, so it is done once per process."""
    return typst.Compiler(str(template), root=str(template.parent))


def _data(paper: Paper) -> dict[str, object]:
    """What `official.typ` reads."""
    data = asdict(paper)
    data |= {
        "fonts": families(),
        "party": PARTY,
        "metadata_title": paper.abstract,
        "goes_with": unbroken.title(paper.goes_with),
        "abstract": unbroken.title(paper.abstract),
        "body": [_block(block, paper.profile) for block in paper.body],
        "addressees": addressee_lines(paper)[1:] if len(paper.addressees) > 1 else paper.addressees,
        "recipients": recipient_lines(paper),
    }
    if paper.appendix:
        title = [replace(span, text=unbroken.title(span.text)) for span in paper.appendix.title]
        data["appendix"] = {
            "title": [asdict(span) for span in title],
            "blocks": [_block(block, paper.profile) for block in paper.appendix.blocks],
        }
    return data


def _block(block: Block, profile: FormatProfile) -> dict[str, object]:
    match block:
        case Heading():
            kind = "heading"
        case Item():
            kind = "item"
        case Table():
            return {"kind": "table", **asdict(block), "widths": column_widths(block, profile)}
        case Chart():
            return {"kind": "chart", **_chart(block)}
        case _:
            kind = "text"
    return {"kind": kind, **asdict(block)}


def _chart(chart: Chart) -> dict[str, object]:
    """The chart with the per cent of each part, which the drawing does not reckon itself."""
    return asdict(chart) | {"bars": [asdict(bar) | {"shares": bar.shares} for bar in chart.bars]}
