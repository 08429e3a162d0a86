"""A score sheet in words, as people read it at the command line and at the desk (4.5)."""

from collections.abc import Callable
from decimal import Decimal

from domain.rubric import CRITERION_KINDS, MEETING_KINDS, TREATMENTS, Band, Criterion, Grade, Rubric
from domain.rubric_bands import plain


def title_of(rubric: Rubric) -> str:
    """`Phiếu chấm điểm …, bản 1`."""
    return f"{rubric.label}, bản {rubric.version}"


def gate(grade: Grade, named: Callable[[str], str] = str) -> str:
    """Which criteria must have all their points for that grade; empty where none must. `named` calls an id by name."""
    names = [named(name) for name in grade.requires_full]
    return f"tối đa điểm: {', '.join(names)}" if names else ""


def how(one: Criterion, named: Callable[[str], str] = str) -> list[str]:
    """How the criterion gets its points, a line for each band; `named` calls an id by name."""
    lines = [CRITERION_KINDS[one.kind] + (" (điểm thưởng)" if one.bonus else "")]
    if one.kind == "ratio":
        lines[0] += f": {named(one.part)} / {named(one.of)}"
    if one.kind == "bands":
        lines[0] += f": {named(one.measure)}"
    unit = " %" if one.kind == "ratio" else ""
    lines += [_band(band, unit) for band in one.bands]
    for case in one.cases:
        lines.append(f"{case.label or _range(case.min, case.min_inclusive, case.max, case.max_inclusive)}:")
        lines += [f"  {_band(band, unit)}" for band in case.bands]
    lines += [f"{named(cap.when)}: nhiều nhất {plain(cap.points)}" for cap in one.caps]
    if one.applies_when or one.applies_unless:
        asked = [*(MEETING_KINDS.get(name, named(name)) for name in one.applies_when)]
        asked += [f"không có {named(name)}" for name in one.applies_unless]
        lines.append(f"chỉ khi {', '.join(asked)}; nếu không: {TREATMENTS[one.not_applicable.treat_as]}")
    return lines


def _band(band: Band, unit: str) -> str:
    label = f" ({band.label})" if band.label else ""
    said = _range(band.min, band.min_inclusive, band.max, band.max_inclusive)
    return f"{said}{unit}: {plain(band.points)}{label}"


def _range(low: Decimal, from_there: bool, high: Decimal, up_to_there: bool) -> str:
    """`từ 40 đến dưới 50`, `trên 15 đến 30`, `từ 90`: as people write it."""
    begin = f"{'từ' if from_there else 'trên'} {plain(low)}" if low.is_finite() else ""
    if not high.is_finite():
        return begin or "mọi giá trị"
    if not begin:
        return f"{'đến' if up_to_there else 'dưới'} {plain(high)}"
    return f"{begin} đến {'' if up_to_there else 'dưới '}{plain(high)}"
