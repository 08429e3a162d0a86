"""Holds answers, documents and numbers against the hashes that the record has of them, and names what differs (P7)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.models import AnswerRow, DocumentRow, VisitRow
from database.numbers import Series
from database.record.chain import REMEDY, Sealed, Walk
from database.record.seals import SEALED, rows_of
from domain.answer_kind import AnswerKind
from domain.letters_and_documents import document_title
from domain.problem import Problem

_CALLED = {
    "answer": "câu trả lời", "answer_file": "tệp gửi kèm câu trả lời", "document": "văn bản",
    "document_file": "tệp văn bản", "number": "số văn bản",
}  # fmt: skip
_ANSWERS = {kind.value: kind.called for kind in AnswerKind}


def row_faults(session: Session, walk: Walk) -> Iterator[Problem]:
    """Each row that is not what the record says last of it; how many it knows nothing of, where it has no seal yet."""
    keys = _visit_keys(session)
    found: set[str] = set()
    unsealed = 0
    for kind in SEALED:
        for number, own, row in rows_of(session, kind):
            name = f"{kind}:{number}"
            found.add(name)
            seal = walk.seals.get(name)
            if seal is None and not walk.is_sealed:
                unsealed += 1
            elif seal is None or seal.hash is None:
                yield Problem(_called(session, kind, row, keys), "được chèn thêm, nhật ký không ghi việc này", REMEDY)
            elif seal.hash != own:
                fault = f"đã bị sửa sau khi ghi ở dòng {seal.line} của nhật ký"
                yield Problem(_called(session, kind, row, keys), fault, REMEDY)
    yield from _missing({name: seal for name, seal in walk.seals.items() if name not in found}, keys)
    if unsealed:
        fault = f"{unsealed} câu trả lời, văn bản, số có từ trước, chưa niêm"
        yield Problem("nhật ký", fault, "chạy visits up: sẽ niêm một lần", warning=True)


def _missing(seals: Mapping[str, Sealed], keys: Mapping[int, str]) -> Iterator[Problem]:
    for name, seal in seals.items():
        if seal.hash is not None:
            kind, _, number = name.partition(":")
            about = f"{keys[seal.visit_id]}: " if seal.visit_id is not None else ""
            fault = f"đã bị xóa sau khi ghi ở dòng {seal.line} của nhật ký"
            yield Problem(f"{about}{_CALLED.get(kind, kind)} (mã {number})", fault, REMEDY)


def _called(session: Session, kind: str, row: Mapping[str, Any], keys: Mapping[int, str]) -> str:
    """What a row is, as staff know it: with the visit, the kind and the version, or the number."""
    if kind == "number":
        series = Series(row["organ_code"], row["type_code"], row["term"])
        return f"sổ số văn bản: số {series.symbol(row['number'])}, nhiệm kỳ {row['term']}"
    if kind == "answer":
        said = _ANSWERS.get(row["kind"], row["kind"])
        return f"{_visit(keys, row['visit_id'])}: {said}, bản {row['version']} của {row['by']}"
    if kind == "document":
        return f"{_visit(keys, row['visit_id'])}: {_document(row['kind'], row['revision'])}"
    if kind == "answer_file":
        visit = session.scalar(select(AnswerRow.visit_id).where(AnswerRow.id == row["answer_id"]))
        return f"{_visit(keys, visit)}: tệp gửi kèm “{row['name']}”"
    of = select(DocumentRow.visit_id, DocumentRow.kind, DocumentRow.revision).where(
        DocumentRow.id == row["document_id"]
    )
    paper = session.execute(of).one_or_none()
    told = f"{_visit(keys, paper[0])}: {_document(paper[1], paper[2])}, " if paper else ""
    return f"{told}tệp “{row['name']}”"


def _document(kind: str, revision: int) -> str:
    title = document_title(kind)
    return f"{title[:1].lower()}{title[1:]}, bản {revision}"


def _visit(keys: Mapping[int, str], visit_id: int | None) -> str:
    return keys.get(visit_id or 0, f"việc mã {visit_id}")


def _visit_keys(session: Session) -> dict[int, str]:
    return {row.id: row.key for row in session.scalars(select(VisitRow))}
