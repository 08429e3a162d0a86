"""One round of sending: claims each letter, hands it to the mail server, records its word (design §5)."""

from dataclasses import dataclass, field

from config.settings import Settings, settings
from database import audit, outbox
from database.engine import reading, writing
from database.models import LetterRow
from letters.postman import LetterRefused, MailServer, Postman, ServerUnavailable, TryLater, Unknown
from tasks.worker import me


@dataclass
class Delivered:
    """How one round of sending ended; `left` letters may go at the next try."""

    sent: int = 0
    refused: list[str] = field(default_factory=list)
    uncertain: int = 0
    left: int = 0
    reply: str = ""


def mail_server(of: Settings) -> MailServer:
    """The server that letters go to: the office's own, or the local mailbox in safe mode and rehearsal."""
    if of.mode == "rehearsal" or of.safe:
        return MailServer(host="127.0.0.1", port=of.mailbox_port, security="none")
    smtp = of.smtp
    return MailServer(smtp.host, smtp.port, smtp.user, smtp.password.get_secret_value(), smtp.security)


def send_queued(visit_id: int) -> Delivered:
    """One round over the visit's queued letters on one connection.

    Each letter is claimed in a transaction of its own just before DATA and settled right after the server's
    answer, so that a crash leaves at most one letter of which nobody knows.
    """
    url, result = settings().database, Delivered()
    with reading(url) as session:
        letters = outbox.of_visit(session, visit_id, "queued")
    if not letters:
        return result
    try:
        with Postman(mail_server(settings())) as postman:
            for letter in letters:
                _hand_over(postman, letter, result)
    except ServerUnavailable as error:
        for letter in letters:
            _put_back_if_open(letter, str(error), result)
    return result


def _hand_over(postman: Postman, letter: LetterRow, result: Delivered) -> None:
    url = settings().database

    def claim() -> None:
        with writing(url) as session:
            if not outbox.take(session, letter.id, me()):
                raise LookupError(letter.id)  # somebody else has it; DATA has not begun

    try:
        receipt = postman.hand_over(letter.raw, letter.sender, letter.addresses, before_data=claim)
    except LookupError:
        return
    except Unknown as error:
        _settle(letter, "uncertain", str(error))
        result.uncertain += 1
        raise ServerUnavailable(str(error)) from error
    except LetterRefused as error:
        _claim_then_settle(letter, "refused", str(error))
        result.refused.append(letter.subject)
    except TryLater as error:
        _put_back_if_open(letter, str(error), result)
    else:
        partly = "; ".join(f"{address}: {why}" for address, why in receipt.refused.items())
        _settle(letter, "held" if settings().safe else "sent", f"{receipt.reply} {partly}".strip())
        result.sent += 1


def _settle(letter: LetterRow, state: str, reply: str) -> None:
    with writing(settings().database) as session:
        outbox.settle(session, letter.id, state, reply)
        if state != "sent":
            audit.note(session, audit.SYSTEM, _SAID[state], letter.visit_id, letter=letter.id, reply=reply)


_SAID = {"held": "giữ thư lại", "refused": "thư bị từ chối", "uncertain": "không rõ thư đã đi chưa"}


def _claim_then_settle(letter: LetterRow, state: str, reply: str) -> None:
    """A letter refused before DATA was never claimed; one refused after it was."""
    with writing(settings().database) as session:
        outbox.take(session, letter.id, me())
    _settle(letter, state, reply)


def _put_back_if_open(letter: LetterRow, reply: str, result: Delivered) -> None:
    with writing(settings().database) as session:
        row = session.get_one(LetterRow, letter.id)
        if row.state == "queued" or (row.state == "sending" and row.sending_by == me()):
            outbox.put_back(session, letter.id, reply)
            result.left += 1
            result.reply = reply
