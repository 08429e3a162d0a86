"""One visit whole, as its page shows it: where it stands, its list, its papers and letters, its story."""

from collections.abc import Collection
from dataclasses import dataclass

from answers.taking_up import takes_words
from config.addresses import page_of
from database import due_dates, follow_ups, stored, taking_up, visits
from database.dossier import Dossier
from domain.dates import month_and_year
from domain.decision import FindingsGiven, Guest, GuestList
from domain.findings import Findings
from domain.wait import Wait
from domain.words import without_commands
from overview.attending import Comes, who_comes
from overview.beside_letters import beside_letters
from overview.happened import what_happened
from overview.story import story_of
from web.desk.access import SEES_EVERY_YEAR
from web.scores.view import ScoreView, scores_of
from web.standing.actions import Action, answer_to, doors, put_right
from web.standing.lines import VisitLine, moments_in, visit_line
from web.standing.papers import papers_of
from web.standing.run import RunView, said_beside
from web.standing.standing import standing_of
from web.visit.nominated import Listed, listed_of, rule_in_words


@dataclass(frozen=True)
class VisitView(RunView):
    """Everything the visit page shows to one reader."""

    line: VisitLine
    listed: Listed | None
    rule: str
    guests: tuple[Guest, ...]
    coming: tuple[Comes, ...]  #: what the invited and the working group answered in their calendars
    findings: Findings | None  #: None where the reader may not see them, too
    scores: tuple[ScoreView, ...]  #: the same for these
    sees_findings: bool
    left: tuple[follow_ups.Left, ...]  #: recommended in earlier years and still open (D11)


def read_visit(dossier: Dossier, roles: Collection[str], *, findings: bool, mark: str) -> VisitView:
    """Read a visit with the same few queries, however much has happened.

    `findings` is whether the reader may see them, `mark` the mark of secrecy of what is known of it.
    """
    visit, plan, calendar, today = dossier.visit, dossier.plan, dossier.calendar, dossier.today
    happened = what_happened(dossier.session, visit)
    dossier.know(happened.answers)
    due = due_dates.open_of(dossier.session, visit.id)
    standing = standing_of(visit, due[0] if due else None, today)
    line = visit_line(visit, standing, moments_in(dossier.session, happened), plan, calendar, today)
    listed, found, guest = (
        listed_of(happened, plan.rules, calendar),
        happened.latest("findings"),
        happened.latest("guest"),
    )
    meetings = tuple(meeting.meeting for meeting in listed.meetings) if listed else ()
    chosen = listed.chosen if listed else ()
    follow_up = visits.of(dossier.session, follow_ups.place_of(visit))
    followed = (Action("Theo dõi kiến nghị", page_of(follow_up.obligation)),) if follow_up else ()
    return VisitView(
        line=line, month_year=month_and_year(visit.year, visit.month),
        opening=f"Ngày đó dịch vụ gửi đề nghị danh sách tới {dossier.unit.standing_board}.",
        message=_message(dossier, findings), trouble=without_commands(visit.trouble or ""),
        steps=happened.step_lines, listed=listed, rule=rule_in_words(plan.rules),
        papers=papers_of(happened, findings=findings), letters=happened.letters,
        beside=beside_letters(dossier.session, happened.letters),
        coming=who_comes(dossier, happened.letters, words=not set(SEES_EVERY_YEAR).isdisjoint(roles)),
        guests=stored.value_of(guest, GuestList).guests if guest else (),
        story=story_of(happened, findings=findings),
        findings=stored.value_of(found, FindingsGiven).findings if found and findings else None,
        scores=scores_of(happened, chosen, dossier.contacts) if findings else (),
        sees_findings=findings,
        left=tuple(follow_ups.left_open(dossier.session, visit.unit, visit.year)) if findings else (),
        answer=answer_to(line, roles),
        doors=(
            *doors(line, frozenset(roles), meetings, chosen, found is not None, dossier.now, mark),
            *put_right(line, roles, takes_words(visit)), *followed,
        ),
        wakeups=visit.wakeups, taken=taking_up.decision(dossier.session, visit),
    )  # fmt: skip


def _message(dossier: Dossier, findings: bool) -> str:
    """What is said beside the state; the reason for which findings were returned may name people."""
    visit = dossier.visit
    if visit.trouble or (visit.wait is Wait.FINDINGS_AGAIN and not findings):
        return ""
    return said_beside(visit.waiting_message)
