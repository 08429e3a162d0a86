"""What a letter or a document of a visit is written from: facts read off the dossier, and nothing else."""

from collections.abc import Sequence
from datetime import datetime

from config.settings import settings
from database import answers, documents, group_reports, stored
from database.dossier import Dossier
from database.models import DocumentRow
from database.scores import read_scores
from domain.answer_kind import AnswerKind
from domain.dates import month_and_year
from domain.decision import MeetingMove, Proposals
from domain.letters_and_documents import JOINT, Purpose
from domain.nomination import Meeting
from domain.role import Role
from domain.schedule import planned_reports, planned_rounds
from domain.state import DocumentState
from papers.annual import summarise
from papers.recipients import printed, recipients_of
from papers.requests import facts_of_request
from papers.year_before import compared


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
    recipients = printed(recipients_of(dossier, kind))
    common = common_facts(dossier) | {"today": dossier.plan.issued, "recipients": recipients}
    facts = {**common, "meetings": dossier.chosen}
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
        year, session = dossier.visit.year, dossier.session
        summary = summarise(session, year)
        return facts | {
            "summary": summary, "compared": compared(session, year, summary), "proposals": proposals(dossier),
        }  # fmt: skip
    return facts | what_was_found(dossier)


def _of_invitation(dossier: Dossier) -> dict[str, object]:
    """The office's own copy names everybody who is invited under its number; each letter names its addressee alone.

    It says the same whether or not a mark is set with the notice: it is shown to those alone who may see behind it.
    """
    notice = dossier.document(Purpose.SELECTION_NOTICE)
    guests = [guest.name for guest in dossier.guests if guest.invited]
    of_one = dossier.chosen[0].organisation if len(dossier.chosen) == 1 else ""
    return {
        "invitee": "; ".join([*(one.name for one in dossier.plan.invited()), *guests]),
        "organisation": of_one,
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
        "report_symbol": group_reports.symbol_of(report) if report else "",
        "reported_on": report.drafted_at.date() if report else None,
        "considered_on": report.approved_at.date() if report and report.approved_at else None,
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
    issued = _issued_notices(dossier)
    if issued and list(issued[-1].changes) == list(changes):
        issued.pop()
    last = issued[-1] if issued and changes else None
    return {"replaced": last.symbol if last else "", "replaced_on": last.issued_on if last else None}


def moved_since(dossier: Dossier, issued: DocumentRow) -> list[str]:
    """What was moved of the chosen meetings after that notice was drafted, in words."""
    chosen = {meeting.number for meeting in dossier.chosen}
    relevant = [(at, said) for at, number, said in _moves(dossier) if number in chosen]
    later = [said for at, said in relevant if at > issued.drafted_at]
    # A rehearsal's clock stands still: there a move may have the very moment of the draft.
    return later or [said for at, said in relevant if at == issued.drafted_at]


def changes_of(dossier: Dossier, meeting: Meeting, told: Sequence[str]) -> list[str]:
    """Which of the changes that a notice told are that meeting's."""
    own = {said for _at, number, said in _moves(dossier) if number == meeting.number}
    return [change for change in told if change in own]


def told_last_by(dossier: Dossier, notice: DocumentRow | None = None) -> dict[int, int]:
    """Which revision of the notice told the time and place of each chosen meeting anew, by the meeting's number (A23).

    It is the first one that was issued for a meeting that was not moved after it. Empty before a notice is issued;
    `notice`, if given, counts as issued although it may be a draft.
    """
    issued = _issued_notices(dossier)
    if notice is not None and notice not in issued:
        issued.append(notice)
    return {
        meeting.number: max(
            [issued[0].revision, *(r.revision for r in issued if changes_of(dossier, meeting, r.changes))]
        )
        for meeting in (dossier.chosen if issued else ())
    }


def _issued_notices(dossier: Dossier) -> list[DocumentRow]:
    every = documents.of_visit(dossier.session, dossier.visit.id)
    return [one for one in every if one.kind == Purpose.SELECTION_NOTICE and one.state == DocumentState.ISSUED]


def _moves(dossier: Dossier) -> list[tuple[datetime, int, str]]:
    """When a meeting of the newest list was moved, its number, and the move in words."""
    told: Sequence[str] = dossier.nominations.changes if dossier.nominations else ()
    moves = [
        version for version in answers.versions(dossier.session, dossier.visit.id) if version.kind == AnswerKind.MOVE
    ]
    # The words are those of the newest list; moves of lists before it are not among them.
    pairs = zip(moves[len(moves) - len(told) :], told, strict=True)
    return [(move.given_at, stored.value_of(move, MeetingMove).meeting, said) for move, said in pairs]
