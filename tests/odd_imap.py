"""An IMAP server that does what real ones do now and then: one message refused, empty, longer than it says."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from config.settings import Inbox as InboxSettings

USER = "office@ban-to-chuc.example"
REFUSED, EMPTY = "refused", "empty"


@dataclass
class OddImap:
    """The messages of its one folder, by their numbers, and what is wrong with some."""

    messages: dict[int, bytes]
    sizes: dict[int, int] = field(default_factory=dict)  #: what it announces, where that is not the truth
    bodies: dict[int, str] = field(default_factory=dict)  #: `REFUSED` or `EMPTY` where the whole is asked for
    heads: dict[int, str] = field(default_factory=dict)  #: the same for the headers alone
    marked: set[int] = field(default_factory=set)  #: marked as deleted
    port: int = 0

    def settings(self, **options: Any) -> InboxSettings:
        """What an office sets for it."""
        given: dict[str, Any] = {"security": "none", "address": USER} | options
        return InboxSettings(host="127.0.0.1", port=self.port, user=USER, password=SecretStr("abc"), **given)

    def answer(self, verb: str, rest: str) -> tuple[bytes, str]:
        """What is said to a verb, and with which word it ends."""
        if verb == "SEARCH":
            return f"* SEARCH {' '.join(f'{uid}' for uid in self._found(rest))}\r\n".encode(), "OK"
        if verb == "FETCH" and "RFC822.SIZE" in rest:
            return b"".join(self._listed(int(uid)) for uid in rest.split()[0].split(",")), "OK"
        if verb == "FETCH":
            return self._body(int(rest.split()[0]), rest)
        return {"CAPABILITY": b"* CAPABILITY IMAP4rev1 UIDPLUS MOVE\r\n", "LOGOUT": b"* BYE\r\n",
                "EXAMINE": b"* OK [UIDVALIDITY 7] ok\r\n", "SELECT": b"* OK [UIDVALIDITY 7] ok\r\n",
                "LIST": b'* LIST () "/" "xong"\r\n'}.get(verb, b""), "OK"  # fmt: skip

    def _found(self, wanted: str) -> list[int]:
        if wanted.startswith("UID "):
            return [uid for uid in self.messages if f"{uid}" == wanted[4:].strip()]
        return [uid for uid in self.messages if wanted == "ALL" or uid not in self.marked]

    def _listed(self, uid: int) -> bytes:
        size = self.sizes.get(uid, len(self.messages[uid]))
        return f'* 1 FETCH (UID {uid} RFC822.SIZE {size} INTERNALDATE "20-Jan-2024 08:30:00 +0000")\r\n'.encode()

    def _body(self, uid: int, rest: str) -> tuple[bytes, str]:
        head = "HEADER" in rest
        trouble = (self.heads if head else self.bodies).get(uid, "")
        if trouble == REFUSED:
            return b"", "NO [SERVERBUG] Internal error occurred"
        if trouble == EMPTY:
            return f"* 1 FETCH (UID {uid} BODY[]<0> NIL)\r\n".encode(), "OK"
        if uid not in self.messages:
            return b"", "OK"
        limit = int(re.findall(r"<0\.(\d+)>", rest)[0])
        raw = self.messages[uid].partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if head else self.messages[uid]
        return b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%s)\r\n" % (uid, len(raw[:limit]), raw[:limit]), "OK"


@contextmanager
def odd_imap(messages: dict[int, bytes], **odd: Any) -> Iterator[OddImap]:
    """It runs as long as this is open."""
    server = OddImap(messages, **odd)

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, *words = line.decode().strip().split(" ")
                verb, *rest = words[1:] if words[0].upper() == "UID" else words
                said, word = server.answer(verb.upper(), " ".join(rest))
                self.wfile.write(said + f"{tag} {word} done\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as running:
        running.daemon_threads = True
        server.port = running.server_address[1]
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        running.shutdown()
