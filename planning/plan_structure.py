"""Finds the profile of levels that a plan names, and checks that the plan keeps to it (5.4, C9, C11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from config.faults import Faults, did_you_mean
from config.structure_file import read_structure, structure_files
from config.yaml_lines import Entry
from domain.dates import short_date
from domain.plan import Plan, Unit
from domain.structure import UNNAMED, Structure
from domain.text import match_key

_FIELD = "structure"


def take_structure(entry: Entry, faults: Faults) -> tuple[Structure | None, Entry]:
    """The profile that the file names, and the entry without its name; a file without one gets what plans had before.

    None where there is no such profile or it cannot be read; the fault names the plan's line and the profile's.
    """
    named = entry.get(_FIELD)
    if named is None or not isinstance(entry.value, dict):
        return UNNAMED, entry
    rest = replace(entry, value={name: child for name, child in entry.value.items() if name != _FIELD})
    return _found(named, faults), rest


def _found(named: Entry, faults: Faults) -> Structure | None:
    files = structure_files()
    if not isinstance(named.value, str) or named.value not in files:
        remedy = f"chọn một trong: {', '.join(files)}; hoặc đặt tệp của cơ quan vào thư mục VISITS_STRUCTURES"
        said = named.value if isinstance(named.value, str | int | float) else ""
        faults.add(named.line, f"không có cơ cấu nào tên “{said}”", did_you_mean(str(said), files, remedy))
        return None
    structure, problems = read_structure(files[named.value])
    for problem in problems:
        faults.add(named.line, f"cơ cấu “{named.value}”: {problem.place}: {problem.fault}", problem.remedy)
    return structure


def structure_for(structure: Structure, year: int) -> Structure:
    """The profile for another year: the one that came after it, where it has ended by then (5.4)."""
    files, seen = structure_files(), {structure.name}
    while not structure.covers(year) and structure.succeeded_by in files and structure.succeeded_by not in seen:
        following, _problems = read_structure(files[structure.succeeded_by])
        if following is None:
            break
        structure = following
        seen.add(structure.name)
    return structure


def warn_about_structure(plan: Plan, entry: Entry, faults: Faults) -> None:
    """Warn of units of a kind that the profile does not have, a profile of other years, a parent called otherwise."""
    structure = plan.structure
    if not structure.name:
        return
    for unit, place in zip(plan.units, entry.items("units"), strict=True):
        if not structure.knows(unit.unit_type) and _there(unit, plan, structure):
            fault = f"{unit.name} là “{unit.unit_type}”, cơ cấu “{structure.name}” không có loại này"
            known = ", ".join(one.unit_type for one in structure.units)
            faults.add(place.line, fault, f"sửa unit_type ({known}), hoặc đổi {_FIELD}", warning=True)
    for fault, remedy in _doubts(plan, structure):
        faults.add(entry.line, fault, remedy, warning=True)


def _there(unit: Unit, plan: Plan, structure: Structure) -> bool:
    """Whether there is such a unit in that year once the profile is in force: a district may be in it until its end."""
    first = max(date(plan.year, 1, 1), structure.valid_from or date.min)
    return unit.valid_to is None or unit.valid_to >= first


def _doubts(plan: Plan, structure: Structure) -> Iterator[tuple[str, str]]:
    if not structure.covers(plan.year):
        days = (("từ", structure.valid_from), ("đến", structure.valid_to))
        said = " ".join(f"{word} {short_date(day)}" for word, day in days if day)
        after = f"ghi {_FIELD}: {structure.succeeded_by}" if structure.succeeded_by else "chọn cơ cấu khác"
        yield f"cơ cấu “{structure.name}” áp dụng {said}, không phải năm {plan.year}", after
    if not match_key(plan.issuer.parent).startswith(match_key(structure.committee)):
        fault = f"issuer.parent là “{plan.issuer.parent}”, cơ cấu “{structure.name}” gọi là {structure.committee}"
        yield fault, "sửa issuer.parent và issuer.full_name, hoặc chọn cơ cấu khác"
