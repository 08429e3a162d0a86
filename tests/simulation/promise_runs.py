"""Every open row has a run that will run, or is shown as stopped; nobody is asked for what he has done."""

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime

from tests.simulation.world import holds


class Runs:
    """Every open row has a run that will run, or is shown as stopped; nothing that waits is overlooked."""

    def at_rest(
        self, database: sqlite3.Connection, now: datetime, states: dict[str, tuple[str, str]], shown: dict[str, str]
    ) -> None:
        """`states` are those of the runs in Prefect, by id; `shown` the name of each wait."""
        for key, flow_run, wait, until, wanted, seen, worker, trouble, again in database.execute(_UNDER_WAY):
            state = states.get(flow_run or "")
            told = f"{key} waits for {wait}, its run {flow_run} is {state}"
            holds(state is not None, "every open row has a run", told)
            holds(worker is None, "nobody is named who is not at work", f"{told}: {worker}")
            holds(wait is not None, "an open row waits for something", told)
            if trouble:
                holds(
                    state is not None and state[0] in ("FAILED", "CANCELLED", "CRASHED"),
                    "what stands still is shown",
                    told,
                )
                continue
            holds(wanted <= seen and again is None, "no answer is slept through", f"{told}: {wanted} > {seen}")
            holds(state == ("PAUSED", shown[wait]), "a run is parked as its row says", told)
            due = until is not None and datetime.fromisoformat(until).replace(tzinfo=UTC) <= now
            holds(not due, "what is due is called", f"{told} until {until}")


class Asked:
    """Nobody is asked for what he has answered."""

    def at_rest(self, database: sqlite3.Connection) -> None:
        """What is waited for has not been given."""
        query = "SELECT id, wait FROM visit WHERE state = 'open' AND trouble IS NULL AND wait IS NOT NULL"
        for visit_id, wait in database.execute(query).fetchall():
            if wait in _ANSWERED_BY:
                given = database.execute(
                    "SELECT 1 FROM answer WHERE visit_id = ? AND kind = ?", (visit_id, _ANSWERED_BY[wait])
                )
                holds(given.fetchone() is None, "nobody is asked for what he has answered", f"visit {visit_id}: {wait}")
            if wait in _ENDED_BY:
                kind, state = _ENDED_BY[wait]
                query = "SELECT state FROM document WHERE visit_id = ? AND kind = ? ORDER BY revision DESC LIMIT 1"
                found = database.execute(query, (visit_id, kind)).fetchone()
                holds(
                    found is None or found[0] != state,
                    "nobody is asked for what he has done",
                    f"visit {visit_id}: {wait}",
                )


_ANSWERED_BY = {
    "nominations": "nominations",
    "nominations_overdue": "nominations",
    "choice": "choice",
    "proposals": "proposals",
}
_ENDED_BY = {
    "request_issue": ("nomination_request", "issued"), "notice_issue": ("selection_notice", "issued"),
    "change_issue": ("selection_notice", "issued"), "result_issue": ("result_notice", "issued"),
    "result_approval": ("result_notice", "approved"), "report_approval": ("group_report", "approved"),
    "plan_issue": ("annual_plan", "issued"), "summary_issue": ("annual_report", "issued"),
    "summary_approval": ("annual_report", "approved"), "self_report_issue": ("year_end_request", "issued"),
}  # fmt: skip
_UNDER_WAY = (
    "SELECT kind || ' ' || month || ' ' || unit, flow_run_id, wait, waiting_until, wake_wanted, wake_seen,"
    " worker, trouble, rerun_by"
    " FROM visit WHERE state = 'open' OR (state = 'cancelled' AND closed_at IS NULL AND opened_at IS NOT NULL)"
)


def steps_are_done_once(database: sqlite3.Connection) -> None:
    """A step has one record, and none is done before those that come before it."""
    done: dict[int, list[int]] = defaultdict(list)
    for visit_id, step in database.execute("SELECT visit_id, step FROM step ORDER BY id"):
        done[visit_id].append(step)
    for visit_id, steps in done.items():
        holds(
            steps == list(range(1, len(steps) + 1)),
            "every step is done once, in its order",
            f"visit {visit_id}: {steps}",
        )
