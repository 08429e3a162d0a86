"""The document as the person beside the form sees it: its pages as pictures, the whole as a PDF."""

from collections import OrderedDict
from threading import Lock

from fastapi import HTTPException

from database import documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.letters_and_documents import file_name
from letters.form.pdf_file import page_pictures, pdf_file
from papers.drafts import current_paper
from papers.files import acts_of

_DOTS_PER_INCH = 96

#: The pages drawn last, by what they show: a form asks for each page apart.
_drawn: OrderedDict[tuple[str, str, str], list[bytes]] = OrderedDict()
_KEPT = 12
_lock = Lock()


def pages_of(dossier: Dossier, row: DocumentRow) -> list[int]:
    """The numbers of the pages."""
    return list(range(1, len(_pages(dossier, row)) + 1))


def picture(dossier: Dossier, row: DocumentRow, number: int) -> bytes:
    """One page as a PNG; 404 for one there is not."""
    pages = _pages(dossier, row)
    if not 1 <= number <= len(pages):
        raise HTTPException(404)
    return pages[number - 1]


def sheet_file(dossier: Dossier, row: DocumentRow) -> tuple[str, bytes]:
    """The name and the bytes of the PDF: as it was issued, or as it would look now."""
    kept = documents.files(dossier.session, row)
    if "pdf" in kept:
        return kept["pdf"].name, kept["pdf"].content
    return file_name(row.kind, dossier.visit.key, "pdf"), pdf_file(current_paper(dossier, row.kind, acts_of(row)))


def _pages(dossier: Dossier, row: DocumentRow) -> list[bytes]:
    key = (dossier.visit.key, f"{row.kind}/{row.revision}/{row.state}", row.content_hash)
    with _lock:
        if key not in _drawn:
            _drawn[key] = page_pictures(current_paper(dossier, row.kind, acts_of(row)), _DOTS_PER_INCH)
            while len(_drawn) > _KEPT:
                _drawn.popitem(last=False)
        return _drawn[key]
