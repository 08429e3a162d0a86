"""Looks through a document before it is issued; what is found stops the issue unless a leader overrides it (2.7)."""

from collections.abc import Iterator

from database.dossier import Dossier
from domain.findings_check import check_visit
from domain.letters_and_documents import Purpose
from domain.paper_check import check_recipients, check_text, check_wording, check_wording_of_the_year
from domain.problem import Problem
from letters.form.paper import Paper, without_acts
from letters.form.plain_text import plain_text
from papers.recipients import recipients_of

#: Documents about all units, or that may name several units or bodies (R68, R74, R77–R82).
_OF_SEVERAL = (
    Purpose.ANNUAL_REPORT, Purpose.ANNUAL_PLAN, Purpose.NOMINATION_REQUEST, Purpose.YEAR_END_REQUEST,
    Purpose.INVITATION,
)  # fmt: skip


def faults_of(dossier: Dossier, kind: str, paper: Paper) -> list[Problem]:
    """Everything that should be put right first, in the order of the document; warnings are not among them."""
    text = plain_text(without_acts(paper)).splitlines()
    listed = [line.printed for line in recipients_of(dossier, kind) if line.whom]
    if kind in _OF_SEVERAL:
        every = check_wording_of_the_year(text, dossier.plan) if kind == Purpose.ANNUAL_REPORT else check_text(text)
        found = [*every, *check_recipients(paper.recipients, listed, ())]
        return [problem for problem in found if not problem.warning]
    attended = [meeting.organisation for meeting in dossier.chosen]
    found = [
        *_findings(dossier, kind),
        *check_wording(text, dossier.plan, dossier.unit),
        *check_recipients(paper.recipients, listed, attended),
    ]
    return [problem for problem in found if not problem.warning]


def _findings(dossier: Dossier, kind: str) -> Iterator[Problem]:
    """Each limitation has a remedy and the reverse, each remedy an owner and a date (2.7 no. 2, 4)."""
    if kind == Purpose.RESULT_NOTICE and dossier.findings is not None:
        yield from check_visit(dossier.findings, dossier.plan, dossier.chosen)
