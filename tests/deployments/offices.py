"""An office as it is started on a machine that has another one: its own settings, and the same commands."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from config.settings import ROOT
from tests.deployments.conftest import free_port

#: A start takes 15 s on a machine that has nothing else to do, and minutes on one that is busy.
PATIENCE = 600.0


@dataclass
class Office:
    """One office: a home, three ports, and whatever else its file of settings says."""

    name: str
    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ports = {part: free_port() for part in ("PREFECT", "MAILBOX", "DESK")}
        self.home = self.folder / self.name
        self._log = self.folder / f"{self.name}.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("VISITS_", "PREFECT_"))}
        own = {"VISITS_HOME": f"{self.home}", **{f"VISITS_{part}_PORT": f"{port}" for part, port in self.ports.items()}}
        self.environment = clean | own | self.more
        self.process: subprocess.Popen[bytes] | None = None

    def up(self) -> None:
        """Type `visits up`."""
        with self._log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "up"], cwd=ROOT, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    def types(self, *words: str, refused: bool = False) -> str:
        """Any other command, with what it prints; one that fails is a failure of the test, unless it may."""
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *words], cwd=ROOT, env=self.environment | {"COLUMNS": "240"},
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert refused or done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    @property
    def said(self) -> str:
        """What `visits up` has said."""
        return self._log.read_text(encoding="utf-8")

    @property
    def password(self) -> str:
        """Of `admin`, said at the first start."""
        (found,) = re.findall(r"mật khẩu: (\S+)", self.said)
        return str(found)

    @property
    def desk(self) -> str:
        """The address of the desk on this machine."""
        return f"http://127.0.0.1:{self.ports['DESK']}"

    def prefect(self, path: str, of: "Office | None" = None, **question: object) -> httpx.Response:
        """Ask this office's Prefect, with its own string or another office's."""
        user, _, password = (of or self).secret("prefect").partition(":")
        url = f"http://127.0.0.1:{self.ports['PREFECT']}/api{path}"
        return httpx.post(url, json=question, auth=(user, password), timeout=60)

    def secret(self, name: str) -> str:
        """One of the secrets that the first start has made."""
        return (self.home / "secrets" / name).read_text(encoding="ascii").strip()

    def letters(self) -> list[str]:
        """What has arrived in the local mailbox."""
        return sorted(file.read_text(encoding="utf-8", errors="replace") for file in self.home.glob("mailbox/*.eml"))

    def until(self, what: Callable[[], object]) -> None:
        """Wait; that the service ends meanwhile is a failure."""
        deadline = time.monotonic() + PATIENCE
        while not what():
            assert self.process
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.2)

    def processes(self) -> list[psutil.Process]:
        """`visits up` and all that works for it."""
        assert self.process
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def stop(self) -> None:
        """Ctrl-C; what is left after that for good."""
        if self.process is None or self.process.poll() is not None:
            return
        members = self.processes()
        self.process.terminate()
        _gone, alive = psutil.wait_procs(members, timeout=20)
        for one in alive:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait(5)


def sign_in(office: Office, browser: httpx.Client) -> httpx.Response:
    """The form, filled in and sent, as `admin`."""
    page = browser.get(f"{office.desk}/dang-nhap")
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert token, page.text
    filled = {"login": "admin", "password": office.password, "csrf": token[1]}
    return browser.post(f"{office.desk}/dang-nhap", data=filled)
