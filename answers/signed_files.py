"""The signed file of a document before it is issued: weighed beside the approved text, answered for, recorded (P4)."""

from dataclasses import dataclass

from answers.answering import Giver, refuse_if
from config.settings import settings
from database import audit
from database.dossier import Dossier
from database.models import DocumentRow
from domain.problem import Problem, Refused
from letters.form.paper import Acts
from letters.form.pdf_file import pdf_file
from papers.drafts import current_paper
from scans.said import doubts_of, lines_of
from scans.weighing import weigh_apart
from scans.worth import SignedFile


@dataclass(frozen=True)
class Weighed:
    """The findings about a file, and the text with which it was compared."""

    file: SignedFile
    content_hash: str

    def refuse_unless_answered(self, row: DocumentRow, reason: str) -> None:
        """`Refused` for a file that is not taken, for one whose doubts nobody answers for, and for another text."""
        refuse_if(list(self.file.refused))
        if row.content_hash != self.content_hash:
            raise Refused(Problem("bản ký", "văn bản vừa đổi trong lúc kiểm tra tệp", "xem lại tệp với bản mới"))
        doubts = doubts_of(self.file)
        if doubts and not reason:
            told = "; ".join(doubts)
            raise Refused(Problem("bản ký", told, "chọn tệp khác, hoặc ghi lý do vẫn dùng tệp này"))


def weigh_signed(dossier: Dossier, row: DocumentRow, acts: Acts, content: bytes) -> Weighed:
    """Look at the file beside that document with its number, day and stamps. Changes nothing; takes a second or so."""
    approved = pdf_file(current_paper(dossier, row.kind, acts))
    return Weighed(weigh_apart(content, approved, settings().trusted_signers, dossier.now), row.content_hash)


def note_signed(dossier: Dossier, giver: Giver, row: DocumentRow, file: SignedFile, reason: str) -> None:
    """Put into the record which file it was, what was seen of it, and why it was taken in spite of doubts."""
    doubts = doubts_of(file)
    audit.note(
        dossier.session, giver.name, f"nhận bản ký của {row.symbol}", dossier.visit.id, document=row.id,
        file=file.sha256, checked=lines_of(file), doubts=list(doubts), reason=reason if doubts else "",
    )  # fmt: skip
