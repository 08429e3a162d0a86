"""What invited persons answer to a calendar entry (RFC 5546, decision 0052): kept where it is about one of ours."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from answers.incoming import invited
from answers.incoming.outcome import Outcome
from database import visits
from database.incoming import IncomingRow
from domain.incoming import Attending, CalendarAnswer, MailReading, MailState, MatchedBy, Trust


def answered_in_calendar(session: Session, row: IncomingRow, reading: MailReading) -> Outcome:
    """Keep who comes; an answer of somebody who was not invited, or about no entry of ours, is for a person.

    Nothing waits for such an answer, so nobody is woken by it.
    """
    if row.visit_id is None:
        return Outcome(MailState.OPEN, "không rõ buổi sinh hoạt nào được trả lời", wakes=False)
    asked = invited.of_visit(session, visits.get(session, row.visit_id))
    unknown = [*_unknown(asked, reading.calendar)]
    if row.matched_by == MatchedBy.CALENDAR and reading.trust is Trust.FAIL:  # the name of an entry can be guessed
        unknown.append("máy chủ của cơ quan không xác nhận được người gửi")
    told = [_told(one) for one in reading.calendar]
    if unknown or not told:
        return Outcome(MailState.OPEN, "; ".join([*told, *unknown]) or "thư không ghi trả lời nào", wakes=False)
    return Outcome(MailState.DONE, "; ".join(told), wakes=False)


def _unknown(asked: invited.Invited, answers: tuple[CalendarAnswer, ...]) -> Iterator[str]:
    """Which of the answers cannot be held against an invitation, and why."""
    for one in answers:
        if asked.meeting_of(one.uid) is None:
            yield "lịch được trả lời không phải của đợt này"
        elif not asked.knows(one.attendee):
            yield f"{one.attendee} không có tên trong những nơi được mời; xem có phải thư mời được chuyển tiếp"


def _told(one: CalendarAnswer) -> str:
    """The bare answer: an outcome is read by everybody, what they wrote beside it is not for all (0053)."""
    instead = f" {one.delegate}" if one.attending is Attending.DELEGATED and one.delegate else ""
    return f"{one.attendee} trả lời: {one.attending.called}{instead}"
