"""The live office under chaos: its service, its clock, its disk, its mail server, and the parts that can be struck."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

from config.settings import ROOT, use
from database import leases
from database.engine import engine_for, reading
from database.models import LetterRow, VisitRow
from deployments.service.environment import prefect_auth, prefect_environment
from deployments.service.leftovers import left_in
from tests.chaos.certificates import Certificates
from tests.chaos.disk import Disk
from tests.chaos.mail_server import MailServer
from tests.live.months import START
from tests.live.moved_clock import MovedClock
from tests.live.service import Live

PARTS = {"server": "prefect server start", "runner": "deployments.warm.runner", "desk": "web.serve"}
#: So long a part may take to be there again, on a busy machine.
PATIENCE = 240.0


class Office(Live):
    """One office in a home of its own, on a disk of its own, with a mail server outside."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovedClock(folder / "clock", START)
        certificates = Certificates(folder / "certificates")
        self.mail = MailServer(folder / "outside" / "inbox", certificates)
        self.disk, self.copies = Disk(folder), folder / "copies"
        self.copies.mkdir()
        smtp = {"HOST": "127.0.0.1", "PORT": f"{self.mail.port}", "SECURITY": "starttls"}
        super().__init__(
            self.disk.place / "live",
            **self.clock.environment, **{f"VISITS_SMTP__{name}": text for name, text in smtp.items()},
            SSL_CERT_FILE=f"{certificates.authority}", COLUMNS="240",
            VISITS_DELIVERY__RETRIES="1", VISITS_DELIVERY__RETRY_SECONDS="0.3",
            VISITS_RESTART_PAUSES="[0.5, 1, 2, 5]", PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS="5",
        )  # fmt: skip
        self.environment["VISITS_PUBLIC_URL"] = self.settings.desk_url
        use(self.settings)

    # What is there

    def parts(self, name: str) -> list[psutil.Process]:
        """The processes of a part: the first of `server` or `desk`, and the runner with its forks."""
        found = []
        for process in left_in(self.settings.home or Path()):
            with suppress(psutil.NoSuchProcess):
                if PARTS[name] in " ".join(process.cmdline()):
                    found.append(process)
        return found

    def runner(self) -> list[psutil.Process]:
        """The runner itself, without the processes in which runs work."""
        every = {process.pid: process for process in self.parts("runner")}
        return [process for process in every.values() if process.ppid() not in every]

    def workers(self) -> list[psutil.Process]:
        """Those in which runs are at work now, or else those that wait for one."""
        with reading(self.settings.database) as session:
            names = [row.worker for row in session.query(VisitRow).filter(VisitRow.worker.is_not(None))]
            rows = [leases.of(session, name) for name in names if name]
            pids = {row.pid for row in rows if row}
        first = {process.pid for process in self.runner()}
        forks = [process for process in self.parts("runner") if process.pid not in first]
        return [process for process in forks if process.pid in pids] or forks

    def sender(self) -> psutil.Process | None:
        """The process that has a letter in its hands at this moment."""
        with reading(self.settings.database) as session:
            letter = session.query(LetterRow).filter(LetterRow.sending_by.is_not(None)).first()
            row = leases.of(session, letter.sending_by) if letter and letter.sending_by else None
            return psutil.Process(row.pid) if row else None

    def everything(self) -> list[psutil.Process]:
        """All of it: `visits up` and whatever works for it."""
        up = [psutil.Process(self._process.pid)] if self._process else []
        return [*up, *left_in(self.settings.home or Path())]

    def is_up(self) -> bool:
        """Whether server and desk answer, and the runner is there."""
        health = (f"{self.settings.prefect_url}/api/health", f"{self.settings.desk_url}/suc-khoe")
        return all(map(_answers, health)) and bool(self.runner())

    # What is done to it

    def kill_up(self) -> None:
        """`visits up`, in which the local mailbox is, is killed; systemd would start it anew."""
        assert self._process
        self._process.kill()
        self._process.wait()
        self._process = None

    def kill_everything(self) -> None:
        """Every process at once."""
        every = self.everything()
        for process in every:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(every, timeout=30)
        if self._process:
            self._process.wait()
        self._process = None

    def also(self, *command: str) -> subprocess.Popen[str]:
        """A second process of that kind, in the environment of the service's own parts."""
        environment = {**self.environment, **prefect_environment(self.settings)}
        environment |= {name: text for name, text in self.environment.items() if name.startswith(("VISITS_", "LD_"))}
        environment["PYTHONPATH"] = self.environment["PYTHONPATH"] + f":{ROOT}"
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def types(self, *words: str) -> tuple[int, str]:
        """What a command says, and how it ends."""
        typed = [sys.executable, "-m", "cli.main", *words]
        done = subprocess.run(
            typed, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def forget_connections(self) -> None:
        """The test's own connections: the files are about to become others."""
        engine_for(self.settings.database).dispose()

    def stop_for_good(self) -> None:
        """Nothing of it is left, whatever state it is in."""
        for process in self.everything():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)
        with suppress(Exception):
            self.stop()
        self._process = None
        for process in left_in(self.settings.home or Path()):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.forget_connections()
        self.mail.ends()
        self.disk.away()

    def states(self, runs: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Type and name of the state of each of these runs that Prefect has."""
        found: dict[str, tuple[str, str]] = {}
        url, auth = f"{self.settings.prefect_url}/api/flow_runs/filter", prefect_auth(self.settings)
        for begin in range(0, len(runs), 100):
            asked = {"flow_runs": {"id": {"any_": list(runs[begin : begin + 100])}}, "limit": 200}
            answer = httpx.post(url, json=asked, auth=auth, timeout=60)
            answer.raise_for_status()
            found |= {run["id"]: (run["state_type"], run["state_name"]) for run in answer.json()}
        return found


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).is_success
    return False


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """An office that has not been started; afterwards nothing of it is left but its files."""
    office = Office(folder)
    try:
        yield office
    finally:
        office.stop_for_good()
