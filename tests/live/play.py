"""Plays months on a live service under a moved clock: waits, lets people act, jumps to what comes next."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from database import visits
from database.dossier import open_dossier
from database.engine import reading
from database.models import VisitRow
from domain.dates import at
from domain.obligation import Kind
from rehearsal.people import People
from rehearsal.script import Script
from tests.live.months import played
from tests.live.moved_clock import MovedClock
from tests.live.people import Browsers
from tests.live.service import Live

OPENING = "open-due-visits/dau-thang"

#: So long before a date the clock is set; what comes then comes by itself.
_BEFORE = timedelta(seconds=1.5)
#: So many seconds the service has for what is due; a wake that is slept through would be found later, by the next
#: round of `reconcile-visits`, and ends the play here.
_PATIENCE = 150


class LivePlay:
    """The same people as in a rehearsal; but nobody wakes a visit, and nobody opens one, except the service itself."""

    def __init__(self, office: Live, clock: MovedClock, script: Script, hands: Browsers) -> None:
        self._office, self._clock, self._script = office, clock, script
        self._people = People(script, hands)
        self._url = office.settings.database
        self._seen: dict[int, datetime] = {}  #: since when a row has been waiting for the trigger
        self.moments: list[datetime] = []  #: to which the clock was set

    def until(self, moment: datetime) -> None:
        """Play everything that comes before that moment, and stop there."""
        while True:
            self.wait_until_quiet()
            acted, ahead = self._act_now()
            if acted:
                continue
            following = self._next_moment(ahead)
            if following is None or following >= moment:
                break
            self._go_to(following)
        self._clock.set(moment)

    def wait_until_quiet(self) -> None:
        """Until the service has seen to everything that is due by its clock."""
        self._office.wait(lambda: not self._due(), f"everything is done that is due at {self._clock.now()}", _PATIENCE)

    def _due(self) -> list[str]:
        now = self._clock.now()
        with reading(self._url) as session:
            working = visits.at_work(session)
            every = visits.of_year(session, self._script.year, *Kind)
            late = [row.key for row in every if row.state == "open" and row.waiting_until and row.waiting_until <= now]
            unopened = [row.key for row in every if row.state == "planned" and self._opens(row) <= now]
        return [*working, *late, *unopened]

    def _opens(self, row: VisitRow) -> datetime:
        """When the trigger comes to it: at eight on its day; what is planned on its very day waits for the next one."""
        seen = self._seen.setdefault(row.id, self._clock.now())
        eight = at(max(row.opens_on, seen.date()), 8)
        return eight if eight >= seen else eight + timedelta(days=1)

    def _act_now(self) -> tuple[bool, list[datetime]]:
        acted, ahead = False, []
        with reading(self._url) as session:
            ids = [row.id for row in visits.with_runs(session)]
        for visit_id in ids:
            with reading(self._url) as session:
                dossier = open_dossier(session, visit_id, self._clock.now())
                act = self._people.next_act(dossier)
                if act is None or act.due > dossier.now:
                    ahead += [one for one in (act and act.due, dossier.visit.waiting_until) if one]
                    continue
                act.do()
            acted = True
        return acted, ahead

    def _next_moment(self, ahead: Sequence[datetime]) -> datetime | None:
        now = self._clock.now()
        with reading(self._url) as session:
            every = visits.of_year(session, self._script.year, *Kind)
            opening = [self._opens(row) for row in every if row.state == "planned"]
        moments = [max(one, now) for one in (*ahead, *opening)]
        return played(min(moments)) if moments else None

    def _go_to(self, moment: datetime) -> None:
        """Set the clock shortly before it, and let real seconds pass.

        On the way to the first of a month the days before it pass first: their rounds would else come late, and open
        what is the first's to open.
        """
        if moment.day == 1 and self._clock.now().date() < moment.date():
            self._set(moment.replace(hour=0, minute=0) - timedelta(hours=4))
            self._office.wait(lambda: not self._late_rounds(), "the rounds of the days before have passed")
        if moment - _BEFORE > self._clock.now():
            self._set(moment - _BEFORE)
        pause(lambda: self._clock.now() >= moment)

    def _set(self, moment: datetime) -> None:
        self._clock.set(moment)
        self.moments.append(moment)

    def _late_rounds(self) -> list[str]:
        now = self._clock.now()
        states = {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING"]}}}
        runs = self._office.runs(OPENING, flow_runs={**states, "expected_start_time": {"before_": now.isoformat()}})
        return [run["name"] for run in runs]


def pause(until: Callable[[], object]) -> None:
    """Let real seconds pass."""
    while not until():
        time.sleep(0.05)
