"""Tells everyone who was asked that a visit is cancelled (A23), and takes back what has not gone out."""

from database import answers, audit, documents, outbox, stored
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.decision import Cancellation
from domain.letters_and_documents import Purpose
from domain.nomination import Meeting, Nominations
from domain.obligation import Kind
from domain.post import has_reached
from tasks.letters.correspondence import Invitee, holds_invitation, host, invitees, meeting_calendar, write


def call_off(dossier: Dossier) -> None:
    """Queue the cancellations: to the host if it was written to, to each body and guest that was invited."""
    visit = dossier.visit
    # A refused letter may be tried again, which must not happen after the cancellation.
    for letter in outbox.of_visit(dossier.session, visit.id):
        if letter.purpose not in (Purpose.VISIT_CANCELLED, Purpose.INVITATION_CANCELLED):
            outbox.take_back(dossier.session, letter.id)
    if visit.kind != Kind.VISIT:  # nobody was invited to anything; who was asked is told by the office itself
        audit.note(dossier.session, audit.SYSTEM, "dừng", visit.id)
        return
    letters = outbox.of_visit(dossier.session, visit.id)
    written_to = {letter.recipient for letter in letters if has_reached(letter.states)}
    decision = dossier.said(Cancellation)
    reason = decision.reason if decision else ""
    meetings = dossier.chosen
    if "host" in written_to:
        write(
            dossier,
            Purpose.VISIT_CANCELLED,
            host(dossier),
            {"meetings": meetings, "reason": reason},
            must_arrive=True,
        )
    for invitee in invitees(dossier):
        _cancel_invitation(dossier, invitee, reason)
    audit.note(dossier.session, audit.SYSTEM, "báo hủy chuyến", visit.id)


def take_back(dossier: Dossier, one: Invitee) -> None:
    """Tell one guest alone that he is not expected any more; who has not got his invitation hears nothing (D6)."""
    for letter in outbox.of_visit(dossier.session, dossier.visit.id):
        if (letter.purpose, letter.recipient) == (Purpose.INVITATION, one.to.key):
            outbox.take_back(dossier.session, letter.id)
    _cancel_invitation(dossier, one, one.reason)


def _cancel_invitation(dossier: Dossier, one: Invitee, reason: str) -> None:
    """The cancellation of every entry that this one has, under a higher SEQUENCE than any before (RFC 5546)."""
    notice = dossier.document(Purpose.SELECTION_NOTICE)
    if notice is None or not one.meetings or not holds_invitation(dossier, one.to):
        return
    # Who is taken back alone has that turn counted already.
    revision = notice.revision + one.turns + (1 if one.stands else 0)
    meetings = _as_told(dossier, one)
    write(
        dossier, Purpose.INVITATION_CANCELLED, one.to,
        {"invitee": one.name, "meetings": meetings, "reason": reason},
        revision=revision,
        calendars=[meeting_calendar(dossier, meeting, one.to, revision, cancel=True) for meeting in meetings],
    )  # fmt: skip


def _as_told(dossier: Dossier, one: Invitee) -> list[Meeting]:
    """His meetings at the times he was told: a move that was never announced would only puzzle him (A23)."""
    issued = documents.latest_issued(dossier.session, dossier.visit.id, Purpose.SELECTION_NOTICE)
    assert issued is not None, "invitations only follow a notice"
    lists = [
        row
        for row in answers.versions(dossier.session, dossier.visit.id)
        if row.kind == AnswerKind.NOMINATIONS and row.given_at <= issued.drafted_at
    ]
    told = stored.value_of(lists[-1], Nominations)
    return [told.meeting(meeting.number) for meeting in one.meetings]
