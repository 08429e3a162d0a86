"""Self-supervision, step 3: lets the office accept a report or send it back, and waits for the next (R67, D13)."""

from datetime import timedelta

from config.settings import settings
from database import answers
from database.addressees import host
from database.dossier import Dossier
from database.self_reports import reported, summary_is_issued
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.due import DueRule
from domain.letters_and_documents import Purpose
from domain.obligation import SelfReportStep
from domain.outcome import Done, Outcome, Waiting
from domain.self_report import Reported
from domain.wait import Wait
from tasks.asking.reminding import ask_staff, climb
from tasks.letters.correspondence import write
from tasks.steps.step_task import step_task

#: Working days in which a report can be completed: where so many are left, the plan's own day holds (R67).
_ENOUGH = 2


def work(dossier: Dossier) -> Outcome:
    """Done when the report is accepted, or when the annual report went out without it."""
    state = reported(dossier.session, dossier.visit.id)
    if state.report is None:
        return Done("không có báo cáo để xem xét")
    if state.accepted:
        return Done(f"đã tiếp nhận báo cáo, bản {state.version}")
    if not state.returned:
        return _ask_for_review(dossier, state)
    if summary_is_issued(dossier.session, dossier.visit.year):
        return Done("đã trả lại, đơn vị không gửi lại trước khi tổng hợp")
    return _wait_for_another(dossier, state)


def _ask_for_review(dossier: Dossier, state: Reported) -> Waiting:
    key, ladders = dossier.visit.key, settings().ladders
    following = ask_staff(
        dossier, Wait.SELF_REPORT_REVIEW, f"review:{state.version}", ladders.review_within,
        task="Xem xét báo cáo tự dự, giám sát",
        detail=f"{dossier.unit.standing_board} đã gửi báo cáo, bản {state.version}{_received(dossier, state)}: "
        "tiếp nhận, hoặc trả lại kèm lý do.",
        command=f'visits reports accept {key} --by "…"',
    )  # fmt: skip
    return Waiting(Wait.SELF_REPORT_REVIEW, following, f"bản {state.version}")


def _received(dossier: Dossier, state: Reported) -> str:
    """When it came, under which symbol, and whether its date was over (R67)."""
    assert state.report is not None
    symbol = f" (số {state.report.symbol})" if state.report.symbol else ""
    late = ", trễ hạn" if state.late(dossier.plan.self_supervising.due) else ""
    return f"{symbol}, nhận ngày {short_date(state.report.received_on)}{late}"


def _wait_for_another(dossier: Dossier, state: Reported) -> Waiting:
    """Tell the unit once for each version that was sent back, then remind."""
    assert state.report is not None
    review = answers.latest(dossier.session, dossier.visit.id, AnswerKind.SELF_REPORT_REVIEW)
    assert review is not None, "somebody sent it back"
    since = review.given_at.date()
    ladders = settings().ladders
    rule = DueRule(since, ladders.send_again_within, ladders.incomplete)
    last_day = dossier.plan.self_supervising.due
    if dossier.calendar.add(since, _ENOUGH) <= last_day < rule.day(dossier.calendar):
        rule = DueRule(last_day, 0, ladders.incomplete, since + timedelta(days=1))
    due = rule.day(dossier.calendar)
    facts = {
        "due": due, "received_on": state.report.received_on, "their_symbol": state.report.symbol,
        "reason": state.returned,
    }  # fmt: skip

    def ask(rung: int) -> None:
        write(dossier, Purpose.SELF_REPORT_RETURNED, host(dossier), facts, revision=state.version * 100 + rung)

    ask(0)
    following = climb(dossier, f"again:{state.version}", rule, lambda rung: ask(rung.number))
    return Waiting(Wait.SELF_REPORT_AGAIN, following, f"đã trả lại, gửi lại chậm nhất {short_date(due)}")


review_report = step_task(SelfReportStep.REVIEW_REPORT, work)
