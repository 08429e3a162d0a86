"""What a letter or a document of a visit is written from: facts read off the dossier, and nothing else."""

from collections.abc import Sequence

from config.settings import settings
from database import answers, documents, stored
from database.dossier import Dossier
from database.models import DocumentRow
from domain.answer_kind import AnswerKind
from domain.dates import month_and_year
from domain.decision import MeetingMove, Proposals
from domain.letters_and_documents import Purpose
from domain.schedule import planned_reports, planned_rounds
from papers.annual import summarise


def common_facts(dossier: Dossier) -> dict[str, object]:
    """The facts that every letter has."""
    visit = dossier.visit
    return {
        "plan": dossier.plan,
        "unit": dossier.unit,
        "month_year": month_and_year(visit.year, visit.month) if visit.month else f"{visit.year}",
        "today": dossier.today,
        "visit": visit.key,
    }


def facts_for(dossier: Dossier, kind: str) -> dict[str, object]:
    """The facts of a document with a number, of a visit or of the year, as they stand now.

    A draft looked at tomorrow is the same draft, so the day is not among them: `today` is the plan's own.
    """
    facts = {**common_facts(dossier), "today": dossier.plan.issued, "meetings": dossier.chosen}
    if kind == Purpose.SELECTION_NOTICE:
        return facts | {"changes": changes_to_tell(dossier)}
    if kind == Purpose.ANNUAL_PLAN:
        ladders = settings().ladders
        rounds = planned_rounds(dossier.plan, dossier.calendar, ladders.answer_within)
        return facts | {"rounds": rounds, "reports": planned_reports(dossier.plan, ladders.self_report_request)}
    if kind == Purpose.ANNUAL_REPORT:
        summary = summarise(dossier.session, dossier.visit.year)
        return facts | {"summary": summary, "proposals": proposals(dossier)}
    return facts | {"findings": dossier.findings}


def proposals(dossier: Dossier) -> list[str]:
    """What the office proposes for the next year: section IV of the annual report, written by people (D14)."""
    given = dossier.said(Proposals)
    return list(given.proposals) if given else []


def changes_to_tell(dossier: Dossier) -> list[str]:
    """What a new notice has to adjust: the moves since the last one was issued, in words (A23)."""
    issued = documents.latest_issued(dossier.session, dossier.visit.id, Purpose.SELECTION_NOTICE)
    if issued is None:
        return []
    return moved_since(dossier, issued) or list(issued.changes)


def moved_since(dossier: Dossier, issued: DocumentRow) -> list[str]:
    """What was moved of the chosen meetings after that notice was drafted, in words."""
    told: Sequence[str] = dossier.nominations.changes if dossier.nominations else ()
    moves = [
        version for version in answers.versions(dossier.session, dossier.visit.id) if version.kind == AnswerKind.MOVE
    ]
    chosen = {meeting.number for meeting in dossier.chosen}
    # The words are those of the newest list; moves of lists before it are not among them.
    pairs = list(zip(moves[len(moves) - len(told) :], told, strict=True))
    relevant = [
        (move.given_at, change) for move, change in pairs if stored.value_of(move, MeetingMove).meeting in chosen
    ]
    later = [change for given_at, change in relevant if given_at > issued.drafted_at]
    # A rehearsal's clock stands still: there a move may have the very moment of the draft.
    return later or [change for given_at, change in relevant if given_at == issued.drafted_at]
