"""Which meetings the office attends: proposed, agreed with the host, decided (R50, R51, A3)."""

from collections.abc import Sequence

from answers.answering import Giver, refuse_if, taking
from answers.seen import CHOOSING, seen
from database import answers, documents, stored, visits
from database.dossier import Dossier
from database.engine import again_if_undone
from database.models import AnswerRow
from domain.answer_kind import AnswerKind
from domain.choice import Candidate, check_choice, is_override
from domain.dates import short_date
from domain.deadline import Timeliness
from domain.decision import Choice
from domain.letters_and_documents import Purpose
from domain.nomination import Meeting
from domain.problem import Problem, Refused
from domain.step import Step


@again_if_undone
def choose(
    reference: str, numbers: Sequence[int], giver: Giver, *, consulted: str = "", override: str = "",
    looked_at: str | None = None,
) -> None:  # fmt: skip
    """Decide, and decide anew until the notice is issued; every choice is kept (R50, design §4).

    `numbers` are those of the list; `consulted` who agreed for the host; `override` the reason for going without a
    thematic cell, which is listed in the annual report. Only who says what he has `looked_at` (`answers.seen`) changes
    a choice that is there: of two who choose at once the first counts, and the second is told whose it was.
    """
    with taking(reference, giver, "chọn nơi dự", looked_at=seen(looked_at, CHOOSING)) as dossier:
        before = _refuse_final(dossier, looked_at)
        listed = dossier.answer(AnswerKind.NOMINATIONS)
        if listed is None:
            raise Refused(Problem(dossier.visit.key, "chưa có danh sách giới thiệu", "đợi đơn vị gửi danh sách"))
        choice = _choice_of(dossier, numbers, consulted, override)
        if before and stored.value_of(before, Choice) == choice:
            raise Refused(Problem("", "không có gì thay đổi: lựa chọn đang có cũng như vậy", ""))
        answers.record(
            dossier.session, dossier.visit.id, AnswerKind.CHOICE, choice,
            by=giver.name, source=giver.source, answers=listed.version, seen=before.version if before else 0,
        )  # fmt: skip
        if before:  # the step that waited for the first choice is done, and says whom it named
            visits.reword_step(dossier.session, dossier.visit.id, Step.SELECT_THEMATIC_CELL, said_of(dossier.chosen))


def said_of(chosen: Sequence[Meeting]) -> str:
    """How the record of the step names a choice."""
    return f"chọn {len(chosen)}: {'; '.join(meeting.organisation for meeting in chosen)}"


def is_final(dossier: Dossier) -> bool:
    """Whether the choice can no longer be changed: the host has been told officially."""
    return documents.latest_issued(dossier.session, dossier.visit.id, Purpose.SELECTION_NOTICE) is not None


def _refuse_final(dossier: Dossier, looked_at: str | None) -> AnswerRow | None:
    """The choice that is there and may be changed; None before the first one."""
    before = dossier.answer(AnswerKind.CHOICE)
    if before is None:
        return None
    who = f"{before.by} đã chọn lúc {before.given_at:%H:%M} {short_date(before.given_at)}"
    if is_final(dossier):
        fault = f"{who}, thông báo đã phát hành"
        raise Refused(Problem("lựa chọn", fault, "không chọn lại được nữa; chuyển buổi hoặc hủy đợt"))
    if looked_at is None:
        remedy = f"muốn chọn lại: visits show {dossier.visit.key}, rồi thêm --seen"
        raise Refused(Problem("lựa chọn", who, remedy))
    return before


def _choice_of(dossier: Dossier, numbers: Sequence[int], consulted: str, override: str) -> Choice:
    """The choice if it may be made; else every fault of it at once."""
    by_number = {candidate.meeting.number: candidate for candidate in dossier.candidates}
    problems = [
        Problem(f"số {number}", "không có trong danh sách", f"có các số {sorted(by_number)}")
        for number in numbers
        if number not in by_number
    ]
    chosen = [by_number[number] for number in dict.fromkeys(numbers) if number in by_number]
    problems += [_too_late(one, dossier.visit.key) for one in chosen if not one.timeliness.is_choosable]
    problems += [_past(one.meeting) for one in chosen if one.meeting.day < dossier.today]
    meetings = [one.meeting for one in chosen]
    refuse_if(problems + check_choice(meetings, dossier.plan.rules, override))
    why = override if is_override(meetings, dossier.plan.rules) else ""
    return Choice(tuple(meeting.number for meeting in meetings), consulted, why)


def _too_late(late: Candidate, visit: str) -> Problem:
    refused = late.timeliness is Timeliness.LATE_REFUSED
    return Problem(
        f"số {late.meeting.number}",
        f"báo trễ hạn, {'không' if refused else 'chưa'} được chấp nhận",
        f'chạy trước: visits accept {visit} --by "…" --reason "…"',
    )


def _past(meeting: Meeting) -> Problem:
    return Problem(f"số {meeting.number}", f"ngày {short_date(meeting.day)} đã qua", "chọn nơi khác, hoặc visits move")
