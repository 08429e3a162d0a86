"""Says of a PDF from outside whether it is kept, and what to do if it is not (P4)."""

from collections.abc import Iterator

from apart.running import apart
from apart.unread import Unread
from domain.problem import Problem
from scans.worth import Fault, PdfLook, Remedy

MOST_MB = 20


def fault_of_size(content: bytes) -> Fault | None:
    """Why a PDF is not even opened; None if it may be."""
    return Fault(f"tệp lớn hơn {MOST_MB} MB", Remedy.SMALLER) if len(content) > MOST_MB * 2**20 else None


def check_scan(content: bytes) -> Iterator[Problem]:
    """Whether a PDF may be the signed sheet that is mailed: harmless, and leading nowhere outside."""
    try:
        yield from against_mailing(_looked_into(content))
    except Unread as unread:
        yield unread.problem("bản ký")


def against_mailing(look: PdfLook) -> Iterator[Problem]:
    """Why a PDF that looks so is not mailed as a signed sheet."""
    for fault in look.faults:
        yield Problem("bản ký", fault.said, fault.remedy)
    if look.links:
        yield Problem("bản ký", f"có liên kết ra ngoài: {_shown(look.links)}", "bỏ liên kết rồi lưu lại, hoặc quét lại")


def check_report_pdf(name: str, content: bytes) -> Iterator[Problem]:
    """The same of a unit's report; the office alone opens it, so links are named and not refused."""
    try:
        look = _looked_into(content)
    except Unread as unread:
        yield unread.problem(name)
        return
    for fault in look.faults:
        yield Problem(name, fault.said, fault.remedy)
    if look.links and not look.faults:
        yield Problem(name, f"có liên kết ra ngoài: {_shown(look.links)}", "không bấm khi chưa rõ", warning=True)


def _looked_into(content: bytes) -> PdfLook:
    if fault := fault_of_size(content):
        return PdfLook((fault,))
    return apart(_look, content)


def _look(content: bytes) -> PdfLook:
    # pypdf takes half a second to load, which nobody shall wait for who reads no PDF.
    from scans.pdf_look import look_into_pdf

    return look_into_pdf(content)


def _shown(links: tuple[str, ...]) -> str:
    short = [link if len(link) <= 60 else link[:59] + "…" for link in links[:3]]
    return ", ".join(short) + (f" và {len(links) - 3} liên kết khác" if len(links) > 3 else "")
