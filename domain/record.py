"""Values as plain JSON data, so that the database can keep what a person said exactly; read back by its own rules."""

import dataclasses
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any


def stored_name(name: str) -> str:
    """The key under which a field is kept: `from_` is `from`, a word that Python keeps for itself."""
    return name.removesuffix("_")


def to_data(value: Any) -> Any:
    """A dataclass, enum, date, decimal, tuple or plain value as JSON data; dates and decimals become exact text.

    The one spelling of a value: what is stored and what fingerprints are made of.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {stored_name(field.name): to_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
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
