"""The register of document numbers: one series for each organ, type and term of the committee (F22)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import clock
from database.models import DocumentRow, NumberRow
from database.turns import take_turn
from domain.problem import Problem, Refused
from domain.state import NumberState

#: Whoever writes into the register goes on alone; whoever has a visit as well has it first (0039).
_TURN = "numbers"
#: Not given to a document yet, and kept for one.
_KEPT = (NumberState.RESERVED, NumberState.BLOCK)
#: Numbers; more is a slip of the pen.
_BLOCK_AT_MOST = 500


@dataclass(frozen=True)
class Series:
    """Numbers run within these three, and not from New Year to New Year."""

    organ_code: str
    type_code: str
    term: str

    def symbol(self, number: int) -> str:
        """`07-TB/BTCTU` (F9)."""
        return f"{number:02d}-{self.type_code}/{self.organ_code}"


@dataclass(frozen=True)
class Entry:
    """One line of the register."""

    number: int
    state: str  #: `reserved`, `used`, `cancelled`, `gap`
    row: NumberRow | None = None


def series_of(row: DocumentRow) -> Series:
    """The series a document takes its number from."""
    return Series(row.organ_code, row.type_code, row.term)


def register(session: Session, series: Series) -> Iterator[Entry]:
    """Every number from the first that is known to the last, gaps and cancelled ones among them."""
    rows = {row.number: row for row in _rows(session, series)}
    for number in range(min(rows, default=1), max(rows, default=0) + 1):
        row = rows.get(number)
        yield Entry(number, row.state if row else "gap", row)


def all_series(session: Session) -> Sequence[Series]:
    """The series that have a number."""
    query = select(NumberRow.organ_code, NumberRow.type_code, NumberRow.term).distinct()
    return [Series(*one) for one in sorted(tuple(row) for row in session.execute(query))]


def counts(session: Session, series: Series) -> Mapping[str, int]:
    """How many numbers of a series there are in each state."""
    query = select(NumberRow.state, func.count()).where(*_of(series)).group_by(NumberRow.state)
    return dict(session.execute(query).all())


def newest(session: Session, series: Series) -> NumberRow | None:
    """What was written last into a series."""
    query = select(NumberRow).where(*_of(series)).order_by(NumberRow.at.desc(), NumberRow.id.desc())
    return session.scalars(query.limit(1)).first()


def next_free(session: Session, series: Series) -> int:
    """The number after the highest one that is known: what a clerk reads off the register."""
    return (session.scalar(select(func.max(NumberRow.number)).where(*_of(series))) or 0) + 1


def reserve(session: Session, series: Series, number: int | None, by: str, reason: str = "") -> int:
    """Keep a number for later, the next free one if none is given; `Refused` if it is known already."""
    take_turn(session, _TURN)  # eight clerks who ask for the next one at once get eight
    chosen = next_free(session, series) if number is None else number
    _add(session, series, chosen, "reserved", by, reason)
    return chosen


def set_aside(session: Session, series: Series, first: int, last: int, by: str, reason: str = "") -> None:
    """A block of numbers that the service may give by itself; `Refused` if one of them is known already (F22)."""
    if not first <= last < first + _BLOCK_AT_MOST:
        fault = f"khối từ {first} đến {last} không hợp lệ"
        raise Refused(Problem("--from, --to", fault, f"ghi số đầu trước, nhiều nhất {_BLOCK_AT_MOST} số một khối"))
    take_turn(session, _TURN)
    for number in range(first, last + 1):
        _add(session, series, number, NumberState.BLOCK, by, reason)


def next_of_block(session: Session, series: Series) -> NumberRow | None:
    """The lowest number that was set aside and that nothing has yet; None when the blocks are used up."""
    return next((row for row in _rows(session, series) if row.state == NumberState.BLOCK), None)


def cancel(session: Session, series: Series, number: int, by: str, reason: str) -> None:
    """A number that will never be used; it stays in the register with the reason. `Refused` if a document has it."""
    if not reason.strip():
        raise Refused(Problem("--reason", "hủy số cần lý do", 'thêm --reason "…"'))
    take_turn(session, _TURN)
    row = _find(session, series, number)
    if row is None:
        _add(session, series, number, "cancelled", by, reason)
    elif row.state in _KEPT:
        row.state, row.by, row.at, row.reason = NumberState.CANCELLED, by, clock.now(session), reason
    else:
        raise Refused(_taken(series, row))


def use(session: Session, document: DocumentRow, number: int, by: str) -> None:
    """Give a number to a document, once: a new one, or one that was reserved. `Refused` if it is used or cancelled."""
    take_turn(session, _TURN)
    series = series_of(document)
    row = _find(session, series, number)
    if row is None:
        _add(session, series, number, "used", by, "", document.id)
    elif row.state in _KEPT:
        row.state, row.by, row.at, row.document_id = NumberState.USED, by, clock.now(session), document.id
    else:
        raise Refused(_taken(series, row))


def correct(session: Session, document: DocumentRow, number: int, by: str, reason: str) -> None:
    """Give an issued document the number that it should have had; the wrong one stays in the register, never free.

    `Refused` if the right one is used or cancelled. Where it is the number that the document has, the reason is noted.
    """
    take_turn(session, _TURN)
    row = _find(session, series_of(document), document.number or 0)
    if row is not None:  # of a công văn to several, and of what left on paper, the register may know nothing more
        row.reason = "; ".join(filter(None, (row.reason, reason)))
    if number == document.number:
        return
    if row is not None:
        row.state = NumberState.CORRECTED
    use(session, document, number, by)


def _add(
    session: Session, series: Series, number: int, state: str, by: str, reason: str, document_id: int | None = None
) -> None:
    if not 1 <= number <= 99_999:
        raise Refused(Problem("số", f"{number} không phải số văn bản", "ghi số từ 1"))
    known = _find(session, series, number)
    if known is not None:
        raise Refused(_taken(series, known))
    row = NumberRow(
        organ_code=series.organ_code, type_code=series.type_code, term=series.term, number=number, state=state,
        by=by, at=clock.now(session), reason=reason, document_id=document_id,
    )  # fmt: skip
    try:
        with session.begin_nested():  # somebody else's transaction may have been quicker
            session.add(row)
            session.flush()
    except IntegrityError:
        raise Refused(Problem("số", f"số {series.symbol(number)} vừa được cấp", "lấy số khác")) from None


def _taken(series: Series, row: NumberRow) -> Problem:
    told = {
        "used": f"đã dùng trong nhiệm kỳ {series.term}",
        "reserved": f"đã được {row.by} giữ",
        "block": f"đã được {row.by} dành cho dịch vụ tự lấy số",
        "cancelled": f"đã hủy ({row.reason})",
        "corrected": f"đã cấp nhầm, không dùng lại ({row.reason})",
    }
    return Problem("số", f"số {series.symbol(row.number)} {told[row.state]}", "lấy số khác; xem: visits numbers")


def _find(session: Session, series: Series, number: int) -> NumberRow | None:
    return session.scalars(_afresh(select(NumberRow).where(*_of(series), NumberRow.number == number))).first()


def _rows(session: Session, series: Series) -> Sequence[NumberRow]:
    return session.scalars(_afresh(select(NumberRow).where(*_of(series)).order_by(NumberRow.number))).all()


def _afresh(query: Select[NumberRow]) -> Select[NumberRow]:
    """What this session has read before its turn came may be older."""
    return query.execution_options(populate_existing=True)


def _of(series: Series) -> tuple[ColumnElement[bool], ...]:
    organ, kind, term = NumberRow.organ_code, NumberRow.type_code, NumberRow.term
    return organ == series.organ_code, kind == series.type_code, term == series.term
