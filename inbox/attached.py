"""One file of a message, by its number."""

from email import message_from_bytes
from email.policy import default

from domain.problem import Problem, Refused


def file_in(raw: bytes, number: int) -> bytes:
    """The bytes of that file of a message, as it was numbered in reading; raises `Refused` if there is none."""
    message = message_from_bytes(raw, policy=default)
    for place, part in enumerate((one for one in message.walk() if one.get_content_disposition()), start=1):
        if place == number:
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    raise Refused(Problem(f"tệp số {number}", "thư không có tệp này", "mở lại trang Thư đến và chọn tệp khác"))
