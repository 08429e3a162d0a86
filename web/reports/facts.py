"""What pages show of a unit's report: every version, what was said about it, its files (R66, R67)."""

from typing import Any

from sqlalchemy import select

from config.addresses import page_of
from database.dossier import Dossier
from database.models import AnswerFileRow, AnswerRow
from database.self_reports import reported
from domain.answer_kind import AnswerKind
from web.reports import item_fields
from web.reports.form import COUNTS, TEXTS


def report_facts(dossier: Dossier, *, sees: bool) -> dict[str, Any]:
    """What `self_report_told.html` shows."""
    query = select(AnswerRow.version, AnswerFileRow.name).join(AnswerFileRow, AnswerFileRow.answer_id == AnswerRow.id)
    query = query.where(AnswerRow.visit_id == dossier.visit.id, AnswerRow.kind == AnswerKind.SELF_REPORT)
    state, checklist = reported(dossier.session, dossier.visit.id), dossier.plan.checklist
    return {
        "item_lines": item_fields.said_of(state.report, checklist) if state.report and sees else [],
        "reported": state, "due": dossier.plan.self_supervising.due,
        "files": [tuple(one) for one in dossier.session.execute(query.order_by(AnswerRow.version))] if sees else [],
        "sees": sees, "counts": COUNTS, "texts": TEXTS, "report_url": page_of(dossier.visit.obligation),
    }  # fmt: skip
