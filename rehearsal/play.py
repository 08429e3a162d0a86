"""Plays a year: lets people act, jumps the clock to the next date at which anything happens, until nothing is left."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import Settings, settings
from database import clock, documents, outbox, stored, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import AnswerRow
from domain.answer_kind import AnswerKind
from domain.dates import at
from domain.decision import Acceptance, Choice
from domain.letters_and_documents import Purpose
from domain.obligation import Kind, Obligation
from domain.state import VisitState
from flows.engine.server import one_connection
from flows.engine.wake import NOT_WRITTEN_YET, OPENING, run_now, wake
from flows.open_due_visits import open_due
from flows.reconcile_visits import reconcile
from papers.annual import summarise
from rehearsal.hands import Hands
from rehearsal.outside import break_mail_server, count_duplicates, mend_mail_server
from rehearsal.people import People
from rehearsal.script import Script
from rehearsal.year_people import Act

#: Seconds; the watch over the processes and the faults of the tests come along with it.
_SHOW_EVERY = 0.25


@dataclass
class Progress:
    """How far the rehearsal is; shown while it runs."""

    now: datetime
    visits: int
    completed: int
    letters: int


@dataclass
class Result:
    """What a rehearsal came to; the last thing `visits rehearse --json` prints."""

    visits: int = 0
    completed: int = 0
    letters: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    late_accepted: int = 0
    overrides: int = 0
    reports: dict[str, int] = field(default_factory=dict)
    recommendations: dict[str, int] = field(default_factory=dict)
    summary: str = ""  #: the number of the annual report
    wakeups: int = 0
    seconds: float = 0.0
    stuck: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """As JSON data."""
        return asdict(self)


class Stuck(Exception):  # noqa: N818 - it says what the rehearsal is
    """Nothing moves any more although visits are open."""


class Play:
    """One rehearsal on the running service. `each_round` is called often: for the watch, the bar, or a fault."""

    def __init__(
        self, script: Script, each_round: Callable[[Progress], None], patience: float = 120, hands: Hands | None = None
    ) -> None:
        self._script = script
        self._people = People(script, hands)
        self._each_round = each_round
        self._patience = patience
        self._url = settings().database
        self._shown = 0.0  #: when the progress was shown last
        self._called: set[str] = set()  #: what the trigger was started for

    def to_the_end(self) -> Result:
        """Play until every visit is closed; a visit that does not move any more ends the play as it is."""
        begun = time.monotonic()
        with one_connection():
            while True:
                self._show()
                self._wait_until_quiet()
                acted, ahead = self._act_now()
                if acted:
                    continue
                following = self._next_moment(ahead)
                if following is None:
                    break
                self._jump(following)
        return self._result(time.monotonic() - begun)

    def _show(self) -> None:
        if time.monotonic() - self._shown < _SHOW_EVERY:
            return
        self._shown = time.monotonic()
        with reading(self._url) as session:
            rows = visits.of_year(session, self._script.year)
            sent = outbox.counts(session).get("sent", 0)
            done = sum(row.state in (VisitState.CLOSED, VisitState.CANCELLED) for row in rows)
            self._each_round(Progress(clock.now(session), len(rows), done, sent))

    def _wait_until_quiet(self) -> None:
        """Wait until every open visit has parked, failed or closed; heal runs that were lost on the way."""
        since = tended = time.monotonic()
        while busy := self._busy():
            time.sleep(0.02)
            now = time.monotonic()
            self._show()
            if now - tended > 5:
                if _tended():
                    since = now  # what was lost goes on again: that is the opposite of stuck
                tended = now
            if now - since > self._patience:
                raise Stuck(", ".join(busy))

    def _busy(self) -> list[str]:
        """What is at work, or else what shall open: a closed visit's follow-up, for example, opens at once."""
        with reading(self._url) as session:
            if at_work := visits.at_work(session):
                return at_work
            due = {row.key for row in visits.due_to_open(session, clock.now(session).date())}
        if due - self._called:
            with suppress(NOT_WRITTEN_YET):  # as in `_tended`, which opens them as well
                run_now(OPENING)
            self._called |= due
        return sorted(due)

    def _act_now(self) -> tuple[bool, list[datetime]]:
        """Let people do everything that is due now: whether anything was done, and the moments that lie ahead."""
        acted, ahead = False, []
        for visit_id in self._open_ids():
            with reading(self._url) as session:
                dossier = open_dossier(session, visit_id)
                act: Act | None = self._people.next_act(dossier)
                if act is None or act.due > dossier.now:
                    ahead += [one for one in (act and act.due, dossier.visit.waiting_until) if one]
                    continue
                act.do()
            wake(visit_id)
            acted = True
        return acted, ahead

    def _next_moment(self, ahead: Sequence[datetime]) -> datetime | None:
        """The next moment at which anything happens: a date of a visit, a person's act, a visit that opens."""
        with reading(self._url) as session:
            now = clock.now(session)
            every = visits.of_year(session, self._script.year, *Kind)
            planned = [row for row in every if row.state == VisitState.PLANNED]
            moments = [*ahead, *(max(at(row.opens_on, 8), now) for row in planned)]
            if not moments:
                return None
            return max(min(moments), now)

    def _jump(self, moment: datetime) -> None:
        self._mail_server_at(moment)
        with writing(self._url) as session:
            clock.set_rehearsal(session, moment)
            waiting = [row.id for row in visits.with_runs(session) if row.waiting_until and row.waiting_until <= moment]
        for visit_id in waiting:
            wake(visit_id)

    def _mail_server_at(self, moment: datetime) -> None:
        for outage in self._script.mail_down:
            begin = at(outage.on, outage.from_hour)
            if begin <= moment < begin + timedelta(hours=outage.hours):
                break_mail_server(settings().mailbox, "down")
                return
        mend_mail_server(settings().mailbox)

    def _open_ids(self) -> list[int]:
        with reading(self._url) as session:
            return [row.id for row in visits.with_runs(session)]

    def _result(self, seconds: float) -> Result:
        with reading(self._url) as session:
            rows = visits.of_year(session, self._script.year)
            counted, year = outbox.counts(session), summarise(session, self._script.year)
            waiting = visits.of_year(session, self._script.year, Kind.PLAN, Kind.SELF_REPORT, Kind.SUMMARY)
            kinds = AnswerRow.kind.in_((AnswerKind.ACCEPTANCE, AnswerKind.CHOICE))
            said = [stored.answer_of(row) for row in session.query(AnswerRow).filter(kinds)]
            return Result(
                visits=len(rows),
                completed=sum(row.state == VisitState.CLOSED for row in rows),
                letters={state: counted.get(state, 0) for state in ("sent", "refused", "uncertain", "held")},
                duplicates=count_duplicates(settings().mailbox),
                late_accepted=sum(bool(one.late) for one in said if isinstance(one, Acceptance)),
                overrides=sum(bool(one.override) for one in said if isinstance(one, Choice)),
                reports={name: year.count(f"reports_{name}") for name in ("received", "late", "returned", "missing")},
                recommendations={name: year.count(name) for name in ("answered", "unanswered")},
                summary=_number_of_summary(session, self._script.year),
                wakeups=sum(row.wakeups for row in visits.of_year(session, self._script.year, *Kind)),
                seconds=round(seconds, 1),
                stuck=[
                    f"{row.key}: {row.waiting_state or row.state}"
                    for row in (*rows, *waiting)
                    if row.state == VisitState.OPEN
                ],
            )


def _tended() -> bool:
    """What the schedules of the live service do; whether anything was healed.

    A server of Prefect that has lost everything knows no deployment until the runner writes them anew, in a minute.
    """
    try:
        healed = bool(reconcile())
        open_due()
    except NOT_WRITTEN_YET:
        return False
    return healed


def _number_of_summary(session: Session, year: int) -> str:
    row = visits.of(session, Obligation(Kind.SUMMARY, year))
    issued = documents.latest_issued(session, row.id, Purpose.ANNUAL_REPORT) if row else None
    return issued.symbol if issued else ""


def must_be_safe(of: Settings) -> list[str]:
    """Why a rehearsal may not run with these settings; empty when it may (design §6)."""
    reasons = []
    if of.database_url:
        reasons.append("VISITS_DATABASE_URL đang trỏ tới một cơ sở dữ liệu thật")
    if of.smtp.host:
        reasons.append("VISITS_SMTP__HOST đang trỏ tới một máy chủ thư thật")
    return reasons
