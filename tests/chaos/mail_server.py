"""The province's mail server in trouble: it hangs or hangs up at any verb, puts off, refuses, shows bad certificates.

It knows what has arrived with whom, which nobody at the office does; the promises are held against that.
"""

# ruff: noqa: N802, ARG002 - the names and the arguments of the handlers are aiosmtpd's

import asyncio
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from domain.dates import OFFICE_ZONE
from letters.mailbox_file import keep
from tests.chaos.certificates import Certificates
from tests.simulation.simulated_mail import id_of

#: At which verb, from the connection to the word on the text. `taken`: the text is kept, and nobody hears so.
Verb = Literal["connect", "EHLO", "MAIL", "RCPT", "DATA", "text", "taken"]
VERBS: tuple[Verb, ...] = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text", "taken")
_LONGER_THAN_ANY_PATIENCE = 120.0


@dataclass
class Trouble:
    """What the server does wrong, from now on until it is mended."""

    verb: Verb
    how: Literal["hang", "drop", "later", "never"]
    only: Callable[[str], bool] = lambda _address: True  #: of `RCPT`: with which recipients
    met: int = 0  #: how often a letter has met it
    seen: threading.Event | None = None  #: set when it is met; then the test does something


class MailServer:
    """One server with STARTTLS; letters become files of `folder`, and are counted by id and address."""

    def __init__(self, folder: Path, certificates: Certificates) -> None:
        self.folder, self.taken = folder, Counter[tuple[str, str]]()
        self.trouble: Trouble | None = None
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._certificates, self._listening = certificates, False
        self.shows("valid")
        folder.mkdir(parents=True, exist_ok=True)
        self._controller = self._new(0)
        self.begins()
        self.port = self._controller.port

    def _new(self, port: int) -> "_Listening":
        return _Listening(self, hostname="127.0.0.1", port=port, tls_context=self._tls, server_hostname="localhost")

    def begins(self) -> None:
        """Listen, again at the same port."""
        if not self._listening:
            self._controller.start()
            self._listening = True

    def ends(self) -> None:
        """Nobody listens any more; connections are refused."""
        if self._listening:
            self._controller.stop()
            self._listening = False
            self._controller = self._new(self.port)

    def shows(self, certificate: str) -> None:
        """Which certificate it shows to whoever connects from now on: `valid`, `expired`, `stranger`."""
        self._tls.load_cert_chain(self._certificates.of(certificate))

    def mended(self) -> None:
        """All is well with it again."""
        self.trouble = None
        self.shows("valid")
        self.begins()

    async def meets(self, server: SMTP, verb: Verb, address: str = "") -> str | None:
        """What is said at this verb instead of the usual; None for the usual."""
        trouble = self.trouble
        if trouble is None or trouble.verb != verb or not trouble.only(address):
            return None
        trouble.met += 1
        if trouble.seen:
            trouble.seen.set()
        if trouble.how == "hang":
            await self._nothing_happens(trouble)
        if trouble.how in ("hang", "drop"):
            if server.transport:
                server.transport.close()
            await asyncio.sleep(5)
        return "451 4.3.0 not now" if trouble.how == "later" else "550 5.1.1 nobody of that name"

    async def _nothing_happens(self, trouble: Trouble) -> None:
        until = time.monotonic() + _LONGER_THAN_ANY_PATIENCE
        while self.trouble is trouble and time.monotonic() < until:
            await asyncio.sleep(0.05)

    # aiosmtpd's handlers

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greeted, before TLS and after it."""
        await self.meets(server, "EHLO")
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """A letter begins."""
        if said := await self.meets(server, "MAIL"):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient."""
        if said := await self.meets(server, "RCPT", address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The text is there: it is kept, or the server dies before."""
        if said := await self.meets(server, "text"):
            return said
        raw, addresses = bytes(envelope.original_content or b""), list(envelope.rcpt_tos)
        keep(self.folder, envelope.mail_from or "", addresses, raw, _now())
        self.taken.update((id_of(raw), address) for address in addresses)
        return await self.meets(server, "taken") or "250 2.0.0 OK queued"


class _Listening(Controller):
    """aiosmtpd on a free port, or on that of before."""

    def factory(self) -> SMTP:
        return _Conversation(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd gives it no types


class _Conversation(SMTP):
    """One connection; two moments of it have no handler."""

    async def _handle_client(self) -> None:
        if not await self.event_handler.meets(self, "connect"):
            await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:
        """The client would begin the text."""
        if said := await self.event_handler.meets(self, "DATA"):
            await self.push(said)
        else:
            await super().smtp_DATA(arg)


def _now() -> datetime:
    return datetime.now(OFFICE_ZONE)
