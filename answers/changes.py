"""A meeting that moves and a visit that is called off (A23)."""

from dataclasses import replace
from datetime import datetime

from answers.answering import Giver, taking
from answers.seen import CALLING_OFF, MOVING, seen
from database import answers, stored
from database.engine import again_if_undone
from domain.answer_kind import AnswerKind
from domain.dates import date_and_time
from domain.decision import Acceptance, Cancellation, MeetingMove
from domain.nomination import Meeting, Nominations
from domain.problem import Problem, Refused
from domain.state import VisitState
from domain.text import clean


@again_if_undone
def move(
    reference: str, number: int, starts_at: datetime, giver: Giver, *, venue: str = "", reason: str = "",
    looked_at: str | None = None,
) -> str:  # fmt: skip
    """Give a nominated meeting another time or place; returns the change in words.

    It is a new version of the list: deadlines are computed again, an on-time nomination stays on time, and what
    was already sent goes out again as a change. `looked_at` is what the person had before his eyes (`answers.seen`);
    the time and place that hold already are no move.
    """
    with taking(reference, giver, "chuyển buổi sinh hoạt", looked_at=seen(looked_at, MOVING)) as dossier:
        nominations = dossier.nominations
        try:
            meeting = nominations.meeting(number) if nominations else None
        except KeyError:
            meeting = None
        if nominations is None or meeting is None:
            raise Refused(Problem("--meeting", f"danh sách không có số {number}", "xem: visits show"))
        if meeting.starts_at == starts_at and clean(venue) in ("", clean(meeting.venue)):
            raise Refused(
                Problem("--to", "không có gì thay đổi: vẫn giờ ấy, nơi ấy", "ghi thời gian hoặc địa điểm mới")
            )
        if starts_at.date() < dossier.today:
            raise Refused(Problem("--to", f"{date_and_time(starts_at)} đã qua", "ghi ngày sắp tới"))
        if dossier.findings is not None:
            raise Refused(Problem(dossier.visit.key, "đã có kết quả giám sát", "buổi đã dự thì không chuyển"))
        changed = _changed(nominations, meeting, starts_at, venue)
        before = dossier.answer(AnswerKind.NOMINATIONS)
        row = answers.record(
            dossier.session, dossier.visit.id, AnswerKind.NOMINATIONS, changed,
            by=giver.name, source=giver.source, after=before,
        )  # fmt: skip
        said = MeetingMove(number, meeting.starts_at, starts_at, reason)
        answers.record(dossier.session, dossier.visit.id, AnswerKind.MOVE, said, by=giver.name, source=giver.source)
        accepted = dossier.answer(AnswerKind.ACCEPTANCE)
        if accepted and before and accepted.answers == before.version:
            answers.record(
                dossier.session, dossier.visit.id, AnswerKind.ACCEPTANCE, stored.value_of(accepted, Acceptance),
                by=accepted.by, source=accepted.source, answers=row.version, after=accepted,
            )  # fmt: skip
    return changed.changes[-1]


def _changed(nominations: Nominations, meeting: Meeting, starts_at: datetime, venue: str) -> Nominations:
    """The list with that meeting moved, and the move told in words (A23)."""
    change = f"{meeting.organisation}: {date_and_time(meeting.starts_at)} chuyển sang {date_and_time(starts_at)}"
    if meeting.starts_at == starts_at:
        change = f"{meeting.organisation}: {date_and_time(starts_at)}, chuyển địa điểm sang {venue}"
    elif venue:
        change += f", tại {venue}"
    moved = replace(
        meeting, starts_at=starts_at, venue=venue or meeting.venue, first_set_for=meeting.first_set_for or meeting.day
    )
    return replace(
        nominations,
        meetings=tuple(moved if one.number == meeting.number else one for one in nominations.meetings),
        changes=(*nominations.changes, change),
    )


@again_if_undone
def cancel(reference: str, reason: str, giver: Giver, *, looked_at: str | None = None) -> None:
    """Call a visit off; whoever was written to is told, with the reason, as the visit's last act."""
    if not reason.strip():
        raise Refused(Problem("--reason", "hủy đợt cần lý do", 'thêm --reason "…"'))
    with taking(reference, giver, "hủy đợt", "planned", "open", looked_at=seen(looked_at, CALLING_OFF)) as dossier:
        answers.record(
            dossier.session,
            dossier.visit.id,
            AnswerKind.CANCELLATION,
            Cancellation(reason),
            by=giver.name,
            source=giver.source,
        )
        dossier.visit.state = VisitState.CANCELLED
