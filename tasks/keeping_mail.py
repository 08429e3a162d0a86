"""One message of the inbox becomes a row, whatever it is: none may hold up those behind it (R62).

What nobody can read, what is too large, and what the server does not hand out are rows as well, of which a person is
told; the message itself stays where it lies.
"""

import logging
from dataclasses import dataclass, replace

from sqlalchemy.exc import OperationalError

from answers.incoming.storing import Arrived, Kept, store
from config.settings import Settings, settings
from database import incoming
from database.engine import again_if_undone, writing
from database.incoming import Place
from domain.incoming import MailKind, MailReading
from domain.problem import Problem
from inbox.imap_answers import Listed
from inbox.mail_server import PLACE, Inbox, InboxUnavailable, NotHandedOut
from inbox.reading import read_mail

_log = logging.getLogger(__name__)
#: So many other messages are asked for before it is believed that a server hands out none at all.
_OTHERS = 3


@dataclass(frozen=True)
class _Fetched:
    """What the server gave of a message."""

    raw: bytes  #: whole, or its headers, or a name for what was not handed out
    whole: bool
    fault: str = ""  #: why it is not whole, in Vietnamese


def keep(box: Inbox, listed: Listed, place: Place, own: frozenset[str], of: Settings) -> Kept | None:
    """Fetch one message and write its row together with the place; None where somebody has deleted it meanwhile.

    Raises `InboxUnavailable` where the server hands out nothing at all: that is no fault of this message.
    """
    fetched = _fetched(box, listed, place, of)
    if fetched is None:
        return None
    read = _read(fetched.raw, own, of)
    if fetched.fault:
        read = replace(read, kind=MailKind.UNREADABLE, files=(), fault=fetched.fault)
    size = max(listed.size, len(fetched.raw))
    return _written(Arrived(fetched.raw, size, listed.received_at, read, fetched.whole), place)


def _fetched(box: Inbox, listed: Listed, place: Place, of: Settings) -> _Fetched | None:
    most = of.inbox.megabytes * 2**20
    large = f"thư lớn hơn {of.inbox.megabytes} MB, còn nguyên trong hộp thư"
    try:
        raw = box.whole(listed, most) if listed.size <= most else box.head(listed.uid)
    except NotHandedOut as refused:
        return _named(box, listed.uid, place, f"{refused}")
    if raw is None:
        return None
    beyond = max(listed.size, len(raw)) > most
    return _Fetched(raw, not beyond, large if beyond else "")


def _named(box: Inbox, uid: int, place: Place, fault: str) -> _Fetched:
    """What the server tells of a message that it does not hand out: its headers, or no more than its number."""
    try:
        head = box.head(uid)
    except NotHandedOut as refused:
        _refuse_silence(box, uid, refused)
        head = None
    return _Fetched(head or f"{place.folder} {place.validity} {place.uid}".encode(), whole=False, fault=fault)


def _refuse_silence(box: Inbox, uid: int, refused: NotHandedOut) -> None:
    """A server in trouble that hands out nothing is asked again by the next round; one message alone is passed over."""
    others = [other for other in box.uids() if other != uid]
    if not any(_is_handed_out(box, other) for other in others[-_OTHERS:]):
        remedy = "dịch vụ sẽ tự đọc lại; nếu kéo dài, mở hộp thư của cơ quan để xem thư này"
        raise InboxUnavailable(Problem(PLACE, f"{refused}", remedy)) from None


def _is_handed_out(box: Inbox, uid: int) -> bool:
    try:
        return box.head(uid) is not None
    except NotHandedOut:
        return False


def _read(raw: bytes, own: frozenset[str], of: Settings) -> MailReading:
    try:
        return read_mail(raw, own, of.inbox.authenticated_by, of.inbox.megabytes, of.mail_domain)
    except MemoryError:
        _log.exception("a message of %s bytes was not read", len(raw))
        return MailReading(MailKind.UNREADABLE, "", "", "", "", fault="máy không đủ bộ nhớ để đọc thư")


def _written(arrived: Arrived, place: Place) -> Kept:
    """The message itself is bytes, and can be kept whatever was read in it, and whatever that points to."""
    try:
        return _write(arrived, place)
    except OperationalError:
        raise
    except Exception:  # whatever it is, one message must not hold up all others
        _log.exception("what was read in a message could not be kept")
    named = _only_named(arrived.reading)
    try:
        return _write(replace(arrived, reading=named), place)
    except OperationalError:
        raise
    except Exception:
        _log.exception("what a message answers could not be looked up")
    return _write(replace(arrived, reading=replace(named, refers_to=(), addressed_to=())), place)


@again_if_undone
def _write(arrived: Arrived, place: Place) -> Kept:
    with writing(settings().database) as session:
        kept = store(session, arrived)
        incoming.keep_place(session, place)
        return kept


def _only_named(read: MailReading) -> MailReading:
    """Who wrote, and what it answers: that a mark may still be heeded."""
    fault = "có nội dung không ghi được vào cơ sở dữ liệu"
    return MailReading(
        MailKind.UNREADABLE, _ascii(read.sender), "", "", _ascii(read.message_id), fault=fault,
        refers_to=tuple(map(_ascii, read.refers_to)), addressed_to=tuple(map(_ascii, read.addressed_to)),
    )  # fmt: skip


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()
