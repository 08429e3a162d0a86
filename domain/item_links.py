"""Which items of the checklist a limitation comes of, as people write them and as findings keep them (R15)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.findings import ALL, Findings, ItemFinding, at
from domain.plan import ChecklistItem
from domain.text import match_key


def items_named(text: str, checklist: Sequence[ChecklistItem]) -> tuple[list[str], list[str]]:
    """The ids of the items named in a text like `II.2.b, R20`, each once, and the words that name none."""
    known = {match_key(name): item.id for item in checklist for name in (item.id, item.code)}
    words = [word for part in re.split(r"[\s,;]+", text) if (word := part.strip("."))]
    found = [known[match_key(word)] for word in words if match_key(word) in known]
    return list(dict.fromkeys(found)), [word for word in words if match_key(word) not in known]


def linked(
    items: Sequence[ItemFinding], sources: Sequence[Sequence[str]], meetings: Sequence[int] = ()
) -> tuple[ItemFinding, ...]:
    """The items with the limitations that come of them; `sources` has the ids of the items of each limitation.

    `meetings` has the meeting of each limitation. One of all meetings comes of the item where something was lacking in
    it; where nothing was, of the item everywhere, for the check to tell.
    """
    lacking = {item.item for item in items if item.result.is_fault}

    def comes_of(item: ItemFinding, number: int) -> bool:
        meeting = at(meetings, number)
        if item.item not in sources[number - 1] or (item.meeting and meeting not in (ALL, item.meeting)):
            return False
        return meeting != ALL or not item.meeting or item.result.is_fault or item.item not in lacking

    numbers = range(1, len(sources) + 1)
    return tuple(replace(item, limitations=tuple(n for n in numbers if comes_of(item, n))) for item in items)


def codes_of(findings: Findings, limitation: int, checklist: Sequence[ChecklistItem]) -> list[str]:
    """The codes `II.2.b` of the items that a limitation comes of, in the order of the checklist."""
    ids = {item.item for item in findings.items if limitation in item.limitations}
    return [item.code for item in checklist if item.id in ids]
