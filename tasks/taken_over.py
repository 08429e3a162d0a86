"""Opens a visit, and takes over what was done of it on paper, so that its run goes on where people stopped.

Steps, list, choice, notice and letters are kept with the dates of the papers; none of it is sent again (design §3, §5).
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from database import answers, audit, clock, outbox, plans, taking_up, visits
from database.addressees import Addressee, host
from database.dossier import Dossier, open_dossier
from database.models import AnswerRow, StepRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.dates import at, short_date
from domain.decision import Choice
from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.obligation import STEPS, Kind
from domain.problem import Problem, Refused
from domain.state import LetterState, VisitState
from domain.step import Step
from domain.taking_up import BEFORE, TakenUp, Way
from papers.recipients import copies, recipients_of, with_copies
from tasks.letters.invitees import invitees
from tasks.letters.ledger import called, enter, on_paper


def begin(session: Session, visit: VisitRow, who: str) -> None:
    """Open a planned visit; one that is open already stays as it is. `Refused` for one that a person must decide."""
    if visit.state == VisitState.UNDECIDED:
        remedy = f"quyết định trước: visits take-up {visit.key}, hoặc ở bàn làm việc"
        raise Refused(Problem(visit.key, f"chờ quyết định: {visit.waiting_message}", remedy))
    planned = visit.state == VisitState.PLANNED
    visits.begin(session, visit, who)
    taken = taking_up.decision(session, visit) if planned else None
    if taken is not None and taken.way is Way.GO_ON:
        _take_over(open_dossier(session, visit.id), taken)


def ask_again_what_cannot_open(session: Session, visit: VisitRow) -> bool:
    """Whether the number of a paper was used elsewhere since; then its question is put again, and nothing opens."""
    taken = taking_up.decision(session, visit)
    if taken is None or taken.way is not Way.GO_ON or taken.notice is None:
        return False
    plan, _contacts = plans.read(session, visit.year)
    if taking_up.number_is_free(session, plan, DOCUMENTS[Purpose.SELECTION_NOTICE].type_code, taken.notice.number):
        return False
    taking_up.ask(visit, f"số thông báo {taken.notice.number} đã dùng cho văn bản khác", clock.now(session))
    return True


def _take_over(dossier: Dossier, taken: TakenUp) -> None:
    session, visit = dossier.session, dossier.visit
    said = answers.latest(session, visit.id, taking_up.TAKEN_UP)
    assert said is not None, "somebody has decided it"
    assert taken.requested_on is not None, "it was checked"
    visit.opened_at = _moment(taken.requested_on)
    _letters(dossier, _REQUESTS[visit.obligation.kind], host(dossier), taken.requested_on)
    if visit.obligation.kind is Kind.VISIT:
        _answers(dossier, taken, said)
        if taken.notice is not None and taken.step > Step.NOTIFY_PARTICIPANTS:
            _notice(dossier, taken, said.by)
    steps = STEPS[visit.obligation.kind]
    days = dict(_days(taken))
    for number in range(1, taken.step):
        note = f"{BEFORE}, ngày {short_date(days[number])}"
        session.add(StepRow(visit_id=visit.id, step=number, done_at=_moment(days[number]), note=note))
        audit.note(session, said.by, f"tiếp nhận bước {steps(number).title}", visit.id, note=note)
    session.flush()


_REQUESTS = {Kind.VISIT: Purpose.NOMINATION_REQUEST, Kind.SELF_REPORT: Purpose.YEAR_END_REQUEST}


def _days(taken: TakenUp) -> Iterator[tuple[int, date]]:
    """The day of each step that was done on paper."""
    assert taken.requested_on is not None
    yield 1, taken.requested_on
    if taken.nominations is not None:
        yield 2, taken.nominations.received_on
    if taken.chosen_on is not None:
        yield 3, taken.chosen_on
    if taken.notice is not None:
        yield 4, taken.notice.on


def _answers(dossier: Dossier, taken: TakenUp, said: AnswerRow) -> None:
    """The list and the choice, each with the day it has on paper."""
    session, visit_id = dossier.session, dossier.visit.id
    if taken.nominations is None or taken.step <= Step.CHECK_DEADLINE:
        return
    listed = answers.record(session, visit_id, AnswerKind.NOMINATIONS, taken.nominations, by=said.by, source="paper")
    listed.given_at = _moment(taken.nominations.received_on)
    if taken.chosen_on is None or taken.step <= Step.SELECT_THEMATIC_CELL:
        return
    chosen = Choice(taken.chosen, override=taken.override)
    choice = answers.record(
        session, visit_id, AnswerKind.CHOICE, chosen, by=said.by, source="paper", answers=listed.version, seen=0
    )
    choice.given_at = _moment(taken.chosen_on)
    session.flush()


def _notice(dossier: Dossier, taken: TakenUp, by: str) -> None:
    """The notice with its number, and the letters that went with it: who got one is told when a meeting moves."""
    assert taken.notice is not None
    code = DOCUMENTS[Purpose.SELECTION_NOTICE].type_code
    row = taking_up.file_paper(
        dossier.session, dossier.visit, dossier.plan, Purpose.SELECTION_NOTICE, code, taken.notice, by
    )  # fmt: skip
    audit.note(dossier.session, by, f"ghi văn bản giấy số {row.symbol}", dossier.visit.id)
    _letters(dossier, Purpose.SELECTION_NOTICE, host(dossier), taken.notice.on, row.revision)
    for invitee in invitees(dossier):
        _letters(dossier, invitee.told_by, invitee.to, taken.notice.on, row.revision + invitee.turns)


def _letters(dossier: Dossier, purpose: str, to: Addressee, day: date, revision: int = 1) -> None:
    """What left on paper, in the ledger: for everybody whom its list names, so that all hear of what comes after."""
    lines = recipients_of(dossier, purpose, to)
    to, beside = with_copies(to, lines), copies(to, lines)
    _letter(dossier, purpose, to, day, revision)
    for one in beside:
        if not (to.contact.email and one.contact.email):
            _letter(dossier, purpose, one, day, revision)


def _letter(dossier: Dossier, purpose: str, to: Addressee, day: date, revision: int) -> None:
    """The place of a letter that left on paper in the ledger: under its key it is never queued again (design §5)."""
    if outbox.has(dossier.session, dossier.visit.id, purpose, to.key, revision):
        return
    emails = [one.email for one in to.everyone] if to.contact.email else [on_paper(to)]
    paper = f"(văn bản giấy) {called(purpose)}"
    enter(
        dossier, purpose, to.key, revision, subject=paper, raw=_said(paper, day, to).encode(),
        state=LetterState.ON_PAPER, addresses=emails, left=(_moment(day), BEFORE),
    )  # fmt: skip


def _said(subject: str, day: date, to: Addressee) -> str:
    """What the desk shows in the place of the letter, and the archive keeps."""
    head = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"
    told = f"{subject[:1].upper()}{subject[1:]}, gửi {to.contact.name} ngày {short_date(day)}, {BEFORE}."
    return f"{head}\n\n{told}\n"


def _moment(day: date) -> datetime:
    return at(day, taking_up.HOUR)
