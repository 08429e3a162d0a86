"""What the tests of sending share: a real mail server that the visit's letters go to."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest

from config.settings import Settings, settings, use
from database.engine import writing
from database.models import LetterRow
from letters.mailbox import LocalMailbox
from letters.masked import original_id
from tests.desk import Desk


@dataclass
class Mailbox:
    """The local mailbox as a test sees it: what has arrived, and what trouble it plays."""

    server: LocalMailbox

    def messages(self) -> list[Message]:
        """Every letter that has arrived, in order."""
        paths = sorted(self.server.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    def originals(self) -> list[Message]:
        """The same without the copies that go without a key."""
        return [one for one in self.messages() if original_id(str(one["Message-ID"])) == one["Message-ID"]]

    def play(self, mode: str, *recipients: str) -> None:
        """Be a server in trouble (`letters.mailbox_fault`), `later` and `refuse` for all or for some recipients."""
        fault = {"mode": mode, "recipients": recipients}
        (self.server.folder.parent / "mailbox-fault.json").write_text(json.dumps(fault), encoding="utf-8")

    def answer(self, replies: dict[str, str]) -> None:
        """Answer these recipients with that, word for word, and take the others."""
        (self.server.folder.parent / "mailbox-fault.json").write_text(json.dumps({"replies": replies}), "utf-8")

    def received(self) -> Counter[str]:
        """How often a letter has arrived at each address."""
        envelopes = (str(one["X-Envelope-To"]) for one in self.messages())
        return Counter(address.strip() for one in envelopes for address in one.split(","))

    def mend(self) -> None:
        """Work again."""
        (self.server.folder.parent / "mailbox-fault.json").unlink(missing_ok=True)


@pytest.fixture
def mailbox(office: Settings) -> Iterator[Mailbox]:
    """The mail server of this office, up and well."""
    server = LocalMailbox(office.mailbox)
    server.start()
    use(settings().model_copy(update={"mailbox_port": server.port}))
    yield Mailbox(server)
    server.stop()


def leave_one_copy(desk: Desk) -> None:
    """Take the leaders' copy out of the letter that waits: what is tested is one addressee and one copy."""
    with writing(settings().database) as session:
        (letter,) = session.query(LetterRow).all()
        assert desk.visit.id == letter.visit_id
        letter.recipients = letter.recipients[:2]
