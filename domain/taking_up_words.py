"""Reads what people write of work that was done before the service: one line of a plan, of a sheet, of a form."""

import re
from datetime import date

from domain.dates import parse_date
from domain.taking_up import Attended, Issued, TakenUp, Way
from domain.text import clean, match_key

#: What may stand in the column “Đã làm trước”, for every message about it.
EXAMPLES = "xong; TB 120 ngày 20/01/2024; KQ 131 ngày 10/3/2024 · đã đề nghị 03/01/2024 · mở · bỏ: lý do"
_DONE = ("xong", "đã xong", "đã làm xong", "đã thực hiện", "x")
_OPEN = ("mở", "mở ngay", "làm bình thường")
_DAY = r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})"
_PAPER = re.compile(rf"(tb|thông báo|kq|tb kq|kết quả)\s*(?:số)?\s*(\d{{1,5}})(?:[-/]\S*)?,?\s*(?:ngày)?\s*{_DAY}")
_ASKED = re.compile(rf"(?:đã )?(?:gửi )?đề nghị\s*(?:ngày)?\s*{_DAY}")


def parse_before(text: str) -> TakenUp | None:
    """The answer in one cell (`EXAMPLES`); None where it is empty. Raises `ValueError` in Vietnamese."""
    whole = clean(text).strip(" ;.")
    if not whole:
        return None
    head, *more = [part.strip() for part in whole.split(";")]
    word = head.casefold()
    if match_key(word) in map(match_key, _DONE):
        return _done(more)
    if found := re.fullmatch(r"bỏ(?: ra)?\s*[:,]?\s*(.+)", whole, re.IGNORECASE):
        return TakenUp(Way.LEAVE_OUT, reason=found[1])
    if not more and word in _OPEN:
        return TakenUp(Way.OPEN)
    if not more and (found := _ASKED.fullmatch(word)):
        return TakenUp(Way.GO_ON, step=2, requested_on=parse_date(found[1]))
    raise ValueError(f"không hiểu “{whole.replace(chr(59), chr(44))}”; ghi như: {EXAMPLES}")


def _done(parts: list[str]) -> TakenUp:
    notice: Issued | None = None
    result: Issued | None = None
    attended = []
    for part in filter(None, parts):
        if found := _PAPER.fullmatch(part.casefold()):
            issued = Issued(int(found[2]), parse_date(found[3]))
            if found[1] in ("tb", "thông báo"):
                notice = issued
            else:
                result = issued
        elif found := re.fullmatch(r"dự\s*:?\s*(.+)", part, re.IGNORECASE):
            attended.append(parse_attended(found[1], ","))
        else:
            raise ValueError(f"không hiểu “{part}”; ghi như: {EXAMPLES}")
    return TakenUp(Way.DONE, notice=notice, result=result, attended=tuple(attended))


def parse_attended(text: str, between: str = ";") -> Attended:
    """`Chi bộ Trường THPT; 05/3/2024; chuyên đề`: only the name must be there. Raises `ValueError` in Vietnamese."""
    parts = [clean(part) for part in text.split(between)]
    day: date | None = None
    thematic = False
    name = []
    for part in filter(None, parts):
        if part.casefold() in ("chuyên đề", "sinh hoạt chuyên đề"):
            thematic = True
        elif re.fullmatch(_DAY, part):
            day = parse_date(part)
        else:
            name.append(part)
    if not name:
        raise ValueError(f"“{clean(text)}” chưa ghi tên tổ chức đảng; ghi như: Chi bộ A; 05/3/2024; chuyên đề")
    return Attended(f"{between} ".join(name), day, thematic)
