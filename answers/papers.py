"""Approving and issuing documents: the acts that stay with people (2.4, F23, A2)."""

from datetime import date

from answers.taking import Giver, taking
from database import audit, documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.dates import short_date
from domain.problem import Problem, Refused

#: What people type -> the document.
NAMES = {"notice": "selection_notice", "report": "group_report", "result": "result_notice"}


def approve(reference: str, paper: str, giver: Giver) -> str:
    """Approve the newest revision of `report` or `result`; returns the content hash that was approved."""
    with taking(reference, giver, f"duyệt {paper}") as dossier:
        row = _current(dossier, paper)
        if paper == "notice":
            raise Refused(Problem(paper, "thông báo này không qua bước duyệt riêng", "dùng: visits issue"))
        documents.approve(dossier.session, row, giver.name)
        audit.note(
            dossier.session,
            giver.name,
            f"duyệt bản {row.revision}",
            dossier.visit.id,
            paper=paper,
            hash=row.content_hash,
        )
        return row.content_hash


def issue(reference: str, paper: str, number: int, issued_on: date, giver: Giver) -> str:
    """Issue `notice` or `result` under a number and date; returns its symbol. Happens once (F22)."""
    with taking(reference, giver, f"phát hành {paper}") as dossier:
        row = _current(dossier, paper)
        if paper == "report":
            raise Refused(Problem(paper, "báo cáo của Tổ công tác chỉ cần duyệt", "dùng: visits approve"))
        if paper == "result" and row.state != "approved":
            raise Refused(Problem(paper, "thông báo kết quả chưa được duyệt", "chạy trước: visits approve"))
        if issued_on > dossier.today:
            raise Refused(Problem("--date", f"ngày {short_date(issued_on)} chưa tới", "ghi ngày phát hành thật"))
        documents.issue(dossier.session, row, number, issued_on, giver.name)
        audit.note(dossier.session, giver.name, f"cấp số {row.symbol}", dossier.visit.id, hash=row.content_hash)
        return row.symbol


def _current(dossier: Dossier, paper: str) -> DocumentRow:
    """The newest revision; `Refused` if there is none, or if what it is drafted from has changed since."""
    if paper not in NAMES:
        raise Refused(Problem(paper, "không có văn bản tên này", f"ghi một trong: {', '.join(NAMES)}"))
    row = dossier.document(NAMES[paper])
    if row is None:
        raise Refused(Problem(paper, "chưa soạn, chuyến chưa tới bước này", "xem: visits show " + dossier.visit.key))
    source = dossier.answer("nominations" if paper == "notice" else "findings")
    if source is not None and source.given_at > row.drafted_at and dossier.visit.wake_wanted > dossier.visit.wake_seen:
        raise Refused(Problem(paper, "đang soạn lại vì dữ liệu vừa đổi", "đợi vài giây rồi thử lại"))
    return row
