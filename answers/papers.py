"""Approving, returning, overriding and issuing documents: the acts that stay with people (2.4, F23, A2)."""

from dataclasses import dataclass, field
from datetime import date

from answers.answering import Giver, refuse_if, taking
from answers.findings import refuse_before_the_end
from answers.issuing import issue_for_all
from answers.seen import PAPERS, REPORTED, Seen
from answers.seen import seen as seen_by
from answers.signed_files import Weighed, note_signed, weigh_signed
from config.settings import settings
from database import audit, documents, outbox, visits
from database.dossier import Dossier, open_dossier
from database.engine import again_if_undone, reading, writing
from database.models import DocumentRow
from domain.dates import short_date
from domain.letters_and_documents import APPROVED, BY_NAME, ISSUED, JOINT, Purpose
from domain.problem import Overtaken, Problem, Refused
from domain.secrecy import MARKS
from domain.state import DocumentState, VisitState
from domain.text import clean
from letters.form.paper import Acts
from letters.one_line import one_line
from papers import files
from papers.checks import faults_of
from papers.drafts import changed_since, current_paper, draw_up
from papers.requests import first_asked_alike

#: The marks a document may bear (A20, F27).
SECRECY = MARKS
URGENCY = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


@dataclass(frozen=True)
class Sheet:
    """What the clerk adds when a document is issued: number, day, stamps, the scan (F23, F27, P4)."""

    number: int
    issued_on: date
    secrecy: str = ""  #: `MẬT`: the document is then never mailed (A20, P3)
    urgency: str = ""  #: `KHẨN`, `THƯỢNG KHẨN`, `HỎA TỐC`
    signed: bytes | None = field(default=None, repr=False)  #: a PDF; it is what is mailed
    signed_reason: str = ""  #: why that file is taken although something about it is doubtful


@again_if_undone
def approve(reference: str, paper: str, giver: Giver, *, seen: str = "", looked_at: str | None = None) -> str:
    """Approve exactly the newest revision of `report`, `result` or `summary`; returns its content hash.

    `seen` is the hash (or how it begins) that the approver had before his eyes: another text is refused. So is one that
    facts or wording have left behind: it is drafted anew first, and the refusal says what has changed.
    """
    _bring_up_to_date(reference, paper)
    with taking(reference, giver, f"duyệt {paper}", looked_at=_shown_of(paper, looked_at)) as dossier:
        row = _current(dossier, paper)
        if paper not in APPROVED:
            raise Refused(Problem(paper, "thông báo này không qua bước duyệt riêng", "dùng: visits issue"))
        if seen and not row.content_hash.startswith(seen.casefold()):
            raise Refused(Problem(paper, f"bản đã xem không còn là bản mới nhất (bản {row.revision})", _show(dossier)))
        if paper == "report":
            refuse_before_the_end(dossier, "duyệt sau khi buổi sinh hoạt kết thúc")
        documents.approve(dossier.session, row, giver.name)
        if paper == "report":  # it is not issued, so these are its files
            files.keep(dossier, row)
        _note(dossier, giver, f"duyệt bản {row.revision}", row, paper=paper)
        return row.content_hash


@again_if_undone
def send_back(reference: str, reason: str, giver: Giver, *, looked_at: str | None = None) -> None:
    """A leader returns the group's report: its findings may be changed again, and what rests on them waits.

    Refused once the result notice is issued; an approval of the report or of the notice is void (A2).
    """
    if not clean(reason):
        raise Refused(Problem("--reason", "trả lại báo cáo cần lý do", 'thêm --reason "…"'))
    with taking(reference, giver, "trả lại báo cáo của Tổ công tác", looked_at=seen_by(looked_at, REPORTED)) as dossier:
        row, result = _current(dossier, "report"), dossier.document(Purpose.RESULT_NOTICE)
        if result is not None and result.state == DocumentState.ISSUED:
            raise Refused(
                Problem("report", f"thông báo kết quả số {result.symbol} đã phát hành", "không trả lại được nữa")
            )
        documents.send_back(dossier.session, row, giver.name, one_line(reason))
        if result is not None and result.state in (DocumentState.DRAFT, DocumentState.APPROVED):
            result.state = DocumentState.SUPERSEDED
        _note(dossier, giver, f"trả lại bản {row.revision}", row, reason=one_line(reason))


@again_if_undone
def override(reference: str, paper: str, reason: str, giver: Giver, *, looked_at: str | None = None) -> list[Problem]:
    """A leader lets the newest revision of `notice` or `result` be issued although checks fail, and says why (2.7).

    Returns what is overridden; it counts for this revision alone.
    """
    if not clean(reason):
        raise Refused(Problem("--reason", "bỏ qua lỗi kiểm tra cần lý do", 'thêm --reason "…"'))
    _bring_up_to_date(reference, paper)
    what = f"cho phép phát hành {paper} dù chưa đạt kiểm tra"
    with taking(reference, giver, what, looked_at=_shown_of(paper, looked_at)) as dossier:
        row = _current(dossier, paper)
        faults = _faults(dossier, paper, row)
        if not faults:
            raise Refused(Problem(paper, "không có lỗi kiểm tra nào", "phát hành như thường: visits issue"))
        row.override_by, row.override_reason = giver.name, one_line(reason)
        _note(dossier, giver, f"bỏ qua {len(faults)} lỗi kiểm tra", row, reason=row.override_reason)
        return faults


@again_if_undone
def issue(reference: str, paper: str, sheet: Sheet, giver: Giver, *, looked_at: str | None = None) -> str:
    """Issue a document with number and day; returns its symbol. Happens once (F22).

    A công văn that asks several units for the same is issued for all of them at once.

    Refused when the text is not the approved one any more, when a check fails that no leader has overridden, and when
    the signed file is not taken, or is doubtful and no reason is given.
    """
    _bring_up_to_date(reference, paper)
    weighed = weigh_issued(reference, paper, sheet)
    with taking(reference, giver, f"phát hành {paper}", looked_at=_shown_of(paper, looked_at)) as dossier:
        row = _current(dossier, paper)
        if weighed:
            weighed.refuse_unless_answered(row, one_line(sheet.signed_reason))
        issue_locked(dossier, paper, sheet, giver)
        if weighed:
            note_signed(dossier, giver, row, weighed.file, one_line(sheet.signed_reason))
        return row.symbol


def issue_locked(dossier: Dossier, paper: str, sheet: Sheet, giver: Giver) -> DocumentRow:
    """Issue within a transaction of the caller's, the visit being locked; the signed file is looked at elsewhere."""
    row = _current(dossier, paper)
    _refuse_sheet(dossier, paper, row, sheet)
    if not row.override_reason:
        refuse_if(_faults(dossier, paper, row))
    row.secrecy, row.urgency = one_line(sheet.secrecy).upper() or None, one_line(sheet.urgency).upper() or None
    issue_for_all(dossier, row, sheet.number, sheet.issued_on, giver.name, sheet.signed)
    return row


def weigh_issued(reference: str, paper: str, sheet: Sheet) -> Weighed | None:
    """What the signed file of that sheet is worth beside the document it belongs to; None if there is none."""
    if sheet.signed is None:
        return None
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, reference).id)
        row = _current(dossier, paper)
        acts = Acts(
            row.symbol_with(sheet.number), sheet.issued_on, one_line(sheet.secrecy).upper(),
            one_line(sheet.urgency).upper(),
        )  # fmt: skip
        return weigh_signed(dossier, row, acts, sheet.signed)


def said_of_a_mark(reference: str) -> str:
    """What a clerk must know who has just given a document a mark of secrecy: what now stays, and what has gone."""
    with reading(settings().database) as session:
        gone = len(outbox.of_visit(session, visits.find(session, reference).id, "sent", "partly"))
    told = "Văn bản mật không gửi qua thư điện tử, từ nay mọi thư của việc này cũng vậy: chuyển trực tiếp, rồi ghi lại."
    return told + (f" Trước đó đã gửi {gone:02d} thư, xem ở trang Thư." if gone else "")


def _refuse_sheet(dossier: Dossier, paper: str, row: DocumentRow, sheet: Sheet) -> None:
    """Whatever makes this document, this number or this day impossible."""
    if paper not in ISSUED:
        raise Refused(Problem(paper, "báo cáo của Tổ công tác chỉ cần duyệt", "dùng: visits approve"))
    if paper in APPROVED and row.state == DocumentState.DRAFT:
        told = f"; so với bản trước: {_told(row.redrafted)}" if row.redrafted else ""
        raise Refused(Problem(paper, f"bản {row.revision} chưa được duyệt{told}", "chạy trước: visits approve"))
    if sheet.issued_on > dossier.today:
        raise Refused(Problem("--date", f"ngày {short_date(sheet.issued_on)} chưa tới", "ghi ngày phát hành thật"))
    if sheet.issued_on < dossier.plan.issued:
        raise Refused(Problem("--date", f"ngày {short_date(sheet.issued_on)} trước cả kế hoạch", "ghi ngày phát hành"))
    if paper == "plan" and (sheet.number, sheet.issued_on) != (dossier.plan.number, dossier.plan.issued):
        fault = f"kế hoạch đã nạp mang số {dossier.plan.symbol} ngày {short_date(dossier.plan.issued)}"
        raise Refused(Problem("--number, --date", fault, "ghi đúng số và ngày ấy, hoặc nạp lại kế hoạch"))
    for name, mark, known in (("--secrecy", sheet.secrecy, SECRECY), ("--urgency", sheet.urgency, URGENCY)):
        if mark and one_line(mark).upper() not in known:
            raise Refused(Problem(name, f"không có mức “{one_line(mark)}”", f"ghi một trong: {', '.join(known)}"))


def _bring_up_to_date(reference: str, paper: str) -> None:
    """Draft anew what facts or wording have left behind, void its approval, and refuse: nobody has seen the new text.

    A transaction of its own, because the refusal must not take the new draft back. The visit hears of it.
    """
    if paper not in BY_NAME:
        raise Refused(Problem(paper, "không có văn bản tên này", f"ghi một trong: {', '.join(BY_NAME)}"))
    with writing(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, reference).id, lock=True)
        row = dossier.document(BY_NAME[paper])
        if (
            dossier.visit.state != VisitState.OPEN
            or row is None
            or row.state not in (DocumentState.DRAFT, DocumentState.APPROVED)
        ):
            return
        if not changed_since(dossier, row):
            return
        voided = " (bản đã duyệt hết hiệu lực)" if row.state == DocumentState.APPROVED else ""
        fresh = draw_up(dossier, row.kind)
        if paper == "notice" and dossier.document(Purpose.INVITATION) is not None:
            draw_up(dossier, Purpose.INVITATION)  # it says the same of the meetings
        audit.note(
            session, audit.SYSTEM, f"soạn lại bản {fresh.revision}{voided}", dossier.visit.id,
            paper=paper, changes=list(fresh.redrafted),
        )  # fmt: skip
        visits.ask_to_wake(session, dossier.visit.id)
        fault = f"nội dung vừa đổi nên đã soạn lại bản {fresh.revision}{voided}: {_told(fresh.redrafted)}"
        problem = Problem(paper, fault, f"xem lại bản mới: visits paper {dossier.visit.key} {paper}")
    raise Overtaken(problem)


def _shown_of(paper: str, looked_at: str | None) -> Seen | None:
    """What somebody who decides about that document has looked at (`answers.seen`)."""
    return seen_by(looked_at, PAPERS.get(paper, REPORTED))


def _current(dossier: Dossier, paper: str) -> DocumentRow:
    """The newest revision; `Refused` if the visit has not come so far."""
    row = dossier.document(BY_NAME[paper])
    if row is None:
        if BY_NAME[paper] in JOINT and (first := first_asked_alike(dossier, BY_NAME[paper])).id != dossier.visit.id:
            fault = f"chung công văn với {first.key}, phát hành ở đợt đó"
            raise Refused(Problem(paper, fault, f"xem: visits show {first.key}"))
        raise Refused(Problem(paper, "chưa soạn, đợt chưa tới bước này", _show(dossier)))
    return row


def _faults(dossier: Dossier, paper: str, row: DocumentRow) -> list[Problem]:
    if paper == "report":
        raise Refused(Problem(paper, "báo cáo của Tổ công tác không phát hành", "dùng: visits approve"))
    return faults_of(dossier, row.kind, current_paper(dossier, row.kind))


def _note(dossier: Dossier, giver: Giver, what: str, row: DocumentRow, **details: str) -> None:
    audit.note(dossier.session, giver.name, what, dossier.visit.id, hash=row.content_hash, **details)


def _told(changes: list[str]) -> str:
    """The first lines that changed, short enough for one message."""
    shown = "; ".join(changes[:4])
    return shown + (f"; và {len(changes) - 4} dòng khác" if len(changes) > 4 else "")


def _show(dossier: Dossier) -> str:
    return f"xem: visits show {dossier.visit.key}"
