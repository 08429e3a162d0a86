"""Which letters went out after a copy was taken, as far as an old home and mailboxes still tell (0043)."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

from database.record.heads import FILE as HEADS
from database.record.heads import read_head
from deployments.copies import server
from deployments.copies.contents import MAILBOX, OURS
from deployments.copies.sqlite_file import length_of_record
from letters.masked import original_id

#: In these states at least one recipient may have the letter.
_MAY_HAVE_ARRIVED = ("sent", "partly", "sending", "uncertain")
#: Kept in the local mailbox because nothing was let out.
_KEPT_HERE = ("held",)


@dataclass(frozen=True)
class LetterSince:
    """A letter of which the copy does not know that it went out."""

    message_id: str
    subject: str
    to: str
    where: str  #: by what it is known


@dataclass(frozen=True)
class Since:
    """What has happened after the copy, as far as anything tells."""

    letters: Sequence[LetterSince]
    lines: int  #: of the record that the copy lacks; 0 where nobody knows of any
    unread: Sequence[str]  #: where one should look by hand, because it could not be read here


def since(database: Path, old_home: Path | None, mailboxes: Sequence[Path], url: str = "") -> Since:
    """Hold the copy's database against an older home, which may be damaged, and folders of letters (`.eml`).

    `url` is that of an older database on a server, if there is one.
    """
    known, unread = _ledger(database), list[str]()
    states = _old_ledger(old_home, url, unread)
    found = {
        message_id: LetterSince(message_id, subject, to, "sổ thư cũ")
        for message_id, (state, subject, to) in states.items()
        if state in _MAY_HAVE_ARRIVED and not _went_out(known, message_id)
    }
    folders = [*mailboxes, *([old_home / MAILBOX] if old_home else [])]
    for letter in _in_mailboxes(folders, unread):
        message_id = original_id(letter.message_id)
        held = (states.get(message_id) or known.get(message_id) or ("",))[0] in _KEPT_HERE
        if message_id and not held and not _went_out(known, message_id):
            found.setdefault(message_id, letter)
    return Since(tuple(found.values()), _lines_since(database, old_home, url), tuple(unread))


def _old_ledger(old_home: Path | None, url: str, unread: list[str]) -> server.Ledger:
    """Of the file in the home and of the database on the server: whoever goes over to one has had the other."""
    states = dict(server.ledger(url)) if url else {}
    if old_home and (old_home / OURS).exists():
        try:
            states |= _ledger(old_home / OURS)
        except sqlite3.Error as error:
            unread.append(f"sổ thư cũ {old_home / OURS}: {error}")
    return states


def _went_out(known: server.Ledger, message_id: str) -> bool:
    return message_id in known and known[message_id][0] in _MAY_HAVE_ARRIVED


def _ledger(database: Path) -> server.Ledger:
    """Message-ID -> state, subject, recipient; in plain SQL, for the database may be of any version."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        rows = connection.execute("SELECT message_id, state, subject, recipient FROM letter ORDER BY id")
        return {str(message_id): (str(state), str(subject), str(to)) for message_id, state, subject, to in rows}


def _in_mailboxes(folders: Sequence[Path], unread: list[str]) -> Iterator[LetterSince]:
    for folder in folders:
        for path in sorted(folder.glob("*.eml")):
            try:
                with path.open("rb") as file:
                    headers = BytesHeaderParser(policy=default).parse(file)
                message_id, subject, to = (str(headers[name] or "").strip() for name in ("Message-ID", "Subject", "To"))
            except (OSError, ValueError, LookupError, AttributeError) as error:  # what others wrote may break a parser
                unread.append(f"thư {path}: {error}")
                continue
            yield LetterSince(message_id, subject, to, f"hộp thư {path}")


def _lines_since(database: Path, old_home: Path | None, url: str) -> int:
    """By the heads that were kept, and by the old database itself."""
    told = [server.lines_of_record(url)] if url else []
    if old_home is not None:
        heads = old_home / HEADS
        text = heads.read_text("utf-8", errors="replace") if heads.exists() else ""
        told += [head.lines for line in text.splitlines() if (head := read_head(line))]
        if (old_home / OURS).exists():
            told.append(length_of_record(old_home / OURS)[0])
    return max(0, max(told, default=0) - length_of_record(database)[0])
