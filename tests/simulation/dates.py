"""Deadlines and reminders counted a second time, day by day, without the code that the service counts with."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation.world import holds

#: So many working days the office has for what it is asked, by how its date is called (A15).
WITHIN = {
    "request:": 3, "notice:": 3, "invitation:": 3, "choice:": 5, "late:": 5, "over": 5, "report:": 5, "correction:": 3,
    "result:approve:": 5, "result:issue:": 3, "plan:": 3, "summary:approve:": 5, "summary:issue:": 3, "review:": 5,
    "report-request:": 3, "findings:": 3,
}  # fmt: skip
_STAFF = (0, 3, 7, 14, 28)
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Dates:
    """What is due when, by a calendar on the wall and a finger."""

    def at_rest(self, database: sqlite3.Connection, now: datetime) -> None:
        """Every date that somebody must keep now, and every reminder that was sent."""
        off, worked = _calendar(database)
        for visit_id, about, rule, due in database.execute(
            "SELECT visit_id, about, rule, due FROM due_date WHERE is_open"
        ):
            told, day = json.loads(rule), date.fromisoformat(due)
            if not told.get("meeting_day") and not told.get("not_after"):
                counted = _walk(date.fromisoformat(told["since"]), told["working_days"], off, worked)
                holds(counted == day, "deadlines are counted rightly", f"{about} of {visit_id}: {day}, not {counted}")
            self._staff(database, visit_id, about, told)
        self._lists(database)
        twice = database.execute(
            "SELECT visit_id, about, rung FROM reminder GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ).fetchall()
        holds(not twice, "a reminder comes once", f"{twice}")
        early = "SELECT count(*) FROM reminder WHERE sent_at > ?"
        later = database.execute(
            early, ((now + timedelta(minutes=1)).astimezone(UTC).replace(tzinfo=None).isoformat(" "),)
        ).fetchone()[0]
        holds(not later, "a reminder does not come before its day", f"{later}")

    def _staff(self, database: sqlite3.Connection, visit_id: int, about: str, told: dict[str, Any]) -> None:
        """The office has as many days as it is given, from the day on which it was asked first."""
        found = [
            days for begin, days in sorted(WITHIN.items(), key=lambda one: -len(one[0])) if about.startswith(begin)
        ]
        if not found or tuple(told["offsets"]) != _STAFF:
            return
        holds(
            told["working_days"] == found[0], "the office has the days it is given", f"{about}: {told['working_days']}"
        )
        first = database.execute(
            "SELECT min(sent_at) FROM reminder WHERE visit_id = ? AND about = ?", (visit_id, about)
        ).fetchone()[0]
        asked = datetime.fromisoformat(first).replace(tzinfo=UTC).astimezone(_ZONE).date()
        holds(
            told["since"] == asked.isoformat(),
            "days run from the day of the asking",
            f"{about}: {told['since']}, asked {asked}",
        )

    def _lists(self, database: sqlite3.Connection) -> None:
        """Thirty days before a meeting: a list that waits for a leader's word is late, one to choose from is not."""
        for visit_id, wait in database.execute(
            "SELECT id, wait FROM visit WHERE kind = 'visit' AND state = 'open' AND wait IN ('acceptance', 'choice')"
        ).fetchall():
            version, content = database.execute(_LIST, (visit_id,)).fetchone()
            accepted = database.execute(
                "SELECT 1 FROM answer WHERE visit_id = ? AND kind = 'acceptance' AND answers = ?", (visit_id, version)
            ).fetchone()
            listed = json.loads(content)
            in_time = [one for one in listed["meetings"] if _is_cell(one) and _in_time(one, listed["received_on"])]
            if not accepted:
                holds(
                    bool(in_time) == (wait == "choice"),
                    "a late list waits for a leader",
                    f"visit {visit_id} waits for {wait}: {in_time}",
                )


_LIST = "SELECT version, content FROM answer WHERE visit_id = ? AND kind = 'nominations' ORDER BY version DESC LIMIT 1"


def _is_cell(meeting: dict[str, Any]) -> bool:
    return meeting["org_type"].startswith("cell") and meeting["kind"] in ("thematic", "combined")


def _in_time(meeting: dict[str, Any], received: str) -> bool:
    moment = datetime.fromisoformat(meeting["starts_at"])
    day = meeting.get("first_set_for") or moment.astimezone(_ZONE).date().isoformat()
    return (date.fromisoformat(day) - date.fromisoformat(received)).days >= 30


def _calendar(database: sqlite3.Connection) -> tuple[set[str], set[str]]:
    content = json.loads(database.execute("SELECT content FROM calendar ORDER BY version DESC LIMIT 1").fetchone()[0])
    return {one["day"] for one in content["days_off"]}, set(content["working_saturdays"])


def _walk(day: date, count: int, off: set[str], worked: set[str]) -> date:
    while count:
        day += timedelta(days=1)
        if day.isoformat() in worked or (day.isoweekday() <= 5 and day.isoformat() not in off):
            count -= 1
    return day
