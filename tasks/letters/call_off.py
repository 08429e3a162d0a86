"""Tells everyone who was asked that a visit is cancelled (A23), and takes back what has not gone out."""

from collections.abc import Sequence
from dataclasses import replace

from database import answers, audit, documents, outbox, stored
from database.addressees import Addressee, addressee_key, host, staff
from database.dossier import Dossier
from database.models import LetterRow
from domain.answer_kind import AnswerKind
from domain.decision import Cancellation
from domain.letters_and_documents import CANCELLATIONS, Purpose
from domain.nomination import Meeting, Nominations
from domain.obligation import Kind
from domain.post import has_reached
from domain.role import Role
from papers.recipients import copies, party_boards, recipients_of
from tasks.letters.correspondence import hand_over, meeting_calendar, write
from tasks.letters.invitees import Invitee, expects, in_subject, invitees, letter_key, revisions


def call_off(dossier: Dossier) -> None:
    """Queue the cancellations: to the host if it was written to, to everybody who was invited or sent.

    Who has the notice on paper is told on paper.
    """
    visit = dossier.visit
    # A refused letter may be tried again, which must not happen after the cancellation.
    for letter in outbox.of_visit(dossier.session, visit.id):
        if letter.purpose not in CANCELLATIONS:
            outbox.take_back(dossier.session, letter.id)
    if visit.kind != Kind.VISIT:  # nobody was invited to anything; who was asked is told by the office itself
        audit.note(dossier.session, audit.SYSTEM, "dừng", visit.id)
        return
    letters = outbox.of_visit(dossier.session, visit.id)
    written_to = {letter.recipient for letter in letters if has_reached(letter.states)}
    decision = dossier.said(Cancellation)
    reason = decision.reason if decision else ""
    if "host" in written_to:
        write(
            dossier, Purpose.VISIT_CANCELLED, _host_and_copies(dossier, letters),
            {"meetings": dossier.chosen, "reason": reason}, must_arrive=True,
        )  # fmt: skip
        for one in _on_paper(dossier, letters):
            hand_over(dossier, Purpose.VISIT_CANCELLED, one, revision=1)
    for invitee in invitees(dossier):
        _take_back_all(dossier, invitee, reason)
    audit.note(dossier.session, audit.SYSTEM, "báo hủy đợt", visit.id)


def _host_and_copies(dossier: Dossier, letters: Sequence[LetterRow]) -> Addressee:
    """The host, the leaders, and the boards that have a copy of the notice and hear of its end by no other letter."""
    to, leader = host(dossier), staff(dossier, Role.LEADER)
    notices = [letter for letter in letters if letter.purpose == Purpose.SELECTION_NOTICE]
    have_it = {one.address for letter in notices for one in letter.recipients if has_reached([one.state])}
    told = _told_otherwise(dossier)
    boards = [one.contact for one in party_boards(dossier) if one.contact.email in have_it and one.key not in told]
    return replace(to, cc=tuple(one for one in (*to.cc, leader.contact, *boards) if one.email))


def _on_paper(dossier: Dossier, letters: Sequence[LetterRow]) -> list[Addressee]:
    """Who has no address, has the request or the notice on paper, and hears of its end by no other letter."""
    to, told = host(dossier), _told_otherwise(dossier)
    have_it = {letter.recipient for letter in letters if letter.purpose in _COPIED and has_reached(letter.states)}
    named = {one.key: one for purpose in _COPIED for one in copies(to, recipients_of(dossier, purpose))}
    return [one for key, one in named.items() if key in have_it - told and not one.contact.email]


#: The documents before the visit that others than the host have as well.
_COPIED = (Purpose.NOMINATION_REQUEST, Purpose.NOMINATION_REMINDER, Purpose.SELECTION_NOTICE)


def _told_otherwise(dossier: Dossier) -> set[str]:
    """Who is invited or sent, and told of the end with his entry."""
    chosen = dossier.chosen
    return {one.to.key for one in invitees(dossier) if any(expects(dossier, one, meeting) for meeting in chosen)}


def take_back(dossier: Dossier, one: Invitee) -> None:
    """Tell one guest alone that he is not expected any more; who has not got his invitation hears nothing (D6)."""
    for letter in outbox.of_visit(dossier.session, dossier.visit.id):
        if (letter.purpose, addressee_key(letter.recipient)) == (Purpose.INVITATION, one.to.key):
            outbox.take_back(dossier.session, letter.id)
    _take_back_all(dossier, one, one.reason)


def _take_back_all(dossier: Dossier, one: Invitee, reason: str) -> None:
    """The cancellation of each entry that this one has, under a higher SEQUENCE than any before (RFC 5546)."""
    for meeting in _as_told(dossier, one):
        if expects(dossier, one, meeting):
            _take_back_one(dossier, one, meeting, reason)


def _take_back_one(dossier: Dossier, one: Invitee, meeting: Meeting, reason: str) -> None:
    # Who is taken back alone has that turn counted already.
    revision = revisions(dossier)[meeting.number] + one.turns + (1 if one.stands else 0)
    invited = {"invitee": one.name, "organisation": in_subject(dossier, meeting)}
    who = {"inspector": one.name} if one.of_group else invited
    write(
        dossier, one.called_off_by, one.to, {**who, "meetings": (meeting,), "reason": reason},
        revision=revision, key=letter_key(dossier, one, meeting),
        calendar=meeting_calendar(dossier, meeting, one.to, revision, cancel=True, required=one.of_group),
    )  # fmt: skip


def _as_told(dossier: Dossier, one: Invitee) -> list[Meeting]:
    """His meetings at the times he was told: a move that was never announced would only puzzle him (A23).

    Of several only those that are ahead; where none is, the visit that is called off was not held at all.
    """
    issued = documents.latest_issued(dossier.session, dossier.visit.id, Purpose.SELECTION_NOTICE)
    if issued is None:
        return []
    lists = [
        row
        for row in answers.versions(dossier.session, dossier.visit.id)
        if row.kind == AnswerKind.NOMINATIONS and row.given_at <= issued.drafted_at
    ]
    told = stored.value_of(lists[-1], Nominations)
    return [told.meeting(meeting.number) for meeting in one.meetings or dossier.chosen]
