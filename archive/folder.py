"""The archive of a visit or of a year: one ZIP with every document, letter, answer and line of the record (P7, P25)."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.table_files import as_csv, as_workbook
from archive.year_tables import Table, tables_of
from config.settings import settings
from database import answers, audit, documents, numbers, outbox, photos, plans, visits
from database.models import AuditRow, PlanRow, VisitRow
from database.record.heads import Occasion
from database.restored import keep_head_of_record
from domain import words
from domain.letters_and_documents import document_title, purpose_called
from domain.obligation import Kind
from domain.text import slug
from letters.masked import masked_letter

_BEGAN = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can hold: the same records give the same bytes
CONTENTS = "MUC-LUC.csv"


@dataclass
class _Archive:
    """A ZIP that is being written, and its table of contents."""

    zip: zipfile.ZipFile
    contents: list[tuple[str, str, int, str]] = field(default_factory=list)

    def add(self, name: str, what: str, content: bytes) -> None:
        """One member; `what` it is, in Vietnamese, goes into the table of contents."""
        self._write(name, content)
        self.contents.append((name, what, len(content), hashlib.sha256(content).hexdigest()))

    def close(self) -> None:
        """Write the table of contents last: it knows every member."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(("Tệp", "Nội dung", "Số byte", "SHA-256"))
        writer.writerows(self.contents)
        self._write(CONTENTS, out.getvalue().encode("utf-8-sig"))

    def _write(self, name: str, content: bytes) -> None:
        member = zipfile.ZipInfo(name, _BEGAN)
        member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
        self.zip.writestr(member, content)


def write_visit(session: Session, reference: str, to: BinaryIO) -> int:
    """The archive of one visit or other obligation; returns how many members it has. `Refused` for one not known.

    The letters are in it as they went, with the keys of their links covered (0011).
    """
    with zipfile.ZipFile(to, "w") as target:
        archive = _Archive(target)
        _add_visit(session, archive, visits.find(session, reference), "")
        archive.close()
        return len(archive.contents)


def write_year(session: Session, year: int, to: BinaryIO) -> int:
    """The archive of a year: its plan, register, record and tables, and a folder for each obligation of it."""
    plan, _contacts = plans.read(session, year)
    with zipfile.ZipFile(to, "w") as target:
        archive = _Archive(target)
        for row in session.scalars(select(PlanRow).where(PlanRow.year == year).order_by(PlanRow.version)):
            archive.add(f"ke-hoach/ban-{row.version}.json", f"Kế hoạch, bản {row.version}", _json(row.plan))
        tables = tables_of(session, year)
        archive.add(f"bang/nam-{year}.xlsx", "Cả năm bằng Excel", as_workbook(tables, plan.issued))
        for table in tables:
            archive.add(f"bang/{table.name}.csv", f"Bảng {table.title}", as_csv(table))
        for series in numbers.all_series(session):
            name = slug(f"{series.type_code} {series.organ_code} {series.term}").replace("_", "-")
            what = f"Sổ số văn bản {series.type_code}/{series.organ_code}"
            archive.add(f"so-van-ban/{name}.csv", what, as_csv(_register(session, series)))
        archive.add("nhat-ky.jsonl", "Nhật ký, cả chuỗi", _record(session, None))
        for visit in visits.of_year(session, year, *Kind):
            _add_visit(session, archive, visit, f"chuyen/{_folder(visit)}/")
        archive.close()
        return len(archive.contents)


def _register(session: Session, series: numbers.Series) -> Table:
    """One series of numbers with its gaps and cancelled ones (F22)."""
    rows = tuple(
        (
            entry.number, words.NUMBERS[entry.state], entry.row.by if entry.row else None,
            entry.row.at.date() if entry.row else None, entry.row.reason if entry.row else None,
        )
        for entry in numbers.register(session, series)
    )  # fmt: skip
    return Table("so", "Sổ số văn bản", ("Số", "Tình trạng", "Người ghi", "Ngày ghi", "Lý do"), rows)


def _folder(visit: VisitRow) -> str:
    """`2024-02_nhon-trach`: letters that every system can write."""
    return "_".join(slug(part).replace("_", "-") for part in visit.key.split("/"))


def _add_visit(session: Session, archive: _Archive, visit: VisitRow, under: str) -> None:
    for name, what, content in _members(session, visit):
        archive.add(under + name, what, content)


def _members(session: Session, visit: VisitRow) -> Iterator[tuple[str, str, bytes]]:
    for paper in documents.of_visit(session, visit.id):
        what = f"{document_title(paper.kind)}, bản {paper.revision}, {words.DOCUMENTS[paper.state]}"
        kept = documents.files(session, paper)
        for file in kept.values():
            yield f"van-ban/ban-{paper.revision}/{file.name}", f"{what}, số {paper.symbol}", file.content
        if not kept:
            kind = slug(paper.kind).replace("_", "-")
            name = f"van-ban/ban-{paper.revision}/{kind}_{paper.state}.txt"
            yield name, f"{what}, chỉ có lời văn", paper.body.encode()
    for letter in outbox.of_visit(session, visit.id):
        purpose = purpose_called(letter.purpose)
        name = f"thu/{letter.id:05d}_{slug(letter.purpose).replace('_', '-')}_{letter.state}.eml"
        yield name, f"Thư {purpose} gửi {letter.recipient}, {letter.called}", masked_letter(letter.raw)
    for answer in answers.versions(session, visit.id):
        stem = f"tra-loi/{slug(answer.kind).replace('_', '-')}_ban-{answer.version}"
        said = {
            "kind": answer.kind, "version": answer.version, "answers": answer.answers, "by": answer.by,
            "source": answer.source, "given_at": answer.given_at.isoformat(), "content": answer.content,
        }  # fmt: skip
        yield f"{stem}.json", f"Trả lời {answer.kind}, bản {answer.version}, {answer.by}", _json(said)
        for number, sent in enumerate(answers.files_of(session, answer.id), start=1):
            plain, _, ending = sent.name.rpartition(".")
            yield f"{stem}_tep-{number}_{slug(plain)}.{slug(ending)}", f"Tệp gửi kèm: {sent.name}", sent.content
    for photo in photos.of_visit(session, visit.id):
        about = ", ".join(filter(None, (f"Ảnh {photo.number}", photo.item, photo.note, photo.by)))
        yield f"anh/anh-{photo.number:02d}.png", about, photo.content or b""
    yield "nhat-ky.jsonl", "Nhật ký của đợt", _record(session, visit.id)


def _record(session: Session, visit_id: int | None) -> bytes:
    """The lines of the record with the chain of hashes, each as one line of JSON."""
    query = select(AuditRow).order_by(AuditRow.id)
    if visit_id is not None:
        query = query.where(AuditRow.visit_id == visit_id)
    lines = [
        json.dumps(
            {"id": row.id, "at": row.at.isoformat(), "who": row.who, "what": row.what, "visit": row.visit_id,
             "details": row.details, "previous": row.previous, "hash": row.hash, "seals": row.seals, "mac": row.mac,
             "sealed_by": row.sealed_by},
            ensure_ascii=False, sort_keys=True,
        )
        for row in session.scalars(query)
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in lines).encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def note_taken(session: Session, who: str, what: str, visit_id: int | None = None) -> None:
    """Who took an archive stands in the record: it holds what is not everybody's to read.

    How far the record had come is written down beside the database as well: the archive holds the record up to there.
    """
    audit.note(session, who, what, visit_id)
    keep_head_of_record(session, settings(), Occasion.ARCHIVE)
