"""Where the record stood, day by day, kept outside the database: so a record that was cut or rewritten is found (P7).

A head is one line of text: the day, what it was written for, how many lines the record had, the hash of the last, and
a seal. Heads stand in a file that copies take along, and in the letters that carry issued documents.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.parser import BytesHeaderParser
from email.policy import default
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import audit, clock
from database.models import AuditEndRow, LetterRow
from database.record.key import Key, known_key
from domain.letters_and_documents import DOCUMENTS, RECORD_HEADER

FILE = "record-heads.txt"
_ABOUT = "# Đầu sổ nhật ký: ngày, dịp ghi, số dòng, mã băm dòng cuối, khóa, dấu. Không sửa; sao lưu cùng dữ liệu.\n"
_HEADERS_AT_MOST = 32_768  # bytes of a letter that are looked at


class Occasion(StrEnum):
    """What a head was written for."""

    DAY = "day"
    START = "start"
    STOP = "stop"
    ARCHIVE = "archive"
    LETTER = "letter"
    RESTORED = "restored"  #: somebody has looked at a database that was put back, and goes on with it


@dataclass(frozen=True)
class Head:
    """How many lines the record had on a day, and the hash of the last."""

    day: date
    occasion: Occasion
    lines: int
    hash: str
    key_mark: str = ""
    mac: str = ""
    #: of `RESTORED`: how far what was put back is what earlier heads say; those beyond it count no longer
    back_to: int = 0

    def __str__(self) -> str:
        """The line of text."""
        return f"{self.said} {self.key_mark} {self.mac}"

    @property
    def said(self) -> str:
        """What the seal is made of."""
        occasion = f"{self.occasion}:{self.back_to}" if self.occasion is Occasion.RESTORED else self.occasion.value
        return f"{self.day} {occasion} {self.lines} {self.hash}"

    def sealed(self, key: Key) -> "Head":
        """The same with the seal of this key."""
        return replace(self, key_mark=key.mark, mac=key.mac(f"head {self.said}"))

    def holds(self, key: Key | None) -> bool:
        """Whether the seal is right, as far as this key can tell: that of another key is not known to be wrong."""
        return key is None or self.key_mark != key.mark or key.made(self.mac, f"head {self.said}")

    def is_sealed_by(self, key: Key | None) -> bool:
        """Whether this key, and no other, has sealed it."""
        return key is not None and self.key_mark == key.mark and self.holds(key)


def read_head(line: str) -> Head | None:
    """A head from its line of text; None if it is none."""
    try:
        day, occasion, lines, own, mark, mac = line.split()
        name, _, back_to = occasion.partition(":")
        return Head(date.fromisoformat(day), Occasion(name), int(lines), own, mark, mac, int(back_to or 0))
    except ValueError:
        return None


def head_now(session: Session, occasion: Occasion) -> Head | None:
    """Where the record stands; None where it is empty, or where this process has not the key of its last line."""
    lines, own = audit.settled(session)
    key = known_key()
    mark = session.scalars(select(AuditEndRow.sealed_by)).one()
    if not lines or key is None or mark != key.mark:
        return None
    return Head(clock.now(session).date(), occasion, lines, own).sealed(key)


def keep_head(session: Session, of: Settings, occasion: Occasion) -> None:
    """Add today's head to the file, unless the last one says the same."""
    head = head_now(session, occasion)
    if head is not None:
        last = next((one for _number, one in reversed(heads_kept(of)) if one), None)
        if last is None or (last.day, last.lines, last.hash) != (head.day, head.lines, head.hash):
            add(of, head)


def heads_kept(of: Settings) -> Sequence[tuple[int, Head | None]]:
    """Every line of the file with its number; None for one that cannot be read. Empty where there is no file."""
    try:
        text = (of.folder / FILE).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ()
    told = enumerate(text.splitlines(), start=1)
    return [(number, read_head(line)) for number, line in told if line.strip() and not line.startswith("#")]


def in_force(heads: Sequence[Head], key: Key | None) -> list[Head]:
    """The heads that the record must agree with: a restore that somebody has looked at sets later ones aside."""
    found: list[Head] = []
    for head in heads:
        if head.occasion is Occasion.RESTORED and head.is_sealed_by(key):
            found = [one for one in found if one.lines <= head.back_to]
        found.append(head)
    return found


def heads_in_letters(session: Session) -> Iterator[tuple[int, Head]]:
    """The heads in the letters that brought issued documents, with the number of the letter."""
    begins = func.substr(LetterRow.raw, 1, _HEADERS_AT_MOST)
    query = select(LetterRow.id, begins).where(LetterRow.purpose.in_(list(DOCUMENTS))).order_by(LetterRow.id)
    for number, raw in session.execute(query.execution_options(yield_per=100)):
        # Somebody may have written something else into the database.
        if isinstance(raw, bytes) and (head := head_of_letter(raw)):
            yield number, head


def head_of_letter(raw: bytes) -> Head | None:
    """The head in the header of a letter; None if there is none."""
    told = BytesHeaderParser(policy=default).parsebytes(raw).get(RECORD_HEADER)
    return read_head(str(told)) if told else None


def agrees(head: Head, hashes: Mapping[int, str]) -> bool:
    """Whether the record says the same at that line."""
    return hashes.get(head.lines) == head.hash


def add(of: Settings, head: Head) -> None:
    """Write one line at the end in one go: two processes never write into each other's line."""
    path: Path = of.folder / FILE
    begins = "" if path.exists() else _ABOUT
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{begins}{head}\n")
