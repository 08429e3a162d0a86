"""What a person says of a letter: that it went out, that it should go again, that it may go at all (design §5)."""

from typing import Literal

from answers.taking import Giver
from config.settings import settings
from database import audit, clock, visits
from database.engine import writing
from database.models import LetterRow
from domain.problem import Problem, Refused


def resolve(letter_id: int, word: Literal["went_out", "send_again"], giver: Giver) -> int:
    """Settle an uncertain letter, or record that one which was held back went out by hand; returns the id of its visit.

    A letter with a mark of secrecy is never sent from here: it can only have been handed over (A20, P3).
    """
    if word == "went_out":
        return _decide(letter_id, ("uncertain", "held", "withheld"), "sent", f"thư: {word}", giver)
    return _decide(letter_id, ("uncertain",), "queued", f"thư: {word}", giver)


def release(letter_id: int, giver: Giver) -> int:
    """Let a held letter go to its recipient; only once a mail server is set. Returns the id of its visit."""
    if settings().safe:
        raise Refused(Problem("máy chủ thư", "chưa cấu hình, thư vẫn được giữ", "đặt VISITS_SMTP__HOST trước"))
    return _decide(letter_id, ("held",), "queued", "cho gửi thư đang giữ", giver)


def _decide(letter_id: int, before: tuple[str, ...], after: str, what: str, giver: Giver) -> int:
    with writing(settings().database) as session:
        letter = session.get(LetterRow, letter_id, with_for_update=True)
        if letter is None:
            raise Refused(Problem(f"thư {letter_id}", "không có", "xem: visits letters list"))
        if letter.state not in before:
            raise Refused(Problem(f"thư {letter_id}", f"đang ở trạng thái {letter.state}", "không cần quyết định"))
        letter.state, letter.resolved_by = after, giver.name
        if after == "sent":
            letter.sent_at = clock.now(session)
        audit.note(session, giver.name, what, letter.visit_id, letter=letter_id)
        visits.ask_to_wake(session, letter.visit_id)
        return letter.visit_id
