"""What the registry clerk decides about numbers apart from any document: keep one, give one up (F22, F23)."""

import re

from sqlalchemy.orm import Session

from answers.answering import Giver
from config.settings import settings
from database import audit, numbers
from database.engine import writing
from database.numbers import Series
from domain import words
from domain.dates import short_date
from domain.letters_and_documents import DOCUMENTS, NUMBERED_FROM_BLOCKS
from domain.problem import Overtaken, Problem, Refused
from domain.state import NumberState
from letters.one_line import one_line

#: The types of documents that take numbers.
TYPES = sorted({kind.type_code for kind in DOCUMENTS.values()})


def reserve(series: Series, number: int | None, giver: Giver, reason: str = "", *, looked_at: str | None = None) -> str:
    """Keep a number for later, the next free one if none is given; returns its symbol.

    `looked_at` is what a page showed of the series (`seen_of`); `Overtaken` if it has changed since.
    """
    _refuse_unknown(series)
    with writing(settings().database) as session:
        _refuse_overtaken(session, series, looked_at)
        kept = numbers.reserve(session, series, number, giver.name, one_line(reason))
        audit.note(session, giver.name, f"giữ số {series.symbol(kept)}", reason=one_line(reason))
    return series.symbol(kept)


def set_aside(series: Series, first: int, last: int, giver: Giver, reason: str = "") -> str:
    """Set a block of numbers aside for the service to give by itself (F22); returns it as `100-CV/… … 180-CV/…`.

    Which types it numbers so is a setting of the office; until it names the type, nothing takes a number of the block.
    """
    _refuse_unknown(series)
    if series.type_code not in NUMBERED_FROM_BLOCKS:
        fault = f"số {series.type_code} luôn do văn thư cấp, dịch vụ không tự lấy"
        raise Refused(Problem(series.type_code, fault, f"chỉ dành khối cho {', '.join(NUMBERED_FROM_BLOCKS)}"))
    block = f"{series.symbol(first)} … {series.symbol(last)}"
    with writing(settings().database) as session:
        numbers.set_aside(session, series, first, last, giver.name, one_line(reason))
        audit.note(session, giver.name, f"dành khối số {block} cho dịch vụ tự lấy", reason=one_line(reason))
    return block


def cancel(series: Series, number: int, giver: Giver, reason: str, *, looked_at: str | None = None) -> str:
    """Give up a number that no document has; it stays in the register, with the reason."""
    _refuse_unknown(series)
    with writing(settings().database) as session:
        _refuse_overtaken(session, series, looked_at)
        numbers.cancel(session, series, number, giver.name, one_line(reason))
        audit.note(session, giver.name, f"hủy số {series.symbol(number)}", reason=one_line(reason))
    return series.symbol(number)


def seen_of(session: Session, series: Series) -> str:
    """What a page shows of a series, as its form carries it: how many numbers there are, by state (decision 0031)."""
    counts = numbers.counts(session, series)
    return "-".join(f"{counts.get(state, 0)}" for state in _STATES)


def _refuse_overtaken(session: Session, series: Series, looked_at: str | None) -> None:
    if looked_at is None or looked_at == seen_of(session, series):
        return
    newest = numbers.newest(session, series)
    if newest is None or not re.fullmatch(r"\d+(-\d+)*", looked_at):
        raise Overtaken(Problem("", "không rõ đã xem những gì", "xem lại trang này rồi gửi lần nữa"))
    moment = f"{newest.at:%H:%M} {short_date(newest.at)}"
    state = words.NUMBERS.get(newest.state, newest.state)
    told = f"{newest.by} ghi số {series.symbol(newest.number)} ({state}) lúc {moment}"
    raise Overtaken(Problem("", f"đã có thay đổi từ lúc mở trang: {told}", "xem lại rồi gửi lần nữa"))


_STATES = tuple(state for state in NumberState if state is not NumberState.GAP)


def _refuse_unknown(series: Series) -> None:
    if series.type_code not in TYPES:
        raise Refused(Problem(series.type_code, "không có loại văn bản này", f"ghi một trong: {', '.join(TYPES)}"))
