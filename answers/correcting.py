"""Number, day or signer of an issued document is corrected: the register, the paper and the record (F18, F22, F23).

The wrong paper is kept beside the right one, the wrong number stays in the register for good, and what was wrong, what
holds, who says so, when and why is an answer of its own. Who is told of it: `tasks.letters.correcting`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from sqlalchemy import select

from answers.answering import Giver
from answers.signed_files import note_signed, weigh_signed
from database import answers, documents, numbers
from database.dossier import Dossier, open_dossier
from database.models import AnswerRow, DocumentRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.correction import IssuedAs, PaperCorrection
from domain.dates import short_date
from domain.letters_and_documents import BY_NAME, DOCUMENTS, ISSUED
from domain.plan import Signer
from domain.problem import Problem, Refused
from domain.state import DocumentState
from domain.text import clean
from letters.one_line import one_line
from papers import files
from papers.drafts import changed_since, current_paper


@dataclass(frozen=True)
class RightSheet:
    """What should have stood there, and why something else did."""

    number: int
    issued_on: date
    signer: Signer
    reason: str
    signed: bytes | None = field(default=None, repr=False)  #: the right paper as it was signed, a PDF
    signed_reason: str = ""  #: why that file is taken although something about it is doubtful


@dataclass(frozen=True)
class Corrected:
    """One document of one visit after its correction."""

    dossier: Dossier
    document: DocumentRow
    answer: AnswerRow
    correction: PaperCorrection


def issued_paper(dossier: Dossier, paper: str) -> DocumentRow:
    """The document that may be corrected: the newest issued one of that name; `Refused` if there is none."""
    if paper not in ISSUED:
        raise Refused(Problem(paper, "không có văn bản mang số tên này", f"ghi một trong: {', '.join(ISSUED)}"))
    row = documents.latest_issued(dossier.session, dossier.visit.id, BY_NAME[paper])
    if row is None:
        raise Refused(Problem(paper, "chưa phát hành, không có gì để đính chính", "sửa ngay khi phát hành"))
    return row


def issued_as(dossier: Dossier, row: DocumentRow) -> IssuedAs:
    """Under what it stands now."""
    assert row.issued_on is not None, "it is issued"
    acts = files.acts_of(row)
    if row.on_paper:  # nobody knows its text, so that it cannot be drawn
        return IssuedAs(row.symbol, row.issued_on, acts.signer or dossier.plan.signer)
    return IssuedAs(row.symbol, row.issued_on, current_paper(dossier, row.kind, acts).signer)


def correct_all(dossier: Dossier, paper: str, right: RightSheet, giver: Giver) -> list[Corrected]:
    """Correct that document, and the same công văn of every other unit that has it; all or none.

    `Refused` where nothing differs, no reason is given, the day is impossible, the number is not free, the text is
    not today's any more, or the signed file is another paper, or is doubtful and nobody says why it is taken.
    """
    row = issued_paper(dossier, paper)
    said = _said(dossier, row, right)
    _refuse(dossier, paper, row, said)
    others = [
        (open_dossier(dossier.session, one.visit_id, dossier.now, lock=True), one) for one in _alike(dossier, row)
    ]
    told = f"{giver.name} đính chính ngày {short_date(dossier.today)}: {_in_words(said)}; lý do: {said.reason}"
    numbers.correct(dossier.session, row, right.number, giver.name, told)
    rows = [(dossier, row), *others]
    for _one, theirs in rows:  # all before any file is drawn: it names everybody who has the number
        theirs.number, theirs.issued_on = right.number, right.issued_on
        theirs.corrected = {"words": said.sentence(type_name_of(row)), "signer": asdict(said.right.signer)}
    dossier.session.flush()
    _draw(rows, right, giver)
    return [_record(one, theirs, said, giver) for one, theirs in rows]


def _draw(rows: Sequence[tuple[Dossier, DocumentRow]], right: RightSheet, giver: Giver) -> None:
    """The right paper for each unit beside the wrong one: one text, so drawn once, and its signed file weighed once."""
    (dossier, first), *_others = rows
    for one, row in rows:
        if not row.on_paper:
            documents.put_files_aside(one.session, row)
            if row is first or first.on_paper:
                files.keep(one, row, right.signed)
            else:
                files.keep_alike(one, row, first)
    if right.signed:
        reason = one_line(right.signed_reason)
        weighed = weigh_signed(dossier, first, files.acts_of(first), right.signed)
        weighed.refuse_unless_answered(first, reason)
        for one, row in rows:
            note_signed(one, giver, row, weighed.file, reason)


def _record(dossier: Dossier, row: DocumentRow, said: PaperCorrection, giver: Giver) -> Corrected:
    own = replace(said, revision=row.revision)
    answer = answers.record(
        dossier.session, dossier.visit.id, AnswerKind.CORRECTION, own,
        by=giver.name, source=giver.source, answers=row.revision,
    )  # fmt: skip
    return Corrected(dossier, row, answer, own)


def type_name_of(row: DocumentRow) -> str:
    """`thông báo`, `công văn`: how a sentence calls the document."""
    return DOCUMENTS[row.kind].type_name.lower() or "công văn"


def _said(dossier: Dossier, row: DocumentRow, right: RightSheet) -> PaperCorrection:
    signer = Signer(one_line(right.signer.authority), one_line(right.signer.title), one_line(right.signer.name))
    holds = IssuedAs(row.symbol_with(right.number), right.issued_on, signer)
    return PaperCorrection(row.kind, row.revision, issued_as(dossier, row), holds, one_line(right.reason))


def _in_words(said: PaperCorrection) -> str:
    return "; ".join(f"{what} {wrong} → {right}" for what, wrong, right in said.differences())


def _refuse(dossier: Dossier, paper: str, row: DocumentRow, said: PaperCorrection) -> None:
    """Whatever makes this correction impossible."""
    if not clean(said.reason):
        raise Refused(Problem("--reason", "đính chính cần lý do", 'thêm --reason "…"'))
    if paper == "plan":
        fault = "số, ngày và người ký của kế hoạch theo kế hoạch đã nạp"
        raise Refused(Problem(paper, fault, "sửa và nạp lại kế hoạch"))
    if not list(said.differences()):
        raise Refused(Problem("số", "số, ngày, người ký đều như đã phát hành", "ghi điều đúng"))
    if not said.right.signer.name:
        raise Refused(Problem("--signer", "chưa ghi người ký", "ghi họ tên người ký"))
    if said.right.issued_on > dossier.today:
        fault = f"ngày {short_date(said.right.issued_on)} chưa tới"
        raise Refused(Problem("--date", fault, "ghi ngày phát hành thật"))
    if said.right.issued_on < dossier.plan.issued:
        fault = f"ngày {short_date(said.right.issued_on)} trước cả kế hoạch"
        raise Refused(Problem("--date", fault, "ghi ngày phát hành thật"))
    if not row.on_paper and (changed := changed_since(dossier, row)):
        fault = f"lời văn hoặc dữ kiện nay khác lúc phát hành: {'; '.join(changed[:3])}"
        raise Refused(Problem(paper, fault, "trả mẫu lời văn về như lúc phát hành, hoặc ban hành văn bản mới"))


def _alike(dossier: Dossier, row: DocumentRow) -> list[DocumentRow]:
    """The rows of other visits that have this very công văn, by their visits' ids: locks are taken in that order."""
    query = select(DocumentRow).join(VisitRow, VisitRow.id == DocumentRow.visit_id).where(
        DocumentRow.organ_code == row.organ_code, DocumentRow.type_code == row.type_code,
        DocumentRow.term == row.term, DocumentRow.number == row.number, DocumentRow.kind == row.kind,
        DocumentRow.state == DocumentState.ISSUED, DocumentRow.visit_id != dossier.visit.id,
    )  # fmt: skip
    return list(dossier.session.scalars(query.order_by(DocumentRow.visit_id)))
