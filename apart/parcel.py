"""What goes between the service and the process that reads: a length, then so many bytes.

A question is a pickle, made by the service. An answer is JSON: nothing in it names anything that is called, and the
service itself makes the dataclasses, enumerations and dates that it names.
"""

import base64
import dataclasses
import enum
import json
import pickle
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import IO, Any

_LENGTH = 8  # bytes
#: Rooms whose values an answer may hold.
_ROOMS = ("domain.", "scans.", "sheets.")
#: What JSON has words for.
_BARE = frozenset({str, int, float, bool, type(None)})
#: Values that it has none for: each stands as `{"date": "2024-05-14"}`.
_SAID: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat, datetime: datetime.isoformat, time: time.isoformat,
    timedelta: lambda span: [span.days, span.seconds, span.microseconds],
    bytes: lambda octets: base64.b64encode(octets).decode("ascii"),
}  # fmt: skip
_MADE: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts), "bytes": lambda letters: base64.b64decode(letters, validate=True),
    "tuple": tuple, "set": set, "frozenset": frozenset, "dict": dict,
}  # fmt: skip


class NotAnAnswer(Exception):  # noqa: N818 - said as what it is
    """What came, or should go, is no answer of plain values, dates, and values of `domain`, `scans` and `sheets`."""


def put(pipe: IO[bytes], packed: bytes) -> None:
    """Send it whole; `OSError` when the other side has gone."""
    pipe.write(len(packed).to_bytes(_LENGTH, "big") + packed)
    pipe.flush()


def take(pipe: IO[bytes], most: int) -> bytes:
    """The next parcel, still packed; `EOFError` when the other side has gone or sends more than `most` bytes."""
    head = pipe.read(_LENGTH)
    size = int.from_bytes(head, "big")
    if len(head) < _LENGTH or size > most:
        raise EOFError
    packed = pipe.read(size)
    if len(packed) < size:
        raise EOFError
    return packed


def pack_question(question: object) -> bytes:
    """For the process that reads, which trusts the service."""
    return pickle.dumps(question, protocol=5)


def pack_answer(answer: object) -> bytes:
    """For the service; `NotAnAnswer` if it holds anything but values. Of a moment's zone the offset is kept."""
    return json.dumps(_plain(answer), separators=(",", ":")).encode("ascii")


def unpack_answer(packed: bytes) -> Any:
    """The answer, made here of plain data; `NotAnAnswer` for anything else."""
    try:
        return json.loads(packed, object_pairs_hook=_made)
    except NotAnAnswer:
        raise
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise NotAnAnswer(f"{type(error).__name__}: {error}") from error


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _BARE:
        return value
    if kind is list:
        return _each(value)
    if kind in (tuple, set, frozenset):
        return {kind.__name__: _each(value)}
    if kind is dict:
        return {"dict": [_each(pair) for pair in value.items()]}
    if said := _SAID.get(kind):
        return {kind.__name__: said(value)}
    if isinstance(value, enum.Enum):
        return {_name_of(kind): [_plain(value.value)]}
    if hasattr(kind, "__dataclass_fields__"):
        return {_name_of(kind): _each(getattr(value, name) for name in _fields_of(kind))}
    raise NotAnAnswer(f"an answer holds {kind.__module__}.{kind.__qualname__}")


def _each(values: Iterable[Any]) -> list[Any]:
    # A list has a hundred thousand cells of eight values: a call for each takes a second.
    return [one if type(one) in _BARE else _plain(one) for one in values]


@cache
def _name_of(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


@cache
def _fields_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(kind))


def _made(pairs: list[tuple[str, Any]]) -> Any:
    """The one value that `{name: content}` stands for; what is in it has been made already."""
    if len(pairs) != 1:
        raise NotAnAnswer("an answer holds several values in place of one")
    ((name, content),) = pairs
    if make := _MADE.get(name):
        return make(content)
    kind: Any = _kind_called(name)
    if issubclass(kind, enum.Enum):
        (said,) = content
        return kind(said)
    return kind(**dict(zip(_fields_of(kind), content, strict=True)))


@cache
def _kind_called(name: str) -> type[Any]:
    """A class of these rooms that the service has loaded itself: an answer imports nothing."""
    room, _, kind = name.partition(":")
    found = getattr(sys.modules.get(room), kind, None) if room.startswith(_ROOMS) else None
    if not isinstance(found, type) or found.__module__ != room:
        raise NotAnAnswer(f"an answer holds {name}")
    if dataclasses.is_dataclass(found) or issubclass(found, enum.Enum):
        return found
    raise NotAnAnswer(f"an answer holds {name}")
