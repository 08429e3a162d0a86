"""The very words of the letters that an act would send, before anybody does it: it is done, read, and undone."""

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from answers.answering import Giver, taking
from answers.correcting import RightSheet
from answers.papers import Sheet, issue_locked
from database import outbox
from database.dossier import Dossier, open_dossier
from database.models import DocumentRow, LetterRow
from database.self_reports import reported
from domain.letters_and_documents import BY_NAME, Purpose
from domain.problem import Problem, Refused
from domain.state import DocumentState, VisitState
from letters.masked import masked
from letters.people import named, people_in
from papers.requests import asked_alike
from tasks.asking.notice import send_notice
from tasks.letters.bringing import bring_plan, bring_request, bring_result, bring_summary
from tasks.letters.correcting import correct_and_tell

#: What asks people of the office to act is no letter of the document.
_OF_THE_OFFICE = (Purpose.STAFF_TASK, Purpose.RUN_STOPPED)


@dataclass(frozen=True)
class LetterAhead:
    """One letter as it would go out; the key of a reply link is covered."""

    to: str  #: by name where the letter has one
    copies: tuple[str, ...]
    way: str  #: the state in which the ledger would have it: `queued`, `by_hand`, `withheld`
    subject: str
    text: str
    enclosed: tuple[str, ...]


class _ReadError(Exception):
    """Ends the transaction of a look: nothing of it stays."""

    def __init__(self, letters: list[LetterAhead]) -> None:
        self.letters = letters


def letters_of_issue(reference: str, paper: str, sheet: Sheet, giver: Giver) -> list[LetterAhead]:
    """What would be written to whom if that document were issued so; `Refused` as the issue itself would be.

    A look at invitations whose notice is not issued is refused by a warning alone: they may have their number before.
    """

    def issue(dossier: Dossier) -> None:
        _bring(dossier, paper, issue_locked(dossier, paper, sheet, giver))

    return _done_and_undone(reference, giver, (VisitState.OPEN,), issue)


def letters_of_correction(reference: str, paper: str, right: RightSheet, giver: Giver) -> list[LetterAhead]:
    """The same for a correction."""
    states = (VisitState.OPEN, VisitState.CLOSED, VisitState.CANCELLED)
    return _done_and_undone(reference, giver, states, lambda dossier: correct_and_tell(dossier, paper, right, giver))


def _done_and_undone(
    reference: str, giver: Giver, states: tuple[str, ...], act: Callable[[Dossier], object]
) -> list[LetterAhead]:
    try:
        with taking(reference, giver, "xem trước thư", *states, news=False) as dossier:
            before = outbox.newest_id(dossier.session)
            act(dossier)
            written = outbox.after(dossier.session, before)  # a joint công văn writes to other units' visits as well
            raise _ReadError([_ahead(one) for one in written if one.purpose not in _OF_THE_OFFICE])
    except _ReadError as read:
        return read.letters


def _bring(dossier: Dossier, paper: str, row: DocumentRow) -> None:
    """Write what the step of that document would write next."""
    purpose = BY_NAME[paper]
    if purpose in (Purpose.SELECTION_NOTICE, Purpose.INVITATION):
        send_notice(dossier, _issued_notice(dossier))
    elif purpose is Purpose.RESULT_NOTICE:
        bring_result(dossier, row)
    elif purpose is Purpose.ANNUAL_REPORT:
        bring_summary(dossier, row)
    elif purpose is Purpose.ANNUAL_PLAN:
        bring_plan(dossier, row)
    else:
        _bring_to_all(dossier, row)


def _issued_notice(dossier: Dossier) -> DocumentRow:
    notice = dossier.document(Purpose.SELECTION_NOTICE)
    if notice is None or notice.state != DocumentState.ISSUED:
        fault = "giấy mời chỉ đi sau thông báo, mà thông báo mới nhất chưa phát hành, nên chưa thư nào đi ngay"
        raise Refused(Problem("", fault, "phát hành thông báo, thư mời đi ngay sau đó", warning=True))
    return notice


def _bring_to_all(dossier: Dossier, row: DocumentRow) -> None:
    """The công văn to each unit that has its number, as each one's step does; who has answered is not asked."""
    for visit in asked_alike(dossier, row.kind):
        one = dossier if visit.id == dossier.visit.id else open_dossier(dossier.session, visit.id, dossier.now)
        theirs = one.document(row.kind)
        assert theirs is not None, "it has its number"
        if one.nominations is None and reported(one.session, visit.id).report is None:
            bring_request(one, theirs)


def _ahead(letter: LetterRow) -> LetterAhead:
    told = message_from_bytes(letter.raw, policy=default)
    assert isinstance(told, EmailMessage)
    body = told.get_body(("plain",))
    text = masked(str(body.get_content()).strip()) if body else ""
    enclosed = tuple(part.get_filename() or "" for part in told.iter_attachments() if part.get_filename())
    to, copies = letter.addresses[0], letter.addresses[1:]
    return LetterAhead(
        named(people_in(letter.raw, "To")) or to, tuple(copies), letter.state, letter.subject, text, enclosed
    )
