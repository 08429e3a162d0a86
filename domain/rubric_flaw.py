"""A fault of a score sheet: what is wrong, what to do, and the way to the entry, so that a file can name the line."""

from dataclasses import dataclass

#: Names of fields and places in lists, from the top: `("groups", 0, "criteria", 2, "bands", 1)`.
Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Flaw:
    """One fault; a warning does not keep the sheet from being used."""

    way: Way
    fault: str
    remedy: str
    warning: bool = False
