"""Reads the plain text of a document into the parts that the form sets apart.

The office writes a document as it writes a mail. Four lines have a meaning for the form:
`Nơi nhận:` begins the list of recipients, `PHỤ LỤC` the appendix, and the two marks below stand for a table.
"""

from dataclasses import dataclass

MEETINGS_TABLE = "[[bảng buổi sinh hoạt]]"
CHECKLIST_TABLE = "[[bảng danh mục]]"
RECIPIENTS = "Nơi nhận:"
APPENDIX = "PHỤ LỤC"


@dataclass(frozen=True)
class DocumentText:
    """A document's lines, without the empty ones."""

    body: tuple[str, ...]
    recipients: tuple[str, ...]  #: `- Như trên,` …
    appendix: tuple[str, ...]  #: its title and tables


def read_document(text: str) -> DocumentText:
    """The three parts of a document's text; the last two may be empty."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines, appendix = _cut(lines, APPENDIX)
    body, recipients = _cut(lines, RECIPIENTS)
    return DocumentText(tuple(body), tuple(recipients), tuple(appendix))


def _cut(lines: list[str], mark: str) -> tuple[list[str], list[str]]:
    if mark not in lines:
        return lines, []
    place = lines.index(mark)
    return lines[:place], lines[place + 1 :]
