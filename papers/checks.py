"""Looks through a document before it is issued; what is found stops the issue unless a leader overrides it (2.7)."""

from collections.abc import Iterator

from database.dossier import Dossier
from domain.findings_check import check_visit
from domain.letters_and_documents import Purpose
from domain.paper_check import check_recipients, check_text, check_wording, check_wording_of_the_year
from domain.problem import Problem
from letters.form.paper import Paper, without_acts
from letters.form.plain_text import plain_text

#: Documents that name several units or bodies, and who must have them whatever the wording says (R68, R74, R77–R82).
_TO_SEVERAL: dict[str, tuple[str, ...]] = {
    Purpose.ANNUAL_REPORT: ("Ban Thường vụ Tỉnh ủy", "LĐB"),
    Purpose.ANNUAL_PLAN: ("LĐB",),
    Purpose.NOMINATION_REQUEST: ("LĐB",),
    Purpose.YEAR_END_REQUEST: ("LĐB",),
    Purpose.INVITATION: ("LĐB",),
}


def faults_of(dossier: Dossier, kind: str, paper: Paper) -> list[Problem]:
    """Everything that should be put right first, in the order of the document; warnings are not among them."""
    text = plain_text(without_acts(paper)).splitlines()
    if kind in _TO_SEVERAL:
        every = check_wording_of_the_year(text, dossier.plan) if kind == Purpose.ANNUAL_REPORT else check_text(text)
        found = [*every, *check_recipients(paper.recipients, _TO_SEVERAL[kind], ())]
        return [problem for problem in found if not problem.warning]
    required = (dossier.unit.standing_board, "LĐB", "Tổ công tác")  # R53, R75, R79, 2.6
    attended = [meeting.organisation for meeting in dossier.chosen]
    found = [
        *_findings(dossier, kind),
        *check_wording(text, dossier.plan, dossier.unit),
        *check_recipients(paper.recipients, required, attended),
    ]
    return [problem for problem in found if not problem.warning]


def _findings(dossier: Dossier, kind: str) -> Iterator[Problem]:
    """Each limitation has a remedy and the reverse, each remedy an owner and a date (2.7 no. 2, 4)."""
    if kind == Purpose.RESULT_NOTICE and dossier.findings is not None:
        yield from check_visit(dossier.findings, dossier.plan, dossier.chosen)
