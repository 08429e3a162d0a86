"""One visit whole, as its page shows it: where it stands, its list, its papers and letters, its story."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from database import due_dates
from database.dossier import Dossier, Guest
from database.models import LetterRow
from domain import words
from domain.dates import month_and_year
from domain.findings import Findings
from domain.record import from_data
from domain.step import Step
from web.views.actions import Action, answer_to, doors
from web.views.happened import Happened, what_happened
from web.views.lines import Line, line_of, moments_of
from web.views.nominated import Listed, listed_of, rule_in_words
from web.views.papers import Paper, papers_of
from web.views.standing import standing_of
from web.views.story import Day, story_of


@dataclass(frozen=True)
class StepLine:
    """One of the six steps: done, at work, or ahead."""

    step: Step
    state: str  #: `done`, `now`, `ahead`
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class VisitView:
    """Everything the visit page shows to one reader."""

    line: Line
    month_year: str
    message: str  #: more about what it waits for
    trouble: str
    steps: tuple[StepLine, ...]
    listed: Listed | None
    rule: str
    papers: tuple[Paper, ...]
    letters: Sequence[LetterRow]
    guests: tuple[Guest, ...]
    story: tuple[Day, ...]
    findings: Findings | None  #: None where the reader may not see them, too
    sees_findings: bool
    answer: Action | None
    doors: tuple[Action, ...]
    wakeups: int

    @property
    def counts(self) -> dict[str, int]:
        """How many letters are in each state, in the order of the states."""
        found = {state: sum(letter.state == state for letter in self.letters) for state in words.LETTERS}
        return {state: number for state, number in found.items() if number}


def read_visit(dossier: Dossier, roles: Collection[str], *, findings: bool) -> VisitView:
    """Read a visit with the same few queries, however much has happened; `findings` whether the reader may see them."""
    visit, plan, calendar, today = dossier.visit, dossier.plan, dossier.calendar, dossier.today
    happened = what_happened(dossier.session, visit.id)
    due = due_dates.open_of(dossier.session, visit.id)
    standing = standing_of(visit, due[0] if due else None, today)
    line = line_of(visit, standing, moments_of(dossier.session, [visit.id])[visit.id], plan, calendar, today)
    listed, found, guest = (
        listed_of(happened, plan.rules, calendar),
        happened.latest("findings"),
        happened.latest("guest"),
    )
    meetings = tuple(one.meeting for one in listed.meetings) if listed else ()
    chosen = listed.chosen if listed else ()
    return VisitView(
        line=line, month_year=month_and_year(visit.year, visit.month),
        message=_message(dossier, findings), trouble=_at_the_desk(visit.trouble or ""),
        steps=_steps(happened, line), listed=listed, rule=rule_in_words(plan.rules),
        papers=papers_of(happened, findings=findings), letters=happened.letters,
        guests=tuple(from_data(Guest, one) for one in guest.content["guests"]) if guest else (),
        story=story_of(happened, findings=findings),
        findings=from_data(Findings, found.content["findings"]) if found and findings else None,
        sees_findings=findings, answer=answer_to(line, roles),
        doors=tuple(doors(line, frozenset(roles), meetings, chosen, found is not None, dossier.now)),
        wakeups=visit.wakeups,
    )  # fmt: skip


def _message(dossier: Dossier, findings: bool) -> str:
    """What is said beside the state; the reason for which findings were returned may name people."""
    visit = dossier.visit
    if visit.trouble or (visit.waiting_state == "Chờ sửa kết quả giám sát" and not findings):
        return ""
    message = visit.waiting_message or ""
    # `bản 1` alone says nothing to a reader; the papers below say it better.
    return "" if message.startswith("bản ") else message


def _at_the_desk(trouble: str) -> str:
    """What went wrong, with the way out that the desk has instead of those of Prefect and the command line."""
    return trouble.replace("bấm Retry (hoặc visits retry)", "bấm Chạy lại")


def _steps(happened: Happened, line: Line) -> tuple[StepLine, ...]:
    done = {Step(row.step): row for row in happened.steps}
    return tuple(
        StepLine(step, "done", done[step].done_at, done[step].note)
        if step in done
        else StepLine(step, "now" if step == line.step else "ahead")
        for step in Step
    )
