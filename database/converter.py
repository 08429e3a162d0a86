"""Plain JSON data as values of the domain's classes, by cattrs: what a class does not know is passed over.

`domain.record.to_data` is the way there; this is the way back.
"""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from domain.record import stored_name

T = TypeVar("T")

# Finding which of many fields is wrong would cost every reading; no person wrote this data by hand.
_converter = Converter(detailed_validation=False)


def structure(data: Any, value: type[T]) -> T:
    """The value of that class that the data tells of; what the data lacks takes its default."""
    return _converter.structure(data, value)


def _as_it_is(data: Any, _kind: Any) -> Any:
    return data


def _decimal_or_truth(data: Any, _kind: Any) -> Decimal | bool:
    return data if isinstance(data, bool) else Decimal(data)


def _of_class(kind: type, converter: Converter) -> Any:
    """How a dataclass is made, with the keys that its fields have in the data."""
    renamed: dict[str, Any] = {
        field.name: override(rename=stored_name(field.name)) for field in fields(kind) if field.name.endswith("_")
    }
    return make_dict_structure_fn(kind, converter, **renamed)


# Left to itself, cattrs makes the text "None" of a None; what was stored stays what it is.
for plain in (str, int, bool):
    _converter.register_structure_hook(plain, _as_it_is)
# They are texts and numbers as well, and would be left as these.
for named in (StrEnum, IntEnum):
    _converter.register_structure_hook(named, lambda data, kind: kind(data))
_converter.register_structure_hook(date, lambda data, _kind: date.fromisoformat(data))
_converter.register_structure_hook(datetime, lambda data, _kind: datetime.fromisoformat(data))
_converter.register_structure_hook(Decimal, lambda data, _kind: Decimal(data))
_converter.register_structure_hook(Decimal | bool, _decimal_or_truth)
_converter.register_structure_hook_factory(is_dataclass, _of_class)
