"""Calls a function on a file from outside in another process, at most two at once (`apart`)."""

import atexit
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from apart.reader import NotBegun, Reader
from apart.unread import Unread, busy

T = TypeVar("T")

#: Files that one process of the service has read at the same time.
AT_ONCE = 2
#: Seconds for which one more waits before it is told to come again.
WAIT_SECONDS = 10


class _Room:
    """The processes that read for this one: two seats, and who waits beside them for the next file."""

    def __init__(self) -> None:
        self.seats = threading.BoundedSemaphore(AT_ONCE)
        self.idle: list[Reader] = []
        self.lock = threading.Lock()

    def take(self) -> Reader:
        with self.lock:
            while self.idle:
                reader = self.idle.pop()
                if reader.alive:
                    return reader
                reader.forget()
        return Reader()

    def give_back(self, reader: Reader) -> None:
        """One is kept for the next file; a second, or one that is spent, is not."""
        with self.lock:
            if reader.alive and not self.idle:
                self.idle.append(reader)
                return
        reader.end()

    def close(self) -> None:
        with self.lock:
            while self.idle:
                self.idle.pop().end()


_room = _Room()


def apart(function: Callable[..., T], *arguments: Any) -> T:
    """What the function says of the arguments, called in a process that has limits of memory and CPU time.

    The function is one of a module; its arguments and its answer are plain values, dates, or values of `domain`,
    `scans` and `sheets`. Raises `Unread`, and nothing else, when there is no answer: too long, too much memory, too
    many files at once, an error of the function, no process to be had.
    """
    room = _room
    if not room.seats.acquire(timeout=WAIT_SECONDS):
        raise busy()
    try:
        return _ask(room, function, arguments)
    finally:
        room.seats.release()


def _ask(room: _Room, function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    while True:
        reader = room.take()
        try:
            answer: T = reader.ask(function, *arguments)
            return answer
        except NotBegun:  # it had been idle so long that it was just ending
            continue
        finally:
            room.give_back(reader)


def get_ready(function: Callable[..., Any]) -> None:
    """Start what reads before a file comes, with the function's module in it; returns at once."""
    with _room.lock:
        if _room.idle:
            return
    with suppress(RuntimeError):  # no more threads: it is started when a file comes
        threading.Thread(target=_load, args=(function,), name="reader-start", daemon=True).start()


def _load(function: Callable[..., Any]) -> None:
    with suppress(Unread):  # whoever sends a file will be told
        apart(callable, function)  # unpacking the question loads the module


def close() -> None:
    """End the process that waits for the next file; the next one starts another."""
    _room.close()


def _begin_anew() -> None:
    """In a fork: the processes that read, and the locks around them, are the parent's."""
    global _room
    for reader in _room.idle:
        reader.forget()
    _room = _Room()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
