"""The report of the working group: drafted from the findings, approved or returned by a leader (D9, R73, A2)."""

from config.settings import settings
from database.addressees import staff
from database.dossier import Dossier
from database.models import DocumentRow
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.letters_and_documents import Purpose
from domain.outcome import Waiting
from domain.role import Role
from domain.state import DocumentState
from domain.wait import Wait
from papers.drafts import draw_up
from papers.facts import facts_for
from tasks.asking.issuing import first_asked
from tasks.asking.reminding import ask_staff
from tasks.letters.correspondence import write


def wait_for_report(dossier: Dossier) -> Waiting | None:
    """What the report still waits for; None once it is approved. Changed findings make a new draft, approved anew.

    Nobody can give findings while a report is approved, so an approved one says what was found: words that differ since
    are the wording's, which no leader has to read again in a report that has its approval and gets no number.
    """
    last = dossier.document(Purpose.GROUP_REPORT)
    if last is not None and last.state == DocumentState.APPROVED:
        _send(dossier, last)
        return None
    if last is not None and last.state == DocumentState.RETURNED and not _corrected(dossier, last):
        return _wait_for_correction(dossier, last)
    report = draw_up(dossier, Purpose.GROUP_REPORT)
    if report.state == DocumentState.APPROVED:
        _send(dossier, report)
        return None
    given = dossier.answer(AnswerKind.FINDINGS)
    first = first_asked(dossier, report, given.given_at if given else None)
    following = ask_staff(
        dossier, Wait.REPORT_APPROVAL, f"report:{first}", settings().ladders.approve_within,
        task="Duyệt báo cáo của Tổ công tác",
        detail=f"Báo cáo kết quả dự, giám sát tại {dossier.unit.name}, bản {report.revision}, {_given(dossier)}.",
        command=f'visits approve {dossier.visit.key} report --by "…"',
    )  # fmt: skip
    return Waiting(Wait.REPORT_APPROVAL, following, f"bản {report.revision}")


def _send(dossier: Dossier, report: DocumentRow) -> None:
    """The approved report goes to those whom it names: the leaders and the working group, nobody else (R73)."""
    facts = facts_for(dossier, Purpose.GROUP_REPORT)
    write(
        dossier, Purpose.GROUP_REPORT, staff(dossier, Role.LEADER), facts, revision=report.revision, document=report
    )  # fmt: skip


def approver(dossier: Dossier) -> str:
    """Who approved the report; empty before that."""
    report = dossier.document(Purpose.GROUP_REPORT)
    return (report.approved_by if report else "") or ""


def _given(dossier: Dossier) -> str:
    """By whom and when the findings came that the report is drawn from."""
    given = dossier.answer(AnswerKind.FINDINGS)
    assert given is not None, "a report is drawn from findings"
    return f"soạn từ kết quả do {given.by} gửi ngày {short_date(given.given_at.date())}"


def _corrected(dossier: Dossier, returned: DocumentRow) -> bool:
    """Whether the group has given findings since; in a rehearsal that may be in the same moment."""
    given = dossier.answer(AnswerKind.FINDINGS)
    assert given is not None, "a report is drawn from findings"
    assert returned.returned_at is not None, "it was returned"
    return given.given_at > returned.drafted_at and given.given_at >= returned.returned_at


def _wait_for_correction(dossier: Dossier, returned: DocumentRow) -> Waiting:
    """The group corrects it; why stands in the letter, unless it may name people of a restricted unit (A20, P3)."""
    why = "; lý do xem trên trang của đợt" if dossier.unit.restricted else f": {returned.return_reason}"
    following = ask_staff(
        dossier, Wait.FINDINGS_AGAIN, f"correction:{returned.revision}", settings().ladders.findings_within,
        task="Sửa kết quả giám sát",
        detail=f"Lãnh đạo trả lại báo cáo của Tổ công tác về {dossier.unit.name}, bản {returned.revision}{why}.",
        command=f'visits findings import {dossier.visit.key} FILE --apply --by "…"',
    )  # fmt: skip
    return Waiting(Wait.FINDINGS_AGAIN, following, returned.return_reason or "")
