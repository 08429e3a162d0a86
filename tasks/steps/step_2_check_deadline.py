"""Step 2: waits for the host's list and judges it by the 30-day rule (R62, R65, R85, A4–A6)."""

from config.settings import settings
from database.addressees import host, host_or_above
from database.dossier import Dossier
from database.list_due import LIST, list_rule
from domain.answer_kind import AnswerKind
from domain.dates import last_day_of, short_date
from domain.deadline import Timeliness
from domain.ladder import Rung
from domain.letters_and_documents import Purpose
from domain.outcome import Done, Outcome, Waiting
from domain.step import Step
from domain.wait import Wait
from tasks.asking.late_list import (
    ask_for_another,
    ask_to_accept,
    due_facts,
    is_left_without,
    rule_of_next_list,
    tell_of_decision,
)
from tasks.asking.reminding import ask_staff, climb
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Remind until there is a list, then see whether it is complete and in time."""
    if dossier.nominations is None:
        return _ask_about_the_past(dossier) if _is_over(dossier) else _wait_for_list(dossier)
    # After a choice no other list is taken, so none may be asked for: its reason stands for the acceptance (R51, A6).
    if not dossier.chosen:
        if dossier.acceptance is None and not dossier.nominations.has_thematic_cell:
            return _ask_about_the_past(dossier) if _is_over(dossier) else _ask_again(dossier)
        if dossier.acceptance is None and not any(one.meeting.is_thematic_cell for one in dossier.choosable):
            return ask_to_accept(dossier)
        if is_left_without(dossier):
            return _ask_about_the_past(dossier) if _is_over(dossier) else ask_for_another(dossier)
    tell_of_decision(dossier)
    late = [candidate for candidate in dossier.candidates if candidate.timeliness is not Timeliness.ON_TIME]
    total = len(dossier.candidates)
    return Done(
        f"{total} tổ chức đảng được giới thiệu, {len(late)} trễ hạn" if late else f"{total} tổ chức đảng, đúng hạn"
    )


def _is_over(dossier: Dossier) -> bool:
    """Whether the month has ended meanwhile; who opened it after its end wants its list all the same."""
    visit = dossier.visit
    return dossier.today > last_day_of(visit.year, visit.month) and visit.taken_up is None


def _ask_about_the_past(dossier: Dossier) -> Waiting:
    """No host is written to about a month that is over; what becomes of the visit is a person's to say."""
    key = dossier.visit.key
    following = ask_staff(
        dossier, Wait.NOMINATIONS_ON_PAPER, "over", settings().ladders.choose_within,
        task="Quyết định về đợt của tháng đã qua",
        detail=f"Tháng đã qua mà chưa có danh sách dùng được của {dossier.unit.standing_board}; không nhắc đơn vị nữa.",
        command=f'visits nominations import {key} FILE --apply --by "…", hoặc: visits cancel {key} --reason "…"',
    )  # fmt: skip
    return Waiting(Wait.NOMINATIONS_ON_PAPER, following, "tháng đã qua, không nhắc đơn vị nữa")


def _wait_for_list(dossier: Dossier) -> Waiting:
    rule = list_rule(dossier).fixed(dossier.calendar)
    due = rule.day(dossier.calendar)

    def remind(rung: Rung) -> None:
        left = (due - dossier.today).days
        facts = {"days_left": left, "overdue": left < 0, "escalated": rung.escalates, **due_facts(dossier, due)}
        write(dossier, Purpose.NOMINATION_REMINDER, host_or_above(dossier, rung), facts, revision=rung.number)

    following = climb(dossier, LIST, rule, remind)
    overdue = dossier.today > due
    return Waiting(
        Wait.NOMINATIONS_OVERDUE if overdue else Wait.NOMINATIONS,
        following,
        f"{dossier.unit.standing_board} {'đã quá' if overdue else 'trả lời trước'} hạn {short_date(due)}",
    )


def _ask_again(dossier: Dossier) -> Waiting:
    """The list has no thematic cell: ask the host again, once for each version, then remind (A6)."""
    listed = dossier.answer(AnswerKind.NOMINATIONS)
    assert listed is not None
    assert dossier.nominations is not None
    rule = rule_of_next_list(dossier, listed.given_at.date())
    facts = {"meetings": dossier.nominations.meetings, **due_facts(dossier, rule.day(dossier.calendar))}

    def ask(rung: int) -> None:
        write(dossier, Purpose.NOMINATION_INCOMPLETE, host(dossier), facts, revision=listed.version * 100 + rung)

    ask(0)
    following = climb(dossier, f"incomplete:{listed.version}", rule, lambda rung: ask(rung.number))
    return Waiting(Wait.NOMINATIONS_AGAIN, following, "danh sách chưa có chi bộ sinh hoạt chuyên đề")


check_deadline = step_task(Step.CHECK_DEADLINE, work)
