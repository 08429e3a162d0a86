"""The letters that bring an issued document, by its name: what the steps write, and what is looked at before the issue.

The notice and the invitations go out together and have a place of their own (`tasks.asking.notice`).
"""

from database.addressees import host
from database.dossier import Dossier
from database.models import DocumentRow
from domain.letters_and_documents import Purpose
from papers.facts import facts_for, what_was_found
from papers.recipients import recipients_of, standing_board
from papers.requests import facts_of_request
from tasks.letters.correspondence import write
from tasks.letters.forms_to_fill import list_form, report_form


def bring_request(dossier: Dossier, document: DocumentRow) -> None:
    """A công văn that asks a unit for its list or its report, with the form to fill in (D1, D12)."""
    form = report_form(dossier) if document.kind == Purpose.YEAR_END_REQUEST else list_form(dossier)
    write(
        dossier, document.kind, host(dossier), facts_of_request(dossier, document.kind),
        further=[form], document=document, must_arrive=True,
    )  # fmt: skip


def bring_result(dossier: Dossier, notice: DocumentRow) -> None:
    """The result notice to the host and whom its list names (R53, R75)."""
    write(
        dossier, Purpose.RESULT_NOTICE, host(dossier), {"meetings": dossier.chosen, **what_was_found(dossier)},
        revision=notice.revision, document=notice, must_arrive=True,
    )  # fmt: skip


def bring_summary(dossier: Dossier, report: DocumentRow) -> None:
    """The report of the year to the Standing Committee (R68, R74)."""
    write(
        dossier, Purpose.ANNUAL_REPORT, standing_board(dossier), facts_for(dossier, Purpose.ANNUAL_REPORT),
        revision=report.revision, document=report, must_arrive=True,
    )  # fmt: skip


def bring_plan(dossier: Dossier, plan: DocumentRow) -> int:
    """One letter to each whom the plan's list names; the standing boards must be reached (R77–R82). How many."""
    facts = facts_for(dossier, Purpose.ANNUAL_PLAN)
    everyone = [to for line in recipients_of(dossier, Purpose.ANNUAL_PLAN) for to in line.whom]
    for to in everyone:
        must = to.key.startswith("standing_board:")
        write(dossier, Purpose.ANNUAL_PLAN, to, facts, revision=plan.revision, document=plan, must_arrive=must)
    return len(everyone)
