"""What it costs that a commit returns only when it is on the disk: SQLite's `FULL` against `NORMAL`, in one run.

Run: `.venv/bin/python -m benchmarks.durable_commits [letters] [folder]`. Prints one JSON object: the milliseconds of a
commit, of a letter claimed and settled in the outbox, and of a letter sent over SMTP to a mailbox on this machine, each
the median of its kind; then how many times dearer `FULL` is. The kinds take turns, so that whatever else the machine
does meets both alike. Put the folder on the disk that is to be measured.
"""

import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import event

from config.settings import Settings, use
from database import outbox, service_notes
from database.engine import engine_for, writing
from database.models import LetterRow, VisitRow
from database.schema import prepare
from domain.letters_and_documents import Purpose
from letters.mailbox import LocalMailbox
from letters.postman import Envelope, MailServer, Postman

KINDS = ("NORMAL", "FULL")
_RAW = b"Subject: x\r\n\r\n" + (b"x" * 78 + b"\r\n") * 600
_TO = "host@mau.example"


class Stopwatch:
    """The milliseconds of every act, by act and kind."""

    def __init__(self) -> None:
        self._taken: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    @contextmanager
    def timing(self, act: str, kind: str) -> Iterator[None]:
        """Time what happens inside."""
        begun = time.perf_counter()
        yield
        self._taken[act][kind].append((time.perf_counter() - begun) * 1000)

    def result(self) -> dict[str, dict[str, float]]:
        """The medians, and how many times dearer the safe kind is."""
        medians = {
            act: {kind: round(statistics.median(times), 2) for kind, times in kinds.items()}
            for act, kinds in self._taken.items()
        }
        return {act: {**kinds, "ratio": round(kinds["FULL"] / kinds["NORMAL"], 2)} for act, kinds in medians.items()}


def measure(folder: Path, letters: int) -> dict[str, dict[str, float]]:
    """Do everything so many times with each kind, in turns."""
    watch, mailbox = Stopwatch(), LocalMailbox(folder / "mailbox")
    books = {kind: _book(folder / kind, kind, 2 * letters) for kind in KINDS}
    mailbox.start()
    with Postman(MailServer("127.0.0.1", mailbox.port, security="none")) as postman:
        for number in range(1, letters + 1):
            for kind, url in books.items():
                with watch.timing("commit", kind), writing(url) as session:
                    service_notes.note(session, "measured", f"{number}")
                with watch.timing("claim_and_settle", kind):
                    _claim(url, number)
                    _settle(url, number)
                with watch.timing("letter_sent", kind):
                    _send(url, letters + number, postman)
    mailbox.stop()
    return watch.result()


def _book(home: Path, kind: str, letters: int) -> str:
    """A database of that kind with so many letters that wait."""
    home.mkdir()
    url = use(Settings(mode="rehearsal", home=home, _env_file=None)).database
    event.listen(engine_for(url), "connect", lambda one, _record: one.execute(f"PRAGMA synchronous={kind}"))
    prepare(url)
    now = datetime.now(UTC)
    with writing(url) as session:
        session.add(VisitRow(id=1, year=2024, month=1, unit="mau", opens_on=date(2024, 1, 1)))
        session.flush()
        session.add_all(
            LetterRow(
                id=number, visit_id=1, purpose=Purpose.INVITATION, recipient=f"body:{number}", revision=1,
                message_id=f"<{number}@mau.example>", sender="o@mau.example", subject="x", raw=_RAW, queued_at=now,
                recipients=outbox.recipients([_TO]),
            )
            for number in range(1, letters + 1)
        )  # fmt: skip
    return url


def _claim(url: str, number: int) -> None:
    with writing(url) as session:
        assert outbox.take(session, number, "đo:1:0", [_TO])


def _settle(url: str, number: int) -> None:
    with writing(url) as session:
        assert outbox.settle(session, number, "sent", "250 OK")


def _send(url: str, number: int, postman: Postman) -> None:
    def claim(_envelope: Envelope) -> None:
        _claim(url, number)

    postman.hand_over(_RAW, "o@mau.example", [_TO], before_data=claim)
    _settle(url, number)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    letters = int(arguments[0]) if arguments else 300
    with tempfile.TemporaryDirectory(dir=arguments[1] if len(arguments) > 1 else None) as folder:
        print(json.dumps({"letters": letters, **measure(Path(folder), letters)}))


if __name__ == "__main__":
    main(sys.argv[1:])
