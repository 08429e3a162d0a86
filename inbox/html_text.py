"""HTML of a mail as its words alone: nothing is loaded, run or kept of its form (decision 0050).

`html.parser` takes a time that grows with the square of some broken pages (CVE-2025-6069); this goes through once.
"""

import html
import re

_BLOCK = re.compile(r"/?(?:p|div|br|tr|li|ul|ol|table|h[1-6]|blockquote|hr|pre)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"(script|style|head|title|template|noscript)\b", re.IGNORECASE)
_SEEN_AGAIN = re.compile(r"/(script|style|head|title|template|noscript)\b", re.IGNORECASE)
#: How a quoted passage is marked, so that `inbox.quoted` finds it as in a plain mail.
QUOTED = "> "


def html_text(source: str) -> str:
    """What a reader sees of an HTML text, line by line; what stands in a `blockquote` begins with `> `."""
    pieces = _pieces(_without_comments(source))
    ends = {end[1]: place for place, (tag, _) in enumerate(pieces) if (end := _SEEN_AGAIN.match(tag))}
    lines, unseen, depth = [""], "", 0
    for place, (tag, text) in enumerate(pieces):
        if unseen and not _ends(unseen, tag):
            continue
        hidden = _UNSEEN.match(tag)
        # What is never closed hides nothing: a person's words lie behind it.
        unseen = hidden[1] if hidden and ends.get(hidden[1], 0) > place else ""
        if unseen:
            continue
        depth = _depth(tag, depth)
        if _BLOCK.match(tag):
            lines.append(QUOTED if depth else "")
        lines[-1] += re.sub(r"\s+", " ", html.unescape(text))
    return "\n".join(line.rstrip() if line.startswith(QUOTED) else line.strip() for line in lines)


def _ends(unseen: str, tag: str) -> bool:
    return bool((end := _SEEN_AGAIN.match(tag)) and end[1] == unseen) or (unseen == "head" and tag.startswith("body"))


def _pieces(source: str) -> list[tuple[str, str]]:
    """Each tag, lower case, with the text behind it."""
    first, *others = source.split("<")
    cut = (other.partition(">") for other in others)
    return [("", first), *((tag.lower(), text) for tag, _, text in cut)]


def _without_comments(source: str) -> str:
    """One that is never closed is its own mark alone: what lies behind it is read."""
    first, *others = source.split("<!--")
    return first + "".join(_behind(other) for other in others)


def _behind(comment: str) -> str:
    within, closed, behind = comment.partition("-->")
    return behind if closed else within.partition("]>")[2] or within


def _depth(tag: str, depth: int) -> int:
    if tag.startswith("blockquote"):
        return depth + 1
    return max(depth - 1, 0) if tag.startswith("/blockquote") else depth
