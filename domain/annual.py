"""The year in figures: what the annual report is written from (R68, R74, D14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.figures import Figure
from domain.item_lines import ItemLine, added, groups_of
from domain.judgement import Level, level_of
from domain.share import LEAST, Share


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
    late: bool  #: the list came after the last day of a meeting in it
    remark: str = ""  #: why a rule was overridden, or why the round was not held
    answered: int = 0  #: recommendations that the host has reported as done (D11)
    before: str = ""  #: that it, or which steps of it, were done before the service was used
    on_paper: bool = False  #: all of it was: what it found stands in its papers
    listed_meetings: int = 0  #: how many meetings the host's newest list has
    late_meetings: int = 0  #: how many of them were notified late (R62)

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
    short_name: str = ""  #: `Long Thành`: beside a bar


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

    @property
    def late(self) -> bool:
        """Whether that reply came after its date; the date itself is in time."""
        return self.done_on is not None and self.done_on > self.due


@dataclass(frozen=True)
class MonthLine:
    """The recommendations of one month's rounds, and what became of them (D11)."""

    month: int
    in_time: int
    late: int
    open: int


@dataclass(frozen=True)
class Compared:
    """One number of the year beside that of the year before."""

    name: str
    before: str
    now: str
    change: str  #: `tăng 02`, `giảm 5 điểm phần trăm`, `không đổi`


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
    causes: tuple[Grouped, ...] = ()  #: why the limitations came about, as it was recorded
    own_items: tuple[ItemLine, ...] = ()  #: the same items as the units that supervise themselves found them

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
        return groups_of(self.items)

    @property
    def named_groups(self) -> Sequence[ItemLine]:
        """Those whose name the plan says."""
        return [one for one in self.groups if one.text]

    @property
    def good_groups(self) -> Sequence[ItemLine]:
        """The groups that were met nearly everywhere, best first."""
        return sorted((one for one in self.groups if one.is_good), key=_met_rate, reverse=True)

    @property
    def weak_groups(self) -> Sequence[ItemLine]:
        """The groups in which much was lacking, weakest first."""
        return sorted((one for one in self.groups if one.is_weak), key=_met_rate)

    def lacking_in(self, group: ItemLine) -> Sequence[ItemLine]:
        """The items of a group in which something was lacking, most often first."""
        return sorted((one for one in self.items if group.has(one) and one.lacking), key=lambda one: -one.lacking)

    @property
    def every_item(self) -> ItemLine:
        """All items added up."""
        return added("", self.items)

    @property
    def every_own_item(self) -> ItemLine:
        """What these units found added up; it bears no word of the report, which rests on what the group found."""
        return added("", self.own_items)

    @property
    def level(self) -> Level | None:
        """What may be said of the meetings as a whole; None where too little was considered."""
        return level_of(self.every_item)

    @property
    def held_share(self) -> Share:
        """Rounds held, of those planned."""
        return Share(len(self.held), len(self.rounds))

    @property
    def reports_share(self) -> Share:
        """Units that reported, of those that had to."""
        return Share(len(self.reports) - len(self.missing_reports), len(self.reports))

    @property
    def carried_out(self) -> bool:
        """Whether every round was held and every report came."""
        return self.held_share.part == len(self.rounds) and self.reports_share.part == len(self.reports)

    @property
    def thematic_share(self) -> Share:
        """Rounds with a thematic cell, of those held of which it is known."""
        known = [one for one in self.held if one.organisations]
        return Share(len(known) - len(self.without_thematic_cell), len(known))

    @property
    def punctual_share(self) -> Share:
        """Hosts whose whole list came in time, of those that sent one."""
        listed = [one for one in self.rounds if one.listed_meetings]
        return Share(sum(not one.late for one in listed), len(listed))

    @property
    def answered_share(self) -> Share:
        """Recommendations reported as done, of all."""
        return Share(len(self.recommendations) - len(self.open_recommendations), len(self.recommendations))

    @property
    def late_share(self) -> Share:
        """Recommendations reported as done after their date, of those reported as done."""
        return Share(sum(one.late for one in self.recommendations), self.answered_share.part)

    @property
    def months(self) -> Sequence[MonthLine]:
        """The recommendations month by month."""
        lines = []
        for month in sorted({one.month for one in self.recommendations}):
            mine = [one for one in self.recommendations if one.month == month]
            late, unanswered = sum(one.late for one in mine), sum(one.done_on is None for one in mine)
            lines.append(MonthLine(month, len(mine) - late - unanswered, late, unanswered))
        return lines

    @property
    def drawn_months(self) -> Sequence[MonthLine]:
        """The months with enough of them for shares."""
        return [one for one in self.months if one.in_time + one.late + one.open >= LEAST]

    @property
    def own_cells_drawn(self) -> Sequence[ReportLine]:
        """The reports that say how many cells were attended and how many of them at a thematic meeting."""
        return [one for one in self.reports if one.cells and one.thematic_cells is not None]

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


def _met_rate(line: ItemLine) -> float:
    share = line.met_share
    return share.part / share.whole
