"""What is done about an answer by mail: a proposal for an officer, or, where an office wants it, the answer (R62, A4).

The 30 days are counted by the day on which the message came to the office's server.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from answers.answering import Giver
from answers.incoming.outcome import Outcome
from answers.incoming.their_files import Weighed, asked_in, words_of
from answers.nominations import record_list
from config.settings import settings
from database import audit
from database.dossier import Dossier, open_dossier
from database.incoming import IncomingRow
from database.models import VisitRow
from database.secrecy import mark_of
from domain.answer_kind import AnswerKind
from domain.asked_by_mail import Asked
from domain.dates import short_date
from domain.incoming import MailReading, MailState, MatchedBy, Trust
from domain.mail_file import FileWord, Use
from domain.nomination import Nominations, check_nominations
from domain.state import VisitState
from domain.wait import Wait

#: What a visit waits for when a list is taken by itself.
_ASKING = (Wait.NOMINATIONS, Wait.NOMINATIONS_OVERDUE)


def propose(session: Session, row: IncomingRow, reading: MailReading, weighed: Sequence[Weighed]) -> Outcome:
    """Take a clear list at once where the office wants that; else say what a person finds in the message.

    `weighed` are its lists as they were understood before the transaction.
    """
    visit = session.get(VisitRow, row.visit_id) if row.visit_id else None
    if visit is None:
        return Outcome(MailState.OPEN, "chưa rõ trả lời thư nào: xếp vào một đợt")
    if mark_of(session, visit) or row.raw is None:
        return Outcome(MailState.OPEN, "chỉ giữ trong hộp thư của cơ quan: mở ở đó, rồi nhập thay")
    found = _found(asked_in(session, row, visit), words_of(row), weighed)
    if reading.fault:
        found = f"{found}; {reading.fault}"
    if not weighed or not settings().inbox.take_at_once:
        return Outcome(MailState.OPEN, found)
    dossier = open_dossier(session, visit.id, lock=True)
    doubt = next(_doubts(dossier, row, reading, weighed), "")
    return Outcome(MailState.OPEN, f"{found}; chưa tự nhận vì {doubt}") if doubt else _take(dossier, row, weighed[0])


def _take(dossier: Dossier, row: IncomingRow, clear: Weighed) -> Outcome:
    """The list as the unit's own answer, in the transaction that settles the message."""
    giver, meetings = Giver(dossier.unit.standing_board, "mail"), clear.understood.meetings
    record_list(dossier, Nominations(meetings, row.received_at.date()), giver, seen=0)
    audit.note(
        dossier.session, giver.name, "nhận danh sách giới thiệu", dossier.visit.id, source=giver.source,
        message=row.id, sender=row.sender, came_on=short_date(row.received_at),
    )  # fmt: skip
    told = f"tự nhận danh sách {len(meetings):02d} tổ chức đảng ({clear.file.name})"
    return Outcome(MailState.DONE, told, wakes=True)


def _doubts(dossier: Dossier, row: IncomingRow, reading: MailReading, weighed: Sequence[Weighed]) -> Iterator[str]:
    """Why a person must look before the list counts, the weightiest first."""
    own = dossier.contacts.standing_boards.get(dossier.visit.unit)
    if own is None or own.email.casefold() != reading.sender.casefold():
        yield "người gửi không phải địa chỉ của đơn vị"
    if row.trust != Trust.PASS:
        yield Trust(row.trust).called
    if row.matched_by not in (MatchedBy.REPLY, MatchedBy.TAG):
        yield "không trả lời thẳng thư đề nghị"
    if reading.fault:
        yield "thư không đọc được hết"
    if row.copy:
        yield "một thư khác mang cùng mã thư đã đến trước"
    if dossier.visit.state != VisitState.OPEN or dossier.visit.wait not in _ASKING:
        yield "đợt này không chờ danh sách"
    if dossier.answer(AnswerKind.NOMINATIONS):
        yield "đợt này đã có danh sách"
    if row.received_at > dossier.now:
        yield "giờ đến của thư sau giờ của dịch vụ"
    if len(reading.files) > 1:
        yield "thư kèm nhiều tệp"
    yield from _doubts_of_list(dossier, row, weighed[0])


def _doubts_of_list(dossier: Dossier, row: IncomingRow, one: Weighed) -> Iterator[str]:
    understood, visit, came = one.understood, dossier.visit, row.received_at.date()
    told = [*understood.problems, *(problem for line in understood.rows for problem in line.problems)]
    if understood.acceptable:
        told += check_nominations(understood.meetings, visit.year, visit.month, came)
    if told or not understood.acceptable:
        yield "danh sách có điểm cần xem"
    elif not Nominations(understood.meetings, came).has_thematic_cell:
        yield "danh sách chưa có chi bộ sinh hoạt chuyên đề"


def _found(asked: Asked | None, files: Sequence[FileWord], weighed: Sequence[Weighed]) -> str:
    """What a person finds in the message, in one sentence."""
    good = [one for one in weighed if one.understood.acceptable]
    pages = [one for one in files if one.use in (Use.PAPER, Use.PHOTO)]
    if len(good) > 1:
        return f"kèm {len(good):02d} danh sách ({_named(good)}): xem, chọn một để nhận"
    if good:
        also = f", và {len(pages):02d} bản quét để đối chiếu" if pages else ""
        return f"kèm danh sách {len(good[0].understood.meetings):02d} tổ chức đảng ({_named(good)}){also}: xem rồi nhận"
    if weighed:
        return f"kèm {weighed[0].file.name}, chưa nhận được ngay: {_why_not(weighed[0])}"
    if not files:
        return "có lời, không kèm tệp: đọc, rồi nhập thay nếu cần"
    if pages:
        return f"kèm bản quét ({_named(pages)}): xem, rồi nhập {asked.called if asked else 'thay'}"
    usable = [one for one in files if one.use is Use.TABLE]
    if usable:
        return f"kèm {_named(usable)}: xem, rồi nhập {asked.called if asked else 'thay'}"
    return f"không đọc được tệp nào ({files[0].file.name}: {files[0].said})"


def _why_not(one: Weighed) -> str:
    """The first thing that is wrong with a list."""
    lines = (problem for line in one.understood.rows for problem in line.problems)
    every = [problem for problem in (*one.understood.problems, *lines) if not problem.warning]
    return every[0].fault if every else "không có dòng nào đọc được"


def _named(several: Sequence[Weighed] | Sequence[FileWord]) -> str:
    return ", ".join(one.file.name for one in several)
