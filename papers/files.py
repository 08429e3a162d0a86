"""Makes the files of a document: Word first, which the office edits, PDF second, which it reads (P6)."""

from collections.abc import Sequence

from database import documents
from database.dossier import Dossier
from database.models import DocumentFileRow, DocumentRow
from domain.letters_and_documents import Purpose, file_name
from letters.form.paper import Acts, Paper
from letters.form.pdf_file import pdf_file
from letters.form.word_file import word_file
from letters.message import Attachment
from papers.drafts import current_paper

MIME_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "signed": "application/pdf",
}


def acts_of(row: DocumentRow) -> Acts:
    """What people have added to that document so far: number, day, stamps.

    The group's report gets no number of the register; its day is that on which the group had it drawn up (D9).
    """
    day = row.drafted_at.date() if row.kind == Purpose.GROUP_REPORT else row.issued_on
    return Acts(row.symbol, day, row.secrecy or "", row.urgency or "")


def drawn(purpose: str, about: str, paper: Paper, meeting: int = 0) -> dict[str, tuple[str, bytes]]:
    """The document as files by form, each with its name, which `domain.letters_and_documents.file_name` makes."""
    return {
        "docx": (file_name(purpose, about, "docx", meeting), word_file(paper)),
        "pdf": (file_name(purpose, about, "pdf", meeting), pdf_file(paper)),
    }


def keep(dossier: Dossier, row: DocumentRow, signed: bytes | None = None) -> None:
    """Store the files of a document as it is at this moment; with the scan of the signed sheet if there is one (P4)."""
    files = drawn(row.kind, dossier.visit.key, current_paper(dossier, row.kind, acts_of(row)))
    if signed is not None:
        files["signed"] = (file_name(row.kind, dossier.visit.key, "pdf").replace(".pdf", "_ban-ky.pdf"), signed)
    documents.keep_files(dossier.session, row, files)


def as_attachments(purpose: str, about: str, paper: Paper, meeting: int = 0) -> list[Attachment]:
    """The files of a document that has no number, for the letter that brings it."""
    files = drawn(purpose, about, paper, meeting)
    return [Attachment(name, content, MIME_TYPES[form]) for form, (name, content) in files.items()]


def names(dossier: Dossier, purpose: str, document: DocumentRow | None, meeting: int = 0) -> list[str]:
    """What the files of a document are called in the letter that brings it: of an issued one as they were issued."""
    if document is not None:
        return [one.name for one in kept_attachments(dossier, document)]
    return [file_name(purpose, dossier.visit.key, form, meeting) for form in ("docx", "pdf")]


def kept_attachments(dossier: Dossier, row: DocumentRow) -> list[Attachment]:
    """The files of an issued document as they were issued; the signed scan alone where there is one."""
    files = documents.files(dossier.session, row)
    chosen: Sequence[DocumentFileRow] = [files["signed"]] if "signed" in files else list(files.values())
    return [Attachment(file.name, file.content, MIME_TYPES[file.form]) for file in chosen]
