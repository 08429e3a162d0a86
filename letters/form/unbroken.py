"""What no line end may part: symbols of documents everywhere, words of several syllables in titles (F12)."""

import re
from collections.abc import Iterator

#: `10-CT/TW`, `25-QĐi/TU`, `2020-2025`: a program breaks lines after a hyphen.
_SYMBOL = re.compile(r"\b\d{1,5}-(?:[^\W\d_]{1,4}(?:/[^\W\d_]{1,10})?|\d{4})\b")
_NO_BREAK = "\u00a0"
#: The field's words of several syllables.
_WORDS = (
    "báo cáo", "bổ sung", "cao su", "cấp ủy", "chi bộ", "chuẩn bị", "chuyên đề", "công an", "cơ quan", "danh mục",
    "danh sách", "doanh nghiệp", "đảng bộ", "đảng ủy", "đảng viên", "địa điểm", "điều chỉnh", "đề nghị", "đôn đốc",
    "đơn vị", "giám sát", "huyện ủy", "kế hoạch", "kết quả", "kiến nghị", "quân sự", "sinh hoạt", "tài liệu",
    "thành phố", "thành ủy", "thời gian", "thông báo", "thường kỳ", "thực hiện", "tỉnh ủy", "tổ chức", "tổ công tác",
    "tổng công ty", "tổng hợp",
)  # fmt: skip
_KNOWN = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:tháng|năm|ngày|số|mục|phần|quý) \d\S*", re.IGNORECASE)
#: A name, of three words at most, so that a long row of capitals still breaks somewhere.
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+){1,2}\b")

#: The unit that a title ends with, unless it is so long that it would leave the line before it half empty.
_UNIT_AT_END = re.compile(r"\bĐảng bộ [^,;.]{3,24}$")


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a symbol, which stays on one line."""
    last = 0
    for found in _SYMBOL.finditer(text):
        if found.start() > last:
            yield text[last : found.start()], False
        yield found[0], True
        last = found.end()
    if last < len(text):
        yield text[last:], False


def title(text: str) -> str:
    """The text with no-break blanks inside its words, so that a title of two lines is parted between words."""
    for words in (_UNIT_AT_END, _KNOWN, _COUNTED):
        text = words.sub(_glued, text)
    return _NAME.sub(_glued_name, text)


def _glued(found: re.Match[str]) -> str:
    return found[0].replace(" ", _NO_BREAK)


def _glued_name(found: re.Match[str]) -> str:
    words = found[0].split(" ")
    return _glued(found) if all(word.istitle() for word in words) else found[0]
