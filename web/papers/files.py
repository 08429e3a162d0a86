"""Finds the file of a document, as it was issued, or draws it as it stands now."""

from sqlalchemy import select

from database import documents
from database.dossier import Dossier
from database.models import DocumentRow
from domain.letters_and_documents import file_name
from letters.form.pdf_file import pdf_file
from letters.form.word_file import word_file
from papers.drafts import current_paper
from papers.files import acts_of


def file_of(dossier: Dossier, kind: str, form: str, revision: int = 0) -> tuple[str, bytes] | None:
    """Name and content; None where there is no such document, or nothing was kept of an old revision.

    `form` is `pdf`, `docx` or `signed`; `revision` 0 is the newest.
    """
    row = _revision(dossier, kind, revision) if revision else dossier.document(kind)
    if row is None:
        return None
    kept = documents.files(dossier.session, row).get(form)
    if kept is not None:
        return kept.name, kept.content
    newest = dossier.document(kind)
    if form == "signed" or row.on_paper or newest is None or newest.id != row.id:
        return None
    paper = current_paper(dossier, kind, acts_of(row))
    content = pdf_file(paper) if form == "pdf" else word_file(paper)
    return file_name(kind, dossier.visit.key, form), content


def _revision(dossier: Dossier, kind: str, revision: int) -> DocumentRow | None:
    query = select(DocumentRow).where(DocumentRow.visit_id == dossier.visit.id, DocumentRow.kind == kind)
    return dossier.session.scalars(query.where(DocumentRow.revision == revision)).first()
