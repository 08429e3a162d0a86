"""Fills dataclasses from the entries of a YAML file, noting each field that is missing, unknown or wrong."""

import dataclasses
import re
import types
import typing
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry
from domain.dates import parse_date

T = TypeVar("T")

_KINDS = {
    str: "chữ",
    int: "số nguyên",
    float: "số lẻ",
    bool: "true hoặc false",
    types.NoneType: "để trống",
    list: "danh sách",
    dict: "nhóm mục",
}


def fill(kind: type[T], entry: Entry, faults: Faults, may_be_empty: Collection[str] = ()) -> T | None:
    """The record of type `kind` that the entry describes, or None with all its faults noted.

    Known are records, tuples, mappings, text, whole numbers, decimals, truth values and dates, and any of them
    or None. Text must not be empty, save in the fields named by `may_be_empty`.
    """
    return typing.cast(T | None, _Filler(faults, may_be_empty).value(kind, entry))


class _Filler:
    """One pass over a file; None stands for a value that could not be had."""

    def __init__(self, faults: Faults, may_be_empty: Collection[str]) -> None:
        self._faults = faults
        self._may_be_empty = may_be_empty

    def value(self, kind: Any, entry: Entry) -> Any:
        origin, args = typing.get_origin(kind), typing.get_args(kind)
        if origin is types.UnionType:
            return self.value(next(one for one in args if one is not types.NoneType), entry)
        if dataclasses.is_dataclass(kind):
            return self._record(typing.cast(Any, kind), entry)
        if origin is tuple:
            return self._list(args[0], entry)
        if origin is dict:
            return self._table(args[0], args[1], entry)
        if kind is date:
            return self._date(entry)
        if kind is Decimal:
            return self._decimal(entry)
        if kind is str and entry.name in self._may_be_empty and entry.value in (None, ""):
            return ""
        if type(entry.value) is not kind:
            return self._wrong(entry, _KINDS[kind])
        if entry.value == "":
            self._faults.add(entry.line, f"“{entry.name}” để trống", "ghi nội dung")
            return None
        return entry.value

    def _record(self, kind: Any, entry: Entry) -> Any:
        if not isinstance(entry.value, dict):
            return self._wrong(entry, _KINDS[dict])
        fields = {field.name: field for field in dataclasses.fields(kind)}
        for name, child in entry.value.items():
            if name not in fields:
                remedy = did_you_mean(name, fields, "xóa mục này")
                self._faults.add(child.line, f"không có mục nào tên “{name}”{_within(entry)}", remedy)
        hints, values = typing.get_type_hints(kind), {}
        for name, field in fields.items():
            given = entry.value.get(name)
            values[name] = self.value(hints[name], given) if given else self._default(field, entry)
        may_be_none = {name for name, field in fields.items() if field.default is None and name not in entry.value}
        failed = any(value is None and name not in may_be_none for name, value in values.items())
        return None if failed else kind(**values)

    def _default(self, field: "dataclasses.Field[Any]", entry: Entry) -> Any:
        if field.default is not dataclasses.MISSING:
            return field.default
        if field.default_factory is not dataclasses.MISSING:
            return field.default_factory()
        fault = f"thiếu mục “{field.name}”{_within(entry)}"
        self._faults.add(entry.line, fault, f"thêm “{field.name}: …”")
        return None

    def _list(self, kind: Any, entry: Entry) -> Any:
        if not isinstance(entry.value, list):
            return self._wrong(entry, "danh sách (mỗi dòng bắt đầu bằng “-”, hoặc [] nếu không có)")
        values = tuple(self.value(kind, item) for item in entry.value)
        return None if None in values else values

    def _table(self, key_kind: Any, kind: Any, entry: Entry) -> Any:
        if not isinstance(entry.value, dict):
            return self._wrong(entry, _KINDS[dict])
        rows = []
        for child in entry.value.values():
            key = self._date(child.key) if key_kind is date else child.name
            rows.append((key, self.value(kind, child)))
        return None if any(None in row for row in rows) else dict(rows)

    def _date(self, entry: Entry) -> date | None:
        if not isinstance(entry.value, str):
            self._wrong(entry, "ngày như 2024-01-03")
            return None
        try:
            return parse_date(entry.value)
        except ValueError as error:
            fault, _, remedy = str(error).partition("; ")
            self._faults.add(entry.line, f"“{entry.name}”: {fault}", remedy)
            return None

    def _decimal(self, entry: Entry) -> Decimal | None:
        """A number as it is written, `8.5` or `"8,5"` (P20); the file's own binary fractions never get in."""
        if type(entry.value) in (int, float):
            return Decimal(str(entry.value))
        if isinstance(entry.value, str) and re.fullmatch(r"-?[0-9]{1,9}([.,][0-9]{1,9})?", entry.value):
            return Decimal(entry.value.replace(",", "."))
        self._wrong(entry, "số như 8 hoặc 8.5")
        return None

    def _wrong(self, entry: Entry, expected: str) -> Any:
        quote = expected == _KINDS[str] and isinstance(entry.value, int | float)
        remedy = "đặt giá trị trong dấu ngoặc kép" if quote else f"ghi {expected}"
        name = f"“{entry.name}”" if entry.name else "cả tệp"
        fault = f"{name} phải là {expected}, đang là {_KINDS[type(entry.value)]}"
        self._faults.add(entry.line, fault, remedy)
        return None


def _within(entry: Entry) -> str:
    return f" trong “{entry.name}”" if entry.name else ""
