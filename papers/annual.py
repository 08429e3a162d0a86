"""Tells a year from its records alone, for the annual report (R68, R74, 6.7 no. 11)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from domain.annual import AnnualSummary, Grouped, RecommendationLine, ReportLine, RoundLine
from domain.dates import short_date
from domain.decision import Cancellation, Choice
from domain.findings import ItemFinding, ItemResult
from domain.item_lines import ItemLine
from domain.plan import ChecklistItem
from domain.text import match_key
from papers.figures import figures_of
from papers.year_records import OwnReport, Round, YearRecords, read_year


def summarise(session: Session, year: int) -> AnnualSummary:
    """The year's rounds and reports with what was found in them; a unit without a report is named as one (A14)."""
    records = read_year(session, year)
    return AnnualSummary(
        rounds=tuple(_round(one) for one in records.rounds),
        reports=tuple(_report(records, report) for report in records.reports),
        items=tuple(_item(records, item) for item in records.plan.checklist),
        own_items=tuple(_own_item(records, item) for item in records.plan.checklist),
        strengths=_said(records, "strengths"),
        limitations=_said(records, "limitations"),
        difficulties=_said(records, "difficulties"),
        causes=_causes(records),
        excused=_grouped(_faults(records, "excused")),
        unexplained=_grouped(_faults(records, "unexplained")),
        recommendations=tuple(line for one in records.rounds for line in _recommendations(one)),
        overrides=_grouped(pair for one in records.rounds for pair in _overrides(one)),
        figures=figures_of(records),
    )


def _round(one: Round) -> RoundLine:
    findings = one.findings
    return RoundLine(
        month=one.visit.month,
        unit=one.dossier.unit.name,
        organisations=tuple(meeting.organisation for meeting in one.attended),
        thematic_cells=sum(meeting.is_thematic_cell for meeting in one.attended),
        limitations=len(findings.limitations) if findings else 0,
        recommendations=len(findings.recommendations) if findings else 0,
        notice=one.notice.symbol if one.notice else "",
        late=one.late,
        remark=_why(one),
        answered=sum(not followed.open for followed in one.followed),
        before=one.before,
        on_paper=one.on_paper,
        listed_meetings=len(one.dossier.candidates),
        late_meetings=one.late_meetings,
    )


def _why(one: Round) -> str:
    """Why a rule was overridden, or why the round was not held."""
    cancelled, choice = one.dossier.said(Cancellation), one.dossier.said(Choice)
    why = (cancelled.reason if cancelled else "") or (choice.override if choice else "")
    return why or (one.taken_up.reason if one.taken_up else "")


def _report(records: YearRecords, one: OwnReport) -> ReportLine:
    report, state = one.state.report, one.state
    told = report if state.counts else None
    return ReportLine(
        unit=records.plan.unit(one.row.unit).name,
        received_on=state.first_on,
        late=state.late(records.plan.self_supervising.due),
        remark=_how(one),
        committees=told.committees if told else None,
        cells=told.cells if told else None,
        thematic_cells=told.thematic_cells if told else None,
        short_name=records.plan.unit(one.row.unit).short_name,
    )


def _how(one: OwnReport) -> str:
    if one.state.returned:
        return "đã trả lại để bổ sung, chưa gửi lại"
    if one.state.version > 1 and one.state.report:
        return f"đã bổ sung, gửi lại ngày {short_date(one.state.report.received_on)}"
    return ""


def _said(records: YearRecords, what: str) -> tuple[Grouped, ...]:
    """Strengths, limitations or difficulties, of the rounds and then of the reports."""
    rounds = [(one.dossier.unit.short_name, one.findings) for one in records.rounds]
    own = [
        (records.plan.unit(report.row.unit).short_name, report.state.report)
        for report in records.reports
        if report.state.counts
    ]
    return _grouped((text, unit) for unit, source in (*rounds, *own) if source for text in getattr(source, what))


def _causes(records: YearRecords) -> tuple[Grouped, ...]:
    """Why the limitations came about: only the group's findings say so, a unit's report has no place for it."""
    return _grouped(
        (cause, one.dossier.unit.short_name)
        for one in records.rounds
        for cause in (one.findings.causes if one.findings else ())
    )


def _faults(records: YearRecords, which: str) -> Iterator[tuple[str, str]]:
    """The items in which something was lacking that is no limitation, or of which nobody said what came of it."""
    texts = {item.id: item.text for item in records.plan.checklist}
    for one in records.rounds:
        faults: tuple[ItemFinding, ...] = getattr(one.findings, which) if one.findings else ()
        for item in faults:
            why = f": {item.no_limitation}" if item.no_limitation else ""
            yield f"{texts.get(item.item, item.item)}{why}", one.dossier.unit.short_name


def _overrides(one: Round) -> Iterator[tuple[str, str]]:
    unit, choice = one.dossier.unit.short_name, one.dossier.said(Choice)
    accepted = one.dossier.late_word
    if accepted is not None and accepted.takes_any:
        late = "trễ hạn" if accepted.late else "chưa có chi bộ sinh hoạt chuyên đề"
        yield f"Chấp nhận danh sách {late}: {accepted.reason}", unit
    if choice is not None and choice.override:
        yield f"Dự sinh hoạt khi không có chi bộ sinh hoạt chuyên đề: {choice.override}", unit
    for paper in one.overridden_papers:
        yield f"Phát hành văn bản số {paper.symbol} khi chưa đạt kiểm tra: {paper.override_reason}", unit


def _grouped(said: Iterable[tuple[str, str]]) -> tuple[Grouped, ...]:
    """The same thing said of several units is one line; what was said most often comes first (P15)."""
    groups: dict[str, tuple[str, list[str]]] = {}
    for text, unit in said:
        _words, units = groups.setdefault(match_key(text.rstrip(" .;")), (text, []))
        if unit not in units:
            units.append(unit)
    return tuple(Grouped(text, tuple(units)) for text, units in sorted(groups.values(), key=lambda one: -len(one[1])))


def _recommendations(one: Round) -> Iterator[RecommendationLine]:
    for followed in one.followed:
        asked = followed.asked
        done_on = None if followed.open else followed.remedies[-1].received_on
        yield RecommendationLine(
            one.visit.month, one.dossier.unit.name, asked.text, asked.owner, asked.due, done_on
        )  # fmt: skip


def _item(records: YearRecords, item: ChecklistItem) -> ItemLine:
    results: Counter[ItemResult] = Counter()
    considered: dict[str, bool] = {}  # by unit: whether anything was lacking there
    for one in records.rounds:
        for found in one.findings.items if one.findings else ():
            if found.item != item.id:
                continue
            results[found.result] += 1
            if found.result.was_considered:
                unit = one.dossier.unit.short_name
                considered[unit] = considered.get(unit, False) or found.result.is_fault
    return ItemLine(
        item.code,
        item.text,
        met=results[ItemResult.MET],
        partly_met=results[ItemResult.PARTLY_MET],
        not_met=results[ItemResult.NOT_MET],
        not_applicable=results[ItemResult.NOT_APPLICABLE],
        not_examined=results[ItemResult.NOT_EXAMINED],
        considered_at=tuple(considered),
        lacking_at=tuple(unit for unit, lacking in considered.items() if lacking),
        group=item.group,
    )


def _own_item(records: YearRecords, item: ChecklistItem) -> ItemLine:
    """How the units that supervise themselves found an item, added up from the reports that count (D13)."""
    told = [
        (records.plan.unit(own.row.unit).short_name, one)
        for own in records.reports
        if own.state.counts and own.state.report and (one := own.state.report.of_item(item.id))
    ]
    return ItemLine(
        item.code, item.text,
        met=sum(one.met for _unit, one in told),
        partly_met=sum(one.partly_met for _unit, one in told),
        not_met=sum(one.not_met for _unit, one in told),
        considered_at=tuple(unit for unit, one in told if one.considered),
        lacking_at=tuple(unit for unit, one in told if one.lacking),
        group=item.group,
    )  # fmt: skip
