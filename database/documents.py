"""Official documents: drafted by the machine, approved, numbered and issued by people (2.4, F22, F23)."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import ndiff

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import clock, numbers
from database.models import DocumentFileRow, DocumentRow
from domain.plan import Plan
from domain.problem import Problem, Refused
from domain.state import DocumentState


def latest(session: Session, visit_id: int, kind: str) -> DocumentRow | None:
    """The newest revision of a visit's document, or None."""
    query = select(DocumentRow).where(DocumentRow.visit_id == visit_id, DocumentRow.kind == kind)
    return session.scalars(query.order_by(DocumentRow.revision.desc())).first()


def latest_issued(session: Session, visit_id: int, kind: str) -> DocumentRow | None:
    """The newest revision of a visit's document that was issued, or None."""
    query = select(DocumentRow).where(DocumentRow.visit_id == visit_id, DocumentRow.kind == kind)
    return session.scalars(
        query.where(DocumentRow.state == DocumentState.ISSUED).order_by(DocumentRow.revision.desc())
    ).first()


def of_visit(session: Session, visit_id: int) -> Sequence[DocumentRow]:
    """All documents of a visit in the order in which they were drafted."""
    return session.scalars(select(DocumentRow).where(DocumentRow.visit_id == visit_id).order_by(DocumentRow.id)).all()


def fingerprint(text: str) -> str:
    """The content hash that an approval is bound to."""
    return hashlib.sha256(text.encode()).hexdigest()


def draft(
    session: Session, visit_id: int, kind: str, body: str, plan: Plan, *, type_code: str, changes: Sequence[str] = ()
) -> DocumentRow:
    """The draft of that text: the newest revision if it says the same, else a new one that supersedes it.

    What was returned is never taken up again, even if the text stays.

    `type_code` names the series its number will come from (2.5). A new revision is not approved, and keeps the lines in
    which it differs from the one before.
    """
    last = latest(session, visit_id, kind)
    if last and last.content_hash == fingerprint(body) and last.state != DocumentState.RETURNED:
        return last
    if last and last.state not in (DocumentState.ISSUED, DocumentState.RETURNED):
        last.state = DocumentState.SUPERSEDED
    row = DocumentRow(
        visit_id=visit_id, kind=kind, revision=last.revision + 1 if last else 1, state=DocumentState.DRAFT,
        content_hash=fingerprint(body), body=body, changes=list(changes),
        redrafted=difference(last.body, body) if last else [], drafted_at=clock.now(session),
        organ_code=plan.issuer.organ_code, type_code=type_code, term=plan.term,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def difference(before: str, after: str) -> list[str]:
    """The lines that went (`- …`) and came (`+ …`), in the order of the document."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[:2] in ("- ", "+ ") and line[2:].strip()]


def approve(session: Session, row: DocumentRow, by: str) -> None:
    """Approve exactly this revision; `Refused` if it is not a draft any more."""
    if row.state != DocumentState.DRAFT:
        raise Refused(Problem(row.kind, f"bản {row.revision} đang ở trạng thái {row.state}", "xem lại bản mới nhất"))
    row.state, row.approved_by, row.approved_at = DocumentState.APPROVED, by, clock.now(session)


def send_back(session: Session, row: DocumentRow, by: str, reason: str) -> None:
    """Return a draft, or an approved document that is not issued; its approval is void."""
    if row.state not in (DocumentState.DRAFT, DocumentState.APPROVED):
        raise Refused(Problem(row.kind, f"bản {row.revision} đang ở trạng thái {row.state}", "không trả lại được"))
    row.state, row.returned_by, row.returned_at, row.return_reason = (
        DocumentState.RETURNED,
        by,
        clock.now(session),
        reason,
    )


def issue(session: Session, row: DocumentRow, number: int, issued_on: date, by: str) -> None:
    """Give the number and date, once; the number is unique per organ, type and term, not per year (F22)."""
    if row.state == DocumentState.ISSUED:
        raise Refused(Problem(row.kind, f"đã phát hành số {row.symbol}", "không phát hành lần hai"))
    numbers.use(session, row, number, by)
    row.number, row.issued_on, row.issued_by, row.state = number, issued_on, by, DocumentState.ISSUED
    session.flush()


def issue_alike(session: Session, row: DocumentRow, first: DocumentRow) -> None:
    """Issue the same công văn for another of its recipients: number, day and stamps are those of the first row.

    The register has the number once, with the first.
    """
    assert (row.kind, row.content_hash) == (first.kind, first.content_hash), "it is one text"
    row.number, row.issued_on, row.issued_by, row.state = first.number, first.issued_on, first.issued_by, first.state
    row.secrecy, row.urgency = first.secrecy, first.urgency
    row.override_by, row.override_reason = first.override_by, first.override_reason
    session.flush()


def keep_files(session: Session, row: DocumentRow, files: Mapping[str, tuple[str, bytes]]) -> None:
    """Store the files of an issued document by form: `docx`, `pdf`, `signed`, each with its name and content."""
    for form, (name, content) in files.items():
        digest = hashlib.sha256(content).hexdigest()
        session.add(DocumentFileRow(document_id=row.id, form=form, name=name, sha256=digest, content=content))
    session.flush()


def put_files_aside(session: Session, row: DocumentRow) -> None:
    """Keep the files of a wrong paper beside those of the right one that follows: `pdf` becomes `pdf-1`, `pdf-2`, …"""
    kept = files(session, row)
    place = 1 + sum(form.startswith("pdf-") for form in kept)
    for form, file in kept.items():
        if "-" not in form:
            file.form, file.name = f"{form}-{place}", f"ban-sai-{place}_{file.name}"
    session.flush()


def files(session: Session, row: DocumentRow) -> dict[str, DocumentFileRow]:
    """The stored files of an issued document by form."""
    query = select(DocumentFileRow).where(DocumentFileRow.document_id == row.id)
    return {file.form: file for file in session.scalars(query)}
