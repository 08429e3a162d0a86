"""What comes in by mail: which kinds of messages there are, and what is read in one (P26, R62).

Only read, never believed: what a message says counts when a rule or a person of the office takes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.called import Called


class MailKind(Called):
    """What a message is."""

    ANSWER = "answer", "thư trả lời"  #: a person writes
    CALENDAR = "calendar", "trả lời giấy mời"  #: METHOD:REPLY of a calendar entry (RFC 5546)
    BOUNCE = "bounce", "thư bị trả lại"  #: given back, whatever the reason (RFC 3464: action failed)
    DELAY = "delay", "thư chưa tới nơi"  #: a server still tries (RFC 3464: action delayed)
    ABSENCE = "absence", "báo vắng mặt"  #: RFC 3834: somebody is away
    AUTOMATIC = "automatic", "thư tự động"  #: any other machine: receipts, lists, tickets; never an answer
    UNREADABLE = "unreadable", "thư không đọc được"  #: too large, too many parts, broken


class MailState(Called):
    """How far the office has come with it."""

    NEW = "new", "vừa nhận"  #: it is a row, nothing was done yet
    OPEN = "open", "chờ người xem"  #: no rule may decide it alone: a person assigns it or takes its proposal
    DONE = "done", "đã xử lý"
    ASIDE = "aside", "đã để riêng"  #: a person says: nothing to do


class MatchedBy(Called):
    """How it is known which letter a message answers."""

    NOTHING = "", "chưa rõ trả lời thư nào"
    REPLY = "reply", "theo thư được trả lời"  #: In-Reply-To, References, the letter inside a report
    CALENDAR = "calendar", "theo lịch được trả lời"  #: the UID of our entry
    TAG = "tag", "theo mã trong địa chỉ nhận"  #: the signed tag behind `+` in the address
    SUBJECT = "subject", "theo mã trong tiêu đề"
    PERSON = "person", "do cán bộ xếp"


class Trust(Called):
    """What the office's own server says of the sender (SPF, DKIM, DMARC; RFC 8601)."""

    PASS = "pass", "máy chủ của cơ quan xác nhận người gửi"
    FAIL = "fail", "máy chủ của cơ quan không xác nhận được người gửi"
    UNKNOWN = "unknown", "máy chủ của cơ quan không nói gì về người gửi"


class Attending(Called):
    """What an invited person answers (PARTSTAT)."""

    ACCEPTED = "accepted", "dự"
    TENTATIVE = "tentative", "có thể dự"
    DECLINED = "declined", "không dự"
    DELEGATED = "delegated", "cử người khác dự"


@dataclass(frozen=True)
class FailedRecipient:
    """One address to which a letter did not come."""

    address: str
    for_good: bool  #: False where the same letter may arrive later: a server goes on trying, or has given up for now
    reply: str  #: what the server said, one line: `550 5.1.1 user unknown`
    reported_as: str = ""  #: the address in the report, where `address` is taken from what it holds of the letter

    def among(self, addresses: Iterable[str]) -> str:
        """Which of the addresses of a letter is meant, as it stands there; empty where none of them is.

        The one in the report goes first: what a report holds of the letter may lack who got a copy.
        """
        known = {one.strip().casefold(): one for one in addresses}
        return known.get(self.reported_as.strip().casefold()) or known.get(self.address.strip().casefold(), "")


@dataclass(frozen=True)
class CalendarAnswer:
    """What one invited person answers to one calendar entry."""

    uid: str
    sequence: int
    attendee: str  #: the address that was invited
    attending: Attending
    delegate: str = ""  #: the address of whoever comes in their place
    comment: str = ""


@dataclass(frozen=True)
class MailFile:
    """A file that came with a message; its bytes stay inside the message."""

    number: int  #: from 1, in the order of the message
    name: str  #: one line, without folders
    mime_type: str
    size: int  #: bytes
    sha256: str


@dataclass(frozen=True)
class MailReading:
    """All that is read in one message."""

    kind: MailKind
    sender: str  #: the address in `From`, lower case; empty where there is none
    sender_name: str
    subject: str
    message_id: str  #: with angle brackets; empty where there is none
    refers_to: tuple[str, ...] = ()  #: Message-IDs it answers or reports about, the nearest first
    addressed_to: tuple[str, ...] = ()  #: addresses it was sent to: To, Cc, Delivered-To, X-Original-To
    text: str = ""  #: what the person wrote, without what is quoted; at most so many letters as `inbox.limits` says
    failed: tuple[FailedRecipient, ...] = ()
    back_on: date | None = None  #: an absence: until when, if it says so
    calendar: tuple[CalendarAnswer, ...] = ()
    files: tuple[MailFile, ...] = ()
    trust: Trust = Trust.UNKNOWN
    fault: str = ""  #: why it could not be read whole, in Vietnamese
