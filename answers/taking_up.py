"""What became of work that lay behind when the service took a plan up: said by a person, kept, and put right."""

from dataclasses import replace

from sqlalchemy.orm import Session

from answers.answering import Giver, refuse_if
from answers.seen import TAKING_UP, refuse_overtaken, seen
from config.settings import settings
from database import answers, audit, clock, outbox, self_reports, taking_up, visits
from database.dossier import Dossier, open_dossier
from database.engine import again_if_undone, writing
from database.models import VisitRow
from domain import words
from domain.answer_kind import AnswerKind
from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.obligation import Kind, Obligation
from domain.plan import Plan
from domain.problem import Problem, Refused
from domain.self_report import SelfReport
from domain.state import VisitState
from domain.taking_up import Issued, TakenUp, Way, check_taken_up
from domain.taking_up_words import parse_before

#: The documents of each kind of obligation that an answer may name: the notice, and what ends it.
_PAPERS = {
    Kind.VISIT: (Purpose.SELECTION_NOTICE, Purpose.RESULT_NOTICE),
    Kind.SUMMARY: ("", Purpose.ANNUAL_REPORT),
    Kind.PLAN: ("", Purpose.ANNUAL_PLAN),
}
#: States in which nothing has begun, and those that an answer itself has made.
_BEFORE, _BY_AN_ANSWER = ("planned", "undecided"), ("closed", "cancelled")
#: Letters in these states have left, or nobody knows.
_LEFT = ("sending", "sent", "partly", "refused", "uncertain", "held", "withheld")


@again_if_undone
def take_up(reference: str, taken: TakenUp, giver: Giver, *, looked_at: str | None = None) -> list[Problem]:
    """Take a person's word; returns warnings, raises `Refused` if it cannot be taken.

    It may be corrected while nothing was sent: what was done on paper or left out until the annual report is issued,
    what shall begin until it has. `looked_at` is what the person had before his eyes (`answers.seen`). Whoever calls
    lets the trigger look (`flows.engine.wake.run_now`).
    """
    with writing(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, reference).id, lock=True)
        refuse_overtaken(dossier, seen(looked_at, TAKING_UP))
        return _take(dossier, taken, giver)


def take_from_plan(session: Session, plan: Plan, giver: Giver) -> list[Problem]:
    """Take what the plan itself says was done before; returns what of it could not be taken, as warnings.

    What people have decided since stays. What cannot be understood is asked about: nothing begins by mistake.
    """
    problems = []
    for visit in plan.visits:
        row = visits.of(session, Obligation(Kind.VISIT, plan.year, visit.month, visit.unit))
        if not visit.before or row is None or row.taken_up or row.state not in _BEFORE:
            continue
        try:
            with session.begin_nested():
                taken = parse_before(visit.before)
                if taken is not None:
                    _take(open_dossier(session, row.id, lock=True), taken, giver)
        except (Refused, ValueError) as error:
            found = error.problems if isinstance(error, Refused) else (Problem(row.key, str(error)),)
            taking_up.ask(row, f"ghi “{visit.before}” trong kế hoạch nhưng chưa nhận được", clock.now(session))
            problems += [replace(problem, place=f"{row.key}: {problem.place}", warning=True) for problem in found]
    return problems


def _take(dossier: Dossier, taken: TakenUp, giver: Giver) -> list[Problem]:
    session, visit = dossier.session, dossier.visit
    _refuse_what_has_begun(dossier, taken)
    warnings = refuse_if(check_taken_up(taken, visit.obligation, dossier.plan, dossier.today))
    taking_up.take_papers_back(session, visit)
    answers.record(session, visit.id, taking_up.TAKEN_UP, taken, by=giver.name, source=giver.source)
    if visit.state in _BY_AN_ANSWER and visit.flow_run_id:  # its run has ended with the answer that was
        visit.generation, visit.flow_run_id = visit.generation + 1, None
    visit.taken_up, visit.closed_at = taken.way.value, None
    if taken.way is Way.DONE:
        _close(dossier, taken, giver)
    elif taken.way is Way.LEAVE_OUT:
        taking_up.answered(visit, "cancelled")
        visit.closed_at = dossier.now
    else:
        _refuse_used_number(dossier, taken)
        visit.opens_on = min(visit.opens_on, dossier.today)
        taking_up.answered(visit, "planned")
    step = f" {taken.step}" if taken.way is Way.GO_ON else ""
    audit.note(
        session, giver.name, f"tiếp nhận: {words.TAKEN_UP[taken.way]}{step}", visit.id,
        source=giver.source, reason=taken.reason,
    )  # fmt: skip
    return warnings


def _refuse_what_has_begun(dossier: Dossier, taken: TakenUp) -> None:
    """A word about the past is no way to undo what the service itself has done."""
    visit, session = dossier.visit, dossier.session
    if visit.state in _BEFORE:
        return
    if self_reports.summary_is_issued(session, visit.year):
        raise Refused(Problem(visit.key, "báo cáo tổng hợp năm đã phát hành", "không đổi được nữa"))
    if visit.state in _BY_AN_ANSWER and visit.taken_up and visit.opened_at is None:
        return
    if visit.state != VisitState.OPEN:
        raise Refused(Problem(visit.key, words.VISITS.get(visit.state, visit.state), f"xem: visits show {visit.key}"))
    if outbox.of_visit(session, visit.id, *_LEFT):
        raise Refused(Problem(visit.key, "dịch vụ đã gửi thư", "làm tiếp như thường, hoặc: visits cancel"))
    if taken.way is not Way.DONE or visit.worker is not None:
        remedy = "làm tiếp như thường, hoặc hủy: visits cancel; đã xong trên giấy thì --done"
        raise Refused(Problem(visit.key, "đang chạy", remedy))


def _close(dossier: Dossier, taken: TakenUp, giver: Giver) -> None:
    session, visit = dossier.session, dossier.visit
    for letter in outbox.of_visit(session, visit.id, "queued"):  # of a run that had begun and sent nothing
        outbox.take_back(session, letter.id)
    kind = visit.obligation.kind
    result = taken.result
    if kind is Kind.PLAN:
        result = Issued(dossier.plan.number, dossier.plan.issued)
    names = _PAPERS.get(kind, ("", ""))
    for name, issued in zip(names, (taken.notice, result), strict=True):
        if name and issued:
            code = dossier.plan.type_code if kind is Kind.PLAN else DOCUMENTS[name].type_code
            row = taking_up.file_paper(session, visit, dossier.plan, name, code, issued, giver.name)
            audit.note(session, giver.name, f"ghi văn bản giấy số {row.symbol}", visit.id)
    if kind is Kind.SELF_REPORT:
        _receive(dossier, taken, giver)
    taking_up.answered(visit, "closed")
    visit.closed_at = dossier.now
    visits.ask_to_wake(session, visit.id)


def _receive(dossier: Dossier, taken: TakenUp, giver: Giver) -> None:
    """A report that came on paper: its day counts; what it says is entered as always, or stays unknown (R67)."""
    assert taken.received_on is not None, "it was checked"
    state = self_reports.reported(dossier.session, dossier.visit.id)
    if state.report is None or state.first_on != taken.received_on:
        report = replace(state.report or SelfReport(taken.received_on), received_on=taken.received_on)
        answers.record(
            dossier.session, dossier.visit.id, AnswerKind.SELF_REPORT, report,
            by=giver.name, source=giver.source, after=dossier.answer(AnswerKind.SELF_REPORT),
        )  # fmt: skip


def _refuse_used_number(dossier: Dossier, taken: TakenUp) -> None:
    code = DOCUMENTS[Purpose.SELECTION_NOTICE].type_code
    if taken.notice and not taking_up.number_is_free(dossier.session, dossier.plan, code, taken.notice.number):
        raise Refused(
            Problem("--notice-number", f"số {taken.notice.number} đã dùng hoặc đã hủy", "xem: visits numbers")
        )


def takes_words(visit: VisitRow) -> bool:
    """Whether a form about what was done before makes sense: it is asked, or was answered and has not begun."""
    return visit.state == VisitState.UNDECIDED or (bool(visit.taken_up) and visit.opened_at is None)
