"""What became of a province's units after a reorganisation: data with sources, not an office's homework (C8, 5.4)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from config.faults import Faults
from config.yaml_lines import read_yaml
from config.yaml_records import fill
from domain.plan import Plan, Unit
from domain.problem import Refused
from domain.text import match_key

FOLDER = Path(__file__).parents[1] / "config" / "units"


@dataclass(frozen=True)
class Ended:
    """A unit of before: its last day, and the codes of those that took its place."""

    code: str
    last_day: date
    succeeded_by: tuple[str, ...]


@dataclass(frozen=True)
class UnitChanges:
    """One reorganisation of one province."""

    place: str  #: of the office whose plans it concerns: `Đồng Nai`
    valid_from: date
    structure: str  #: the profile of levels that begins with it
    sources: tuple[str, ...]  #: the documents that say so
    to_decide: tuple[str, ...]  #: what no source says
    ended: tuple[Ended, ...]
    units: tuple[Unit, ...]

    def upon(self, base: Plan) -> tuple[Unit, ...]:
        """The units of that plan as they are since, and the new ones: what `new_year` takes as newer units."""
        last = {one.code: one for one in self.ended}
        gone = (
            replace(unit, valid_to=last[unit.code].last_day, succeeded_by=last[unit.code].succeeded_by)
            for unit in base.units
            if unit.code in last
        )
        known = {unit.code for unit in base.units}
        return (*gone, *(unit for unit in self.units if unit.code not in known))

    @property
    def codes(self) -> frozenset[str]:
        """Every unit of which these sources speak."""
        return frozenset((*(one.code for one in self.ended), *(unit.code for unit in self.units)))


def changes_for(base: Plan, year: int) -> UnitChanges | None:
    """The reorganisation that lies between that plan and that year; None where none is known."""
    for path in sorted(FOLDER.glob("*.yaml")):
        found = read_unit_changes(path)
        ended = {one.code for one in found.ended}
        begun = found.valid_from <= date(year, 12, 31)
        if (
            begun
            and match_key(found.place) == match_key(base.issuer.place)
            and ended & {one.code for one in base.units}
        ):
            return found
    return None


@cache
def read_unit_changes(path: Path) -> UnitChanges:
    """The file as a value; `Refused` with every fault and its line."""
    faults = Faults(path)
    entry = read_yaml(path, faults)
    found = fill(UnitChanges, entry, faults) if entry else None
    if found is None or faults.stop:
        raise Refused(*faults.in_order())
    return found
