"""An issued document is corrected, and everybody who got the wrong one is told what was wrong and what holds (F22)."""

from collections.abc import Iterator, Sequence

from answers.answering import Giver, taking
from answers.correcting import Corrected, RightSheet, correct_all, type_name_of
from answers.seen import PAPERS, correcting, seen
from config.settings import settings
from database import answers, outbox, stored, visits
from database.addressees import addressee_key, meeting_of
from database.dossier import Dossier
from database.engine import again_if_undone
from database.models import LetterRow
from database.secrecy import mark_of
from domain.answer_kind import AnswerKind
from domain.correction import PaperCorrection
from domain.letters_and_documents import Purpose
from domain.plan import Contact
from domain.state import LetterState, VisitState
from letters import message, wording
from letters.people import people_in
from letters.reply_tag import reply_address
from papers import files
from papers.facts import common_facts, facts_for
from tasks.letters.invitees import in_subject, invitees
from tasks.letters.ledger import called, enter, letter_id

#: Letters that bring or name the document beside its own.
_BESIDE: dict[str, tuple[Purpose, ...]] = {Purpose.SELECTION_NOTICE: (Purpose.GROUP_NOTICE,)}
#: Whoever is in one of these never had the wrong paper before him.
_NEVER_TOLD = (LetterState.WITHDRAWN,)


@again_if_undone
def correct(
    reference: str, paper: str, right: RightSheet, giver: Giver, *, looked_at: str | None = None
) -> tuple[str, int]:
    """Correct number, day or signer of an issued document; returns its symbol and how many letters tell of it.

    Register, paper, record and letters change in one transaction, for every unit that has the same công văn. A visit
    that is over may be corrected as well. `Refused` as `answers.correcting.correct_all` says.
    """
    shown = seen(looked_at, correcting(paper)) if paper in PAPERS else None
    states = (VisitState.OPEN, VisitState.CLOSED, VisitState.CANCELLED)
    with taking(reference, giver, f"đính chính {paper}", *states, news=False, looked_at=shown) as dossier:
        corrected = correct_and_tell(dossier, paper, right, giver)
        return corrected[0].document.symbol, sum(corrected_to(one) for one in corrected)


def correct_and_tell(dossier: Dossier, paper: str, right: RightSheet, giver: Giver) -> list[Corrected]:
    """The same within a transaction of the caller's, the visit being locked."""
    corrected = correct_all(dossier, paper, right, giver)
    for one in corrected:
        _tell(one)
        if one.dossier.visit.state == VisitState.OPEN:
            visits.ask_to_wake(one.dossier.session, one.dossier.visit.id)
    return corrected


def corrected_to(one: Corrected) -> int:
    """How many letters tell of that correction."""
    every = outbox.of_visit(one.dossier.session, one.dossier.visit.id)
    return sum((row.purpose, row.revision) == (Purpose.DOCUMENT_CORRECTED, one.answer.version) for row in every)


def _tell(one: Corrected) -> None:
    """A letter to each recipient of every letter that brought the wrong paper."""
    found = list(_letters_with(one))
    for letter in found:
        if letter.state == LetterState.BY_HAND:  # the wrong sheet is not handed over any more
            outbox.take_back(one.dossier.session, letter.id)
    for letter in {letter.recipient: letter for letter in found}.values():
        _write(one, letter)


def _letters_with(one: Corrected) -> Iterator[LetterRow]:
    """The letters that brought that revision, right or wrong as it was then: none is older than its draft."""
    session, row = one.dossier.session, one.document
    every = outbox.of_visit(session, one.dossier.visit.id)
    kinds, before = (row.kind, *_BESIDE.get(row.kind, ())), _earlier(one)
    for letter in every:
        corrects = letter.purpose == Purpose.DOCUMENT_CORRECTED and letter.revision in before
        brought = letter.purpose in kinds and letter.queued_at >= row.drafted_at
        if (brought or corrects) and letter.state not in _NEVER_TOLD and not _is_uninvited(letter, row.kind, every):
            yield letter


def _earlier(one: Corrected) -> set[int]:
    """The corrections of that revision before this one, by their versions: their letters brought what is wrong now."""
    return {
        row.version
        for row in answers.versions(one.dossier.session, one.dossier.visit.id)
        if row.kind == AnswerKind.CORRECTION and row.version < one.answer.version
        and (said := stored.value_of(row, PaperCorrection)).paper == one.correction.paper
        and said.revision == one.correction.revision
    }  # fmt: skip


def _is_uninvited(letter: LetterRow, kind: str, every: Sequence[LetterRow]) -> bool:
    """Whether the newest word that this one had of an invitation took it back: nobody is asked to come by mistake."""
    if kind != Purpose.INVITATION:
        return False
    key, meeting = addressee_key(letter.recipient), meeting_of(letter.recipient)
    words = [
        other.purpose for other in every
        if other.purpose in (Purpose.INVITATION, Purpose.INVITATION_CANCELLED)
        and addressee_key(other.recipient) == key
        and (meeting_of(other.recipient) == meeting or 0 in (meeting, meeting_of(other.recipient)))
    ]  # fmt: skip
    return bool(words) and words[-1] == Purpose.INVITATION_CANCELLED


def _write(one: Corrected, letter: LetterRow) -> None:
    dossier, purpose, revision = one.dossier, Purpose.DOCUMENT_CORRECTED, one.answer.version
    to, papers = _people(letter), _papers(one, letter)
    on_paper = "@" not in letter.addresses[0]  # he has no address, whatever became of the first sheet
    facts = {**common_facts(dossier), **facts_of(one), "addressee": to[0].name, "reply_link": ""}
    words = wording.render(
        purpose, facts | {"attached": "; ".join(paper.name for paper in papers)}, settings().templates
    )
    if on_paper:
        raw = message.note_of_paper(f"Cần trao bản giấy {called(one.document.kind)} đã đính chính: {words.subject}.")
        subject = f"(bản giấy) {words.subject}"
    else:
        message_id, office = letter_id(dossier, purpose, letter.recipient, revision), dossier.contacts.office
        raw, subject = message.compose(
            sender=office, to=to[0], cc=to[1:], wording=words, date=dossier.now, attachments=papers,
            message_id=message_id, calendar=None, record="", reply_to=reply_address(message_id, office.email),
        ), words.subject  # fmt: skip
    state = LetterState.BY_HAND if on_paper else LetterState.QUEUED
    enter(
        dossier, purpose, letter.recipient, revision, subject=subject, raw=raw, addresses=letter.addresses,
        state=LetterState.WITHHELD if mark_of(dossier.session, dossier.visit) else state,
    )  # fmt: skip


def facts_of(one: Corrected) -> dict[str, object]:
    """What the letter may say of the correction."""
    said = one.correction
    return {
        "document_type": type_name_of(one.document), "wrong": said.wrong, "right": said.right,
        "differences": list(said.differences()), "renumbered": said.renumbered, "reason": said.reason,
    }  # fmt: skip


def _people(letter: LetterRow) -> tuple[Contact, ...]:
    """Those whom the first letter named, place by place, at the addresses at which they have it."""
    names = people_in(letter.raw)
    return tuple(Contact(names.get(address) or address, address) for address in letter.addresses)


def _papers(one: Corrected, letter: LetterRow) -> Sequence[message.Attachment]:
    """The right paper as it is kept; of an invitation the sheet that names this invitee alone (D6)."""
    dossier, row = one.dossier, one.document
    if row.on_paper:
        return ()
    if not files.is_drawn_for_each(dossier, row):
        return files.kept_attachments(dossier, row)
    facts = {**facts_for(dossier, row.kind), **_invited(dossier, letter)}
    words = wording.render(row.kind, {**facts, **_frame(letter)}, settings().templates, files.acts_of(row))
    assert words.paper is not None, "it is a document"
    return files.as_attachments(row.kind, dossier.visit.key, words.paper, meeting_of(letter.recipient))


def _frame(letter: LetterRow) -> dict[str, object]:
    return {"addressee": _people(letter)[0].name, "attached": "", "reply_link": "", "score_link": ""}


def _invited(dossier: Dossier, letter: LetterRow) -> dict[str, object]:
    """Who was invited by that letter, to which meeting."""
    key, number = addressee_key(letter.recipient), meeting_of(letter.recipient)
    one = next((one for one in invitees(dossier) if one.to.key == key), None)
    meetings = tuple(meeting for meeting in dossier.chosen if number in (0, meeting.number))
    name = one.name if one else _people(letter)[0].name
    return {"invitee": name, "meetings": meetings, "organisation": in_subject(dossier, meetings[0])}
