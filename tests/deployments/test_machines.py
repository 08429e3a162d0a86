"""Two runners and a desk on machines of their own, all of one name, play visits; one loses power in mid-letter."""

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from config.settings import Settings, Smtp, use
from database import leases
from database.engine import engine_for, reading
from database.models import LetterRow, VisitRow
from database.schema import prepare
from domain.dates import OFFICE_ZONE
from domain.wait import Wait
from letters.mailbox_file import keep
from rehearsal.outside import count_duplicates, message_ids
from rehearsal.play import Play, Progress
from rehearsal.run import files_of, load
from tasks.worker import RUNNER
from tests.databases import Server, started_server
from tests.deployments.machines import Machine, can_be_apart, keys, talking_to_prefect, until
from tests.live.service import free_ports

pytestmark = [
    pytest.mark.year,
    pytest.mark.skipif(not can_be_apart(), reason="needs unshare with names and processes of its own (Linux)"),
]

#: A lost machine's lease ends after 40 s; what was in its hands is found within five more, and begun again at once.
A_MINUTE = 60.0
#: So far the play goes on: three visits and the plan are well under way by then.
_LETTERS = 25


class Office:
    """The machines, the mail server outside, and this process as the people at their desks."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.ports = folder, dict(zip(("prefect", "desk", "smtp"), free_ports(3), strict=True))
        self.mail = SlowMail(folder / "people" / "mailbox", self.ports["smtp"])
        self._keys = keys()
        (folder / "keys").write_text(self._keys, encoding="ascii")
        self._url = url
        self.machines: list[Machine] = []
        self.settings = use(
            Settings(
                mode="live", home=folder / "people", database_url=url, secret_file=folder / "keys", _env_file=None,
                prefect_api_url=f"http://127.0.0.1:{self.ports['prefect']}/api",
                smtp=Smtp(host="127.0.0.1", port=self.ports["smtp"], security="none"),
            )  # type: ignore[arg-type]  # a secret as it stands in the environment
        )  # fmt: skip

    def machine(self, part: str, **more: str) -> Machine:
        """Switch on one more machine, called like all the others."""
        environment = {
            "VISITS_DATABASE_URL": self._url, "VISITS_PREFECT_BIND": f"127.0.0.1:{self.ports['prefect']}",
            "VISITS_PREFECT_API_URL": self.settings.prefect_api_url,
            "VISITS_DESK_BIND": f"127.0.0.1:{self.ports['desk']}",
            "VISITS_SMTP__HOST": "127.0.0.1", "VISITS_SMTP__PORT": f"{self.ports['smtp']}",
            "VISITS_SMTP__SECURITY": "none", "keys": self._keys, **more,
        }  # fmt: skip
        one = Machine(self.folder / f"machine-{len(self.machines)}", part, environment)
        self.machines.append(one)
        return one

    def said(self) -> str:
        return "\n".join(f"===== {one.part}\n{one.said}" for one in self.machines)


class SlowMail(Controller):
    """The office's mail server, which takes its time over one letter when it is told to."""

    def __init__(self, folder: Path, port: int) -> None:
        folder.mkdir(parents=True)
        self.folder, self.takes_its_time = folder, False
        self.has_one, self.goes_on = threading.Event(), threading.Event()
        super().__init__(self, hostname="127.0.0.1", port=port, server_hostname="localhost", enable_SMTPUTF8=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take the letter, at once or after a while."""
        del server, session
        if self.takes_its_time:
            self.has_one.set()
            await asyncio.to_thread(self.goes_on.wait, 300)
        content, now = envelope.original_content or b"", datetime.now(OFFICE_ZONE)
        kept = keep(self.folder, envelope.mail_from or "", tuple(envelope.rcpt_tos), content, now)
        return f"250 OK kept as {kept.name}"


class AtTheirDesks(Play):
    """The people of 2024. Nothing is healed by them: that is for the machines."""

    def play_until(self, enough: Any) -> None:
        """Let people act and the days pass until that is so."""
        while not enough():
            self._show()
            if self._busy():
                time.sleep(0.05)
                continue
            acted, ahead = self._act_now()
            if acted:
                continue
            following = self._next_moment(ahead)
            assert following is not None, "the year is over"
            self._jump(following)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server of PostgreSQL, Prefect, the desk, two runners; the plan of 2024 on its first day."""
    server = Server(started_server())
    folder = tmp_path_factory.mktemp("machines")
    url = server.fresh(folder)
    one = Office(folder, url)
    prepare(url)
    one.mail.start()
    try:
        plan, contacts, script = files_of("2024")
        load(one.settings, plan, contacts, script)
        prefect = one.machine("server")
        desk, *runners = one.machine("desk"), one.machine("runner"), one.machine("runner")
        prefect.until("Prefect: ")
        desk.until("bàn làm việc đã sẵn sàng")
        for runner in runners:
            runner.until("bộ chạy đã sẵn sàng")
        with talking_to_prefect(one.settings):
            yield one
    finally:
        for machine in one.machines:
            machine.end()
        one.mail.stop()
        engine_for(url).dispose()
        server.remove(url)


def test_visits_are_played_by_two_runners_and_a_machine_that_is_lost_in_mid_letter_costs_nothing(
    office: Office,
) -> None:
    url, shown = office.settings.database, list[Progress]()
    play = AtTheirDesks(files_of("2024")[2], shown.append)

    play.play_until(lambda: len(runners_that_worked(office)) == 2 and sent(url) >= 10)
    assert httpx.get(f"http://127.0.0.1:{office.ports['desk']}/suc-khoe", timeout=30).is_success

    office.mail.takes_its_time = True
    play.play_until(office.mail.has_one.is_set)
    letter = in_mid_letter(url)
    assert letter is not None
    lost = machine_of(office, letter)
    lost.is_cut_off()
    office.mail.takes_its_time = False
    office.mail.goes_on.set()

    print(f"lost in mid-letter: {lost.folder.name}, {letter.purpose}, {sent(url)} letters sent before", flush=True)
    took = until(lambda: wait_of(url, letter.visit_id) is Wait.LETTER_RESOLUTION, 5 * A_MINUTE, office.said)
    print(f"taken over after {took:.1f} s", flush=True)
    play.play_until(lambda: sent(url) >= _LETTERS and set(states(url)) <= {"sent", "withdrawn", "by_hand"})

    arrived = message_ids(office.mail.folder)
    assert count_duplicates(office.mail.folder) == 0
    assert set(arrived) >= {one.message_id for one in letters(url) if one.state == "sent"}
    assert took < A_MINUTE


def runners_that_worked(office: Office) -> set[str]:
    """Every process that was ever at work for a visit, by its runner's machine."""
    with reading(office.settings.database) as session:
        return {one.machine for one in leases.running(session) if one.part == "run"}


def machine_of(office: Office, letter: LetterRow) -> Machine:
    with reading(office.settings.database) as session:
        sender = leases.of(session, letter.sending_by or "")
        assert sender is not None
        runner = next(one for one in leases.running(session) if (one.part, one.machine) == (RUNNER, sender.machine))
    runners = [one for one in office.machines if one.part == "runner"]
    return next(one for one in runners if runner.machine.endswith(f"/{numbers_of(one)}"))


def numbers_of(machine: Machine) -> int:
    """By which its space of process numbers is known."""
    return Path(f"/proc/{machine.processes()[0].pid}/ns/pid").stat().st_ino


def in_mid_letter(url: str) -> LetterRow | None:
    with reading(url) as session:
        return session.scalars(select(LetterRow).where(LetterRow.state == "sending")).first()


def letters(url: str) -> list[LetterRow]:
    with reading(url) as session:
        return list(session.scalars(select(LetterRow)))


def states(url: str) -> list[str]:
    return [one.state for one in letters(url)]


def sent(url: str) -> int:
    return states(url).count("sent")


def wait_of(url: str, visit_id: int) -> Wait | None:
    with reading(url) as session:
        return session.get_one(VisitRow, visit_id).wait
