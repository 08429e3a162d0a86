"""Findings of several meetings: whether each needs its own, and the order in which they are told (R15, D9, D10)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.findings import ALL, BY_MEETING, Findings, Recommendation, at
from domain.nomination import Meeting


def asked_apart(rules: int, meetings: Sequence[Meeting]) -> bool:
    """Whether findings given by those rules need results of each meeting."""
    return rules >= BY_MEETING and len(meetings) > 1


def as_attended(findings: Findings, meetings: Sequence[Meeting]) -> Findings:
    """The same; what was written of the only meeting by its number is what was found in the visit."""
    if len(meetings) != 1:
        return findings
    only = meetings[0].number
    items = tuple(replace(item, meeting=ALL) if item.meeting == only else item for item in findings.items)
    return replace(findings, items=items, strengths_at=(), limitations_at=())


def in_order(findings: Findings) -> Findings:
    """The same as it is numbered and followed (D11): texts by meeting, common ones first; urgent ones first."""
    strengths = _order(findings.strengths, findings.strengths_at)
    limitations = _order(findings.limitations, findings.limitations_at)
    now = {before: place for place, before in enumerate(limitations, start=1) if before != place}
    return replace(
        findings,
        strengths=tuple(findings.strengths[one - 1] for one in strengths),
        strengths_at=_numbers(findings.strengths_at, strengths),
        limitations=tuple(findings.limitations[one - 1] for one in limitations),
        limitations_at=_numbers(findings.limitations_at, limitations),
        items=tuple(
            replace(item, limitations=tuple(sorted(now.get(one, one) for one in item.limitations)))
            for item in findings.items
        ),
        recommendations=_asked_in_order(findings, now),
    )


def _order(texts: Sequence[str], numbers: Sequence[int]) -> list[int]:
    return sorted(range(1, len(texts) + 1), key=lambda place: at(numbers, place))


def _numbers(numbers: Sequence[int], order: Sequence[int]) -> tuple[int, ...]:
    return tuple(at(numbers, place) for place in order) if any(numbers) else ()


def _asked_in_order(findings: Findings, now: Mapping[int, int]) -> tuple[Recommendation, ...]:
    moved = (replace(one, limitation=now.get(one.limitation, one.limitation)) for one in findings.recommendations)
    return tuple(sorted(moved, key=lambda one: (not one.urgent, one.limitation if now else 0)))
