"""What the registry clerk decides about numbers apart from any document: keep one, give one up (F22, F23)."""

from answers.answering import Giver
from config.settings import settings
from database import audit, numbers
from database.engine import again_if_undone, writing
from database.numbers import Series
from domain.letters_and_documents import DOCUMENTS
from domain.problem import Problem, Refused
from letters.one_line import one_line

_TYPES = sorted({kind.type_code for kind in DOCUMENTS.values()})


@again_if_undone
def reserve(series: Series, number: int | None, giver: Giver, reason: str = "") -> str:
    """Keep a number for later, the next free one if none is given; returns its symbol."""
    _refuse_unknown(series)
    with writing(settings().database) as session:
        kept = numbers.reserve(session, series, number, giver.name, one_line(reason))
        audit.note(session, giver.name, f"giữ số {series.symbol(kept)}", reason=one_line(reason))
    return series.symbol(kept)


@again_if_undone
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
