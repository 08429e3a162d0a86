"""Who is named in the head of a letter. The newer parser of Python parts a name whose encoded words meet inside it."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses

#: The headers that name recipients, the addressee's first.
RECIPIENTS = ("To", "Cc")


def people_in(raw: bytes, *headers: str) -> dict[str, str]:
    """Address -> name, in the order of those headers (all of `RECIPIENTS` if none is given)."""
    message = message_from_bytes(raw)
    lines = [str(line) for header in headers or RECIPIENTS for line in message.get_all(header, [])]
    return {address: str(make_header(decode_header(name))) or address for name, address in getaddresses(lines)}


def named(people: dict[str, str]) -> str:
    """`Ban Thường vụ Thành ủy Biên Hòa <ban-thuong-vu@…>, …`."""
    return ", ".join(f"{name} <{address}>" if name != address else address for address, name in people.items())
