"""The year in figures: what the annual report is written from (R68, R74, D14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.figures import Figure


@dataclass(frozen=True)
class RoundLine:
    """One planned visit and what became of it."""

    month: int
    unit: str  #: `Đảng bộ huyện Nhơn Trạch`
    organisations: tuple[str, ...]  #: the party organisations attended; empty if the round was not held
    thematic_cells: int
    limitations: int
    recommendations: int
    notice: str  #: `130-TB/BTCTU`; empty if none was issued
    late: bool  #: the list came after its last day
    remark: str = ""  #: why a rule was overridden, or why the round was not held
    answered: int = 0  #: recommendations that the host has reported as done (D11)
    before: str = ""  #: that it, or which steps of it, were done before the service was used
    on_paper: bool = False  #: all of it was: what it found stands in its papers

    @property
    def held(self) -> bool:
        """Whether anything was attended; one on paper was, even where nobody wrote down where."""
        return self.on_paper or bool(self.organisations)


@dataclass(frozen=True)
class ReportLine:
    """One unit that supervises itself, and its report (R66–R69)."""

    unit: str
    received_on: date | None
    late: bool = False
    remark: str = ""
    committees: int | None = None
    cells: int | None = None
    thematic_cells: int | None = None


@dataclass(frozen=True)
class ItemLine:
    """One checklist item, or one group of them, and how often it was found how (R16–R38)."""

    code: str
    text: str
    met: int = 0
    partly_met: int = 0
    not_met: int = 0
    not_applicable: int = 0
    not_examined: int = 0


@dataclass(frozen=True)
class Grouped:
    """One finding in words, and every unit of which it was said."""

    text: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class RecommendationLine:
    """One recommendation and whether the host has answered it (D11)."""

    month: int
    unit: str
    text: str
    owner: str
    due: date
    done_on: date | None  #: when the reply came that says so


@dataclass(frozen=True)
class AnnualSummary:
    """Everything the annual report counts and names, taken from records alone (6.7 no. 11)."""

    rounds: tuple[RoundLine, ...]
    reports: tuple[ReportLine, ...]
    items: tuple[ItemLine, ...]
    strengths: tuple[Grouped, ...] = ()
    limitations: tuple[Grouped, ...] = ()
    difficulties: tuple[Grouped, ...] = ()
    excused: tuple[Grouped, ...] = ()  #: items in which something was lacking that is no limitation, with the reason
    unexplained: tuple[Grouped, ...] = ()  #: items in which something was lacking and nobody said what came of it
    recommendations: tuple[RecommendationLine, ...] = ()
    overrides: tuple[Grouped, ...] = ()  #: every rule that a leader set aside, with the reason (A6, 2.7)
    figures: tuple[Figure, ...] = ()

    def count(self, key: str) -> int:
        """The figure of that name; what nothing was recorded of is 0."""
        return next((figure.value for figure in self.figures if figure.key == key), 0)

    @property
    def never_considered(self) -> Sequence[ItemLine]:
        """The items that no round looked at, although it was held: nothing may be said of them."""
        return [one for one in self.items if one.not_examined and not (one.met or one.partly_met or one.not_met)]

    @property
    def groups(self) -> Sequence[ItemLine]:
        """The items added up by their group `II.1` … `II.7`."""
        codes = list(dict.fromkeys(".".join(item.code.split(".")[:2]) for item in self.items))
        return [self._group(code) for code in codes]

    def _group(self, code: str) -> ItemLine:
        mine = [item for item in self.items if item.code == code or item.code.startswith(f"{code}.")]
        return ItemLine(
            code, "",
            sum(one.met for one in mine), sum(one.partly_met for one in mine), sum(one.not_met for one in mine),
            sum(one.not_applicable for one in mine), sum(one.not_examined for one in mine),
        )  # fmt: skip

    @property
    def held(self) -> Sequence[RoundLine]:
        """The rounds that took place."""
        return [one for one in self.rounds if one.held]

    @property
    def not_held(self) -> Sequence[RoundLine]:
        """The rounds that did not; D14 names them."""
        return [one for one in self.rounds if not one.held]

    @property
    def without_thematic_cell(self) -> Sequence[RoundLine]:
        """The rounds that were held without a thematic cell (R51)."""
        return [one for one in self.held if one.organisations and not one.thematic_cells]

    @property
    def done_before(self) -> Sequence[RoundLine]:
        """The rounds that were done, or begun, before the service was used."""
        return [one for one in self.rounds if one.before]

    @property
    def late_lists(self) -> Sequence[RoundLine]:
        """The rounds whose list came late (R62)."""
        return [one for one in self.rounds if one.late]

    @property
    def missing_reports(self) -> Sequence[ReportLine]:
        """The units that did not report; D14 names them (R67)."""
        return [report for report in self.reports if report.received_on is None]

    @property
    def late_reports(self) -> Sequence[ReportLine]:
        """The units that reported after the date."""
        return [report for report in self.reports if report.received_on and report.late]

    @property
    def open_recommendations(self) -> Sequence[RecommendationLine]:
        """Those that nobody has reported as done; next year's visit finds them again."""
        return [recommendation for recommendation in self.recommendations if recommendation.done_on is None]
