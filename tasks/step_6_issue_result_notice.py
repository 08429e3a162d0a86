"""Step 6: drafts the result notice, waits for approval and number, sends it (R53, R75, A2)."""

from config.settings import settings
from database import documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.step import Done, Outcome, Step, Waiting
from letters import wording
from tasks.correspondence import common_facts, host, write
from tasks.reminding import ask_staff
from tasks.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Draft, approval, number, letter: two of the four are acts of people."""
    facts: dict[str, object] = {"meetings": dossier.chosen, "findings": dossier.findings}
    notice = _draft(dossier, facts)
    if notice.state == "draft":
        return _ask(dossier, notice, "leader", "Duyệt thông báo kết quả", "approve", "Chờ duyệt kết quả")
    if notice.state == "approved":
        return _ask(dossier, notice, "clerk", "Phát hành thông báo kết quả", "issue", "Chờ phát hành kết quả")
    write(
        dossier, "result_notice", host(dossier),
        {**facts, "symbol": notice.symbol, "issued_on": notice.issued_on},
        revision=notice.revision, must_arrive=True,
    )  # fmt: skip
    return Done(f"thông báo kết quả số {notice.symbol}")


def _draft(dossier: Dossier, facts: dict[str, object]) -> DocumentRow:
    last = dossier.document("result_notice")
    if last is not None and last.state == "issued":
        return last
    every = {**common_facts(dossier), **facts, "symbol": "", "issued_on": None, "today": dossier.plan.issued}
    body = wording.render("result_notice", every, settings().templates).body
    return documents.draft(dossier.session, dossier.visit.id, "result_notice", body, dossier.plan)


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
