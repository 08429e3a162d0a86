"""Step 3: recommends with reasons that can be replayed, waits for the office's choice (R50, R51, R64, A3, A6–A8)."""

from collections.abc import Iterator

from answers.choice import said_of
from config.choice_file import choice_rules
from config.settings import settings
from database import answers, audit
from database.dossier import Dossier
from database.history import with_history
from domain import words
from domain.answer_kind import AnswerKind
from domain.choice import Candidate
from domain.choice_record import Advice, record_of
from domain.dates import date_and_time
from domain.outcome import Done, Outcome, Waiting
from domain.step import Step
from domain.wait import Wait
from tasks.asking.late_list import tell_of_decision
from tasks.asking.reminding import ask_staff
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """Done once a leader has chosen; before that, one recommendation for each version of the list."""
    tell_of_decision(dossier)
    if dossier.chosen:
        return Done(said_of(dossier.chosen))
    listed = dossier.answer(AnswerKind.NOMINATIONS)
    assert listed is not None, "step 2 is done, so there is a list"
    advice = dossier.answer(AnswerKind.RECOMMENDATION)
    if advice is None or advice.answers != listed.version:
        _recommend(dossier, dossier.choosable or dossier.candidates, listed.version)
    following = ask_staff(
        dossier, Wait.CHOICE, f"choice:{listed.version}", settings().ladders.choose_within,
        task="Chọn chi bộ dự, giám sát",
        detail="\n".join(_said(dossier)),
        command=f'visits choose {dossier.visit.key} --meetings 1 --by "…"',
    )  # fmt: skip
    return Waiting(Wait.CHOICE, following, f"{len(dossier.candidates)} nơi được giới thiệu")


def _said(dossier: Dossier) -> Iterator[str]:
    """What was nominated, and what the service proposes with its reasons; a long list is told to its twentieth line."""
    yield f"{dossier.unit.name}: {len(dossier.candidates)} tổ chức đảng được giới thiệu."
    for one in dossier.candidates[:_TOLD]:
        meeting, status = one.meeting, words.TIMELINESS[one.timeliness]
        when = date_and_time(meeting.starts_at)
        yield f"{meeting.number}. {meeting.organisation}: {meeting.kind.vietnamese.lower()}; {when}; {status}"
    if (more := len(dossier.candidates) - _TOLD) > 0:
        yield f"… và {more} tổ chức đảng nữa, xem ở biểu mẫu."
    advice = dossier.said(Advice) or Advice()
    for number in advice.meetings:
        rank = advice.of(number)
        reasons = "; ".join(reason.text for reason in rank.reasons) if rank else ""
        yield f"Đề xuất: số {number}" + (f" ({reasons})" if reasons else "")


_TOLD = 20


def _recommend(dossier: Dossier, candidates: tuple[Candidate, ...], version: int) -> None:
    rules, year = choice_rules(settings().choice_rules), dossier.visit.year
    known = with_history(dossier.session, dossier.visit, candidates)
    answers.record(
        dossier.session,
        dossier.visit.id,
        AnswerKind.RECOMMENDATION,
        record_of(known, rules.weights, dossier.plan.rules, year),
        by=audit.SYSTEM,
        source="system",
        answers=version,
    )


select_thematic_cell = step_task(Step.SELECT_THEMATIC_CELL, work)
