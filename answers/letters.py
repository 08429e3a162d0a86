"""What a person says of a letter: that it went out, that it should go again, that it may go at all (design §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from answers.answering import Giver
from answers.needed_letters import why_outdated
from answers.resending import queue_again
from config.settings import settings
from database import audit, clock, outbox, visits
from database.engine import again_if_undone, reading, writing
from database.holding import HeldFor, why_held
from database.models import LetterRow, RecipientRow, VisitRow
from database.restored import confirm
from database.secrecy import mark_of
from domain import words
from domain.letters_and_documents import Purpose
from domain.problem import Problem, Refused
from domain.state import LetterState, VisitState


def resolve(letter_id: int, word: Literal["went_out", "send_again"], giver: Giver) -> int:
    """Settle an uncertain letter, or record that one which was held back went out by hand; returns the id of its visit.

    A letter with a mark of secrecy is never sent from here: it can only have been handed over (A20, P3). So can one
    whose recipient has no address.
    """
    if word == "went_out":
        return _decide(letter_id, _WENT_OUT, f"thư: {word}", giver)
    return _decide(letter_id, {"uncertain": "queued"}, f"thư: {word}", giver)


#: What becomes of a letter of which a person says that it reached its recipient.
_WENT_OUT = {"uncertain": "sent", "held": "sent", "withheld": "sent", "by_hand": "on_paper"}


def release(letter_id: int, giver: Giver) -> int:
    """Let a held letter go to its recipient; only while letters leave at all. Returns the id of its visit."""
    with reading(settings().database) as session:
        if why := why_held(session, settings()):
            raise Refused(Problem("thư", f"{why.text}, thư vẫn được giữ", _LETS_GO[why.reason]))
    return _decide(letter_id, {"held": "queued"}, "cho gửi thư đang giữ", giver)


#: What must be done before letters may leave.
_LETS_GO = {
    HeldFor.NO_SERVER: "đặt VISITS_SMTP__HOST trước",
    HeldFor.ASKED: "bỏ VISITS_HOLD_LETTERS trước",
    HeldFor.PUT_BACK: 'xem xong thì: visits restored --by "…"',
}


@dataclass(frozen=True)
class Resent:
    """What became of several letters that should go at once."""

    letters: tuple[int, ...]  #: go again
    left: tuple[Problem, ...]  #: stay as they were, and why


def release_many(numbers: Sequence[int], giver: Giver) -> Resent:
    """Let several held letters go at once, in the order in which they were written; one that cannot stays, and why.

    `Refused` where nothing may leave at all.
    """
    gone: list[int] = []
    left: list[Problem] = []
    for number in sorted(set(numbers)):
        try:
            release(number, giver)
            gone.append(number)
        except Refused as refused:
            left += refused.problems
    if left and not gone:
        raise Refused(*left[:1])
    return Resent(tuple(gone), tuple(left))


@again_if_undone
def trust_restored(giver: Giver) -> None:
    """Somebody has looked at a database that was put back from a copy: letters go out again from now on.

    Those that were held meanwhile wait for `release`, one by one: they may have gone out before the restore. Raises
    `Refused` when nothing is held for that reason.
    """
    with writing(settings().database) as session:
        if not confirm(session, giver.name, settings()):
            raise Refused(Problem("khôi phục", "không có bản khôi phục nào đang chờ xem", "không cần làm gì"))


@again_if_undone
def resend(letter_id: int, giver: Giver) -> int:
    """Let a letter go again to whoever refused it, at today's address; returns the id of its visit."""
    with writing(settings().database) as session:
        letter = _open(session, letter_id)
        if why := _why_not(session, letter):
            raise Refused(Problem(f"thư {letter_id}", why, "xem: visits letters list"))
        _queue_again(session, letter, giver)
        return letter.visit_id


def resend_all(visit_id: int | None, giver: Giver) -> Resent:
    """Let every refused letter of a visit go again, or of all visits that are under way; one that cannot stays."""
    with reading(settings().database) as session:
        refused = exists().where(RecipientRow.letter_id == LetterRow.id, RecipientRow.state == LetterState.REFUSED)
        query = select(LetterRow.id, VisitRow).join(VisitRow, VisitRow.id == LetterRow.visit_id).where(refused)
        query = query.where(VisitRow.id == visit_id) if visit_id else query
        found = [(number, visit) for number, visit in session.execute(query.order_by(LetterRow.id))]
    resent: list[int] = []
    left: list[Problem] = []
    for number, visit in found:
        try:
            if visit_id is None and visit.state != VisitState.OPEN:
                # What a visit that is over wrote is out of date as a rule: an invitation, a reminder.
                over = f"{visit.key} {words.VISITS.get(visit.state, visit.state)}"
                raise Refused(Problem(f"thư {number}", over, f"nếu vẫn cần: visits letters resend {number}"))
            resend(number, giver)
            resent.append(number)
        except Refused as refused_again:
            left += refused_again.problems
    return Resent(tuple(resent), tuple(left))


def may_resend(session: Session, letter: LetterRow) -> bool:
    """Whether `resend` would take it."""
    return not _why_not(session, letter)


def _why_not(session: Session, letter: LetterRow) -> str:
    if secret := _why_secret(session, letter):
        return secret
    if all(recipient.state != LetterState.REFUSED for recipient in letter.recipients):
        return f"đang ở trạng thái “{words.LETTERS[letter.state]}”, không nơi nào từ chối"
    if letter.purpose == Purpose.LEADER_WEEK and letter.queued_at.date() != clock.now(session).date():
        return "thư sáng thứ Hai chỉ có ích trong ngày; việc đang chờ có ở trang Việc của tôi"
    return why_outdated(session, letter)


def _queue_again(session: Session, letter: LetterRow, giver: Giver) -> None:
    to = queue_again(session, letter)
    letter.resolved_by = giver.name
    audit.note(session, giver.name, "gửi lại thư bị từ chối", letter.visit_id, letter=letter.id, to=to)
    visits.ask_to_wake(session, letter.visit_id)
    visit = visits.get(session, letter.visit_id)
    if visit.trouble and not visit.closed_at:
        # A letter that must arrive has failed the run: whoever mends it wants the visit to go on.
        visits.ask_to_run_again(visit, giver.name)


@again_if_undone
def _decide(letter_id: int, becomes: Mapping[str, str], what: str, giver: Giver) -> int:
    with writing(settings().database) as session:
        letter = _open(session, letter_id)
        if all(recipient.state not in becomes for recipient in letter.recipients):
            raise Refused(
                Problem(
                    f"thư {letter_id}", f"đang ở trạng thái “{words.LETTERS[letter.state]}”", "không cần quyết định"
                )
            )
        if LetterState.QUEUED in becomes.values() and (secret := _why_secret(session, letter)):
            remedy = f'trao tay, rồi ghi: visits letters resolve {letter_id} went_out --by "…"'
            raise Refused(Problem(f"thư {letter_id}", secret, remedy))
        for before, after in becomes.items():
            outbox.move(session, letter, before, after)
        letter.resolved_by = giver.name
        audit.note(session, giver.name, what, letter.visit_id, letter=letter_id)
        visits.ask_to_wake(session, letter.visit_id)
        return letter.visit_id


def _why_secret(session: Session, letter: LetterRow) -> str:
    """What is secret goes from hand to hand (A20, P3); sending would keep it back in any case."""
    mark = mark_of(session, visits.get(session, letter.visit_id))
    return f"việc này có độ mật {mark}, thư không gửi qua mạng" if mark else ""


def _open(session: Session, letter_id: int) -> LetterRow:
    """The letter, for nobody else to change; the visit that hears of it first, as everywhere (0039)."""
    about = session.scalar(select(LetterRow.visit_id).where(LetterRow.id == letter_id))
    if about is not None:
        visits.get(session, about, lock=True)
    letter = outbox.locked(session, letter_id)
    if letter is None:
        raise Refused(Problem(f"thư {letter_id}", "không có", "xem: visits letters list"))
    return letter
