"""The local mailbox: a mail server that keeps every letter as a file and sends none on.

It receives in safe mode and in the rehearsal. Run it with `python -m letters.mailbox FOLDER PORT`.
"""

import asyncio
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import AnyStr

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from domain.dates import OFFICE_ZONE
from letters.mailbox_fault import Fault, read_fault
from letters.mailbox_file import keep

_LATER = "451 4.3.0 Mailbox is playing a temporary failure"
_REFUSE = "550 5.1.1 Mailbox is playing a refusal"
_FULL = "452 4.3.1 Mailbox cannot write the letter"
_NEVER = "no reply begins so"
_GO_ON = "354"
_KEPT = "250 OK kept as"
_DOWN = "421 4.3.2 Mailbox is playing a server that is down"


class LocalMailbox:
    """A mail server on this machine; letters become `.eml` files in `folder`.

    `mailbox-fault.json` beside the folder makes it play a server in trouble: see `letters/mailbox_fault.py`.
    """

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 0) -> None:
        self.folder = folder
        self._fault_file = folder.parent / "mailbox-fault.json"
        self._server = _Server(
            _Receiver(self),
            hostname=host,
            port=port,
            enable_SMTPUTF8=False,
            server_hostname="localhost",  # else the name is looked up for every connection, slowly without a network
        )

    @property
    def port(self) -> int:
        """The port it listens on, once it is started."""
        return int(self._server.port)

    @property
    def fault(self) -> Fault | None:
        """The trouble it is to play now, read anew for every command."""
        return read_fault(self._fault_file)

    def start(self) -> None:
        """Listen, in a thread of its own; `OSError` if the port is taken."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._server.start()

    def stop(self) -> None:
        """Stop listening; letters that were accepted are on the disk."""
        self._server.stop()


class _Server(Controller):
    """aiosmtpd's server in a thread, able to choose a free port by itself."""

    def factory(self) -> SMTP:
        return _Conversation(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)  # it has been created just before
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd gives it no types


class _Conversation(SMTP):
    """One connection; a server in trouble hangs up instead of a reply; one that is down says so first."""

    async def push(self, status: AnyStr) -> None:
        fault = self.event_handler.mailbox.fault
        mode = fault.mode if fault else None
        begins = {"drop": _GO_ON, "unanswered": _KEPT, "down": ""}.get(mode or "", _NEVER)
        if not (status if isinstance(status, str) else status.decode()).startswith(begins):
            await super().push(status)
            return
        if mode == "down":
            await super().push(_DOWN)
        if self.transport:
            self.transport.close()


class _Receiver:
    """Answers the commands of a conversation."""

    def __init__(self, mailbox: LocalMailbox) -> None:
        self.mailbox = mailbox

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or play the trouble that is set for it."""
        del server, session
        fault = self.mailbox.fault
        if fault and (reply := fault.replies.get(address.casefold())):
            return reply
        if fault and fault.mode in ("later", "refuse") and fault.concerns(address):
            return _LATER if fault.mode == "later" else _REFUSE
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Keep the letter, unless a server that is busy or down is played."""
        del server, session
        fault = self.mailbox.fault
        if fault and fault.mode in ("down", "later") and any(fault.concerns(one) for one in envelope.rcpt_tos):
            return _LATER
        sender, recipients = envelope.mail_from or "", tuple(envelope.rcpt_tos)
        content, now = envelope.original_content or b"", datetime.now(OFFICE_ZONE)
        try:
            path = await asyncio.to_thread(keep, self.mailbox.folder, sender, recipients, content, now)
        except OSError:
            return _FULL
        return f"{_KEPT} {path.name}"


def main(arguments: list[str]) -> int:
    """Receive letters until the process is told to end."""
    if len(arguments) != 2:
        print("Cách dùng: python -m letters.mailbox THƯ_MỤC CỔNG", file=sys.stderr)
        return 2
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    mailbox = LocalMailbox(Path(arguments[0]), port=int(arguments[1]))
    mailbox.start()
    print(f"Hộp thư nội bộ nhận thư tại cổng {mailbox.port}, lưu vào {mailbox.folder}", flush=True)
    ended.wait()
    mailbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
