"""The host's reply about what it was recommended: it closes the recommendation, or says how far it has come (D11)."""

from collections.abc import Sequence

from answers.answering import Giver, refuse_if, taking
from database import answers, follow_ups
from database.dossier import Dossier
from database.engine import again_if_undone
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.follow_up import Remedy
from domain.obligation import Kind, Obligation, parse_reference
from domain.problem import Problem, Refused


@again_if_undone
def reply(reference: str, remedies: Sequence[Remedy], giver: Giver, *, seen: int | None = None) -> int:
    """Take replies about recommendations of one visit; returns how many of them are still open.

    `reference` is the visit or its follow-up. A reply may come again: the newest one counts, the others stay. `seen` is
    how many replies the sender had before his eyes.
    """
    if not remedies:
        raise Refused(Problem("kiến nghị", "chưa ghi kiến nghị nào", "ghi số của kiến nghị trong thông báo kết quả"))
    with taking(_key(reference), giver, "nhận kết quả thực hiện kiến nghị", "planned", "open", "closed") as dossier:
        visit = follow_ups.visit_of(dossier.session, dossier.visit)
        known = len(follow_ups.followed(dossier.session, visit))
        refuse_if([problem for remedy in remedies for problem in _check(remedy, known, dossier)])
        for place, one in enumerate(remedies):
            answers.record(
                dossier.session, dossier.visit.id, AnswerKind.REMEDY, one,
                by=giver.name, source=giver.source, seen=None if seen is None else seen + place,
            )  # fmt: skip
        return sum(one.open for one in follow_ups.followed(dossier.session, visit))


def _key(reference: str) -> str:
    """The key of the follow-up that is meant."""
    meant = parse_reference(reference)
    if meant.kind is Kind.FOLLOW_UP:
        return meant.key
    if meant.kind is Kind.VISIT and meant.unit:
        return Obligation(Kind.FOLLOW_UP, meant.year, meant.month, meant.unit).key
    raise Refused(Problem(reference, "không phải một đợt", "ghi như 2024-02/nhon_trach"))


def _check(one: Remedy, known: int, dossier: Dossier) -> list[Problem]:
    place = f"kiến nghị {one.recommendation}"
    problems = []
    if not 1 <= one.recommendation <= known:
        problems.append(Problem(place, f"thông báo chỉ có {known} kiến nghị", f"ghi số từ 1 đến {known}"))
    if not one.text.strip():
        problems.append(Problem(place, "chưa ghi kết quả thực hiện", "ghi đã làm gì"))
    if one.received_on > dossier.today:
        problems.append(Problem(place, f"ngày {short_date(one.received_on)} chưa tới", "ghi ngày đến thật"))
    return problems
