"""Callers who begin and do not go on, as the tests of the connections send them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from web.connections.in_time import H11InTime, quickest

#: What somebody sends who does not go on.
HALF = {
    "nothing": b"",
    "headers that do not end": b"GET /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
    "a body that does not come": (
        b"POST /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 5000\r\n\r\nlogin=a"
    ),
    "a body in pieces that stops": (
        b"POST /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nlogin\r\n"
    ),
}
WHOLE = b"GET /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PROTOCOLS = {"quickest": quickest(), "pure Python": H11InTime}


def answer(talk: socket.socket, seconds: float = 15) -> bytes:
    """All that comes until the desk closes."""
    talk.settimeout(seconds)
    got = b""
    try:
        while piece := talk.recv(65536):
            got += piece
    except ConnectionError:
        pass
    talk.close()
    return got


@contextmanager
def dripping(talks: list[socket.socket]) -> Iterator[None]:
    """A byte a second over each of these, as long as they take it."""
    over = threading.Event()

    def drip() -> None:
        while not over.wait(1):
            for talk in talks:
                try:
                    talk.send(b"x")
                except OSError:
                    continue

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Until then, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
