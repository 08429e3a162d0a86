"""Whether a letter came back for good, from the codes and words of the server (RFC 3463; decision 0050)."""

import re

from domain.text import loose_key
from inbox.bounce_words import FULL, LATER, NOBODY

ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
BASIC = re.compile(r"(?<![\d.\-])([45])\d\d(?=[\s\-,:;)#]|$)")


def for_good(status: str, reply: str) -> bool:
    """Whether sending the same letter again later is of no use.

    Soft is a full mailbox or disk (x.2.2, x.3.1), what has expired while a server did not answer (x.4.7), and whatever
    the server calls temporary by its words or by class 4. An address that does not exist is hard in class 4 as well:
    whoever gave the letter back has tried for days.
    """
    said = loose_key(reply)
    codes = ENHANCED.findall(reply) + ENHANCED.findall(status)
    details = {f"{subject}.{detail}" for _, subject, detail in codes}
    if details & {"2.2", "3.1", "4.7"} or FULL.search(said):
        return False
    nobody = bool(NOBODY.search(said))
    if nobody and re.search(r"(?<![\d.])5(?:\d\d(?!\d)|\.\d+\.\d+)", reply):
        return True
    if LATER.search(said):
        return False
    if nobody or details & {"1.1", "1.2", "1.3", "1.10"}:
        return True
    basic = BASIC.search(reply)
    classes = [code for code, _, _ in codes] or ([basic[1]] if basic else [])
    return not classes or classes[0] != "4"
