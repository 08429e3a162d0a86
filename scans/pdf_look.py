"""Reads a PDF from outside before it is kept, shown or mailed: what in it does something, and where it leads (P4)."""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from domain.problem import Problem
from domain.text import printable
from scans.pdf_actives import faults_of_catalog, faults_of_part, is_note, link_of
from scans.pdf_envelope import fault_of_envelope
from scans.pdf_objects import TooManyObjects, dictionaries, dictionary_at, name_at

MOST_MB = 20
MOST_PAGES = 500
_SAVE_AGAIN = "in lại ra PDF (Print to PDF) hoặc quét lại thành PDF thường"

# What is odd in other people's files is told to whoever sent them, and is no news for the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class PdfLook:
    """What was seen in a PDF; plain values, so that another process may do the looking."""

    faults: tuple[str, ...] = ()  #: why it is not taken
    links: tuple[str, ...] = ()  #: addresses outside to which it leads
    notes: int = 0  #: stamps, comments and texts that lie over the pages
    pages: int = 0


def look_into_pdf(content: bytes) -> PdfLook:
    """Everything that speaks against a PDF. Nothing in it is run, drawn or unpacked."""
    if len(content) > MOST_MB * 2**20:
        return PdfLook((f"tệp lớn hơn {MOST_MB} MB",))
    if fault := fault_of_envelope(content):
        return PdfLook((fault,))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted or "/Encrypt" in reader.trailer:
            return PdfLook(("tệp có mật khẩu hoặc bị mã hóa",))
        return _parts_of(reader)
    except TooManyObjects:
        return PdfLook(("tệp có quá nhiều thành phần",))
    except Exception:  # a parser that meets what was made to break it raises anything
        return PdfLook(("tệp PDF bị hỏng, không đọc được",))


def check_scan(content: bytes) -> Iterator[Problem]:
    """Whether a PDF may be the signed sheet that is mailed: harmless, and leading nowhere outside."""
    look = look_into_pdf(content)
    for fault in look.faults:
        yield Problem("bản ký", fault, _remedy(fault))
    if look.links:
        yield Problem("bản ký", f"có liên kết ra ngoài: {_shown(look.links)}", "bỏ liên kết rồi lưu lại, hoặc quét lại")


def check_report_pdf(name: str, content: bytes) -> Iterator[Problem]:
    """The same of a unit's report; the office alone opens it, so links are named and not refused."""
    look = look_into_pdf(content)
    for fault in look.faults:
        yield Problem(name, fault, _remedy(fault))
    if look.links and not look.faults:
        yield Problem(name, f"có liên kết ra ngoài: {_shown(look.links)}", "không bấm khi chưa rõ", warning=True)


def _parts_of(reader: PdfReader) -> PdfLook:
    catalog = dictionary_at(reader.trailer, "/Root")
    faults, links = dict.fromkeys(faults_of_catalog(catalog)), dict[str, None]()
    pages = notes = 0
    for part in dictionaries(reader):
        faults |= dict.fromkeys(faults_of_part(part))
        if link := link_of(part):
            links[printable(link)] = None
        pages += _is_page(part)
        notes += is_note(part)
    if not pages or not reader.pages:
        faults["tệp không có trang nào"] = None
    if pages > MOST_PAGES:
        faults[f"tệp có hơn {MOST_PAGES} trang"] = None
    return PdfLook(tuple(faults), tuple(links), notes, pages)


def _is_page(part: DictionaryObject) -> bool:
    return name_at(part, "/Type") == "/Page"


def _remedy(fault: str) -> str:
    if "MB" in fault:
        return "quét ở độ phân giải thấp hơn"
    if "mật khẩu" in fault:
        return "bỏ mật khẩu, bỏ mã hóa rồi gửi lại"
    return _SAVE_AGAIN


def _shown(links: tuple[str, ...]) -> str:
    short = [link if len(link) <= 60 else link[:59] + "…" for link in links[:3]]
    return ", ".join(short) + (f" và {len(links) - 3} liên kết khác" if len(links) > 3 else "")
