"""Follows the record line by line: is each what was written, does it follow on the one before, is it sealed (P7)?"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.audit import BEGINNING, chained
from database.models import AuditEndRow, AuditRow
from database.record.key import Key
from domain.problem import Problem

REMEDY = "so với bản sao lưu gần nhất, báo người phụ trách"

_AT_ONCE = 1000  # lines: the record is longer than what one wants in memory
_UNSEALED, _NO_KEY = "unsealed", "no key"


@dataclass(frozen=True)
class Sealed:
    """What the record says last of a row."""

    hash: str | None  #: None: the row was taken out
    line: int
    visit_id: int | None


@dataclass
class Walk:
    """One way through the record, and what it came by."""

    key: Key | None
    wanted: Collection[int] = ()  #: lines whose hashes are asked for
    hashes: dict[int, str] = field(default_factory=lambda: {0: BEGINNING})
    last: int = 0
    seals: dict[str, Sealed] = field(default_factory=dict)
    is_sealed: bool = False  #: whether any line is
    #: lines that this key did not seal: why, or the mark of another key; first and last line of each stretch
    stretches: list[tuple[str, int, int]] = field(default_factory=list)

    def faults(self, session: Session) -> Iterator[Problem]:
        """Every place at which the chain is broken; to be followed to the end before anything else is asked."""
        wanted, last_hash = frozenset(self.wanted), BEGINNING
        # Single columns: a hundred thousand lines as objects would take seconds.
        query = select(
            AuditRow.id, AuditRow.at, AuditRow.who, AuditRow.what, AuditRow.visit_id, AuditRow.details,
            AuditRow.previous, AuditRow.hash, AuditRow.seals, AuditRow.mac, AuditRow.sealed_by,
        ).order_by(AuditRow.id)  # fmt: skip
        for number, at, who, what, visit_id, details, previous, own, seals, mac, mark in session.execute(
            query.execution_options(yield_per=_AT_ONCE)
        ):
            if chained(previous, number, at, who, what, visit_id, details, seals) != own:
                yield Problem(f"nhật ký, dòng {number}", "đã bị sửa hoặc được chèn thêm", REMEDY)
            elif previous != last_hash:
                yield Problem(f"nhật ký, dòng {number}", _break(self.last, number), REMEDY)
            if self.is_sealed or mac or mark or seals is not None:  # else from before there was a key
                self._look_at_seal(number, own, mac, mark)
            for name, seal in (seals or {}).items():
                self.seals[name] = Sealed(seal, number, visit_id)
            if number in wanted:
                self.hashes[number] = own
            self.last, last_hash = number, own
        end = session.scalars(select(AuditEndRow)).one_or_none()
        if end is None or (end.last, end.hash) != (self.last, last_hash):
            yield Problem("nhật ký, cuối sổ", _wrong_end(end.last if end else 0, self.last), REMEDY)
        yield from self._unsealed()

    def of_other_keys(self) -> Iterator[tuple[str, int, int]]:
        """The stretches sealed with another key: its mark, first and last line."""
        yield from (one for one in self.stretches if one[0] not in (_UNSEALED, _NO_KEY))

    def _look_at_seal(self, number: int, own: str, mac: str | None, mark: str | None) -> None:
        self.is_sealed = True
        if self.key is None:
            why = _NO_KEY
        elif mac is not None and mark is not None and mark != self.key.mark:
            why = mark
        elif not self.key.made(mac, own):
            why = _UNSEALED
        else:
            return
        if self.stretches and self.stretches[-1][0] == why and self.stretches[-1][2] == self.last:
            self.stretches[-1] = why, self.stretches[-1][1], number
        else:
            self.stretches.append((why, number, number))

    def _unsealed(self) -> Iterator[Problem]:
        for why, first, last in self.stretches:
            if why == _UNSEALED:
                yield Problem(lines(first, last), "không mang dấu của khóa: viết hoặc tính lại ngoài dịch vụ", REMEDY)
            elif why == _NO_KEY:
                remedy = "cho lệnh này dùng khóa của dịch vụ (VISITS_SECRET_RECORD_FILE) rồi chạy lại"
                yield Problem(lines(first, last), "không thấy khóa của nhật ký nên không kiểm được dấu", remedy)


def lines(first: int, last: int) -> str:
    """How a stretch of lines is called."""
    return f"nhật ký, dòng {first}" if first == last else f"nhật ký, dòng {first}–{last}"


def _break(before: int, number: int) -> str:
    if number - before > 1:
        missing = f"dòng {before + 1}" if number - before == 2 else f"các dòng từ {before + 1} đến {number - 1}"
        return f"mất {missing} ở trước nó"
    return f"không nối với dòng {before}: dòng {before} đã bị thay"


def _wrong_end(expected: int, found: int) -> str:
    if found < expected:
        return f"sổ phải hết ở dòng {expected}, nay hết ở dòng {found}: các dòng cuối đã mất"
    if found > expected:
        return f"sổ phải hết ở dòng {expected}, nay có đến dòng {found}: có dòng được chèn thêm"
    return f"dòng cuối ({found}) không phải dòng đã ghi"
