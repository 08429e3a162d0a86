"""Reads a PDF from outside before it is kept, shown or mailed: what in it does something, and where it leads (P4)."""

import io
import logging

from pypdf import PdfReader, apply_configuration
from pypdf.generic import DictionaryObject

from domain.text import printable
from scans.pdf_actives import faults_of_catalog, faults_of_part, is_note, link_of
from scans.pdf_envelope import fault_of_envelope
from scans.pdf_objects import LIMITS, TooManyObjects, dictionaries, dictionary_at, name_at
from scans.worth import Fault, PdfLook, Remedy

MOST_PAGES = 500

# What is odd in other people's files is told to whoever sent them, and is no news for the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def look_into_pdf(content: bytes) -> PdfLook:
    """Everything that speaks against a PDF. Nothing in it is run, drawn or unpacked."""
    if fault := fault_of_envelope(content):
        return PdfLook((Fault(fault),))
    try:
        with apply_configuration(**LIMITS):
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted or "/Encrypt" in reader.trailer:
                return PdfLook((Fault("tệp có mật khẩu hoặc bị mã hóa", Remedy.UNLOCK),))
            return _parts_of(reader)
    except TooManyObjects:
        return PdfLook((Fault("tệp có quá nhiều thành phần"),))
    except Exception:  # a parser that meets what was made to break it raises anything
        return PdfLook((Fault("tệp PDF bị hỏng, không đọc được"),))


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
    return PdfLook(tuple(map(Fault, faults)), tuple(links), notes, pages)


def _is_page(part: DictionaryObject) -> bool:
    return name_at(part, "/Type") == "/Page"
