"""Values to plain JSON data and back, so that the database can keep what a person said exactly."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_data(value: Any) -> Any:
    """A dataclass, enum, date, decimal, tuple or plain value as JSON data; dates and decimals become exact text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {key: to_data(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(to_data(item) for item in value)  # the same set gives the same data
    if isinstance(value, tuple | list):
        return [to_data(item) for item in value]
    return value


def from_data(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `to_data` turned into `data`; fields it lacks take their defaults."""
    return typing.cast(T, _build(kind, data))


@cache
def _hints(kind: type) -> dict[str, Any]:
    # Looking them up costs more than building the value, and a plan is built at every wake-up.
    return typing.get_type_hints(kind)


def _build(kind: Any, data: Any) -> Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if data is None else _build(next(a for a in args if a is not type(None)), data)
    if origin in (tuple, list, frozenset):
        return origin(_build(args[0], item) for item in data)
    if origin in (dict, Mapping):
        return {key: _build(args[1], item) for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        return typing.cast(Any, kind)(**{name: _build(hints[name], item) for name, item in data.items()})
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    if kind is Decimal and isinstance(data, str):
        return Decimal(data)  # what is no text is the truth value of `Decimal | bool`
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data
