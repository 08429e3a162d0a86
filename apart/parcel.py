"""What goes between the service and the process that reads: a length, then a pickle of so many bytes."""

import dataclasses
import enum
import importlib
import io
import pickle
from datetime import date, datetime, time, timedelta, timezone
from typing import IO, Any
from zoneinfo import ZoneInfo

_LENGTH = 8  # bytes
#: Rooms whose values an answer may hold.
_ROOMS = ("domain.", "scans.", "sheets.")
_TIMES = {kind.__name__: kind for kind in (date, datetime, time, timedelta, timezone)}


def put(pipe: IO[bytes], content: object) -> None:
    """Send it whole; `OSError` when the other side has gone."""
    packed = pickle.dumps(content, protocol=5)
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


class _Answer(pickle.Unpickler):
    """A pickle that makes values only: what reads a stranger's file must not be able to call anything here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _TIMES:
            return _TIMES[name]
        if (module, name) == ("zoneinfo", "ZoneInfo._unpickle"):
            return ZoneInfo._unpickle  # type: ignore[attr-defined]  # it makes zones and nothing else
        if module.startswith(_ROOMS) and "." not in name:
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)):
                return found
        raise pickle.UnpicklingError(f"an answer holds {module}.{name}")


def unpack_answer(packed: bytes) -> Any:
    """The answer: plain values, dates, and values of `domain`, `scans` and `sheets`; else `UnpicklingError`."""
    return _Answer(io.BytesIO(packed)).load()
