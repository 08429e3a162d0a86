"""What the office's own mail server says of a sender: `Authentication-Results` (RFC 8601), its own and no other."""

import re
from email.message import Message

from domain.incoming import Trust
from inbox.headers import headers, one_sender, sender, without_quotes

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(.*)$", re.IGNORECASE | re.DOTALL)
#: What stands in the place of a quoted string: a value that holds it proves nothing.
_QUOTED = "\0"
_PROPERTY = re.compile(r"(?<!\S)([a-z]+\.[a-z0-9_-]+)\s*=\s*(\S+)", re.IGNORECASE)
#: Where a result names whom it is about.
_ABOUT = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}
_AGAINST = frozenset({"fail", "softfail", "policy"})

#: A method, its result in lower case, and the domain that it is about.
Result = tuple[str, str, str]


def trust(message: Message, authenticated_by: str) -> Trust:
    """`PASS` where DMARC passes, or DKIM or SPF passes for the domain in `From`.

    Only the topmost header in which the server calls itself `authenticated_by` counts: a server puts its own on top,
    and takes away those that came from outside under its name (RFC 8601, 5). One of
    several senders never passes.
    """
    results = _results(message, authenticated_by)
    domain = sender(message)[0].rpartition("@")[2]
    if not results or not domain:
        return Trust.UNKNOWN
    if not one_sender(message) or any(method == "dmarc" and result in _AGAINST for method, result, _ in results):
        return Trust.FAIL
    passed = [about for _, result, about in results if result == "pass"]
    if any(_aligned(about, domain) for about in passed):
        return Trust.PASS
    return Trust.FAIL if passed or any(result in _AGAINST for _, result, _ in results) else Trust.UNKNOWN


def _results(message: Message, server: str) -> list[Result]:
    if not server:
        return []
    for value in headers(message, "Authentication-Results"):
        named, _, results = _bare(value).partition(";")
        if (named.split() or [""])[0].lower() == server.strip().lower():
            return [result for piece in results.split(";") if (result := _result(piece))]
    return []


def _bare(value: str) -> str:
    """Without quoted strings, in which a sender's own words stand, and then without comments.

    Comments may lie in one another; a few rounds take all that anybody writes. A server that quotes its own name is
    known by it all the same.
    """
    named = re.match(r'\s*"([^"\\;()]*)"', value)
    value = f"{named[1]}{value[named.end() :]}" if named else value
    value = without_quotes(value.replace(_QUOTED, " "), _QUOTED)
    for _ in range(5):
        value = _COMMENT.sub(" ", value)
    return value


def _result(piece: str) -> Result | None:
    found = _RESULT.match(piece)
    if not found:
        return None
    method, result, rest = found[1].lower(), found[2].lower(), found[3]
    about = [(name.lower(), value.lower()) for name, value in _PROPERTY.findall(rest)]
    named = next((value for wanted in _ABOUT[method] for name, value in about if name == wanted), "")
    if _QUOTED in named:
        return method, result, ""
    return method, result, named.rpartition("@")[2].strip("<>.")


def _aligned(about: str, domain: str) -> bool:
    """The same domain, or one below the other (RFC 7489, relaxed; without a list of public suffixes)."""
    if "." not in about or "." not in domain:
        return False
    return about == domain or domain.endswith(f".{about}") or about.endswith(f".{domain}")
