"""A real IMAP server on this machine: pymap with its folders in memory, in a process of its own."""

import imaplib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from config.settings import Inbox as InboxSettings
from inbox.mail_server import InboxServer

USER, PASSWORD = "office@ban-to-chuc.example", 'b1 "mật" khẩu'
CAME = datetime(2024, 1, 20, 8, 30, tzinfo=UTC)


class ImapServer:
    """The server, and what a person does in its folders."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self.process = port, process

    def place(self, **options: Any) -> InboxServer:
        """Where the service finds it."""
        given: dict[str, Any] = {"security": "none", "timeout": 5} | options
        return InboxServer("127.0.0.1", self.port, USER, PASSWORD, **given)

    def settings(self, **options: Any) -> InboxSettings:
        """What an office sets for it."""
        given: dict[str, Any] = {"security": "none", "address": USER} | options
        return InboxSettings(host="127.0.0.1", port=self.port, user=USER, password=SecretStr(PASSWORD), **given)

    @contextmanager
    def signed_in(self, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """A person's own mail program."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.authenticate("PLAIN", lambda _: b"\0" + USER.encode() + b"\0" + PASSWORD.encode())
            if folder:
                client.select(f'"{folder}"')
            yield client

    def deliver(self, *messages: bytes, folder: str = "INBOX", at: datetime = CAME) -> None:
        """Messages that come in at that moment, one after another."""
        with self.signed_in("") as client:
            for raw in messages:
                assert client.append(f'"{folder}"', "", at, raw)[0] == "OK"  # type: ignore[arg-type]

    def flags(self, folder: str = "INBOX") -> dict[int, str]:
        """Each message of a folder by its number, with its marks."""
        with self.signed_in(folder) as client:
            lines = client.uid("FETCH", "1:*", "(UID FLAGS)")[1]
            text = [line.decode() for line in lines if isinstance(line, bytes)]
            return {int(line.split("UID ")[1].split()[0].strip(")")): line.split("FLAGS ")[1] for line in text}

    def delete(self, uid: int, folder: str = "INBOX") -> None:
        """Take one message away for good."""
        with self.signed_in(folder) as client:
            client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
            client.expunge()


@contextmanager
def imap_server(certificate: tuple[Path, Path] | None = None) -> Iterator[ImapServer]:
    """It runs as long as this is open; with certificate and key it offers STARTTLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    secure = ["--cert", f"{certificate[0]}", "--key", f"{certificate[1]}"] if certificate else ["--no-tls"]
    who = ["--demo-user", USER, "--demo-password", PASSWORD]
    command = [sys.executable, "-c", _PYMAP, "--host", "127.0.0.1", "--port", f"{port}", *secure, "dict", *who]
    process = subprocess.Popen(command, env=_without_settings(os.environ), stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield ImapServer(port, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


_PYMAP = "import sys; sys.argv[0] = 'pymap'; from pymap.main import main; main()"


def _without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("VISITS_")}


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("pymap did not come up")
