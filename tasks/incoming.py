"""One round over the office's inbox: fetch what is new, keep it as rows, take it out of the folder, deal with it (R62).

A message is a row, and that is on the disk, before it is moved or acted upon; how far the folder was read is written in
the same transaction. So a process may die at any point: the next round finds the message, or its row, never two.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import DBAPIError

from answers.incoming.acting import act, leave_to_a_person
from answers.incoming.matching import own_addresses
from answers.incoming.storing import key_of
from config.secret import inbox_password
from config.settings import Settings, settings
from database import incoming, service_notes
from database.engine import reading, writing
from database.health import INBOX, INBOX_FAULT
from database.incoming import Place
from database.turns import only_one
from domain.incoming import MailState
from domain.problem import Refused
from inbox.mail_server import PLACE, Inbox, InboxServer, InboxUnavailable, NotHandedOut
from inbox.reading import read_mail
from tasks.keeping_mail import keep

__all__ = ("PLACE", "InboxUnavailable", "Round", "deal_with_all", "inbox_server", "note_fault", "read_inbox")

_log = logging.getLogger(__name__)
#: So many messages are moved at once: no more stay behind when a process dies.
_BATCH = 50
#: So many of those that lie in the folder since earlier rounds are asked about in one round, the newest first.
_LEFT = 500


@dataclass
class Round:
    """What one round did."""

    kept: int = 0  #: new messages
    again: int = 0  #: that were rows before
    moved: int = 0
    done: Counter[MailState] = field(default_factory=Counter)  #: messages dealt with, by how they stand now
    elsewhere: bool = False  #: another machine is reading at this moment

    @property
    def quiet(self) -> bool:
        """Whether nothing happened."""
        return not (self.kept or self.again or self.moved or self.done)

    def __str__(self) -> str:
        if self.elsewhere:
            return "máy khác đang đọc hộp thư"
        if self.quiet:
            return "không có thư mới"
        waiting = self.done[MailState.OPEN]
        return f"{self.kept} thư mới, xử lý {self.done[MailState.DONE]}, chờ người xem {waiting}"


def inbox_server(of: Settings) -> InboxServer:
    """Where this office's mail comes in."""
    given = of.inbox
    return InboxServer(
        given.host, given.port, given.user, inbox_password(of), given.security, given.folder,
        keeps_place=not given.done_folder,
    )  # fmt: skip


def read_inbox() -> Round:
    """Fetch everything new and deal with it; nothing where no inbox is set. Raises `InboxUnavailable`.

    Of two machines that look at the same moment one goes on; what a dead one left undone is done first.
    """
    of, result = settings(), Round()
    if not of.inbox.host:
        return result
    with only_one(of.database, "inbox") as alone:
        if not alone:
            return replace(result, elsewhere=True)
        deal_with_all(result)
        _fetch(of, result)
        deal_with_all(result)
        _note_read()
    return result


def deal_with_all(result: Round) -> None:
    """Act on every message that is a row and was not dealt with, one transaction each.

    What a rule cannot deal with waits for a person; what the database cannot do now is left for the next round.
    """
    with reading(settings().database) as session:
        waiting = list(incoming.new_ids(session))
    for number in waiting:
        try:
            outcome = act(number)
        except DBAPIError:
            raise
        except Exception as error:  # whatever it is, one message must not hold up all others
            _log.exception("message %s was left to a person", number)
            why = str(error) if isinstance(error, Refused) else f"máy không xử lý được ({type(error).__name__})"
            leave_to_a_person(number, why)
            result.done[MailState.OPEN] += 1
        else:
            result.done.update([outcome.state] if outcome else [])


def note_fault(why: str) -> None:
    """Say that the inbox could not be read, for the doctor and the desk."""
    with writing(settings().database) as session:
        service_notes.note(session, INBOX_FAULT, why)


def _note_read() -> None:
    with writing(settings().database) as session:
        service_notes.note(session, INBOX)
        service_notes.forget(session, INBOX_FAULT)


def _fetch(of: Settings, result: Round) -> None:
    with reading(of.database) as session:
        before, own = incoming.place(session), own_addresses(session, of.inbox.address, of.inbox.user)
    with Inbox(inbox_server(of)) as box:
        place = Place(_folder_id(of), box.validity, 0)
        if before.same_folder(place):
            place = before
        here, uids = box.uids(), box.uids(deleted=True)
        if of.inbox.done_folder:
            _take_away_what_was_left(box, [uid for uid in here if uid <= place.uid], of, result)
        leaving: list[int] = []
        for listed in box.listed([uid for uid in uids if uid > place.uid]):
            kept = keep(box, listed, replace(place, uid=listed.uid), own, of)
            if kept is None:
                continue
            result.kept, result.again = result.kept + kept.is_new, result.again + (not kept.is_new)
            leaving += [listed.uid] if listed.uid in here and not kept.stays else []
            if len(leaving) >= _BATCH:
                _take_away(box, leaving, of, result)
        _take_away(box, leaving, of, result)


def _folder_id(of: Settings) -> str:
    """By which one folder of one account is known; of another one the numbers say nothing."""
    named = f"{of.inbox.host} {of.inbox.port} {of.inbox.user} {of.inbox.folder}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def _take_away(box: Inbox, leaving: list[int], of: Settings, result: Round) -> None:
    """Move what are rows now; they are told by their numbers, which the list then no longer holds."""
    if of.inbox.done_folder and leaving:
        box.move(leaving, of.inbox.done_folder)
        result.moved += len(leaving)
    leaving.clear()


def _take_away_what_was_left(box: Inbox, uids: Sequence[int], of: Settings, result: Round) -> None:
    """What is a row since an earlier round and lies here still: a process died before it moved it.

    What stays on purpose (too large, or of a visit with a mark) is told by its row, found by the headers.
    """
    leaving: list[int] = []
    for uid in sorted(uids)[-_LEFT:]:
        with suppress(NotHandedOut):  # it has a row that says so, and stays
            head = box.head(uid)
            leaving += [uid] if head is not None and _is_kept_whole(head) else []
    _take_away(box, leaving, of, result)


def _is_kept_whole(head: bytes) -> bool:
    """Whether everything that came under that Message-ID is kept here whole.

    What has none is known by the whole message alone, and stays where it is.
    """
    read = read_mail(head, frozenset(), "")
    if not read.message_id:
        return False
    with reading(settings().database) as session:
        rows = incoming.with_key(session, key_of(read, head))
        return bool(rows) and all(row.raw is not None for row in rows)
