"""Step 6: drafts the result notice, waits for approval and number, sends it (R53, R75, A2)."""

from config.settings import settings
from database.dossier import Dossier
from database.models import DocumentRow
from domain.step import Done, Outcome, Step, Waiting
from papers.drafts import draw_up
from tasks.correspondence import host, write
from tasks.reminding import ask_staff
from tasks.report import wait_for_report
from tasks.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Draft, approval, number, letter: two of the four are acts of people.

    A report that was returned meanwhile comes first: no notice goes out before the report is approved (A2).
    """
    if not _is_issued(dossier) and (waiting := wait_for_report(dossier)):
        return waiting
    notice = draw_up(dossier, "result_notice")
    if notice.state == "draft":
        return _ask(dossier, notice, "leader", "Duyệt thông báo kết quả", "approve", "Chờ duyệt kết quả")
    if notice.state == "approved":
        return _ask(dossier, notice, "clerk", "Phát hành thông báo kết quả", "issue", "Chờ phát hành kết quả")
    write(
        dossier, "result_notice", host(dossier), {"meetings": dossier.chosen, "findings": dossier.findings},
        revision=notice.revision, document=notice, must_arrive=True,
    )  # fmt: skip
    return Done(f"thông báo kết quả số {notice.symbol}")


def _is_issued(dossier: Dossier) -> bool:
    notice = dossier.document("result_notice")
    return notice is not None and notice.state == "issued"


def _ask(dossier: Dossier, notice: DocumentRow, role: str, job: str, verb: str, state_name: str) -> Waiting:
    number = " --number … --date …" if verb == "issue" else ""
    within = settings().ladders.issue_within if verb == "issue" else settings().ladders.approve_within
    following = ask_staff(
        dossier, role, f"result:{verb}:{notice.revision}", within, settings().ladders.staff,
        task=job,
        detail=f"Thông báo kết quả dự, giám sát tại {dossier.unit.name}, bản {notice.revision}.",
        command=f'visits {verb} {dossier.visit.key} result{number} --by "…"',
    )  # fmt: skip
    return Waiting(role, state_name, following, f"bản {notice.revision}")


issue_result_notice = step_task(Step.ISSUE_RESULT_NOTICE, work)
