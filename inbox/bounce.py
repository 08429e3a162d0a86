"""Letters that came back, or not yet through: to whom, why, and whether for good (RFC 3464, and what is not)."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

from domain.incoming import FailedRecipient, MailKind
from domain.text import loose_key
from inbox import delivery_report, returned_text
from inbox.bounce_words import DAEMONS, SERVER_NAMES, SERVERS, SUBJECTS
from inbox.delivery_report import ReportedRecipient
from inbox.headers import addresses_in, header, headers, refers_to, sender
from inbox.machine_signs import away_subject, machine_wrote, no_return, receipt_subject, subjects
from inbox.original import Original, original_of
from inbox.returned_text import ReturnedText
from inbox.softness import for_good


@dataclass(frozen=True)
class Returned:
    """What a report says."""

    kind: MailKind  #: `BOUNCE`, `DELAY`, or `AUTOMATIC` where it says that a letter arrived
    failed: tuple[FailedRecipient, ...]
    original: Original


def read_bounce(message: Message, text: str, own: frozenset[str]) -> Returned | None:
    """What a server says of a letter of ours; `None` where the message is no such report.

    A person who forwards a report is no server: what lies in the message within the message does not count.
    """
    if message.get_content_type() == "multipart/report" or _server_wrote(message) or no_return(message):
        recipients = delivery_report.reported(message, text)
        if recipients:
            return _by_report(recipients, returned_text.split(text), message)
    if sender(message)[0] in own or away_subject(message):
        return None
    returned = returned_text.split(text)
    if not (_is_report(message) or _tells_so(message, returned)):
        return None
    return _by_words(message, returned, own)


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type") or "").lower()
    return message.get_content_type() == "multipart/report" and kind in ("delivery-status", "")


def _tells_so(message: Message, returned: ReturnedText) -> bool:
    """Who writes, the subject and the words, two of the three; words that no machine wrote are a person's."""
    if header(message, "X-Failed-Recipients"):
        return True
    subject = any(SUBJECTS.search(subject) for subject in subjects(message))
    said = returned_text.says_given_back(returned) or bool(original_of(message, returned.below).ids)
    if _server_wrote(message):
        return subject or said or (no_return(message) and _about_a_letter(message, returned))
    return (machine_wrote(message) or _name_of_a_server(message)) and subject and said


def _about_a_letter(message: Message, returned: ReturnedText) -> bool:
    """A server that writes about a letter, in words that nobody has foreseen, writes because it did not arrive."""
    return bool(original_of(message, returned.below).ids or refers_to(message)) and not receipt_subject(message)


def _server_wrote(message: Message) -> bool:
    """Its sender is no person's: by its address, or by a name that people may have and signs that they have not."""
    return bool(DAEMONS.match(_local_part(message))) or (_name_of_a_server(message) and machine_wrote(message))


def _name_of_a_server(message: Message) -> bool:
    return bool(SERVERS.match(_local_part(message)) or SERVER_NAMES.search(loose_key(sender(message)[1])))


def _local_part(message: Message) -> str:
    """What stands before the `@`; some servers write no more than that."""
    address = sender(message)[0] or header(message, "From").strip("<> ").lower()
    return address.partition("@")[0].partition(" ")[0]


def _by_report(recipients: Sequence[ReportedRecipient], returned: ReturnedText, message: Message) -> Returned:
    """Of a letter that came back to some, those whose servers still try are left out: they have their own reports."""
    original = original_of(message, returned.below)
    tried = _still_tried(message, returned)
    delayed = [one for one in recipients if one.action == "delayed" or (one.action == "unclear" and tried)]
    gone = [one for one in recipients if one.action == "failed" or (one.action == "unclear" and not tried)]
    alone = len(gone) + len(delayed) == 1
    failed = tuple(
        FailedRecipient(address, bool(gone) and for_good(one.status, reply), reply, reported_as)
        for one in gone or delayed
        for reply in (_reply(one, returned),)
        for address, reported_as in (_as_we_wrote(one.addresses, original, alone=alone),)
    )
    return Returned(_kind(gone, delayed), failed, original)


def _still_tried(message: Message, returned: ReturnedText) -> bool:
    return returned_text.still_tried(f"{loose_key(header(message, 'Subject'))} {returned.key}")


def _reply(recipient: ReportedRecipient, returned: ReturnedText) -> str:
    """A report that names a code and no words has them in its text."""
    if recipient.reply and recipient.reply != recipient.status:
        return recipient.reply
    address = recipient.addresses[-1] if recipient.addresses else ""
    return f"{recipient.status} {returned_text.reason(returned, address)}".strip()[:500]


def _by_words(message: Message, returned: ReturnedText, own: frozenset[str]) -> Returned:
    original = original_of(message, returned.below)
    tried = _still_tried(message, returned)
    failed = tuple(
        FailedRecipient(address, not tried and for_good("", said), said)
        for address in _whom(message, returned, original, own)
        for said in (returned_text.reason(returned, address),)
    )
    return Returned(MailKind.DELAY if tried else MailKind.BOUNCE, failed, original)


def _whom(message: Message, returned: ReturnedText, original: Original, own: frozenset[str]) -> list[str]:
    """Those whom a header names; those of the letter whom the words name; whom the words name; all of the letter."""
    failing = [address for value in headers(message, "X-Failed-Recipients") for address in addresses_in(value)]
    if failing:
        return list(dict.fromkeys(failing))
    ids = frozenset(address for one in original.ids for address in addresses_in(one))
    others = own | ids | {sender(message)[0]}
    named = returned_text.named_recipients(returned, others)
    known = [address for address in original.recipients if address in named]
    return known or returned_text.as_addressed(returned, others)[:10] or list(original.recipients)


def _as_we_wrote(addresses: Sequence[str], original: Original, *, alone: bool) -> tuple[str, str]:
    """The address as our letter named it, where a server has put another in its place, and that other one.

    What a report holds of the letter may lack who got a copy: whoever has the letter looks for the other one first.
    """
    known = next((address for address in addresses if address in original.recipients), "")
    reported = addresses[0] if addresses else ""
    if known or not (alone and len(original.recipients) == 1):
        return known or reported, ""
    return original.recipients[0], reported


def _kind(gone: Sequence[ReportedRecipient], delayed: Sequence[ReportedRecipient]) -> MailKind:
    """Given up is given back, whatever the reason: nobody tries any more."""
    if gone:
        return MailKind.BOUNCE
    return MailKind.DELAY if delayed else MailKind.AUTOMATIC
