"""The working group's findings: taken as far as they are, complete or not, every version kept (R14, R15)."""

from answers.answering import Giver, taking
from answers.drafts import DraftKey
from database import answers, drafts
from database.dossier import Dossier
from database.engine import again_if_undone
from database.models import DocumentRow
from domain.answer_kind import AnswerKind
from domain.dates import date_and_time, short_date
from domain.decision import FindingsGiven
from domain.findings import Findings
from domain.findings_check import check_visit
from domain.letters_and_documents import Purpose
from domain.meeting_parts import as_attended, in_order
from domain.problem import Problem, Refused
from domain.state import DocumentState


class AlreadySent(Exception):  # noqa: N818 - an answer to a person, not a defect
    """The same draft was sent before: there is one answer, and it stays."""


@again_if_undone
def report_findings(
    reference: str, findings: Findings, giver: Giver, *, draft: DraftKey | None = None, seen: int | None = None
) -> list[Problem]:
    """Store findings and say what is still missing; nothing that was written is refused for being incomplete.

    `draft` is what they were written in: sent twice, it gives one version (`AlreadySent`). `seen` is the version that
    the writer had before his eyes. Raises `Refused` before the meeting has been chosen, or after the group's report was
    approved.
    """
    with taking(reference, giver, "ghi kết quả giám sát") as dossier:
        if draft and drafts.turn_of(dossier.session, dossier.visit.id, draft.owner) != draft.turn:
            raise AlreadySent
        if not dossier.chosen:
            raise Refused(Problem(dossier.visit.key, "chưa chọn nơi dự", "chọn trước: visits choose"))
        report = dossier.document(Purpose.GROUP_REPORT)
        if _approved(report):
            raise Refused(
                Problem(
                    dossier.visit.key, "báo cáo của Tổ công tác đã duyệt", "muốn sửa thì trả lại trước: visits return"
                )
            )
        refuse_before_the_end(dossier, "lưu tạm, gửi sau khi buổi sinh hoạt kết thúc")
        findings = in_order(as_attended(findings, dossier.chosen))
        missing = check_visit(findings, dossier.plan, dossier.chosen)
        answers.record(
            dossier.session,
            dossier.visit.id,
            AnswerKind.FINDINGS,
            FindingsGiven(findings),
            by=giver.name,
            source=giver.source,
            seen=seen,
        )
        if draft:
            drafts.close(dossier.session, dossier.visit.id, draft.owner, draft.turn)
    return missing


def before_the_end(dossier: Dossier) -> str:
    """Why it is too early to say what the meetings were like: the last chosen one is not over (R14, D9); else empty."""
    last = max(dossier.chosen, key=lambda meeting: meeting.ends_at, default=None)
    if last is None or dossier.now >= last.ends_at:
        return ""
    if dossier.today < last.day:
        return f"chưa tới ngày sinh hoạt ({short_date(last.day)})"
    return f"buổi của {last.organisation} chưa kết thúc (dự kiến {date_and_time(last.ends_at)})"


def refuse_before_the_end(dossier: Dossier, remedy: str) -> None:
    """Refuse what rests on a meeting that is not over; `remedy` tells whoever asked what he can do."""
    if fault := before_the_end(dossier):
        raise Refused(Problem(dossier.visit.key, fault, remedy))


def _approved(report: DocumentRow | None) -> bool:
    return report is not None and report.state == DocumentState.APPROVED
