"""What the office proposes for the next year: section IV of the annual report, which no record can tell (D14)."""

from collections.abc import Sequence

from answers.answering import Giver, taking
from database import answers, documents
from database.engine import again_if_undone
from domain.answer_kind import AnswerKind
from domain.decision import Proposals
from domain.letters_and_documents import Purpose
from domain.obligation import Kind
from domain.problem import Problem, Refused
from letters.one_line import one_line


@again_if_undone
def propose(reference: str, texts: Sequence[str], giver: Giver, *, seen: int | None = None) -> int:
    """Take the proposals, in place of those given before; none at all is an answer as well. Returns the version.

    A draft that was approved before is drafted anew with them, and must be approved again.
    """
    with taking(reference, giver, "ghi nhiệm vụ, giải pháp năm sau", "planned", "open") as dossier:
        if dossier.visit.kind != Kind.SUMMARY:
            raise Refused(Problem(dossier.visit.key, "không phải báo cáo tổng hợp năm", "ghi như 2024/tong-hop"))
        if documents.latest_issued(dossier.session, dossier.visit.id, Purpose.ANNUAL_REPORT):
            raise Refused(Problem(dossier.visit.key, "báo cáo tổng hợp đã phát hành", "không sửa được nữa"))
        given = tuple(text for one in texts if (text := one_line(one)))
        row = answers.record(
            dossier.session, dossier.visit.id, AnswerKind.PROPOSALS, Proposals(given),
            by=giver.name, source=giver.source, seen=seen,
        )  # fmt: skip
        return row.version
