"""The script of a rehearsal: what its fictional hosts, inspectors and mail server do, read from a file (design §6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from config.faults import Faults
from config.yaml_lines import read_yaml
from config.yaml_records import fill
from domain.dates import OFFICE_ZONE, parse_moment
from domain.findings import ALL, Findings, ItemFinding, ItemResult, Recommendation
from domain.item_links import linked
from domain.meeting_finding import MeetingFinding, Resolution
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType
from domain.plan import Plan
from domain.problem import Refused
from domain.self_report import ReportedItem, SelfReport


@dataclass(frozen=True)
class ScriptedMeeting:
    """One line of a host's list."""

    organisation: str
    org_type: str
    kind: str
    at: str  #: `2024-02-20 14:00`
    venue: str
    parent: str = ""
    theme: str = ""
    members: int = 0


@dataclass(frozen=True)
class ScriptedList:
    """A list that the host sends: on a day, or a working day after so many reminders."""

    symbol: str
    meetings: tuple[ScriptedMeeting, ...]
    on: date = date.min
    after_reminders: int = 0

    def as_nominations(self, received: date) -> Nominations:
        """The list as the office receives it that day."""
        meetings = tuple(
            Meeting(
                number, line.organisation, OrgType(line.org_type), line.parent, parse_moment(line.at), line.venue,
                MeetingKind(line.kind), line.theme, line.members or None,
            )
            for number, line in enumerate(self.meetings, start=1)
        )  # fmt: skip
        return Nominations(meetings, received, self.symbol, received)


@dataclass(frozen=True)
class ScriptedMove:
    """A chosen meeting that gets another time."""

    on: date
    meeting: int
    to: str
    venue: str
    reason: str


@dataclass(frozen=True)
class ScriptedLimitation:
    """A limitation with its remedy, and the items of the checklist that it comes of."""

    text: str
    remedy: str
    owner: str
    within_days: int
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScriptedFindings:
    """What the inspectors find; every item not named is met."""

    strengths: tuple[str, ...]
    limitations: tuple[ScriptedLimitation, ...]
    partly_met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    remarks: dict[str, str] = field(default_factory=dict)  #: item -> its remark
    excused: dict[str, str] = field(default_factory=dict)  #: item -> why what it lacks is no limitation
    difficulties: tuple[str, ...] = ()
    lacking_at: int | None = None  #: of several meetings, the number of the one where something was lacking: the first

    def as_findings(self, plan: Plan, meetings: Sequence[Meeting]) -> Findings:
        """The findings of the plan's whole checklist, after the last of these meetings."""
        meeting_day = max(meeting.day for meeting in meetings)
        results = {
            **dict.fromkeys(self.partly_met, ItemResult.PARTLY_MET),
            **dict.fromkeys(self.not_met, ItemResult.NOT_MET),
            **dict.fromkeys(self.not_applicable, ItemResult.NOT_APPLICABLE),
        }
        numbers = [meeting.number for meeting in meetings] if len(meetings) > 1 else [ALL]
        lacking_at = self.lacking_at or numbers[0]
        items = [
            ItemFinding(
                item.id, results.get(item.id, ItemResult.MET), self.remarks.get(item.id, ""),
                no_limitation=self.excused.get(item.id, ""), meeting=lacking_at,
            )
            for item in plan.checklist
        ]  # fmt: skip
        others = [number for number in numbers if number != lacking_at]
        items += [_without_fault(item, number) for number in others for item in items[: len(plan.checklist)]]
        at = [lacking_at] * len(self.limitations)
        return Findings(
            items=linked(items, [limitation.items for limitation in self.limitations], at),
            strengths=self.strengths,
            limitations=tuple(limitation.text for limitation in self.limitations),
            recommendations=tuple(
                Recommendation(number, one.remedy, one.owner, meeting_day + timedelta(days=one.within_days))
                for number, one in enumerate(self.limitations, start=1)
            ),
            difficulties=self.difficulties,
            attended_on=meeting_day,
            meetings=tuple(_went_well(meeting) for meeting in meetings),
            limitations_at=tuple(at) if lacking_at else (),
        )


def _without_fault(item: ItemFinding, meeting: int) -> ItemFinding:
    """The same item at another meeting, where nothing was lacking."""
    result = ItemResult.MET if item.result.is_fault else item.result
    return ItemFinding(item.item, result, "" if item.result.is_fault else item.remark, meeting=meeting)


def _went_well(meeting: Meeting) -> MeetingFinding:
    """A meeting as fiction has it: led by its secretary, two absent, an hour and a half, its resolution passed."""
    members, begin = meeting.members or 20, meeting.starts_at.astimezone(OFFICE_ZONE)
    return MeetingFinding(
        meeting.number, "Bí thư mẫu (diễn tập)", "Thư ký mẫu (diễn tập)", members, members - 2, "02 đi công tác",
        "", f"{begin:%H:%M}", f"{begin + timedelta(minutes=90):%H:%M}", Resolution.PASSED,
    )  # fmt: skip


@dataclass(frozen=True)
class ScriptedRemedy:
    """The host reports that a recommendation is done."""

    number: int
    on: date
    text: str
    symbol: str


@dataclass(frozen=True)
class ScriptedReport:
    """One version of a unit's report."""

    on: date
    symbol: str
    committees: int
    cells: int
    thematic_cells: int
    strengths: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()
    returned: str = ""  #: why the office sends this version back; empty where it is accepted
    items: tuple[ReportedItem, ...] = ()  #: how it found the items of the checklist, counted

    def as_report(self, received: date) -> SelfReport:
        """The report as the office receives it that day."""
        return SelfReport(
            received, self.symbol, received, self.committees, self.cells, self.thematic_cells,
            self.strengths, self.limitations, self.difficulties, self.items,
        )  # fmt: skip


@dataclass(frozen=True)
class ScriptedUnit:
    """What a unit that supervises itself sends; one that is not in the script sends nothing."""

    reports: tuple[ScriptedReport, ...]


@dataclass(frozen=True)
class ScriptedSummary:
    """What the office does for the annual report, so many working days after it is asked."""

    proposals: tuple[str, ...] = ()
    after: int = 3


@dataclass(frozen=True)
class ScriptedVisit:
    """Everything people do about one visit."""

    lists: tuple[ScriptedList, ...]
    choose: tuple[int, ...]
    consulted: str
    findings: ScriptedFindings
    accept: str = ""  #: why a late or incomplete list is taken
    override: str = ""  #: why a choice goes without a thematic cell
    choose_after: int = 1  #: working days after the list
    moves: tuple[ScriptedMove, ...] = ()
    remedies: tuple[ScriptedRemedy, ...] = ()


@dataclass(frozen=True)
class Outage:
    """Hours in which the mail server is down."""

    on: date
    from_hour: int
    hours: int


@dataclass(frozen=True)
class Script:
    """A rehearsal of one year."""

    year: int
    start: date
    people: dict[str, str]  #: role -> who acts: `officer`, `leader`, `clerk`, `inspector`
    first_notice_number: int
    mail_down: tuple[Outage, ...]
    visits: dict[str, ScriptedVisit]
    units: dict[str, ScriptedUnit] = field(default_factory=dict)
    summary: ScriptedSummary = ScriptedSummary()


def read_script(path: Path) -> Script:
    """The script in that file; `Refused` with every fault and its line if it is not one."""
    faults = Faults(path)
    entry = read_yaml(path, faults)
    script = fill(Script, entry, faults) if entry else None
    if script is None or faults.stop:
        raise Refused(*faults.in_order())
    return script
