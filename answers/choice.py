"""Which meetings the office attends: proposed, agreed with the host, decided (R50, R51, A3)."""

from collections.abc import Sequence

from answers.answering import Giver, refuse_if, taking
from database import answers
from domain.answer_kind import AnswerKind
from domain.choice import check_choice, is_override
from domain.dates import short_date
from domain.deadline import Timeliness
from domain.decision import Choice
from domain.nomination import Meeting
from domain.problem import Problem, Refused


def choose(reference: str, numbers: Sequence[int], giver: Giver, *, consulted: str = "", override: str = "") -> None:
    """Decide; the first decision counts, a second one is told who was first (design §4).

    `numbers` are those of the list; `consulted` who agreed for the host; `override` the reason for going without a
    thematic cell, which is listed in the annual report.
    """
    with taking(reference, giver, "chọn nơi dự") as dossier:
        listed = dossier.answer(AnswerKind.NOMINATIONS)
        if listed is None:
            raise Refused(Problem(dossier.visit.key, "chưa có danh sách đề cử", "đợi đơn vị gửi danh sách"))
        by_number = {candidate.meeting.number: candidate for candidate in dossier.candidates}
        problems = [
            Problem(f"số {number}", "không có trong danh sách", f"có các số {sorted(by_number)}")
            for number in numbers
            if number not in by_number
        ]
        chosen = [by_number[number] for number in dict.fromkeys(numbers) if number in by_number]
        problems += [_too_late(one.meeting, dossier.visit.key) for one in chosen if one.timeliness is Timeliness.LATE]
        problems += [_past(one.meeting) for one in chosen if one.meeting.day < dossier.today]
        meetings = [one.meeting for one in chosen]
        refuse_if(problems + check_choice(meetings, dossier.plan.rules, override))
        why = override if is_override(meetings, dossier.plan.rules) else ""
        choice = Choice(tuple(meeting.number for meeting in meetings), consulted, why)
        answers.record(
            dossier.session, dossier.visit.id, AnswerKind.CHOICE, choice,
            by=giver.name, source=giver.source, answers=listed.version, seen=0,
        )  # fmt: skip


def _too_late(meeting: Meeting, visit: str) -> Problem:
    return Problem(
        f"số {meeting.number}",
        "báo trễ hạn, chưa được chấp nhận",
        f'chạy trước: visits accept {visit} --by "…" --reason "…"',
    )


def _past(meeting: Meeting) -> Problem:
    return Problem(f"số {meeting.number}", f"ngày {short_date(meeting.day)} đã qua", "chọn nơi khác, hoặc visits move")
