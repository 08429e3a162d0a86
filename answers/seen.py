"""What somebody had before his eyes when he decided, and what has come since: a stale page never wins (design §4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database import answers, documents, links, stored
from database.dossier import Dossier
from database.models import AnswerRow, DocumentRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.decision import Cancellation, Choice
from domain.letters_and_documents import Purpose, document_title
from domain.nomination import Nominations
from domain.problem import Overtaken, Problem
from domain.state import DocumentState

_TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-([a-z]+)-([0-9a-z.]+)-([0-9]{1,18}(?:\.[0-9]{1,18})*)")
_LETTERS = {
    DocumentState.DRAFT: "d", DocumentState.APPROVED: "a", DocumentState.ISSUED: "i", DocumentState.SUPERSEDED: "s",
    DocumentState.RETURNED: "r",
}  # fmt: skip


@dataclass(frozen=True)
class Shows:
    """The facts on which one decision rests, beside the state of its visit: what its form shows."""

    answers: frozenset[AnswerKind]
    papers: tuple[str, ...] = ()  #: documents whose newest revision and state count
    issued: tuple[str, ...] = ()  #: documents of which only counts whether they were issued
    links: bool = False


def _of(*kinds: AnswerKind, papers: tuple[str, ...] = (), issued: tuple[str, ...] = ()) -> Shows:
    return Shows(frozenset((*kinds, AnswerKind.CANCELLATION)), papers, issued)


_K, _NOTICE = AnswerKind, (Purpose.SELECTION_NOTICE,)
_MEETINGS = (_K.NOMINATIONS, _K.ACCEPTANCE, _K.CHOICE, _K.MOVE)

ACCEPTING = _of(*_MEETINGS)
CHOOSING = _of(*_MEETINGS, issued=_NOTICE)
MOVING = _of(*_MEETINGS, _K.FINDINGS, issued=_NOTICE)
CALLING_OFF = _of(*_MEETINGS, _K.FINDINGS, _K.GUEST, issued=(Purpose.SELECTION_NOTICE, Purpose.RESULT_NOTICE))
INVITING = _of(*_MEETINGS, _K.GUEST)
ISSUING_NOTICE = _of(*_MEETINGS, papers=_NOTICE)
ISSUING_REQUEST = _of(_K.NOMINATIONS, papers=(Purpose.NOMINATION_REQUEST,))
ISSUING_INVITATION = _of(*_MEETINGS, _K.GUEST, papers=(Purpose.INVITATION,))
ISSUING_REPORT_REQUEST = _of(_K.SELF_REPORT, papers=(Purpose.YEAR_END_REQUEST,))
REPORTED = _of(_K.FINDINGS, papers=(Purpose.GROUP_REPORT, Purpose.RESULT_NOTICE))
SUMMARY = _of(_K.PROPOSALS, papers=(Purpose.ANNUAL_REPORT,))
PLAN = _of(papers=(Purpose.ANNUAL_PLAN,))
REVIEWING = _of(_K.SELF_REPORT, _K.SELF_REPORT_REVIEW)
TAKING_UP = _of(*_MEETINGS, _K.TAKEN_UP, _K.SELF_REPORT)
LINKS = Shows(frozenset(), links=True)
#: What somebody rests on who approves or issues a document, by its name.
PAPERS = {
    "request": ISSUING_REQUEST, "notice": ISSUING_NOTICE, "invitation": ISSUING_INVITATION,
    "report-request": ISSUING_REPORT_REQUEST, "report": REPORTED, "result": REPORTED, "summary": SUMMARY, "plan": PLAN,
}  # fmt: skip


def correcting(paper: str) -> Shows:
    """What somebody rests on who corrects an issued document: its newest revision, and that nobody else has."""
    return Shows(frozenset({_K.CORRECTION}), PAPERS[paper].papers)


@dataclass(frozen=True)
class Seen:
    """A token that a page or `visits show` gave, and what the decision rests on."""

    token: str
    shows: Shows


def seen(token: str | None, shows: Shows) -> Seen | None:
    """What was seen; None where nobody says so, and the newest counts."""
    return None if token is None else Seen(token, shows)


def token_of(dossier: Dossier) -> str:
    """The facts of a visit as they are now, short enough for a form and a command: `12-57-open-4d-8.7.8`.

    The visit, its newest answer, its state, its documents with the first letter of their state, its newest link and
    those that nobody has taken back. It is no secret and bears no signature: whoever changes it only deceives himself.
    """
    session, visit = dossier.session, dossier.visit
    newest = max((row.id for row in answers.versions(session, visit.id)), default=0)
    papers = ".".join(map(_marked, documents.of_visit(session, visit.id))) or "0"
    return f"{visit.id}-{newest}-{visit.state}-{papers}-{_links_of(session, visit)}"


def refuse_overtaken(dossier: Dossier, looked_at: Seen | None) -> None:
    """`Overtaken` with what has changed since, by whom and when, if any of it is what the decision rests on."""
    if looked_at is None:
        return
    parts = _TOKEN.fullmatch(looked_at.token)
    if parts is None or int(parts[1]) != dossier.visit.id:
        raise Overtaken(Problem("--seen", "không rõ đã xem những gì", "xem lại trang này rồi gửi lần nữa"))
    news = list(dict.fromkeys(_news(dossier, looked_at.shows, *parts.groups()[1:])))
    if news:
        told = "; ".join(news)
        raise Overtaken(Problem("", f"đã có thay đổi từ lúc mở trang: {told}", "xem lại rồi gửi lần nữa"))


def _news(dossier: Dossier, shows: Shows, newest: str, state: str, papers: str, links_then: str) -> Iterator[str]:
    session, visit = dossier.session, dossier.visit
    later = [row for row in answers.versions(session, visit.id) if row.id > int(newest)]
    moved = {row.given_at for row in later if row.kind == _K.MOVE}  # a move writes the list, and its acceptance, anew
    for row in later:
        of_a_move = row.given_at in moved and row.kind in (_K.NOMINATIONS, _K.ACCEPTANCE)
        if row.kind in shows.answers and not of_a_move:
            yield _told(dossier, row)
    yield from _news_of_papers(dossier, shows, set(papers.split(".")))
    if shows.links and _links_of(session, visit) != links_then:
        yield from _news_of_links(dossier, links_then)
    elif state != visit.state and not later:
        yield f"việc này nay ở trạng thái khác ({_moment(dossier.now)})"


def _news_of_papers(dossier: Dossier, shows: Shows, then: set[str]) -> Iterator[str]:
    for row in documents.of_visit(dossier.session, dossier.visit.id):
        newly_issued = row.kind in shows.issued and row.state == DocumentState.ISSUED
        if (newly_issued or row.kind in shows.papers) and _marked(row) not in then:
            yield _told_of_paper(row)


def _news_of_links(dossier: Dossier, then: str) -> Iterator[str]:
    """What was made and taken back since; a link that a new one took the place of needs no word of its own."""
    newest, *held = (int(number) for number in then.split("."))
    rows = links.of_visit(dossier.session, dossier.visit.id)
    made = [row for row in reversed(rows) if row.id > newest]
    for row in made:
        yield f"{row.made_by} cấp liên kết cho {row.name} lúc {_moment(row.made_at)}"
    replaced = {(row.purpose, row.recipient, row.made_by) for row in made}
    for row in rows:
        gone = row.revoked_at is not None and (row.id in held or row.id > newest)
        if gone and (row.purpose, row.recipient, row.revoked_by) not in replaced:
            yield f"{row.revoked_by} thu hồi liên kết của {row.name} lúc {_moment(row.revoked_at)}"


def _told(dossier: Dossier, row: AnswerRow) -> str:
    """`Trần Thị Minh Họa đã chuyển buổi sinh hoạt lúc 09:00 21/03/2024 (…)`."""
    listed, more = dossier.nominations, ""
    if row.kind == _K.MOVE and listed and listed.changes:
        more = listed.changes[-1]
    elif row.kind == _K.CHOICE and listed:
        more = _names(listed, stored.value_of(row, Choice))
    elif row.kind == _K.CANCELLATION:
        more = stored.value_of(row, Cancellation).reason
    did = f"{row.by} đã {AnswerKind(row.kind).did} lúc {_moment(row.given_at)}"
    return f"{did} ({more})" if more else did


def _names(listed: Nominations, choice: Choice) -> str:
    return "; ".join(one.organisation for one in listed.meetings if one.number in choice.meetings)


def _told_of_paper(row: DocumentRow) -> str:
    named = f"{document_title(row.kind).lower()} bản {row.revision}"
    if row.state == DocumentState.APPROVED:
        return f"{row.approved_by} đã duyệt {named} lúc {_moment(row.approved_at)}"
    if row.state == DocumentState.RETURNED:
        return f"{row.returned_by} đã trả lại {named} lúc {_moment(row.returned_at)}"
    if row.state == DocumentState.ISSUED and row.issued_on:
        return f"{row.issued_by} đã phát hành {named}, số {row.symbol}, ngày {short_date(row.issued_on)}"
    if row.state == DocumentState.DRAFT and row.override_reason:
        return f"{row.override_by} cho phép phát hành {named}"
    return f"{named} nay đã được {'soạn' if row.state == DocumentState.DRAFT else 'thay'}"


def _marked(row: DocumentRow) -> str:
    return f"{row.id}{_LETTERS.get(DocumentState(row.state), 'x')}{'o' if row.override_reason else ''}"


def _links_of(session: Session, visit: VisitRow) -> str:
    rows = links.of_visit(session, visit.id)
    held = [row.id for row in reversed(rows) if row.revoked_at is None]
    return ".".join(map(str, [rows[0].id if rows else 0, *held]))


def _moment(at: datetime | None) -> str:
    return f"{at:%H:%M} {short_date(at)}" if at else "—"
