"""CPU of a letter from the ledger to the mail server, beside yagmail on one open connection with the same contents.

Run: `python -m benchmarks.letters_beside_yagmail [quick]`. Both sides hand the same text and the same files to the same
mailbox in another process, in turns; ours claims each letter and writes what became of it as well.
"""

import io
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import yagmail

from benchmarks.figure import CannotMeasureError, Figure, say
from benchmarks.full_month import build, row_of, workshop
from benchmarks.outside import mailbox
from config.settings import settings
from database import outbox
from database.engine import reading, writing
from database.models import LetterRow, RecipientRow
from letters.postman import MailServer, Postman
from tasks.letters.sending import send_queued

BOUND = 1.3
_TO = "noi-nhan@mau.example"
_ROUNDS = 5


def measure(quick: bool) -> list[Figure]:
    """The least CPU of a letter on each side over a few rounds."""
    letters = 40 if quick else 200
    with mailbox(workshop()) as port:
        kept = build(9, "spring", port)
        try:
            pattern = _pattern()
            send_queued(row_of(0).id)  # what the visit itself has to send
            by_yagmail = _yagmail(pattern, port, letters)
            rounds = [(_ours(pattern, letters, number), cpu_of(by_yagmail)) for number in range(_ROUNDS)]
        finally:
            kept.remove()
    ours, theirs = (min(one[place] for one in rounds) * 1000 / letters for place in (0, 1))
    told = f"{len(pattern.raw) // 1024} KB each, two files; ours with its ledger: claimed before DATA, settled after"
    return [
        Figure("letters, CPU of each", "yagmail on one open connection", f"{ours:.2f} ms", f"{theirs:.2f} ms",
               ours / theirs, BOUND, told=told)
    ]  # fmt: skip


def cpu_of(act: Callable[[], object]) -> float:
    """Seconds of CPU of this process."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def _pattern() -> LetterRow:
    with reading(settings().database) as session:
        found = outbox.of_visit(session, row_of(0).id)
        letter = max(found, key=lambda one: len(one.raw))
        session.expunge_all()
    return letter


def _ours(pattern: LetterRow, count: int, number: int) -> float:
    visit_id = row_of(0).id
    with writing(settings().database) as session:
        for place in range(count):
            session.add(
                LetterRow(
                    visit_id=visit_id, purpose=pattern.purpose, recipient=f"đo:{number}:{place}", revision=1,
                    state="queued", message_id=f"<{number}.{place}@mau.example>", sender=pattern.sender,
                    subject=pattern.subject, raw=pattern.raw, must_arrive=False, queued_at=pattern.queued_at,
                    recipients=[RecipientRow(place=0, address=_TO)],
                )
            )  # fmt: skip
    done: list[int] = []
    cost = cpu_of(lambda: done.append(send_queued(visit_id).sent))
    if done != [count]:
        raise CannotMeasureError(f"{done} of {count} letters were sent")
    return cost


def _yagmail(pattern: LetterRow, port: int, count: int) -> Callable[[], None]:
    message = message_from_bytes(pattern.raw, policy=default)
    assert isinstance(message, EmailMessage)
    bodies = [part for kind in ("plain", "html") if (part := message.get_body((kind,)))]
    texts = [str(part.get_content()) for part in bodies]
    files = [(part.get_filename() or "tep", part.get_content()) for part in message.iter_attachments()]

    def named(name: str, content: bytes) -> io.BytesIO:
        file = io.BytesIO(content)
        file.name = name
        return file

    with Postman(MailServer("127.0.0.1", port, security="none")):
        pass  # the mailbox answers

    def send() -> None:
        client = yagmail.SMTP(
            "van-phong@mau.example", "", host="127.0.0.1", port=port, smtp_ssl=False, smtp_starttls=False,
            smtp_skip_login=True,
        )  # fmt: skip
        client.login()
        for _ in range(count):
            client.send(_TO, pattern.subject, texts, attachments=[named(*one) for one in files])
        client.close()

    return send


if __name__ == "__main__":
    sys.exit(say(measure))
