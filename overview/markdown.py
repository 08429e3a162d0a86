"""Words that others wrote, for a page that reads Markdown: they are words there, never a picture or a link."""

import re

#: Whatever can begin something in Markdown or HTML, or makes a link of an address. A backslash makes it a letter.
_TELLING = re.compile(r"[\\`*_{}\[\]()#+!|<>&~:/.@$^=\-]")


def plain(text: str) -> str:
    """The text as one line that is shown letter by letter, in a table as well."""
    return _TELLING.sub(r"\\\g<0>", " ".join(text.split()))
