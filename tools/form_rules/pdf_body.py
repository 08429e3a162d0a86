"""The rows of a PDF's body as paragraphs: where each begins, how its lines stand, what parts it from the one before."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tools.form_rules.pdf_rows import Row
from tools.form_rules.read_paper import POINT, BodyText

_LEFT, _RIGHT = 30 / POINT, 195 / POINT  #: the margins (F2)
_ROOM = 1.5  #: points
_SMALL = 13  #: letters of tables and charts are smaller, those of the text are not


def body_texts(rows: Sequence[Row]) -> list[BodyText]:
    """The paragraphs in their order; of tables and charts each row is one."""
    pitch = _pitch(rows)
    found: list[BodyText] = []
    before: Row | None = None
    for lines in _paragraphs(rows):
        found.append(_paragraph(lines, before, pitch))
        before = lines[-1]
    return found


def _paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """A row at the margin goes on with the paragraph before it."""
    begun: list[Row] = []
    for row in rows:
        goes_on = begun and row.size >= _SMALL and begun[-1].size >= _SMALL and abs(row.left - _LEFT) < _ROOM
        if begun and not goes_on:
            yield begun
            begun = []
        begun.append(row)
    if begun:
        yield begun


def _paragraph(lines: Sequence[Row], before: Row | None, pitch: float) -> BodyText:
    first = lines[0]
    steps = [after.base - one.base for one, after in pairwise(lines) if one.page == after.page]
    beside = before is not None and before.page == first.page and before.size >= _SMALL and first.size >= _SMALL
    return BodyText(
        text=" ".join(line.text for line in lines),
        size=max(line.size for line in lines),
        bold=all(line.bold for line in lines),
        in_table=first.size < _SMALL,
        justified=all(line.right > _RIGHT - _ROOM for line in lines[:-1]),
        first_line=(first.left - _LEFT) * POINT,
        pitch=max(steps, key=lambda step: abs(step - pitch)) if steps else None,
        gap=first.base - before.base - pitch if beside and before else None,
    )


def _pitch(rows: Sequence[Row]) -> float:
    """From line to line, where a paragraph goes on."""
    steps = [
        after.base - one.base
        for one, after in pairwise(rows)
        if one.page == after.page and min(one.size, after.size) >= _SMALL and abs(after.left - _LEFT) < _ROOM
    ]
    return min(steps, default=18)
