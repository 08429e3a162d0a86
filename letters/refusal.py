"""What a person can do about a refused letter, told from what the mail server said (RFC 5321, RFC 3463)."""

import re

_ADDRESS = "sửa địa chỉ"
_FULL = "hộp thư đầy, gọi nơi nhận"
_SIZE = "thư quá lớn, chuyển văn bản bằng cách khác hoặc nhờ quản trị nâng giới hạn"
_POLICY = "máy chủ từ chối theo chính sách, báo quản trị"
_SENDER = "máy chủ không nhận địa chỉ người gửi, báo quản trị"
_CLOSED = "hộp thư không còn dùng, hỏi nơi nhận địa chỉ khác rồi sửa địa chỉ"
_CONTENT = "máy chủ không nhận nội dung thư, báo quản trị"
_LATER = "chờ máy chủ nơi nhận nhận thư trở lại"
_ELSE = "xem câu trả lời của máy chủ, báo quản trị"

#: By the enhanced code without its class, the more exact first.
_ENHANCED = {
    "1.7": _SENDER, "1.8": _SENDER, "1": _ADDRESS, "2.1": _CLOSED, "2.2": _FULL, "2.3": _SIZE, "2": _ADDRESS,
    "3.4": _SIZE, "4": _ADDRESS, "6": _CONTENT, "7": _POLICY,
}  # fmt: skip
#: Of a server that gives no enhanced code.
_BASIC = {"550": _ADDRESS, "551": _ADDRESS, "553": _ADDRESS, "556": _ADDRESS, "552": _SIZE, "523": _SIZE, "452": _FULL}


#: Of these it was the hour or the way, not the address; the letter may be sent again as it is.
_FOR_NOW = re.compile(r"4\.(?:3\.[0-2]|4\.\d{1,3}|5\.\d{1,3}|7\.\d{1,3})|5\.4\.7")
_FOR_NOW_BASIC = frozenset({"421", "450", "451", "454"})
_FOR_NOW_WORDS = re.compile(
    r"timed? ?out|timeout|refused to connect|connection refused|too many connections|expired|try again later|temporar"
    r"|hết thời gian|tạm thời|thử lại sau|máy chủ bận", re.IGNORECASE,
)  # fmt: skip


#: What is wrong, by the same codes.
_WHY = {
    _ADDRESS: "không có hộp thư này", _FULL: "hộp thư đầy", _SIZE: "thư quá lớn",
    _POLICY: "máy chủ nơi nhận từ chối theo chính sách", _SENDER: "máy chủ nơi nhận không nhận địa chỉ người gửi",
    _CLOSED: "hộp thư không còn dùng", _CONTENT: "máy chủ nơi nhận không nhận nội dung thư",
    _LATER: "máy chủ nơi nhận tạm thời không nhận thư",
    _ELSE: "máy chủ nơi nhận không nói rõ lý do",
}  # fmt: skip


def reason(reply: str | None) -> str:
    """Why it did not arrive, in words, within a sentence: `không có hộp thư này`."""
    enhanced = re.search(_ENHANCED_CODE, reply or "")
    return _UNREACHED if enhanced and enhanced[1] == "4" else _WHY[advice(reply)]


#: X.4.x is about the way there, not the mailbox; what helps is another address all the same.
_UNREACHED = "không tới được máy chủ của nơi nhận"
_ENHANCED_CODE = r"(?<![\d.])[45]\.(\d{1,3})\.(\d{1,3})(?!\.?\d)"


def advice(reply: str | None) -> str:
    """What to do before the letter is sent again, as the beginning of a sentence: `sửa địa chỉ`."""
    said = reply or ""
    enhanced = re.search(_ENHANCED_CODE, said)
    if enhanced:
        subject, detail = enhanced.groups()
        if _FOR_NOW.match(said, enhanced.start()):
            return _LATER
        return _ENHANCED.get(f"{subject}.{detail}") or _ENHANCED.get(subject, _ELSE)
    basic = re.search(r"\b[45]\d\d\b", said)
    if basic:
        return _LATER if basic[0] in _FOR_NOW_BASIC else _BASIC.get(basic[0], _ELSE)
    return _LATER if _FOR_NOW_WORDS.search(said) else _ELSE
