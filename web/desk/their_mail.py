"""A message of the inbox from which a form is filled: shown beside the form, and named with the answer (R62, A4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from answers.answering import Giver
from answers.incoming.their_files import read_of, stays_unseen, words_of
from config.settings import settings
from database import drafts, incoming
from database.dossier import Dossier
from database.engine import writing
from database.incoming import IncomingRow
from database.models import VisitRow
from domain.dates import short_date
from domain.incoming import MailState
from domain.mail_file import FileWord, Use
from domain.problem import Problem
from domain.text import safe_name
from inbox.attached import file_in
from web.desk.confirming import Sender
from web.desk.posted_form import Form

#: The fields by which a form carries a message, and the file of it that was chosen.
MAIL, FILE = "mail", "mail_file"


class FromInside(Protocol):
    """Who sends: whoever comes by a link sees no message of the inbox."""

    @property
    def giver(self) -> Giver:
        """As whom he answers."""

    @property
    def outside(self) -> bool:
        """Whether he comes by a link."""


@dataclass(frozen=True)
class TheirMail:
    """A message as it stands beside a form."""

    number: int
    sender: str
    sender_name: str
    received_at: datetime
    text: str
    files: tuple[FileWord, ...]
    settled: str  #: what became of it, once nobody has to do anything about it

    @property
    def came_on(self) -> date:
        """The day by which the 30 days are counted."""
        return self.received_at.date()


def mail_of(dossier: Dossier, form: Form, sender: FromInside) -> TheirMail | None:
    """The message that the form carries, if it was assigned to this unit; whoever comes by a link has none."""
    row = None if sender.outside else _row_of(dossier, form)
    if row is None:
        form.values.pop(MAIL, None)
        form.values.pop(FILE, None)
        return None
    read, unseen = read_of(row), row.raw is None or stays_unseen(dossier.session, row)
    text, files = ("", ()) if unseen else (read.text, words_of(row))
    settled = row.outcome if row.state in (MailState.DONE, MailState.ASIDE) else ""
    return TheirMail(row.id, row.sender, read.sender_name, row.received_at, text, files, settled)


def by_mail(sender: Sender, form: Form) -> Sender:
    """The same person, answering from the message that the form carries."""
    return replace(sender, giver=giver_by_mail(sender, form))


def giver_by_mail(sender: FromInside, form: Form) -> Giver:
    """The same for whatever else says who sends."""
    number = None if sender.outside else _number(form, MAIL)
    return Giver(sender.giver.name, "mail", number) if number else sender.giver


def their_file(dossier: Dossier, form: Form, sender: FromInside) -> tuple[str, bytes] | None:
    """Name and bytes of the chosen file of the message; None, noted, where there is none."""
    row, place = None if sender.outside else _row_of(dossier, form), _number(form, FILE)
    files = words_of(row) if row and row.raw and not stays_unseen(dossier.session, row) else ()
    file = next((one.file for one in files if one.file.number == place and one.use is not Use.NEVER), None)
    if row is None or row.raw is None or file is None:
        form.note("file", "thư không có tệp này", "mở lại trang Thư đến")
        return None
    return safe_name(file.name), file_in(row.raw, file.number)


def keep_their_file(dossier: Dossier, form: Form, sender: Sender) -> tuple[str, bytes] | None:
    """Keep the chosen file of the message as one that was sent with the form; what `their_file` gives."""
    found = their_file(dossier, form, sender)
    if found is None:
        return None
    name, content = found
    with writing(settings().database) as session:
        form.values["upload"] = drafts.keep_upload(session, dossier.visit.id, sender.owner, name, content)
    return name, content


def earlier_than_mail(mail: TheirMail | None, received_on: date) -> Iterator[Problem]:
    """A day of receipt before that of the message gives the unit more time than its message did: it is said."""
    if mail and received_on < mail.came_on:
        fault = f"ngày nhận {short_date(received_on)} sớm hơn ngày thư đến ({short_date(mail.came_on)})"
        yield Problem("ngày nhận", fault, "chỉ để như vậy nếu danh sách đã đến trước bằng đường khác", warning=True)


def _row_of(dossier: Dossier, form: Form) -> IncomingRow | None:
    number = _number(form, MAIL)
    row = incoming.find(dossier.session, number) if number else None
    of = dossier.session.get(VisitRow, row.visit_id) if row and row.visit_id else None
    same = of is not None and (of.year, of.unit) == (dossier.visit.year, dossier.visit.unit)
    return row if same else None


def _number(form: Form, name: str) -> int | None:
    text = form.get(name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
