"""HTML of a mail as its words alone: nothing is loaded, run or kept of its form (decision 0050).

`html.parser` takes a time that grows with the square of some broken pages (CVE-2025-6069); this goes through once.
"""

import html
import re

_BLOCK = re.compile(r"/?(?:p|div|br|tr|li|ul|ol|table|h[1-6]|blockquote|hr|pre)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"(script|style|head|title|template|noscript)\b", re.IGNORECASE)
#: How a quoted passage is marked, so that `inbox.quoted` finds it as in a plain mail.
QUOTED = "> "


def html_text(source: str) -> str:
    """What a reader sees of an HTML text, line by line; what stands in a `blockquote` begins with `> `."""
    lines, unseen, depth = [""], "", 0
    for tag, text in _pieces(_without_comments(source)):
        if unseen and not tag.startswith(unseen):
            continue
        unseen = f"/{hidden[1]}" if (hidden := _UNSEEN.match(tag)) else ""
        if unseen:
            continue
        depth = _depth(tag, depth)
        if _BLOCK.match(tag):
            lines.append(QUOTED if depth else "")
        lines[-1] += re.sub(r"\s+", " ", html.unescape(text))
    return "\n".join(line.rstrip() if line.startswith(QUOTED) else line.strip() for line in lines)


def _pieces(source: str) -> list[tuple[str, str]]:
    """Each tag, lower case, with the text behind it."""
    first, *others = source.split("<")
    cut = (other.partition(">") for other in others)
    return [("", first), *((tag.lower(), text) for tag, _, text in cut)]


def _without_comments(source: str) -> str:
    first, *others = source.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _depth(tag: str, depth: int) -> int:
    if tag.startswith("blockquote"):
        return depth + 1
    return max(depth - 1, 0) if tag.startswith("/blockquote") else depth
