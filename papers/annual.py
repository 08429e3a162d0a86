"""Counts a year from its records alone, for the annual report (R68, R74, 6.7 no. 11)."""

from collections import Counter

from sqlalchemy.orm import Session

from database import documents, plans, visits
from database.dossier import Dossier, open_dossier
from domain.annual import AnnualSummary, ItemLine, ReportLine, RoundLine
from domain.deadline import Timeliness
from domain.findings import Findings, ItemResult


def summarise(session: Session, year: int) -> AnnualSummary:
    """The rounds of a year with what was found in them; a unit without a report is named as one (A14)."""
    plan, _contacts = plans.read(session, year)
    dossiers = [open_dossier(session, row.id) for row in visits.of_year(session, year)]
    found = [one.findings for one in dossiers if one.findings is not None]
    return AnnualSummary(
        rounds=tuple(_round(one) for one in dossiers),
        reports=tuple(ReportLine(plan.unit(code).name, None) for code in plan.self_supervising.units),
        items=tuple(_item(found, item.id, item.code, item.text) for item in plan.checklist),
        strengths=tuple(text for one in found for text in one.strengths),
        limitations=tuple(text for one in found for text in one.limitations),
        difficulties=tuple(text for one in found for text in one.difficulties),
    )


def _round(dossier: Dossier) -> RoundLine:
    visit, findings = dossier.visit, dossier.findings
    attended = dossier.chosen if findings is not None else ()
    notice = documents.latest_issued(dossier.session, visit.id, "result_notice")
    return RoundLine(
        month=visit.month,
        unit=dossier.unit.name,
        organisations=tuple(meeting.organisation for meeting in attended),
        thematic_cells=sum(meeting.is_thematic_cell for meeting in attended),
        limitations=len(findings.limitations) if findings else 0,
        recommendations=len(findings.recommendations) if findings else 0,
        notice=notice.symbol if notice else "",
        late=any(one.timeliness is not Timeliness.ON_TIME for one in dossier.candidates),
        remark=_why(dossier),
    )


def _why(dossier: Dossier) -> str:
    """Why a rule was overridden, or why the round was not held."""
    for kind, field in (("cancellation", "reason"), ("choice", "override")):
        answer = dossier.answer(kind)
        if answer is not None and answer.content.get(field):
            return str(answer.content[field])
    return ""


def _item(found: list[Findings], item_id: str, code: str, text: str) -> ItemLine:
    results = Counter(one.result for findings in found for one in findings.items if one.item == item_id)
    return ItemLine(code, text, *(results[result] for result in ItemResult))
