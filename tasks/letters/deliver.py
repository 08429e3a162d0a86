"""Delivers a visit's letters: tries at once, then later, then asks a person (design §3, §5)."""

from datetime import datetime, timedelta
from typing import Any

from prefect import Task, runtime, task
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed
from sqlalchemy.orm import Session

from answers.needed_letters import missing
from answers.resending import queue_again
from config.settings import settings
from database import audit, clock, due_dates, outbox, visits
from database.engine import again_if_undone, reading, writing
from database.models import LetterRow
from domain.dates import time_of_day
from domain.outcome import Done, Outcome, Waiting
from domain.wait import Wait
from letters.refusal import advice, reason
from tasks.letters.sending import Delivered, send_queued
from tasks.worker import fence, holds, is_alive


class MailServerGone(Exception):  # noqa: N818 - its name is what has happened
    """Máy chủ thư không nhận thư quá lâu: kiểm tra máy chủ rồi bấm Retry (hoặc visits retry)."""


class LetterNotAccepted(Exception):  # noqa: N818 - its name is what has happened
    """Máy chủ thư từ chối một thư không thể thiếu: {advice} rồi bấm Retry (hoặc visits retry)."""


class LetterReturned(LetterNotAccepted):
    """Một thư không thể thiếu đã gửi đi rồi bị trả lại ({reason}): {advice} rồi bấm Retry (hoặc visits retry)."""


class NotAllWent(Exception):  # noqa: N818 - it only asks Prefect for another try
    """Letters are left that may go at the next try."""


def deliver_task() -> Task[[int], State[Outcome]]:
    """The Prefect task that delivers what is queued for a visit.

    Done when nothing is left; waiting for the mail server when it is down, for an officer when nobody knows
    whether a letter went. Raises `MailServerGone` or `LetterNotAccepted` when only a person can help.
    """
    policy = settings().delivery

    @task(
        name="Gửi thư",
        task_run_name="Gui thu",  # ASCII for the time line, see `step_task`
        retries=policy.retries,
        retry_delay_seconds=policy.retry_seconds,
        retry_condition_fn=_only_what_may_go_later,
        persist_result=False,
    )
    def deliver(visit_id: int) -> State[Outcome]:
        recover(visit_id)
        result = send_queued(visit_id)
        if result.left and runtime.task_run.run_count <= policy.retries:
            raise NotAllWent(result.reply)
        outcome = judge(visit_id, result)
        if isinstance(outcome, Done):
            return Completed(message=outcome.note, data=outcome)
        # This try is over, and its bar ends here; the next one, at the next look, has a bar of its own.
        return Cancelled(name=outcome.wait.shown, message=outcome.message, data=outcome)

    return deliver


def _only_what_may_go_later(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.data, NotAllWent) or isinstance(getattr(state.data, "result", None), NotAllWent)


@again_if_undone
def recover(visit_id: int) -> None:
    """What a sender who died left in the middle becomes uncertain; refused ones that must arrive are tried again.

    The latter only happens when a person has started the failed run again; by then he may have mended the contacts.
    What has become outdated or no matter meanwhile is not tried (`answers.needed_letters`).
    One that was given back since then has called the run by itself: it stops first, and nobody sends it again unasked.
    Raises `LeaseLost` where this process had the visit and another has it now.
    """
    with writing(settings().database) as session:
        visit = visits.get(session, visit_id, lock=True)  # before several of its letters (0039)
        if holds(visit_id):
            fence(visit)
        for letter in outbox.of_visit(session, visit_id, "sending"):
            if not is_alive(session, letter.sending_by):
                again = settings().delivery.uncertain == "resend"
                outbox.settle(session, letter.id, "queued" if again else "uncertain", letter.reply or "")
                what = "gửi lại thư dở dang" if again else "không rõ thư đã đi chưa"
                audit.note(session, audit.SYSTEM, what, visit_id, letter=letter.id)
        for letter in missing(session, visit_id):
            if _just_came_back(session, letter):
                continue
            if (row := outbox.locked(session, letter.id)) is not None:
                queue_again(session, row)


def _just_came_back(session: Session, letter: LetterRow) -> bool:
    """Whether its addressee gave it back and nobody was told yet that the visit stands still for that (0052)."""
    back = letter.addressee.returned_at
    told = due_dates.last_told(session, letter.visit_id, due_dates.STOPS)
    return back is not None and (told is None or told < back)


def judge(visit_id: int, result: Delivered) -> Outcome:
    """What a round of sending means for the visit."""
    with reading(settings().database) as session:
        queued = [one for one in outbox.to_send(session, visit_id) if outbox.holds_up(one)]
        uncertain = outbox.of_visit(session, visit_id, "uncertain", "sending")
        now = clock.now(session)
        if refused := missing(session, visit_id):
            raise _why_missing(refused[0])
        if queued:
            return _wait_for_server(now, min(one.failing_since or now for one in queued), result)
        if uncertain:
            letter = uncertain[0]
            named = f"thư {letter.id} “{letter.subject}” gửi {letter.addressee.address}"
            said = f"không rõ {named} đã đi chưa: visits letters resolve {letter.id}"
            return Waiting(Wait.LETTER_RESOLUTION, message=said)
        if held := outbox.held_up(session, visit_id):
            # Nobody outside knows of it yet: whatever would be asked of him after it has not begun.
            return Waiting(Wait.LETTERS_HELD, message=f"{len(held)} thư đã soạn, đang giữ, chưa ra ngoài")
    return Done(f"đã gửi {result.sent} thư")


def _why_missing(letter: LetterRow) -> LetterNotAccepted:
    refused = letter.addressee
    what = LetterReturned if refused.was_returned else LetterNotAccepted
    said = str(what.__doc__).format(reason=reason(refused.reply), advice=advice(refused.reply))
    return what(f"{said} Thư {letter.id} “{letter.subject}” gửi {refused.address}: {refused.reply}")


def _wait_for_server(now: datetime, since: datetime, result: Delivered) -> Waiting:
    policy = settings().delivery
    if now - since >= timedelta(hours=policy.give_up_hours):
        raise MailServerGone(f"{MailServerGone.__doc__} {result.reply}")
    waited, pause = timedelta(), timedelta()
    for minutes in (*policy.park_minutes, *[policy.park_minutes[-1]] * 1000):
        pause = timedelta(minutes=minutes)
        if since + waited + pause > now:
            break
        waited += pause
    until = since + waited + pause
    return Waiting(Wait.MAIL_SERVER, until, f"gửi lại lúc {time_of_day(until)}: {result.reply}")
