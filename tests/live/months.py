"""The months that are played twice, as a rehearsal and live: what happens in them, and which letters go out."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from sqlalchemy import select

from config.settings import Settings
from database import visits
from database.engine import reading
from database.models import LetterRow
from domain.dates import at
from letters.masked import copy_id, original_id
from rehearsal.play import Play
from rehearsal.run import files_of
from rehearsal.script import Script

START = at(date(2024, 1, 3), 7)
#: Afterwards nothing is played any more: four months, with Tết and the holidays at the end of April.
END = at(date(2024, 5, 7), 12)
#: A week in which the service is switched off: the first of April, when a visit opens, is among it.
OFF, BACK = at(date(2024, 3, 28), 17), at(date(2024, 4, 4), 7, 30)
#: The firsts of months on which the trigger fires, and what opens then.
FIRSTS = {
    date(2024, 2, 1): "2024-04/tan_phu",
    date(2024, 3, 1): "2024-05/bien_hoa",
    date(2024, 5, 1): "2024-07/long_khanh",
}
#: The host that answers only after three reminders.
SLOW = "2024-04/tan_phu"


#: Who gives the findings: by the script, and by the link in the letter to the head of the group.
_FOUND_BY = ("Tổ trưởng mẫu (diễn tập)", "Phạm Thị Thí Dụ (qua liên kết)")


def script() -> Script:
    """That of 2024, but its slow host needs one reminder more."""
    _plan, _contacts, script = files_of("2024")
    slow = script.visits[SLOW]
    asked_longer = replace(slow, lists=(replace(slow.lists[0], after_reminders=3),))
    return replace(script, visits={**script.visits, SLOW: asked_longer})


def played(moment: datetime | None) -> datetime | None:
    """When that moment is played: none after the end, and whatever falls into the week without service after it."""
    if moment is None or moment > END:
        return None
    return BACK if OFF <= moment < BACK else moment


class RehearsedMonths(Play):
    """The rehearsal of these months: its clock jumps over the week as well."""

    def _next_moment(self, ahead: list[datetime]) -> datetime | None:  # type: ignore[override] # as it is called
        return played(super()._next_moment(ahead))


@dataclass(frozen=True, order=True)
class Letter:
    """One letter as it has arrived, without what two homes must differ in."""

    about: str
    purpose: str
    recipient: str
    revision: int
    envelope: str
    subject: str
    words: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Post:
    """What the ledger says and what has arrived."""

    states: Mapping[str, int]  #: how many letters are in which state
    arrived: list[Letter]  #: sorted, as often as they have arrived
    lost: list[str]  #: in the ledger, and never arrived
    twice: list[str]


def post_of(of: Settings, inbox: Path) -> Post:
    """Compare the ledger of a home with the mailbox at the other end."""
    with reading(of.database) as session:
        mailed = select(LetterRow).where(LetterRow.state != "by_hand")  # who has no address gets paper
        rows = {row.message_id: row for row in session.scalars(mailed)}
        keys = {row.id: visits.get(session, row.visit_id).key for row in rows.values()}
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in inbox.glob("*.eml")]
    counted = Counter(mail["Message-ID"] for mail in mails)
    known = {name: row for one, row in rows.items() for name in (one, copy_id(one))}
    named = {one: f"{keys[row.id]} {row.purpose} {row.recipient} {row.revision}" for one, row in rows.items()}
    return Post(
        Counter(row.state for row in rows.values()),
        sorted(_letter(mail, known[mail["Message-ID"]], keys[known[mail["Message-ID"]].id]) for mail in mails),
        sorted(name for one, name in named.items() if not counted[one]),
        sorted(named[original_id(one)] for one, times in counted.items() if times > 1),
    )


def _letter(mail: EmailMessage, row: LetterRow, key: str) -> Letter:
    body = mail.get_body(("plain",))
    text = re.sub(r"\s+", " ", body.get_content()) if body else ""
    # Each home signs its links with a secret of its own, and each desk has a port of its own.
    text = re.sub(r"http://127\.0\.0\.1:\d+(/tra-loi)?[^ ]*", r"(liên kết)\1", text)
    # A rehearsal's script names its own people; live, whoever has the link answers under the name of the contacts.
    text = re.sub(rf"kết quả do ({'|'.join(map(re.escape, _FOUND_BY))}) gửi", "kết quả do (Tổ công tác) gửi", text)
    files = tuple(sorted(one.get_filename() or "" for one in mail.iter_attachments()))
    envelope = re.sub(r"\s+", " ", mail["X-Envelope-To"])
    return Letter(key, row.purpose, row.recipient, row.revision, envelope, mail["Subject"], text, files)
