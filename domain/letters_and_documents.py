"""Every letter and every official document: one table of what each is for, what it may say, and what it is called.

A new letter is a line here and a folder of that name in `letters/templates`; one with a document also says which (2.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.text import slug


@dataclass(frozen=True)
class Document:
    """One official document (2.5). With a `name` it has a row of its own: revisions, a number, files that are kept."""

    id: str  #: `D10`
    type_code: str  #: `TB`
    type_name: str  #: `THÔNG BÁO`; a công văn prints none
    file_word: str  #: ends the file's name
    called: str  #: within a sentence
    name: str = ""  #: what people type for it: `result`
    title: str = ""  #: as pages head it
    approved: bool = False  #: by a leader; the clerk's issue of the others is bound to their text as well
    personal: bool = False  #: each recipient gets a sheet that names him alone; one number for all of them


#: The header of a letter with an issued document that says where the record stood when it was written (P7).
RECORD_HEADER = "X-Visits-Record"


class Purpose(StrEnum):
    """What a letter is for. The value is the folder of its wording, and what rows keep.

    `called` names it within a sentence; `facts` are what its wording may ask for beside the facts that all letters
    have; `document` is the official document that goes with it, or None.
    """

    called: str
    facts: frozenset[str]
    document: Document | None

    def __new__(cls, value: str, called: str, facts: Iterable[str] = (), document: Document | None = None) -> "Purpose":
        """A purpose with its words."""
        one = str.__new__(cls, value)
        one._value_ = value
        one.called, one.facts, one.document = called, frozenset(facts), document
        return one

    NOMINATION_REQUEST = (
        "nomination_request", "đề nghị danh sách", ("due", "tight", "first_in_time", "instead_of", "boards"),
        Document(
            "D1", "CV", "", "de-nghi-danh-sach", "công văn đề nghị danh sách", "request", "Công văn đề nghị danh sách",
        ),
    )  # fmt: skip
    NOMINATION_REMINDER = (
        "nomination_reminder", "nhắc gửi danh sách",
        ("due", "tight", "first_in_time", "days_left", "overdue", "escalated"),
    )  # fmt: skip
    NOMINATION_INCOMPLETE = (
        "nomination_incomplete",
        "đề nghị bổ sung danh sách",
        ("meetings", "due", "tight", "first_in_time"),
    )
    LATE_NOMINATION = "late_nomination", "báo danh sách trễ hạn", ("late", "received_on", "link", "due", "command")
    LATE_DECISION = (
        "late_decision", "báo kết quả xem xét danh sách trễ",
        ("received_on", "taken", "refused", "reason", "again", "due", "tight", "first_in_time"),
    )  # fmt: skip
    STAFF_TASK = "staff_task", "việc cần xử lý", ("task", "detail", "command", "about", "link", "due")
    RUN_STOPPED = "run_stopped", "báo lượt chạy bị dừng", ("task", "detail", "command", "about", "link", "step")
    LEADER_WEEK = "leader_week", "tóm tắt sáng thứ Hai", ("leader", "waiting", "link")
    SELECTION_NOTICE = (
        "selection_notice", "thông báo dự sinh hoạt", ("meetings", "changes", "replaced", "replaced_on"),
        Document(
            "D4", "TB", "THÔNG BÁO", "danh-sach", "thông báo danh sách", "notice", "Thông báo dự sinh hoạt",
        ),
    )  # fmt: skip
    INVITATION = (
        "invitation", "giấy mời", ("meetings", "organisation", "invitee", "changes", "officer"),
        Document("D6", "GM", "GIẤY MỜI", "moi-du", "giấy mời", "invitation", "Giấy mời", personal=True),
    )  # fmt: skip
    INVITATION_CANCELLED = (
        "invitation_cancelled", "thôi mời", ("meetings", "organisation", "invitee", "reason"),
    )  # fmt: skip
    GROUP_NOTICE = (
        "group_notice", "báo Tổ công tác buổi dự", ("meetings", "inspector", "changes", "group", "notice", "officer"),
    )  # fmt: skip
    WHO_COMES = "who_comes", "báo Tổ công tác ai dự", ("meetings", "inspector", "organisation", "coming")
    GROUP_CANCELLED = "group_cancelled", "báo Tổ công tác thôi dự", ("meetings", "inspector", "reason")
    VISIT_CANCELLED = "visit_cancelled", "báo hủy đợt", ("meetings", "reason")
    FINDINGS_REQUEST = "findings_request", "đề nghị gửi kết quả", ("meetings", "inspector", "due")
    FINDINGS_REMINDER = "findings_reminder", "nhắc gửi kết quả", ("meetings", "inspector", "due", "days_left")
    GROUP_REPORT = (
        "group_report", "báo cáo của Tổ công tác", ("meetings", "findings", "grades", "group"),
        Document(
            "D9", "BC", "BÁO CÁO", "to-cong-tac", "báo cáo của Tổ công tác", "report", "Báo cáo của Tổ công tác",
            approved=True,
        ),
    )  # fmt: skip
    RESULT_NOTICE = (
        "result_notice", "thông báo kết quả",
        ("meetings", "findings", "grades", "report_symbol", "reported_on", "considered_on"),
        Document(
            "D10", "TB", "THÔNG BÁO", "ket-qua", "thông báo kết quả", "result", "Thông báo kết quả",
            approved=True,
        ),
    )  # fmt: skip
    YEAR_END_REQUEST = (
        "year_end_request", "đề nghị báo cáo năm", ("due", "boards"),
        Document(
            "D12", "CV", "", "de-nghi-bao-cao-nam", "công văn đề nghị báo cáo năm", "report-request",
            "Công văn đề nghị báo cáo năm",
        ),
    )  # fmt: skip
    YEAR_END_REMINDER = "year_end_reminder", "nhắc báo cáo năm", ("due", "days_left", "overdue")
    SELF_REPORT = (
        "self_report", "mẫu báo cáo tự giám sát", ("due",),
        Document("D13", "BC", "BÁO CÁO", "mau-tu-giam-sat", "mẫu báo cáo tự giám sát"),
    )  # fmt: skip
    SELF_REPORT_RETURNED = (
        "self_report_returned", "trả lại báo cáo năm", ("due", "reason", "received_on", "their_symbol"),
    )  # fmt: skip
    ANNUAL_PLAN = (
        "annual_plan", "kế hoạch năm", ("rounds", "reports"),
        Document("D0", "KH", "KẾ HOẠCH", "ke-hoach-nam", "kế hoạch năm", "plan", "Kế hoạch năm"),
    )  # fmt: skip
    DOCUMENT_CORRECTED = (
        "document_corrected", "đính chính văn bản",
        ("document_type", "wrong", "right", "differences", "renumbered", "reason", "addressee", "attached"),
    )  # fmt: skip
    REMEDY_REMINDER = "remedy_reminder", "nhắc thực hiện kiến nghị", ("open", "overdue", "notice", "notice_on")
    ANNUAL_REPORT = (
        "annual_report", "báo cáo tổng hợp năm", ("summary", "compared", "proposals"),
        Document(
            "D14", "BC", "BÁO CÁO", "tong-hop-nam", "báo cáo tổng hợp năm", "summary", "Báo cáo tổng hợp năm",
            approved=True,
        ),
    )  # fmt: skip


#: The documents that go with letters, by purpose.
DOCUMENTS: dict[str, Document] = {purpose: purpose.document for purpose in Purpose if purpose.document}
#: Those with a row of their own, by what people type for them.
BY_NAME: dict[str, Purpose] = {
    purpose.document.name: purpose for purpose in Purpose if purpose.document and purpose.document.name
}
#: The names of those that a leader approves.
APPROVED = tuple(document.name for document in DOCUMENTS.values() if document.approved)
#: The names of those that the clerk issues with number and day; the group's report is only approved (D9).
ISSUED = tuple(name for name in BY_NAME if name != "report")
#: The letters that call something off; they alone go out of what is cancelled (A23).
CANCELLATIONS = (Purpose.VISIT_CANCELLED, Purpose.INVITATION_CANCELLED, Purpose.GROUP_CANCELLED)
#: The công văn that several units get under one number, when they are asked on one day for the same (D1, D12).
JOINT = (Purpose.NOMINATION_REQUEST, Purpose.YEAR_END_REQUEST)
#: The types of which an office may let the service take numbers by itself (`VISITS_NUMBERING__FROM_BLOCKS`).
NUMBERED_FROM_BLOCKS = ("CV", "GM")
#: What everybody who may open the desk's papers and letters may read. All others speak of findings, and so of people by
#: name (R22–R38), or may: they are for those whom findings concern. A new one is closed until it is put here.
OPEN = frozenset(
    {
        Purpose.NOMINATION_REQUEST, Purpose.NOMINATION_REMINDER, Purpose.NOMINATION_INCOMPLETE, Purpose.LATE_NOMINATION,
        Purpose.LATE_DECISION, Purpose.SELECTION_NOTICE, Purpose.INVITATION, Purpose.INVITATION_CANCELLED,
        Purpose.VISIT_CANCELLED, Purpose.GROUP_NOTICE, Purpose.GROUP_CANCELLED, Purpose.WHO_COMES,
        Purpose.FINDINGS_REQUEST, Purpose.FINDINGS_REMINDER, Purpose.YEAR_END_REQUEST, Purpose.YEAR_END_REMINDER,
        Purpose.ANNUAL_PLAN,
    }
)  # fmt: skip


def purpose_called(purpose: str) -> str:
    """What a letter of that purpose is called; what a newer service wrote stays as it is."""
    return _KNOWN[purpose].called if purpose in _KNOWN else purpose


def document_title(purpose: str) -> str:
    """As pages head that document; what a newer service wrote stays as it is."""
    document = _KNOWN[purpose].document if purpose in _KNOWN else None
    return document.title or document.called if document else purpose


def file_name(purpose: str, about: str, ending: str = "docx", meeting: int = 0) -> str:
    """`2024-02_nhon_trach_TB-ket-qua.docx` (P25); `KeyError` for a letter without a document.

    `about` is the key of a visit (`2024-02/nhon_trach`) or of a unit's year (`2024/long_thanh`); `meeting` the number
    of the one of several that it is about (`…_GM-moi-du_buoi-2.docx`), or 0.
    """
    when, _, unit = about.partition("/")
    document = DOCUMENTS[purpose]
    of_meeting = f"buoi-{meeting}" if meeting else ""
    parts = [slug(when).replace("_", "-"), slug(unit), f"{document.type_code}-{document.file_word}", of_meeting]
    return "_".join(part for part in parts if part) + f".{ending}"


_KNOWN: dict[str, Purpose] = {purpose.value: purpose for purpose in Purpose}
