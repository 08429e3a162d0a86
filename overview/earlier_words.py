"""Lines of the record in words no longer used: they stay as they were written, and are told in the words of today."""

#: What earlier versions wrote -> what is written now. The record itself is sealed and never rewritten (0027).
_EARLIER = {
    "mở chuyến": "bắt đầu",
    "khép chuyến": "kết thúc",
    "nhận danh sách đề cử": "nhận danh sách giới thiệu",
    "dời buổi sinh hoạt": "chuyển buổi sinh hoạt",
    "hủy chuyến": "hủy đợt",
    "báo hủy chuyến": "báo hủy đợt",
    "xong bước 1 · Đề nghị đề cử": "xong bước 1 · Đề nghị danh sách",
    "tiếp nhận bước 1 · Đề nghị đề cử": "tiếp nhận bước 1 · Đề nghị danh sách",
}


def in_words_of_today(what: str) -> str:
    """What a line of the record says was done, as it would be written now."""
    return _EARLIER.get(what, what)
