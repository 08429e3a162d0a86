"""Draws the text of a mail as HTML: the same words, with its lists as lists and its links as links (P26).

There is one wording of each letter, and this is no second one: a line of the text is a line here. Tables stand in a
mail's text as rows with the heads of their columns (`letters/form/plain_text.py`), and so they stand here, as lists:
a table of six columns cannot be read on a telephone, and its heads would be said in other places than in the text.

Nothing is loaded from anywhere. No colour is set, so that a mail program in the dark shows its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

#: `- …`, `+ …`: what a list shows as its bullet.
_BULLET = re.compile(r"[-+] +(?=\S)")
#: `1. …`, `01. …`, `a) …`: as in the office's wording.
_MARKED = re.compile(r"(\d{1,3}\.|[a-zđ]\)) +\S")
_HEADING = re.compile(r"[IVX]+- .+")
#: A line of a paragraph that is nothing but an address. One in a sentence or a list may come from outside, and is text.
_LINK = re.compile(r"https?://\S+")
_COMMAND_INDENT = 4

_PAGE = Markup(
    "<!DOCTYPE html>\n"
    '<html lang="vi" style="color-scheme: light dark">\n'
    "<head>\n"
    '<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
    '<meta name="supported-color-schemes" content="light dark">\n'
    "<title>{title}</title>\n"
    "</head>\n"
    '<body style="margin: 0; padding: 16px">\n'
    '<div style="max-width: 44em; font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5;'
    ' overflow-wrap: break-word; word-break: break-word">\n'
    "{body}\n"
    "</div>\n"
    "</body>\n"
    "</html>\n"
)
_BULLETS = Markup('<ul style="margin: 0 0 16px; padding: 0 0 0 24px">\n{}\n</ul>')
_BELOW = Markup('\n<ul style="margin: 4px 0 12px; padding: 0 0 0 24px">\n{}\n</ul>\n')
#: The marks stand in the text: a list that counts by itself would print `1.` for `01.`, and count on across gaps.
_WITH_MARKS = Markup('<ul role="list" style="margin: 0 0 16px; padding: 0; list-style: none">\n{}\n</ul>')
_ENTRY = Markup('<li style="margin: 0 0 4px">{}{}</li>')
_PARAGRAPH = Markup('<p style="margin: 0 0 16px">{}</p>')
_TITLE = Markup('<h2 style="margin: 24px 0 8px; font-size: 16px; font-weight: bold">{}</h2>')
_COMMAND = Markup('<p style="margin: 0 0 16px"><code>{}</code></p>')
_TO = Markup('<a href="{0}">{0}</a>')
_BREAK = Markup("<br>\n")


@dataclass
class _Entry:
    """A line of the text with what stands drawn in below it."""

    line: str
    below: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """How it stands: in a list with bullets, in one with its own marks, or as a line of a paragraph."""
        if _BULLET.match(self.line):
            return "bullets"
        return "marks" if _MARKED.match(self.line) or self.below else "lines"


def mail_html(text: str, title: str) -> str:
    """The mail's text as a page of HTML in Vietnamese; `title` is the subject of the mail.

    Whatever stands in either is text: no mark of HTML in a fact counts.
    """
    groups = [group.splitlines() for group in re.split(r"\n{2,}", text.strip("\n"))]
    drawn = Markup("\n").join(part for group in groups for part in _group(group))
    return str(_PAGE.format(title=title, body=drawn))


def _group(lines: Sequence[str]) -> Iterator[Markup]:
    """The lines between two empty ones."""
    if len(lines) == 1:
        yield _alone(lines[0])
        return
    for kind, entries in groupby(_entries(lines), key=lambda entry: entry.kind):
        match kind:
            case "bullets":
                yield _BULLETS.format(_joined(_bullet(entry.line, entry.below) for entry in entries))
            case "marks":
                yield _WITH_MARKS.format(_joined(_entry(entry.line, entry.below) for entry in entries))
            case _:
                yield _PARAGRAPH.format(_BREAK.join(_words(entry.line) for entry in entries))


def _alone(line: str) -> Markup:
    """A line by itself: a number before it is that of a heading or a paragraph, and makes no list."""
    if _HEADING.fullmatch(line):
        return _TITLE.format(line)
    if line.startswith(" " * _COMMAND_INDENT):
        return _COMMAND.format(line.strip())
    if _BULLET.match(line):
        return _BULLETS.format(_bullet(line, ()))
    return _PARAGRAPH.format(_words(line.strip()))


def _entries(lines: Sequence[str]) -> list[_Entry]:
    """What is drawn in belongs to the line above it, and so does a `+` below a `-`."""
    found: list[_Entry] = []
    for line in lines:
        below_dash = found and line.startswith("+ ") and found[-1].line.startswith("- ")
        if found and (below_dash or line.startswith(" ")):
            found[-1].below.append(line.strip())
        else:
            found.append(_Entry(line.strip()))
    return found


def _entry(line: str, below: Sequence[str]) -> Markup:
    """Further lines of its own first, as they stand, then the list below it."""
    own = [line, *(one for one in below if not _BULLET.match(one))]
    listed = _joined(_bullet(one, ()) for one in below if _BULLET.match(one))
    return _ENTRY.format(_BREAK.join(own), _BELOW.format(listed) if listed else "")


def _bullet(line: str, below: Sequence[str]) -> Markup:
    return _entry(_BULLET.sub("", line, count=1), below)


def _joined(parts: Iterator[Markup]) -> Markup:
    return Markup("\n").join(parts)


def _words(line: str) -> Markup:
    return _TO.format(line) if _LINK.fullmatch(line) else Markup.escape(line)
