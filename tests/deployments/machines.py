"""Machines of their own on this one: names and processes apart, homes apart, nothing shared but a PostgreSQL server."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)

from config.secret import NAMES, secret
from config.settings import ROOT, Settings

_USER = () if os.geteuid() == 0 else ("--user", "--map-root-user")
_APART = (
    "unshare", *_USER, "--uts", "--pid", "--fork", "--kill-child", "--mount-proc",
    "sh", "-c", 'hostname "$0" && exec "$@"',
)  # fmt: skip


def can_be_apart() -> bool:
    """Whether this machine lets somebody have names and processes of his own."""
    return subprocess.run([*_APART, "visits", "true"], capture_output=True, check=False).returncode == 0


class Machine:
    """One machine on which one part of the service runs, by the command that an office types."""

    def __init__(self, folder: Path, part: str, environment: dict[str, str], host: str = "visits") -> None:
        self.part, self.folder = part, folder
        folder.mkdir(parents=True)
        keys = folder / "keys"
        keys.write_text(environment.pop("keys"), encoding="ascii")
        own = {"VISITS_HOME": f"{folder / 'home'}", "VISITS_SECRET_FILE": f"{keys}", "HOME": f"{folder}"}
        clean = {name: text for name, text in os.environ.items() if not name.startswith(("VISITS_", "PREFECT_"))}
        with (folder / "said").open("wb") as said:
            self._process = subprocess.Popen(
                [*_APART, host, sys.executable, "-m", "cli.main", part], cwd=ROOT, env={**clean, **environment, **own},
                stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    @property
    def said(self) -> str:
        """What its command has said, and the end of each log."""
        logs = sorted((self.folder / "home" / "logs").glob("*.log"))
        parts = [self.folder / "said", *logs]
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-2000:]}" for path in parts)

    def until(self, words: str, seconds: float = 600) -> None:
        """It has said so."""
        until(lambda: words in (self.folder / "said").read_text(errors="replace"), seconds, lambda: self.said)

    def is_cut_off(self) -> None:
        """The power is gone: every process of it at once, none of which can say anything."""
        for first in psutil.Process(self._process.pid).children():
            first.kill()  # the first one of its numbers takes all others with it
        self._process.wait(30)

    def processes(self) -> list[psutil.Process]:
        """Everything that runs on it."""
        return psutil.Process(self._process.pid).children(recursive=True)

    def end(self) -> None:
        """Whatever happens, nothing of it is left."""
        with suppress(psutil.NoSuchProcess):
            self.is_cut_off()


def until(what: Callable[[], object], seconds: float, said: Callable[[], str]) -> float:
    """Wait until that is so; how long it took."""
    begun = time.monotonic()
    while not what():
        assert time.monotonic() - begun < seconds, f"not within {seconds:.0f} s:\n{said()}"
        time.sleep(0.1)
    return time.monotonic() - begun


def keys() -> str:
    """A file of secrets as an office makes one for all its machines."""
    made = {name: secrets.token_urlsafe(32) for name in NAMES}
    made |= {"prefect": f"visits:{made['prefect']}", "record": os.environ["VISITS_SECRET_RECORD"]}  # of all tests
    return "".join(f"{name}={key}\n" for name, key in made.items())


@contextmanager
def talking_to_prefect(of: Settings) -> Iterator[None]:
    """Let Prefect in this process speak to the server of these machines."""
    changes: dict[Any, Any] = {
        PREFECT_API_URL: f"{of.prefect_url}/api",
        PREFECT_API_AUTH_STRING: secret("prefect", of),
        PREFECT_LOGGING_TO_API_ENABLED: False,
    }
    with temporary_settings(changes):
        yield
