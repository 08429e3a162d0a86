"""The notice of the chosen meetings: drafted, issued, sent, and sent again when a meeting moves (D4–D6)."""

from collections.abc import Sequence

from config.settings import settings
from database import answers, documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.step import Waiting
from letters import wording
from tasks.call_off import take_back
from tasks.correspondence import Invitee, common_facts, holds_invitation, host, invitees, meeting_calendar, write
from tasks.reminding import ask_staff


def draft_notice(dossier: Dossier) -> DocumentRow:
    """The notice of what is chosen now: an issued one stays until a chosen meeting moves, then a new one follows (A23).

    A draft follows every change; only what was issued before makes it an adjustment.
    """
    last = dossier.document("selection_notice")
    issued = documents.latest_issued(dossier.session, dossier.visit.id, "selection_notice")
    changes = _moved_since(dossier, issued) if issued else []
    if last is not None and last is issued and (not changes or _body(dossier, last.changes) == last.body):
        return last
    body = _body(dossier, changes)
    return documents.draft(dossier.session, dossier.visit.id, "selection_notice", body, dossier.plan, changes)


def _body(dossier: Dossier, changes: Sequence[str]) -> str:
    facts = {
        **common_facts(dossier), "meetings": dossier.chosen, "symbol": "", "issued_on": None,
        "signed": "", "changes": changes,
    }  # fmt: skip
    # The day is not part of what is said: a draft looked at tomorrow is the same draft.
    return wording.render("selection_notice", {**facts, "today": dossier.plan.issued}, settings().templates).body


def _moved_since(dossier: Dossier, issued: DocumentRow) -> list[str]:
    """What was moved of the chosen meetings after that notice was drafted, in words."""
    told = dossier.nominations.changes if dossier.nominations else ()
    moves = [one for one in answers.versions(dossier.session, dossier.visit.id) if one.kind == "move"]
    chosen = {meeting.number for meeting in dossier.chosen}
    # The words are those of the newest list; moves of lists before it are not among them.
    pairs = list(zip(moves[len(moves) - len(told) :], told, strict=True))
    relevant = [(move.given_at, change) for move, change in pairs if move.content["meeting"] in chosen]
    later = [change for given_at, change in relevant if given_at > issued.drafted_at]
    # A rehearsal's clock stands still: there a move may have the very moment of the draft.
    return later or [change for given_at, change in relevant if given_at == issued.drafted_at]


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
    """Queue the issued notice to the host and an invitation with calendar to every invited body and guest (D4–D6).

    Only what was never queued: a guest who comes later is invited alone, one who is taken back is told alone.
    """
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
    for one in invitees(dossier):
        if one.stands:
            _invite(dossier, notice, one)
        else:
            take_back(dossier, one)


def _invite(dossier: Dossier, notice: DocumentRow, one: Invitee) -> None:
    """What has changed is told only to who was told before: a guest's first invitation replaces none (A23)."""
    if not one.meetings:
        return
    revision = notice.revision + one.turns
    changes = notice.changes if notice.changes and holds_invitation(dossier, one.to) else []
    write(
        dossier, "invitation", one.to,
        {"invitee": one.name, "meetings": one.meetings, "changes": changes},
        revision=revision,
        calendars=[meeting_calendar(dossier, meeting, one.to, revision) for meeting in one.meetings],
    )  # fmt: skip
