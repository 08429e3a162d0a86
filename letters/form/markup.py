"""Reads the small Markdown subset of the office's wording into blocks; docs/mau-van-ban.md tells the office about it.

One line is one block; empty lines only make the source easier to read:

    I- TÊN MỤC        heading 1 (a Roman number and a hyphen are enough; `# …` makes one of any line)
    ## 1. Tên mục     heading 2
    ### a) Tên mục    heading 3
    - một ý           list item; also `+ …`, `1. …`, `a) …`
    | TT | Tên |      table: a head, a line of dashes, then the rows; the number of dashes is the column's share
    |:-:|------|      of the width, colons align as in Markdown
    | 01 | … |
    [biểu đồ] Tên     before a table: it is drawn as bars, one for each row, with its numbers as parts
    **đậm** *nghiêng* bold and italic inside a line; a backslash before a mark prints the mark itself

Facts never make a mark: `shield` puts stand-ins for the letters that mean something here into everything that is filled
in, and reading puts the letters back.
"""

import re
from collections.abc import Iterator, Sequence

from letters.form.blocks import Align, Bar, Block, Chart, Heading, Item, Paragraph, Span, Table, Words, plain

_MARKS = "\\*#|-+.):["
#: Unicode's private use area belongs to nobody: no honest text has these letters.
_STAND_INS = {ord(mark): 0xE000 + place for place, mark in enumerate(_MARKS)}
_BACK = {stand_in: chr(mark) for mark, stand_in in _STAND_INS.items()}
_FOREIGN = dict.fromkeys(_BACK)

_HEADING = re.compile(r"(#{1,3}) +(.*)")
_ROMAN = re.compile(r"[IVX]+- ")
_ITEM = re.compile(r"([-+]|\d{1,2}\.|[a-zđ]\)) +(.*)")
_CHART = re.compile(r"\[biểu đồ\] +(.+)")
_DASHES = re.compile(r"\|?(\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


def shield(fact: str) -> str:
    """A fact as it goes into a template: every letter that could be read as a mark is replaced by its stand-in."""
    return fact.translate(_FOREIGN).translate(_STAND_INS)


def unshield(text: str) -> str:
    """The text with all stand-ins turned back."""
    return text.translate(_BACK)


def read_markup(text: str) -> tuple[Block, ...]:
    """The blocks of a filled template, in their order."""
    return tuple(_blocks([line.strip() for line in text.splitlines() if line.strip()]))


def read_words(text: str) -> Words:
    """One line of text with its bold and italic parts."""
    text = re.sub(r"\\(.)", lambda found: shield(found[1]), text)  # a backslash makes the next letter an ordinary one
    words, last = [], 0
    for found in _EMPHASIS.finditer(text):
        words.append(Span(unshield(text[last : found.start()])))
        words.append(Span(unshield(found[1] or found[2]), bold=bool(found[1]), italic=bool(found[2])))
        last = found.end()
    words.append(Span(unshield(text[last:])))
    return tuple(span for span in words if span.text)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        titled = _CHART.fullmatch(lines[place])
        first = place + 1 if titled else place
        if _begins_table(lines, first):
            end = first + 2
            while end < len(lines) and lines[end].startswith("|") and not _begins_table(lines, end):
                end += 1
            table = _table(lines[first:end])
            yield _chart(titled[1], table) if titled else table
            place = end
        else:
            yield _line(lines[place])
            place += 1


def _line(line: str) -> Block:
    if found := _HEADING.fullmatch(line):
        return Heading(len(found[1]), read_words(found[2]))
    if _ROMAN.match(line):
        return Heading(1, read_words(line))
    if found := _ITEM.fullmatch(line):
        return Item(found[1], read_words(found[2]))
    return Paragraph(read_words(line))


def _begins_table(lines: Sequence[str], place: int) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else ""
    heads = place < len(lines) and lines[place].startswith("|")
    return heads and following.startswith("|") and bool(_DASHES.fullmatch(following))


def _table(lines: Sequence[str]) -> Table:
    rules = _cells(lines[1])
    count = len(rules)
    return Table(
        heads=_row(lines[0], count),
        shares=tuple(rule.count("-") for rule in rules),
        aligns=tuple(_align(rule) for rule in rules),
        rows=tuple(_row(line, count) for line in lines[2:]),
    )


def _chart(title: str, table: Table) -> Chart:
    """The first column names the bars, the others are their parts; what is no number counts as none."""
    return Chart(
        read_words(title),
        series=tuple(plain(head) for head in table.heads[1:]),
        bars=tuple(Bar(plain(row[0]), tuple(_number(plain(cell)) for cell in row[1:])) for row in table.rows),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _row(line: str, count: int) -> tuple[Words, ...]:
    """A row has as many cells as the line of dashes: missing ones are empty, what is too much joins the last."""
    cells = _cells(line)
    if len(cells) > count:
        cells = [*cells[: count - 1], " | ".join(cells[count - 1 :])]
    return tuple(read_words(cell) for cell in [*cells, *[""] * (count - len(cells))])


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|").removesuffix("|") if not line.endswith("\\|") else line.removeprefix("|")
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _align(rule: str) -> Align:
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left"
