"""The year in figures: what the annual report is written from (R68, R74, D14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


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

    @property
    def held(self) -> bool:
        """Whether anything was attended."""
        return bool(self.organisations)


@dataclass(frozen=True)
class ReportLine:
    """One unit that supervises itself, and its report (R66–R69)."""

    unit: str
    received_on: date | None
    late: bool = False
    remark: str = ""


@dataclass(frozen=True)
class ItemLine:
    """One checklist item and how often it was found how (R16–R38)."""

    code: str
    text: str
    met: int = 0
    partly_met: int = 0
    not_met: int = 0
    not_applicable: int = 0
    not_examined: int = 0


@dataclass(frozen=True)
class AnnualSummary:
    """Everything the annual report counts and names, taken from records alone (6.7 no. 11)."""

    rounds: tuple[RoundLine, ...]
    reports: tuple[ReportLine, ...]
    items: tuple[ItemLine, ...]
    strengths: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()

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
        return [one for one in self.held if not one.thematic_cells]

    @property
    def late_lists(self) -> Sequence[RoundLine]:
        """The rounds whose list came late (R62)."""
        return [one for one in self.rounds if one.late]

    @property
    def missing_reports(self) -> Sequence[ReportLine]:
        """The units that did not report; D14 names them (R67)."""
        return [one for one in self.reports if one.received_on is None]

    @property
    def late_reports(self) -> Sequence[ReportLine]:
        """The units that reported after the date."""
        return [one for one in self.reports if one.received_on and one.late]
