"""What else happens in a year, drawn by chance: people who change their minds, machines, servers, copies put back."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Cancelling, Completed, Failed, Scheduled

from answers.answering import Giver
from answers.changes import cancel, move
from answers.choice import choose
from answers.contacts import change_contacts
from answers.guests import invite, uninvite
from answers.letters import resend_all, trust_restored
from answers.nominations import nominate
from answers.papers import send_back
from answers.running_again import run_again
from answers.seen import token_of
from answers.working_calendar import load_content, undo
from database import calendars, plans, visits
from database.dossier import Dossier, open_dossier
from database.engine import reading
from database.restored import keep_mark, notice
from domain.dates import at
from domain.obligation import Kind
from domain.wait import Wait
from rehearsal.script import ScriptedList
from tests.simulation.office import YEAR, copied, put_in_place
from tests.simulation.script import meetings
from tests.simulation.world import Fault

if TYPE_CHECKING:
    from tests.simulation.year import Year

OFFICER, LEADER = Giver("Cán bộ mẫu (mô phỏng)", "desk"), Giver("Lãnh đạo mẫu (mô phỏng)", "desk")
HOST = Giver("Đơn vị mẫu (mô phỏng)", "link")


class Troubles:
    """At moments that are drawn beforehand, one of them each."""

    def __init__(self, year: "Year", chance: random.Random) -> None:
        self._year, self._chance = year, chance
        self._kept: bytes | None = None
        self._restores = 1
        begin = date(YEAR, 1, 4)
        days = sorted(chance.randint(0, 370) for _ in range(chance.choice((0, 4, 10, 20))))
        self.moments = [at(begin + timedelta(days=day), chance.randint(7, 17), chance.randint(0, 59)) for day in days]

    def next_moment(self) -> datetime | None:
        """When the next one comes."""
        return self.moments[0] if self.moments else None

    def come(self) -> None:
        """Let those happen whose moment has come."""
        while self.moments and self.moments[0] <= self._year.world.now:
            self.moments.pop(0)
            self._chance.choice(self._by_people() + self._by_machines())()

    def _by_people(self) -> list[Callable[[], None]]:
        return [
            self._double_answer, self._late_list, self._other_choice, self._move, self._move, self._cancel, self._guest,
            self._calendar, self._addresses, self._run_again, self._report_back, self._resend,
            self._in_prefect, self._in_prefect,
        ]  # fmt: skip

    def _by_machines(self) -> list[Callable[[], None]]:
        return [
            self._server_down, self._address_gone, self._greylisted, self._power, self._prefect_emptied,
            self._deployments_gone, self._restore, self._restore,
        ]  # fmt: skip

    # people

    def _about_one(self, what: str, do: Callable[[Dossier], object], *, kind: Kind | None = Kind.VISIT) -> None:
        """Something about one visit that is under way, if there is one."""
        with reading(self._year.of.database) as session:
            rows = [row for row in visits.with_runs(session) if kind is None or row.kind == kind]
            if not rows:
                return
            row = self._chance.choice(rows)
            said = self._said_of(row.wait)
        self._year.world.met[said, what] += 1
        self._year.world.note(f"* {what} {row.key}")

        def at_the_desk() -> object:
            with reading(self._year.of.database) as session:
                return do(open_dossier(session, row.id))

        self._year.act(row.id, at_the_desk, counts=False)

    def _said_of(self, wait: Wait | None) -> str:
        return wait.shown if wait else "—"

    def _double_answer(self) -> None:
        """The newest list is sent once more, word for word."""

        def again(dossier: Dossier) -> object:
            listed = dossier.nominations
            return nominate(dossier.visit.key, listed, HOST) if listed else None

        self._about_one("answer sent twice", again)

    def _late_list(self) -> None:
        def another(dossier: Dossier) -> object:
            fresh = ScriptedList("99-CV/HU", meetings(YEAR, dossier.visit.month, self._chance))
            return nominate(dossier.visit.key, fresh.as_nominations(dossier.today), HOST)

        self._about_one("another list", another)

    def _other_choice(self) -> None:
        def anew(dossier: Dossier) -> object:
            numbers = [one.meeting.number for one in dossier.choosable if one.meeting.day >= dossier.today]
            if not dossier.chosen or not numbers:
                return None
            picked = self._chance.sample(numbers, self._chance.randint(1, min(2, len(numbers))))
            return choose(
                dossier.visit.key,
                picked,
                LEADER,
                consulted="Thường trực",
                override="Đổi (mô phỏng)",
                looked_at=token_of(dossier),
            )

        self._about_one("choice changed", anew)

    def _move(self) -> None:
        def later(dossier: Dossier) -> object:
            ahead = [one for one in dossier.chosen if one.day >= dossier.today]
            if not ahead:
                return None
            meeting = self._chance.choice(ahead)
            moment = at(dossier.today + timedelta(days=self._chance.randint(0, 12)), self._chance.choice((7, 14, 19)))
            place = self._chance.choice(("", f"Nhà văn hóa {self._chance.randint(1, 9)}"))
            return move(dossier.visit.key, meeting.number, moment, OFFICER, venue=place, reason="Dời (mô phỏng)")

        self._about_one("meeting moved", later)

    def _cancel(self) -> None:
        if self._chance.random() < 0.5:
            self._about_one("called off", lambda dossier: cancel(dossier.visit.key, "Hủy (mô phỏng)", LEADER))

    def _guest(self) -> None:
        def guest(dossier: Dossier) -> object:
            invited = [one for one in dossier.guests if one.invited]
            if invited and self._chance.random() < 0.5:
                return uninvite(dossier.visit.key, invited[0].email, OFFICER, reason="Bận (mô phỏng)")
            number = self._chance.randint(1, 3)
            return invite(dossier.visit.key, f"Khách mẫu {number}", f"khach{number}@example.vn", OFFICER)

        self._about_one("guest", guest)

    def _calendar(self) -> None:
        def another() -> object:
            with reading(self._year.of.database) as session:
                versions, content = len(calendars.versions(session)), calendars.in_force(session).content
            if versions > 1 and self._chance.random() < 0.4:
                return undo(OFFICER)
            today = self._year.world.now.date()
            off = {one.day: one.why for one in content.days_off_in(YEAR)}
            off |= {today + timedelta(days=self._chance.randint(1, 30)): "Nghỉ (mô phỏng)" for _ in range(3)}
            off = {day: why for day, why in off.items() if day.year == YEAR}
            return load_content(
                content.with_year(YEAR, off, content.working_saturdays_in(YEAR), content.official_through),
                "mô phỏng",
                OFFICER,
            )

        self._year.world.note("* calendar")
        self._year.world.met["—", "calendar changed"] += 1
        self._year.act(0, another, counts=False)

    def _addresses(self) -> None:
        """Somebody mends the addresses that were refused."""
        mail = self._year.mail

        def mend() -> object:
            with reading(self._year.of.database) as session:
                _plan, contacts = plans.read(session, YEAR)
                row = plans.current(session, YEAR)
            boards = {
                code: replace(one, email=f"moi-{one.email}") if one.email in mail.refused else one
                for code, one in contacts.standing_boards.items()
            }
            assert row is not None
            return change_contacts(YEAR, replace(contacts, standing_boards=boards), OFFICER, seen=row.version)

        self._year.world.note("* addresses")
        self._year.act(0, mend, counts=False)

    def _run_again(self) -> None:
        self._about_one("run again", lambda dossier: run_again(dossier.visit.key, OFFICER), kind=None)

    def _report_back(self) -> None:
        self._about_one("report returned", lambda dossier: send_back(dossier.visit.key, "Thiếu (mô phỏng)", LEADER))

    def _resend(self) -> None:
        self._year.act(0, lambda: resend_all(None, OFFICER), counts=False)

    def _in_prefect(self) -> None:
        """Somebody presses a button in Prefect's pages."""
        runs = [run for run in self._year.prefect.runs.values() if run.state and not run.state.is_final()]
        if not runs:
            return
        run = self._chance.choice(runs)
        waited_for = run.state.name if run.state else "—"
        states: list[tuple[str, State[None], bool]] = [
            ("cancelled in Prefect", Cancelling(message="Cancelled from the UI"), False),
            ("cancelled in Prefect", Cancelled(), True), ("completed in Prefect", Completed(), True),
            ("failed in Prefect", Failed(message="by hand"), True),
            ("resumed in Prefect", Scheduled(name="Resuming"), False),
            ("put off in Prefect", Scheduled(scheduled_time=self._year.world.now + timedelta(days=30)), True),
        ]  # fmt: skip
        what, state, force = self._chance.choice(states)
        if self._chance.random() < 0.2:
            what = "deleted in Prefect"
            self._year.prefect.delete_flow_run(run.id)
        else:
            self._year.prefect.set_flow_run_state(run.id, state, force)
        self._year.world.went_wrong(what, waited_for or "—")

    # machines

    def _server_down(self) -> None:
        hours = self._chance.choice((1, 3, 20, 30))
        self._year.mail.down_until = self._year.world.now + timedelta(hours=hours)
        self._year.world.note(f"* mail server down for {hours} hours")

    def _address_gone(self) -> None:
        with reading(self._year.of.database) as session:
            _plan, contacts = plans.read(session, YEAR)
        everybody = [
            one.email
            for one in (
                *contacts.standing_boards.values(),
                *contacts.bodies.values(),
                *contacts.organisation_boards.values(),
            )
        ]
        self._year.mail.refused.add(self._chance.choice(everybody))
        self._year.world.note("* an address is gone")

    def _greylisted(self) -> None:
        with reading(self._year.of.database) as session:
            _plan, contacts = plans.read(session, YEAR)
        for one in (*contacts.standing_boards.values(), *contacts.organisation_boards.values()):
            if self._chance.random() < 0.3:
                self._year.mail.put_off[one.email] = self._chance.randint(1, 4)
        self._year.world.note("* addresses are greylisted")

    def _power(self) -> None:
        self._year.world.power_fails_in = self._chance.randint(1, 60)
        self._year.world.note("* the power will fail")

    def _prefect_emptied(self) -> None:
        self._year.prefect.runs.clear()
        self._year.world.went_wrong("Prefect emptied", "—")

    def _deployments_gone(self) -> None:
        self._year.service.register_again()
        self._year.world.went_wrong("deployments deleted", "—")

    def _restore(self) -> None:
        """A copy is taken, and some day put back; somebody looks, and lets letters go again."""
        year = self._year
        if self._kept is None:
            keep_mark(year.of)
            self._kept = copied(year.of)
            year.world.note("* a copy is taken")
        elif self._restores:
            self._restores -= 1
            keep_mark(year.of)
            before = year.promises.record.last
            year.service.power_cut()
            put_in_place(year.of, self._kept)
            year.promises.forget()
            if not notice(year.of) and before > year.promises.length_of_record():
                raise Fault("a copy that was put back is noticed", f"the record had {before} lines")
            year.world.went_wrong("copy put back", "—")
            year.look_to_everything()
            year.act(0, lambda: trust_restored(OFFICER), counts=False)
