"""What the registry clerk decides about numbers apart from any document: keep one, give one up (F22, F23)."""

from answers.answering import Giver
from config.settings import settings
from database import audit, numbers
from database.engine import writing
from database.numbers import Series
from domain.letters_and_documents import DOCUMENTS, NUMBERED_FROM_BLOCKS
from domain.problem import Problem, Refused
from letters.one_line import one_line

_TYPES = sorted({kind.type_code for kind in DOCUMENTS.values()})


def reserve(series: Series, number: int | None, giver: Giver, reason: str = "") -> str:
    """Keep a number for later, the next free one if none is given; returns its symbol."""
    _refuse_unknown(series)
    with writing(settings().database) as session:
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


def cancel(series: Series, number: int, giver: Giver, reason: str) -> str:
    """Give up a number that no document has; it stays in the register, with the reason."""
    _refuse_unknown(series)
    with writing(settings().database) as session:
        numbers.cancel(session, series, number, giver.name, one_line(reason))
        audit.note(session, giver.name, f"hủy số {series.symbol(number)}", reason=one_line(reason))
    return series.symbol(number)


def _refuse_unknown(series: Series) -> None:
    if series.type_code not in _TYPES:
        raise Refused(Problem(series.type_code, "không có loại văn bản này", f"ghi một trong: {', '.join(_TYPES)}"))
