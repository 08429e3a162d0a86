"""Whether stretches of values cover a range once: no value without a stretch, none with two (4.5)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from domain.rubric import Band, Case

#: A cut between values: (30, 0) lies just before 30, (30, 1) just behind it.
Cut = tuple[Decimal, int]


@dataclass(frozen=True)
class Hole:
    """Values that no stretch holds, or that two do; `index` and `other` are the places of the stretches."""

    said: str  #: `đúng 50`, `từ 30 đến dưới 40`
    index: int
    other: int | None = None  #: set where two stretches hold the same values


def holes(stretches: Sequence[Band | Case], least: Decimal, most: Decimal, *, whole: bool) -> list[Hole]:
    """Every gap and every overlap between `least` and `most`, both included, from low to high."""
    begin, end = _cuts(least, True, most, True, whole)
    found: list[Hole] = []
    cuts = [_cuts(one.min, one.min_inclusive, one.max, one.max_inclusive, whole) for one in stretches]
    reached, last = begin, 0
    for index in sorted(range(len(cuts)), key=lambda number: cuts[number]):
        low, high = max(cuts[index][0], begin), min(cuts[index][1], end)
        if high <= low:
            continue  # empty, or beyond the range: said elsewhere
        if low > reached:
            found.append(Hole(_said(reached, low, whole), index))
        elif low < reached:
            found.append(Hole(_said(low, min(reached, high), whole), index, last))
        if high > reached:
            reached, last = high, index
    if reached < end:
        found.append(Hole(_said(reached, end, whole), last))
    return found


def is_empty(one: Band | Case, *, whole: bool) -> bool:
    """Whether no value at all lies in the stretch."""
    low, high = _cuts(one.min, one.min_inclusive, one.max, one.max_inclusive, whole)
    return high <= low


def _cuts(least: Decimal, from_there: bool, most: Decimal, up_to_there: bool, whole: bool) -> tuple[Cut, Cut]:
    """Where a stretch begins and ends. Of whole numbers, `over 29` begins where `from 30` does."""
    if not whole:
        return (least, 0 if from_there else 1), (most, 1 if up_to_there and most.is_finite() else 0)
    low, high = least, most
    if least.is_finite():
        low = least.to_integral_value(ROUND_CEILING) if from_there else least.to_integral_value(ROUND_FLOOR) + 1
    if most.is_finite():
        high = most.to_integral_value(ROUND_FLOOR) + 1 if up_to_there else most.to_integral_value(ROUND_CEILING)
    return (low, 0), (high, 0)


def _said(low: Cut, high: Cut, whole: bool) -> str:
    """The values between two cuts as people write them."""
    (first, behind), (last, over) = low, high
    if not last.is_finite():
        return f"{'trên ' if behind else 'từ '}{plain(first)}{'' if behind else ' trở lên'}"
    if whole:
        only = last - first == 1
        return f"đúng {plain(first)}" if only else f"từ {plain(first)} đến {plain(last - 1)}"
    if first == last:
        return f"đúng {plain(first)}"
    return f"{'trên' if behind else 'từ'} {plain(first)} đến {'' if over else 'dưới '}{plain(last)}"


def plain(value: Decimal) -> str:
    """`8,5`, `90`: a number as it is written here, without needless zeros (P20)."""
    if not value.is_finite():
        return "∞"
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def shown(value: Decimal) -> str:
    """The same with two decimals at most, cut and never rounded: the mean of three sheets may have no end."""
    return plain(value.quantize(Decimal("0.01"), ROUND_DOWN) if value.is_finite() else value)


def number_of(text: str) -> Decimal | None:
    """What `plain` writes, back as a number; `8.5` is read as well (P20). None where it is no number."""
    found = re.fullmatch(r"[0-9]{1,9}([.,][0-9]{1,9})?", text.strip(), re.ASCII)
    return Decimal(found[0].replace(",", ".")) if found else None
