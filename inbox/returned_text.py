"""Bounces that are not of the RFC: the server tells in its own words to whom a letter did not come, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.text import loose_key
from inbox.bounce_words import (
    COPY_BELOW,
    DAEMONS,
    FULL,
    GIVEN_BACK,
    GIVEN_UP,
    LATER,
    NOBODY,
    ONLY_A_WARNING,
    SERVERS,
    STILL_TRIED,
)
from inbox.headers import addresses_in, one_line
from inbox.softness import BASIC, ENHANCED

#: Lines with which the headers of a copied letter begin.
_HEADERS = re.compile(
    r"^[>|\s]{0,4}(?:received|return-path|message-id|mime-version|dkim-signature|x-visits-record)\s*:", re.I
)
#: A line that begins with the next address.
_ANOTHER = re.compile(r"^\W{0,6}[^\s<>@:]{1,64}@[^\s<>@:]{1,200}[>:]")
#: An address that a server has put in the place of the one behind these words.
_EXPANDED = re.compile(
    r"[^\s<>@]{1,64}@[^\s<>@]{1,253}>?\s{1,8}\((?:expanded|ultimately generated|generated) from:?\s", re.IGNORECASE
)
_REPLY_LETTERS = 500


@dataclass(frozen=True)
class ReturnedText:
    """What a server wrote, and the beginning of the letter that it copied below."""

    lines: tuple[str, ...]
    below: str

    @property
    def key(self) -> str:
        """Its words, to be looked through."""
        return loose_key("\n".join(self.lines)[:20_000])


def split(text: str) -> ReturnedText:
    """Cut a text where the copied letter begins."""
    lines = text.split("\n")[:5_000]
    for place, line in enumerate(lines):
        if _HEADERS.match(line) or (place > 0 and len(line) < 200 and COPY_BELOW.search(loose_key(line))):
            return ReturnedText(tuple(lines[:place]), "\n".join(lines[place:]))
    return ReturnedText(tuple(lines), "")


def says_given_back(returned: ReturnedText) -> bool:
    """The words are those of a server that did not deliver."""
    words = (GIVEN_BACK, STILL_TRIED, FULL, NOBODY, LATER)
    return any(said.search(returned.key) for said in words) or _coded(returned.lines)


def still_tried(key: str) -> bool:
    """A server goes on trying: nothing came back yet."""
    return bool(ONLY_A_WARNING.search(key) or (STILL_TRIED.search(key) and not GIVEN_UP.search(key)))


def named_recipients(returned: ReturnedText, but: frozenset[str]) -> list[str]:
    """Addresses in the server's own words, without those of servers and ours."""
    return _named("\n".join(returned.lines)[:20_000], but)


def as_addressed(returned: ReturnedText, but: frozenset[str]) -> list[str]:
    """The same without those that a server has put in the place of others, which it names as well."""
    return _named(_EXPANDED.sub(" ", "\n".join(returned.lines)[:20_000]), but)


def _named(words: str, but: frozenset[str]) -> list[str]:
    return [one for one in addresses_in(words) if one not in but and not _of_a_server(one.partition("@")[0])]


def _of_a_server(local_part: str) -> bool:
    return bool(DAEMONS.match(local_part) or SERVERS.match(local_part))


def reason(returned: ReturnedText, address: str) -> str:
    """What the server said about one address, behind or below it; else any line that tells why, or that it failed."""
    places = [place for place, line in enumerate(returned.lines) if address and address in line.lower()][:20]
    near = [_near(returned.lines, place, address) for place in places]
    told = next(filter(_tells, near), "") or next(filter(_tells, returned.lines), "")
    told = told or next(filter(None, near), "") or next(filter(_given_back, returned.lines), "")
    return one_line(told)[:_REPLY_LETTERS]


def _near(lines: Sequence[str], place: int, address: str) -> str:
    behind = re.sub(re.escape(address), "", lines[place], flags=re.IGNORECASE).strip(" <>:-*\t;,")
    following: list[str] = []
    for line in lines[place + 1 : place + 8]:
        if (
            _ANOTHER.match(line)
            or (addresses_in(line) and not _tells(line))
            or (not line.strip() and _tells(" ".join(following)))
        ):
            break
        following.append(line)
    return one_line(" ".join([behind, *following]))


def _tells(line: str) -> bool:
    key = loose_key(line[:2_000])
    return bool(_code(line) or any(words.search(key) for words in (FULL, NOBODY, LATER)))


def _given_back(line: str) -> bool:
    key = loose_key(line[:2_000])
    return bool(GIVEN_BACK.search(key) or STILL_TRIED.search(key))


def _coded(lines: Sequence[str]) -> bool:
    return any(_code(line) for line in lines[:200])


def _code(line: str) -> bool:
    return bool(ENHANCED.search(line) or BASIC.search(line))
