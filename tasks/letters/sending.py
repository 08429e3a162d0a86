"""One round of sending: claims each letter, hands it to the mail server, records its word (design §5, 0013)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from config.secret import mail_password
from config.settings import Settings, settings
from database import audit, outbox, visits
from database.engine import again_if_undone, reading, writing
from database.holding import why_held
from database.models import LetterRow, VisitRow
from database.secrecy import mark_of
from domain.state import LetterState
from letters.masked import copy_for_information
from letters.postman import Envelope, LetterRefused, MailServer, Postman, ServerUnavailable, TryLater, Unknown
from tasks.worker import Hold, LeaseLost, at_work, fence, holds, me


@dataclass
class Delivered:
    """How one round of sending ended; `left` letters may go at the next try, and hold their visit up."""

    letters: set[int] = field(default_factory=set)  #: that went to somebody
    refused: list[str] = field(default_factory=list)
    uncertain: int = 0
    left: int = 0
    reply: str = ""
    held: bool = False  #: the local mailbox has them, and nobody else

    @property
    def sent(self) -> int:
        """How many letters went; one whose copies are a mail of their own counts once."""
        return len(self.letters)


class _NotNow(Exception):  # noqa: N818 - its name is what has happened
    """Somebody else has the letter, or it is secret now; DATA has not begun."""


def mail_server(of: Settings, *, held: bool = False) -> MailServer:
    """The server that letters go to: the office's own, or the local mailbox while they are held and in rehearsal."""
    if of.mode == "rehearsal" or of.safe or held:
        host, port = of.mailbox_at
        return MailServer(host=host, port=port, security="none")
    smtp = of.smtp
    return MailServer(smtp.host, smtp.port, smtp.user, mail_password(of), smtp.security)


def send_queued(visit_id: int) -> Delivered:
    """One round over the visit's letters on one connection, each to those of its recipients that wait.

    Each letter is claimed in a transaction of its own just before DATA, for those whom the server has taken, and
    settled right after its answer: a crash leaves at most one letter of which nobody knows, for these alone.
    """
    url, result = settings().database, Delivered()
    _withhold_what_is_secret(visit_id)
    with reading(url) as session:
        letters = outbox.to_send(session, visit_id)
        result.held = bool(why_held(session, settings()))
    if not letters:
        return result
    with at_work():
        _go_round(letters, result)
    with reading(url) as session:
        result.left = sum(outbox.holds_up(letter) for letter in outbox.to_send(session, visit_id))
    return result


def _go_round(letters: Sequence[LetterRow], result: Delivered) -> None:
    try:
        with Postman(mail_server(settings(), held=result.held)) as postman:
            for letter in letters:
                for raw, addresses in _parts(letter):
                    _hand_over(postman, letter, raw, addresses, result)
    except ServerUnavailable as error:
        result.reply = str(error)
        for letter in letters:
            if result.held and settings().mode == "live":
                _hold_here(letter, result)
            else:
                _put_back(letter, str(error))


def _put_back(letter: LetterRow, why: str) -> None:
    with writing(settings().database) as session:
        outbox.put_back(session, letter.id, why, me())


def _hold_here(letter: LetterRow, result: Delivered) -> None:
    """Where no local mailbox is at hand, a letter is held all the same: it stands whole in the ledger (0046)."""
    with writing(settings().database) as session:
        visit = visits.get(session, letter.visit_id, lock=True)
        if _why_not(session, visit) is None and outbox.take(session, letter.id, me()):
            outbox.settle(session, letter.id, LetterState.HELD, _HELD_HERE)
            _note(session, letter, "held", _HELD_HERE)
            result.letters.add(letter.id)


_HELD_HERE = "giữ trong sổ thư"


@again_if_undone
def _withhold_what_is_secret(visit_id: int) -> None:
    """A mark that came after a letter was written, or while it was held, keeps it here all the same."""
    with reading(settings().database) as session:
        if not mark_of(session, visits.get(session, visit_id)):
            return
    with writing(settings().database) as session:
        visits.get(session, visit_id, lock=True)  # before several of its letters (0039)
        for letter in outbox.withhold(session, visit_id):
            audit.note(session, audit.SYSTEM, "không gửi thư mật", visit_id, letter=letter.id)


def _parts(letter: LetterRow) -> list[tuple[bytes, list[str]]]:
    """What goes to whom of those who wait: the addressee alone gets the key of his link, copies go without it.

    A letter without a key is one for all. Each part is claimed and settled by itself.
    """
    waiting = [recipient for recipient in letter.recipients if recipient.state == LetterState.QUEUED]
    copies = [recipient.address for recipient in waiting if recipient.is_copy]
    shown = copy_for_information(letter.raw) if copies else letter.raw
    if shown == letter.raw:
        return [(letter.raw, [recipient.address for recipient in waiting])]
    own = [recipient.address for recipient in waiting if not recipient.is_copy]
    return [(raw, addresses) for raw, addresses in ((letter.raw, own), (shown, copies)) if addresses]


def _why_not(session: Session, visit: VisitRow) -> str | None:
    """Why nothing of that visit may leave now, whose row is locked; `LeaseLost` if another has taken it from us."""
    if holds(visit.id):
        fence(visit)
    elif visit.worker not in (None, me()):
        return "whoever has the visit sends its letters"
    return "it was marked this very moment: the next round withholds it" if mark_of(session, visit) else None


def _hand_over(postman: Postman, letter: LetterRow, raw: bytes, asked: list[str], result: Delivered) -> None:
    hold: list[Hold] = []

    def claim(envelope: Envelope) -> None:
        with writing(settings().database) as session:
            if why := _why_not(session, visits.get(session, letter.visit_id, lock=True)):
                raise _NotNow(why)
            if not outbox.take(session, letter.id, me(), envelope.taken):
                raise _NotNow
            _record(session, letter, envelope, result)
            hold.append(Hold(session))
        asked[:] = envelope.taken  # the others have their answer
        hold[-1].check()

    try:
        receipt = postman.hand_over(
            raw, letter.sender, tuple(asked), before_data=claim, before_text=lambda: hold[-1].check()
        )
    except _NotNow:
        return
    except LeaseLost as lost:
        _put_back(letter, str(lost))  # unless others have seen to it: nothing of it has left
        if holds(letter.visit_id):
            raise
    except Unknown as error:
        _settle(letter, "uncertain", str(error))
        result.uncertain += 1
        raise ServerUnavailable(str(error)) from error
    except LetterRefused as error:
        envelope = error.envelope or Envelope((), refused=dict.fromkeys(asked, error.reply))
        _turned_away(letter, envelope, result, claimed=bool(hold))
    except TryLater as error:
        envelope = error.envelope or Envelope((), later=dict.fromkeys(asked, error.reply))
        _turned_away(letter, envelope, result, claimed=bool(hold))
    else:
        _settle(letter, "held" if result.held else "sent", receipt.reply)
        result.letters.add(letter.id)


def _turned_away(letter: LetterRow, envelope: Envelope, result: Delivered, *, claimed: bool) -> None:
    """The server took nobody, or not the text: then those whom DATA was for are answered with the rest.

    Of a claim that others have taken out of our hands the word is kept for whoever decides.
    """
    with writing(settings().database) as session:
        row = outbox.locked(session, letter.id)
        assert row is not None, "letters are never deleted"
        if claimed and row.sending_by != me():
            _note(
                session,
                letter,
                "too late",
                "; ".join(dict.fromkeys((*envelope.refused.values(), *envelope.later.values()))),
            )
            return
        if row.sending_by not in (None, me()):
            return
        outbox.settle(session, letter.id, "queued")
        _record(session, letter, envelope, result)


def _record(session: Session, letter: LetterRow, envelope: Envelope, result: Delivered) -> None:
    """What the server said of each recipient whom it did not take; nobody is told of one twice."""
    if not (envelope.refused or envelope.later):
        return
    give_up = timedelta(hours=settings().delivery.give_up_hours)
    replies: Mapping[str, str] = envelope.refused | envelope.later
    refused = outbox.refuse(session, letter.id, envelope.refused)
    refused += outbox.put_off(session, letter.id, envelope.later, give_up)
    for address in refused:
        _note(session, letter, "refused", replies[address], address=address)
    if refused:
        result.refused.append(letter.subject)
    if envelope.later:
        result.reply = "; ".join(f"{address}: {reply}" for address, reply in envelope.later.items())


@again_if_undone
def _settle(letter: LetterRow, state: str, reply: str) -> None:
    with writing(settings().database) as session:
        if not outbox.settle(session, letter.id, state, reply, me()):
            _note(session, letter, "too late", reply)
        elif state != LetterState.SENT:
            _note(session, letter, state, reply)


def _note(session: Session, letter: LetterRow, state: str, reply: str, **more: str) -> None:
    audit.note(session, audit.SYSTEM, _SAID[state], letter.visit_id, letter=letter.id, **more, reply=reply)


_SAID = {"held": "giữ thư lại", "refused": "thư bị từ chối", "uncertain": "không rõ thư đã đi chưa"}
_SAID |= {"too late": "người gửi bị coi là đã dừng nay báo lại lời máy chủ thư"}
