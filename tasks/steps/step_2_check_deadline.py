"""Step 2: waits for the host's list and judges it by the 30-day rule (R62, R65, R85, A4–A6)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from config.settings import settings
from database.addressees import host, host_or_above, staff
from database.dossier import Dossier
from database.list_due import LIST, list_rule
from domain.answer_kind import AnswerKind
from domain.dates import date_and_time, last_day_of, short_date
from domain.deadline import Deadline, Timeliness, nomination_deadline
from domain.due import DueRule, latest_for_list
from domain.ladder import Rung
from domain.letters_and_documents import Purpose
from domain.list_due import first_in_time, is_tight
from domain.nomination import Meeting
from domain.outcome import Done, Outcome, Waiting
from domain.role import Role
from domain.step import Step
from domain.wait import Wait
from tasks.asking.reminding import ask_staff, climb
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task

#: Working days a host has at least for a better list.
_AGAIN_WITHIN = 5


def work(dossier: Dossier) -> Outcome:
    """Remind until there is a list, then see whether it is complete and in time."""
    if dossier.nominations is None:
        return _ask_about_the_past(dossier) if _is_over(dossier) else _wait_for_list(dossier)
    # After a choice no other list is taken, so none may be asked for: its reason stands for the acceptance (R51, A6).
    if dossier.acceptance is None and not dossier.chosen:
        if not dossier.nominations.has_thematic_cell:
            return _ask_about_the_past(dossier) if _is_over(dossier) else _ask_again(dossier)
        if not any(candidate.meeting.is_thematic_cell for candidate in dossier.choosable):
            return _ask_to_accept(dossier)
    late = [candidate for candidate in dossier.candidates if candidate.timeliness is not Timeliness.ON_TIME]
    total = len(dossier.candidates)
    return Done(f"{total} tổ chức đảng được đề cử, {len(late)} trễ hạn" if late else f"{total} tổ chức đảng, đúng hạn")


def _is_over(dossier: Dossier) -> bool:
    """Whether the month has ended meanwhile; who opened it after its end wants its list all the same."""
    visit = dossier.visit
    return dossier.today > last_day_of(visit.year, visit.month) and visit.taken_up is None


def _ask_about_the_past(dossier: Dossier) -> Waiting:
    """No host is written to about a month that is over; what becomes of the visit is a person's to say."""
    key = dossier.visit.key
    following = ask_staff(
        dossier, Wait.NOMINATIONS_ON_PAPER, "over", settings().ladders.choose_within,
        task="Quyết định về chuyến của tháng đã qua",
        detail=f"Tháng đã qua mà chưa có danh sách dùng được của {dossier.unit.standing_board}; không nhắc đơn vị nữa.",
        command=f'visits nominations import {key} FILE --apply --by "…", hoặc: visits cancel {key} --reason "…"',
    )  # fmt: skip
    return Waiting(Wait.NOMINATIONS_ON_PAPER, following, "tháng đã qua, không nhắc đơn vị nữa")


def _wait_for_list(dossier: Dossier) -> Waiting:
    rule = list_rule(dossier).fixed(dossier.calendar)
    due = rule.day(dossier.calendar)

    def remind(rung: Rung) -> None:
        left = (due - dossier.today).days
        facts = {"days_left": left, "overdue": left < 0, "escalated": rung.escalates, **_due_facts(dossier, due)}
        write(dossier, Purpose.NOMINATION_REMINDER, host_or_above(dossier, rung), facts, revision=rung.number)

    following = climb(dossier, LIST, rule, remind)
    overdue = dossier.today > due
    return Waiting(
        Wait.NOMINATIONS_OVERDUE if overdue else Wait.NOMINATIONS,
        following,
        f"{dossier.unit.standing_board} {'đã quá' if overdue else 'trả lời trước'} hạn {short_date(due)}",
    )


def _due_facts(dossier: Dossier, due: date) -> dict[str, object]:
    """The day of the list, and which meetings of the month it still announces in time; after it, a list of today."""
    visit, plan = dossier.visit, dossier.plan
    first = first_in_time(max(due, dossier.today), visit.year, visit.month, plan.rules, dossier.calendar)
    return {"due": due, "first_in_time": first, "tight": is_tight(first)}


def _ask_again(dossier: Dossier) -> Waiting:
    """The list has no thematic cell: ask the host again, once for each version, then remind (A6)."""
    listed = dossier.answer(AnswerKind.NOMINATIONS)
    assert listed is not None
    assert dossier.nominations is not None
    rule = _rule_of_next_list(dossier, listed.given_at.date())
    facts = {"meetings": dossier.nominations.meetings, **_due_facts(dossier, rule.day(dossier.calendar))}

    def ask(rung: int) -> None:
        write(dossier, Purpose.NOMINATION_INCOMPLETE, host(dossier), facts, revision=listed.version * 100 + rung)

    ask(0)
    following = climb(dossier, f"incomplete:{listed.version}", rule, lambda rung: ask(rung.number))
    return Waiting(Wait.NOMINATIONS_AGAIN, following, "danh sách chưa có chi bộ sinh hoạt chuyên đề")


def _rule_of_next_list(dossier: Dossier, since: date) -> DueRule:
    """The day of the list holds for a better one as well; where it is near or over, a host has some days more.

    As for the list itself, not so many that the month is over.
    """
    calendar, ladders, visit = dossier.calendar, settings().ladders, dossier.visit
    cap = latest_for_list(visit.year, visit.month, since)
    rule = DueRule(since, _AGAIN_WITHIN, ladders.incomplete, not_after=cap)
    told = list_rule(dossier).day(calendar)
    return rule if told < rule.day(calendar) else DueRule(told, 0, ladders.incomplete, since + timedelta(days=1))


def _ask_to_accept(dossier: Dossier) -> Waiting:
    """Every thematic cell of the list is late: a person accepts it with a reason, lateness never hides it (A5)."""
    listed, nominations = dossier.answer(AnswerKind.NOMINATIONS), dossier.nominations
    assert listed is not None
    assert nominations is not None
    version = listed.version
    late = [
        (candidate.meeting, nomination_deadline(candidate.meeting.day_to_judge, dossier.plan.rules, dossier.calendar))
        for candidate in dossier.candidates
        if candidate.timeliness is Timeliness.LATE
    ]

    def submit(facts: Mapping[str, object]) -> None:
        told = {"late": late, "received_on": nominations.received_on}
        told |= {name: facts[name] for name in ("link", "due", "command")}
        write(dossier, Purpose.LATE_NOMINATION, staff(dossier, Role.LEADER), told, revision=version)

    following = ask_staff(
        dossier, Wait.ACCEPTANCE, f"late:{version}", settings().ladders.choose_within,
        task="Xem xét, chấp nhận danh sách trễ hạn",
        detail="\n".join(_said_of_late(dossier, nominations.received_on, late)),
        command=f'visits accept {dossier.visit.key} --by "…" --reason "…"', asks_first=submit,
    )  # fmt: skip
    return Waiting(Wait.ACCEPTANCE, following, "mọi chi bộ chuyên đề đều báo trễ hạn")


def _said_of_late(dossier: Dossier, received: date, late: list[tuple[Meeting, Deadline]]) -> Iterator[str]:
    """What a leader needs to take a late list or not: which meetings, by how many days, what either answer does."""
    yield f"{dossier.unit.standing_board} gửi danh sách ngày {short_date(received)}, các buổi sau báo trễ hạn:"
    for meeting, deadline in late:
        days = (received - deadline.last_day).days
        yield f"{meeting.number}. {meeting.organisation}: {date_and_time(meeting.starts_at)}; trễ {days} ngày"
    yield "Chấp nhận kèm lý do thì các buổi này được đưa vào lựa chọn; lý do được nêu trong báo cáo tổng hợp năm."
    yield "Chưa chấp nhận thì chuyến tiếp tục chờ, đến khi có danh sách khác của đơn vị hoặc chuyến được hủy."


check_deadline = step_task(Step.CHECK_DEADLINE, work)
