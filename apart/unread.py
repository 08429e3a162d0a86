"""Why a file could not be read apart, told to whoever sent it."""

from domain.problem import Problem

_SMALLER = "chép riêng phần cần gửi sang một tệp mới rồi gửi lại"


class Unread(Exception):  # noqa: N818 - it is an answer to a person, not a defect
    """A file that was not read; nothing is known of it. `fault` and `remedy` are those of a `Problem`."""

    def __init__(self, fault: str, remedy: str) -> None:
        self.fault, self.remedy = fault, remedy
        super().__init__(f"{fault}; {remedy}")

    def problem(self, place: str) -> Problem:
        """The same as a fault of that place, the file's name as a rule."""
        return Problem(place, self.fault, self.remedy)


def busy() -> Unread:
    """So many files are being read already that this one was not begun."""
    return Unread("hệ thống đang bận đọc các tệp khác, chưa đọc tệp này", "thử lại sau một phút")


def not_begun() -> Unread:
    """The machine has no room for the process that would read it."""
    return Unread("máy chủ đang quá tải nên chưa đọc tệp này", "thử lại sau một phút")


def too_long() -> Unread:
    """Reading took more time than any file of this office needs."""
    return Unread("đọc tệp mất quá nhiều thời gian nên đã dừng, chưa đọc được", _SMALLER)


def too_much() -> Unread:
    """Reading wanted more memory than any file of this office needs."""
    return Unread("đọc tệp cần quá nhiều bộ nhớ nên đã dừng, chưa đọc được", _SMALLER)


def stopped() -> Unread:
    """The process that read it has ended, for whatever reason."""
    return Unread(
        "việc đọc tệp bị dừng giữa chừng, chưa đọc được",
        "thử lại sau một phút; nếu vẫn vậy thì mở tệp, lưu lại (Save As) thành tệp mới rồi gửi lại",
    )
