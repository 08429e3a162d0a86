"""What a letter or a document of a visit is written from: facts read off the dossier, and nothing else."""

from collections.abc import Sequence

from config.settings import settings
from database import answers, documents, stored
from database.dossier import Dossier
from database.models import DocumentRow
from database.scores import read_scores
from domain.answer_kind import AnswerKind
from domain.dates import month_and_year
from domain.decision import MeetingMove, Proposals
from domain.letters_and_documents import JOINT, Purpose
from domain.role import Role
from domain.schedule import planned_reports, planned_rounds
from domain.state import DocumentState
from papers.annual import summarise
from papers.requests import facts_of_request


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
        changes = changes_to_tell(dossier)
        return facts | {"changes": changes, **replaced_notice(dossier, changes)}
    if kind in JOINT:
        return facts | facts_of_request(dossier, kind)
    if kind == Purpose.INVITATION:
        return facts | _of_invitation(dossier)
    if kind == Purpose.ANNUAL_PLAN:
        ladders = settings().ladders
        rounds = planned_rounds(dossier.plan, dossier.calendar, ladders.answer_within)
        return facts | {"rounds": rounds, "reports": planned_reports(dossier.plan, ladders.self_report_request)}
    if kind == Purpose.ANNUAL_REPORT:
        summary = summarise(dossier.session, dossier.visit.year)
        return facts | {"summary": summary, "proposals": proposals(dossier)}
    return facts | what_was_found(dossier)


def _of_invitation(dossier: Dossier) -> dict[str, object]:
    """The office's own copy names everybody who is invited under its number; each letter names its addressee alone."""
    notice = dossier.document(Purpose.SELECTION_NOTICE)
    guests = [guest.name for guest in dossier.guests if guest.invited]
    return {
        "invitee": "; ".join([*(one.name for one in dossier.plan.invited()), *guests]),
        "changes": list(notice.changes) if notice else [],
        "officer": dossier.contacts.staff[Role.OFFICER],
    }


def what_was_found(dossier: Dossier) -> dict[str, object]:
    """What the group's report and the result notice are written from, beside the meetings (D9, D10)."""
    report = dossier.document(Purpose.GROUP_REPORT)
    scored = {one.meeting.number: one.total.grade for one in read_scores(dossier) if one.total}
    return {
        "findings": dossier.findings,
        "grades": {number: grade for number, grade in scored.items() if grade},
        "group": [contact.name for contact in dossier.contacts.inspectors],
        "reported_on": report.drafted_at.date() if report else None,
    }


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


def replaced_notice(dossier: Dossier, changes: Sequence[str]) -> dict[str, object]:
    """Number and day of the notice that one with these changes takes the place of; of a first one there is none.

    A notice that told these changes itself took the place of the one issued before it.
    """
    every = documents.of_visit(dossier.session, dossier.visit.id)
    issued = [one for one in every if one.kind == Purpose.SELECTION_NOTICE and one.state == DocumentState.ISSUED]
    if issued and list(issued[-1].changes) == list(changes):
        issued.pop()
    last = issued[-1] if issued and changes else None
    return {"replaced": last.symbol if last else "", "replaced_on": last.issued_on if last else None}


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
