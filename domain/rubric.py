"""A score sheet for meetings as values: groups, criteria, bands and grades, one version at a time (4.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

#: Kinds of meeting a sheet may be for (A8); a combined one is regular and thematic at once.
MEETING_KINDS = {"regular": "thường kỳ", "thematic": "chuyên đề", "combined": "kết hợp"}
#: How a criterion gets its points.
CRITERION_KINDS = {
    "boolean": "đạt hoặc không đạt",
    "bands": "theo mức của một số đếm được",
    "ratio": "theo mức của tỷ lệ phần trăm",
    "points": "người chấm cho điểm",
    "info": "chỉ ghi nhận, không tính điểm",
}
#: What a criterion that does not apply counts.
TREATMENTS = {"full": "tính đủ điểm", "exclude": "bỏ khỏi tổng điểm", "zero": "tính 0 điểm"}
HALF = Decimal("0.5")
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True)
class Band:
    """A stretch of values and what it is worth. Without `max` it has no end: `từ 90 trở lên`."""

    points: Decimal
    min: Decimal = -_ENDLESS
    min_inclusive: bool = True
    max: Decimal = _ENDLESS
    max_inclusive: bool = False
    label: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band."""
        above = value > self.min or (self.min_inclusive and value == self.min)
        return above and (value < self.max or (self.max_inclusive and value == self.max))


@dataclass(frozen=True)
class Case:
    """Bands that hold for a part of the cells only, by their size: `dưới 30 đảng viên`."""

    bands: tuple[Band, ...]
    min: Decimal = -_ENDLESS
    min_inclusive: bool = True
    max: Decimal = _ENDLESS
    max_inclusive: bool = False
    label: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether a cell of that size is one of these."""
        return Band(Decimal(0), self.min, self.min_inclusive, self.max, self.max_inclusive).holds(value)


@dataclass(frozen=True)
class Cap:
    """No more than so many points once a fact is given: absence without reason."""

    when: str
    points: Decimal


@dataclass(frozen=True)
class NotApplicable:
    """What the criterion counts where it does not apply."""

    treat_as: str = "full"  #: one of `TREATMENTS`


@dataclass(frozen=True)
class Criterion:
    """One line of the sheet. Which fields it needs depends on its kind; `rubric_checks` says so."""

    id: str
    label: str
    kind: str  #: one of `CRITERION_KINDS`
    max_points: Decimal = Decimal(0)
    measure: str = ""  #: bands: what is counted
    part: str = ""  #: ratio: the share …
    of: str = ""  #: … of this
    least: Decimal = Decimal(0)  #: the values a band must be found for: from here …
    most: Decimal = _ENDLESS  #: … to here, both included; a ratio ends at 100
    bands: tuple[Band, ...] = ()
    case_by: str = ""  #: the measure that says which case holds
    cases: tuple[Case, ...] = ()
    caps: tuple[Cap, ...] = ()
    applies_when: tuple[str, ...] = ()  #: facts or kinds of meeting that must all be given
    applies_unless: tuple[str, ...] = ()  #: facts none of which may be given
    not_applicable: NotApplicable = NotApplicable()
    bonus: bool = False  #: on top of the group; the total is never exceeded
    evidence_required: bool = False

    @property
    def highest(self) -> Decimal:
        """Where its values end: a share is never more than the whole."""
        return min(self.most, Decimal(100)) if self.kind == "ratio" else self.most


@dataclass(frozen=True)
class Group:
    """Criteria that belong together; their points add up to the group's."""

    id: str
    label: str
    max_points: Decimal
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Grade:
    """From how many points on a meeting is called so, and what must be full beside (a gate)."""

    label: str
    min: Decimal
    requires_full: tuple[str, ...] = ()  #: ids of criteria or groups


@dataclass(frozen=True)
class Measure:
    """Something that is counted at the meeting: members, minutes, speakers."""

    id: str
    label: str
    whole: bool = True  #: people and minutes come whole, so 29 is next to 30


@dataclass(frozen=True)
class Fact:
    """Something that holds at the meeting or not."""

    id: str
    label: str


@dataclass(frozen=True)
class Rubric:
    """A score sheet, whole. A change is a new version; scores name the version they were given by."""

    id: str
    version: int
    label: str
    source: str  #: the document it is taken from
    meeting_kinds: tuple[str, ...]
    total: Decimal
    groups: tuple[Group, ...]
    grades: tuple[Grade, ...]  #: from the top down
    measures: tuple[Measure, ...] = ()
    facts: tuple[Fact, ...] = ()
    rescale: bool = False  #: points are counted up to the total where criteria were left out
    example: bool = False  #: shows how a sheet is written; nobody's rule
    years: tuple[int, ...] = ()  #: plan years it is meant for; empty: any

    @property
    def criteria(self) -> Iterator[Criterion]:
        """Every criterion, group by group."""
        return (criterion for group in self.groups for criterion in group.criteria)

    def named(self, name: str) -> str:
        """What the criterion, group, measure or fact of that id is called; the id itself where the sheet has none."""
        entries: list[Criterion | Group | Measure | Fact] = [
            *self.criteria, *self.groups, *self.measures, *self.facts,
        ]  # fmt: skip
        return next((one.label for one in entries if one.id == name), name)

    def whole(self, measure: str) -> bool:
        """Whether that measure comes in whole numbers."""
        return any(one.whole for one in self.measures if one.id == measure)

    def fits(self, kind: str, year: int) -> bool:
        """Whether it may be used for that kind of meeting in that plan year."""
        return kind in self.meeting_kinds and (not self.years or year in self.years)


def implied_by(kind: str) -> frozenset[str]:
    """The facts that a kind of meeting brings along: a combined one is regular and thematic too (A8)."""
    return frozenset(MEETING_KINDS) if kind == "combined" else frozenset({kind})
