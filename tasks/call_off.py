"""Tells everyone who was asked that a visit is cancelled (A23), and takes back what has not gone out."""

from sqlalchemy import update

from database import audit, outbox
from database.dossier import Dossier
from database.models import LetterRow
from tasks.correspondence import host, invitee, meeting_calendar, write


def call_off(dossier: Dossier) -> None:
    """Queue the cancellations: to the host if it was written to, to each invited body if it was invited."""
    visit = dossier.visit
    # A refused letter is tried again by the next run, which must not happen after the cancellation.
    dossier.session.execute(
        update(LetterRow)
        .where(LetterRow.visit_id == visit.id, LetterRow.state.in_(("queued", "refused")))
        .where(LetterRow.purpose.not_in(("visit_cancelled", "invitation_cancelled")))
        .values(state="withdrawn")
    )
    written_to = {letter.recipient for letter in outbox.of_visit(dossier.session, visit.id, *_GONE)}
    decision = dossier.answer("cancellation")
    reason = decision.content["reason"] if decision else ""
    meetings = dossier.chosen
    if "host" in written_to:
        write(
            dossier,
            "visit_cancelled",
            host(dossier),
            {"meetings": meetings, "reason": reason},
            must_arrive=True,
        )
    notice = dossier.document("selection_notice")
    for participant in dossier.plan.invited():
        to = invitee(dossier, participant)
        if to.key in written_to and notice is not None:
            write(
                dossier, "invitation_cancelled", to,
                {"invitee": participant.name, "meetings": meetings, "reason": reason},
                calendars=[
                    meeting_calendar(dossier, meeting, to, notice.revision + 1, cancel=True) for meeting in meetings
                ],
            )  # fmt: skip
    audit.note(dossier.session, audit.SYSTEM, "báo hủy chuyến", visit.id)


_GONE = ("sent", "sending", "uncertain", "held")
