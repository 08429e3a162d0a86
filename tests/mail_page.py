"""The HTML of a mail, read by a parser that knows nothing of how it was made."""

import re
from html.parser import HTMLParser

ALONE = {"meta", "br"}  #: elements that have no end
ALLOWED = {
    *ALONE, "html", "head", "title", "body", "div", "p", "h2", "ul", "li", "a", "code",
}  # fmt: skip


class Reader(HTMLParser):
    """Reads a page line by line as a person does, and notes its elements, attributes and links."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag == "a":
            self.links.append(str(dict(attrs)["href"]))
        else:
            self.lines.append("")
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag != "a":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if "body" in self.open:
            assert self.open[-1] != "ul" or not data.strip(), "words stand in an entry of a list, never beside it"
            self.lines[-1] += data


def opened(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def said(lines: list[str]) -> list[str]:
    """The lines with words, as they are read; a dash in front is what a list shows as its bullet."""
    read = [" ".join(line.split()) for line in lines]
    return [re.sub(r"^[-+] ", "", line) for line in read if line]
