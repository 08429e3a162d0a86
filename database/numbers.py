"""The register of document numbers: one series for each organ, type and term of the committee (F22)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import clock
from database.models import DocumentRow, NumberRow
from database.turns import take_turn
from domain.problem import Problem, Refused
from domain.state import NumberState

#: Whoever writes into the register goes on alone; whoever has a visit as well has it first (0039).
_TURN = "numbers"


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


def next_free(session: Session, series: Series) -> int:
    """The number after the highest one that is known: what a clerk reads off the register."""
    return max((row.number for row in _rows(session, series)), default=0) + 1


def reserve(session: Session, series: Series, number: int | None, by: str, reason: str = "") -> int:
    """Keep a number for later, the next free one if none is given; `Refused` if it is known already."""
    take_turn(session, _TURN)  # eight clerks who ask for the next one at once get eight
    chosen = next_free(session, series) if number is None else number
    _add(session, series, chosen, "reserved", by, reason)
    return chosen


def cancel(session: Session, series: Series, number: int, by: str, reason: str) -> None:
    """A number that will never be used; it stays in the register with the reason. `Refused` if a document has it."""
    if not reason.strip():
        raise Refused(Problem("--reason", "hủy số cần lý do", 'thêm --reason "…"'))
    take_turn(session, _TURN)
    row = _find(session, series, number)
    if row is None:
        _add(session, series, number, "cancelled", by, reason)
    elif row.state == NumberState.RESERVED:
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
    elif row.state == NumberState.RESERVED:
        row.state, row.by, row.at, row.document_id = NumberState.USED, by, clock.now(session), document.id
    else:
        raise Refused(_taken(series, row))


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
        "cancelled": f"đã hủy ({row.reason})",
    }
    return Problem("số", f"số {series.symbol(row.number)} {told[row.state]}", "lấy số khác; xem: visits numbers")


def _find(session: Session, series: Series, number: int) -> NumberRow | None:
    return next((row for row in _rows(session, series) if row.number == number), None)


def _rows(session: Session, series: Series) -> Sequence[NumberRow]:
    query = select(NumberRow).where(
        NumberRow.organ_code == series.organ_code,
        NumberRow.type_code == series.type_code,
        NumberRow.term == series.term,
    )
    # What this session has read before its turn came may be older.
    return session.scalars(query.order_by(NumberRow.number).execution_options(populate_existing=True)).all()
