"""Makes the files of a document: Word first, which the office edits, PDF second, which it reads (P6)."""

from collections.abc import Sequence

from database import documents, group_reports
from database.dossier import Dossier
from database.models import DocumentFileRow, DocumentRow
from domain.letters_and_documents import DOCUMENTS, Purpose, file_name
from domain.plan import Signer
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

    The group's report bears a number of the group's own, and the day on which the group had it drawn up (D9).
    """
    if row.kind == Purpose.GROUP_REPORT:
        return Acts(group_reports.symbol_of(row), row.drafted_at.date(), row.secrecy or "", row.urgency or "")
    corrected = row.corrected or {}
    signer = Signer(**corrected["signer"]) if corrected else None
    return Acts(row.symbol, row.issued_on, row.secrecy or "", row.urgency or "", corrected.get("words", ""), signer)


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
        files["signed"] = (_name(dossier, row, "signed"), signed)
    documents.keep_files(dossier.session, row, files)


def keep_alike(dossier: Dossier, row: DocumentRow, first: DocumentRow) -> None:
    """Store the very files of the first recipient's row for another recipient of the same công văn.

    Those of a paper that was corrected stay where they are: each row has its own beside the right one.
    """
    kept = {form: one for form, one in documents.files(dossier.session, first).items() if form in MIME_TYPES}
    documents.keep_files(
        dossier.session, row, {form: (_name(dossier, row, form), one.content) for form, one in kept.items()}
    )


def _name(dossier: Dossier, row: DocumentRow, form: str) -> str:
    if form == "signed":
        return file_name(row.kind, dossier.visit.key, "pdf").replace(".pdf", "_ban-ky.pdf")
    return file_name(row.kind, dossier.visit.key, form)


def as_attachments(purpose: str, about: str, paper: Paper, meeting: int = 0) -> list[Attachment]:
    """The files of a document that has no number, for the letter that brings it."""
    files = drawn(purpose, about, paper, meeting)
    return [Attachment(name, content, MIME_TYPES[form]) for form, (name, content) in files.items()]


def names(dossier: Dossier, purpose: str, document: DocumentRow | None, meeting: int = 0) -> list[str]:
    """What the files of a document are called in the letter that brings it: of an issued one as they were issued."""
    if document is not None and not is_drawn_for_each(dossier, document):
        return [one.name for one in kept_attachments(dossier, document)]
    return [file_name(purpose, dossier.visit.key, form, meeting) for form in ("docx", "pdf")]


def is_drawn_for_each(dossier: Dossier, row: DocumentRow) -> bool:
    """Whether each recipient gets a sheet with his own name under its number; a signed one is the same for all (D6)."""
    return DOCUMENTS[row.kind].personal and "signed" not in documents.files(dossier.session, row)


def kept_attachments(dossier: Dossier, row: DocumentRow) -> list[Attachment]:
    """The files of an issued document as they were issued; the signed scan alone where there is one."""
    files = documents.files(dossier.session, row)
    drawn = [file for form, file in files.items() if form in MIME_TYPES]  # not those of a paper that was corrected
    chosen: Sequence[DocumentFileRow] = [files["signed"]] if "signed" in files else drawn
    return [Attachment(file.name, file.content, MIME_TYPES[file.form]) for file in chosen]
