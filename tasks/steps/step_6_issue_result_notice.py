"""Step 6: drafts the result notice, waits for approval and number, sends it (R53, R75, A2)."""

from database import visits
from database.dossier import Dossier
from database.follow_ups import place_of
from database.models import VisitRow
from domain.answer_kind import AnswerKind
from domain.letters_and_documents import Purpose
from domain.outcome import Done, Outcome
from domain.state import DocumentState
from domain.step import Step
from domain.wait import Wait
from papers.drafts import draw_up
from tasks.asking.issuing import Issuing, wait_for_issue_of
from tasks.asking.report import approver, wait_for_report
from tasks.letters.bringing import bring_result
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Draft, approval, number, letter: two of the four are acts of people.

    A report that was returned meanwhile comes first: no notice goes out before the report is approved (A2).
    """
    if not _is_issued(dossier) and (waiting := wait_for_report(dossier)):
        return waiting
    notice = draw_up(dossier, Purpose.RESULT_NOTICE)
    about = f"Thông báo kết quả dự, giám sát tại {dossier.unit.name}"
    origin = f"từ báo cáo của Tổ công tác do {approver(dossier)} duyệt"
    given = dossier.answer(AnswerKind.FINDINGS)
    how = Issuing(
        "result", "thông báo kết quả", about, origin, Wait.RESULT_APPROVAL, Wait.RESULT_ISSUE,
        given.given_at if given else None,
    )  # fmt: skip
    if waiting := wait_for_issue_of(dossier, notice, how):
        return waiting
    bring_result(dossier, notice)
    _follow_up(dossier)
    return Done(f"thông báo kết quả số {notice.symbol}")


def _follow_up(dossier: Dossier) -> None:
    """What was recommended is followed by a run of its own, which the trigger opens (D11)."""
    place = place_of(dossier.visit)
    if dossier.findings is None or not dossier.findings.recommendations or visits.of(dossier.session, place):
        return
    row = VisitRow(kind=place.kind.value, year=place.year, month=place.month, unit=place.unit, opens_on=dossier.today)
    dossier.session.add(row)
    dossier.session.flush()


def _is_issued(dossier: Dossier) -> bool:
    notice = dossier.document(Purpose.RESULT_NOTICE)
    return notice is not None and notice.state == DocumentState.ISSUED


issue_result_notice = step_task(Step.ISSUE_RESULT_NOTICE, work)
