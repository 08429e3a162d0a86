"""The notice of the chosen meetings: drafted, issued, sent, and sent again when a meeting moves (D4–D6)."""

from config.settings import settings
from database import documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.step import Waiting
from letters import wording
from tasks.correspondence import common_facts, host, invitee, meeting_calendar, write
from tasks.reminding import ask_staff


def draft_notice(dossier: Dossier) -> DocumentRow:
    """The notice of what is chosen now: the newest revision if nothing has changed, else a new one (A23)."""
    last = dossier.document("selection_notice")
    issued_before = last is not None and (last.state == "issued" or bool(last.changes))
    changes = _changes(dossier) if issued_before else []
    facts = {
        **common_facts(dossier), "meetings": dossier.chosen, "symbol": "", "issued_on": None,
        "signed": "", "changes": changes,
    }  # fmt: skip
    # The day is not part of what is said: a draft looked at tomorrow is the same draft.
    body = wording.render("selection_notice", {**facts, "today": dossier.plan.issued}, settings().templates).body
    return documents.draft(dossier.session, dossier.visit.id, "selection_notice", body, dossier.plan, changes)


def _changes(dossier: Dossier) -> list[str]:
    return list(dossier.nominations.changes) if dossier.nominations else []


def wait_for_issue(dossier: Dossier, notice: DocumentRow) -> Waiting:
    """Ask the clerk for number and date; only people issue (2.4)."""
    changed = notice.revision > 1 and bool(notice.changes)
    following = ask_staff(
        dossier, "clerk", f"notice:{notice.revision}", settings().ladders.issue_within, settings().ladders.staff,
        task="Phát hành thông báo điều chỉnh" if changed else "Phát hành thông báo",
        detail=f"Thông báo danh sách dự, giám sát tại {dossier.unit.name} đã soạn xong.",
        command=f'visits issue {dossier.visit.key} notice --number … --date … --by "…"',
    )  # fmt: skip
    name = "Chờ phát hành điều chỉnh" if changed else "Chờ phát hành thông báo"
    return Waiting("clerk", name, following, "văn thư lấy số và ngày")


def send_notice(dossier: Dossier, notice: DocumentRow) -> None:
    """Queue the issued notice to the host and an invitation with calendar to every invited body."""
    meetings = dossier.chosen
    signed = dossier.plan.signer.name
    write(
        dossier, "selection_notice", host(dossier),
        {
            "meetings": meetings, "symbol": notice.symbol, "issued_on": notice.issued_on,
            "signed": signed, "changes": notice.changes,
        },
        revision=notice.revision, must_arrive=True,
    )  # fmt: skip
    for participant in dossier.plan.invited():
        to = invitee(dossier, participant)
        write(
            dossier, "invitation", to,
            {"invitee": participant.name, "meetings": meetings, "changes": notice.changes},
            revision=notice.revision,
            calendars=[meeting_calendar(dossier, meeting, to, notice.revision) for meeting in meetings],
        )  # fmt: skip
