"""Writes a plan as the file that people go on editing: plain, one unit a line where there are many, notes beside."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from domain.plan import Contact, Contacts, Plan
from domain.structure import Structure
from domain.text import nfc

#: With more units than this each stands on one line; fewer are easier to read field by field.
_MANY = 30
#: How a comment begins that waits for a person; a plan with one of them is not loaded.
UNDECIDED = "CẦN QUYẾT ĐỊNH"
_PLAIN = re.compile(r"(\d{1,5}-)?[^\W\d_][\w./()“”–-]*( [\w./()“”–-]+)*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def plan_text(plan: Plan, head: Sequence[str] = (), notes: Mapping[str, str] | None = None) -> str:
    """The plan as YAML; `head` are lines of comment above it, `notes` comments by the name of a field.

    What stands at its default is left out, so that the file says only what is particular.
    """
    said = notes or {}
    lines = [f"# {line}".rstrip() for line in head] + ([""] if head else [])
    for field in fields(plan):
        value = getattr(plan, field.name)
        if field.default is not MISSING and value == field.default:
            continue
        beside = f" # {said[field.name]}" if field.name in said else ""
        lines += _section(field.name, value, beside, said)
    return "\n".join(lines) + "\n"


def open_decisions(text: str) -> list[tuple[int, str]]:
    """Line by line, what a plan file still leaves to people: comments that begin with `CẦN QUYẾT ĐỊNH`."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        comment = re.search(rf"#\s*({UNDECIDED}.*)", nfc(line))
        if comment:
            found.append((number, comment[1].strip()))
    return found


def contacts_text(contacts: Contacts, head: Sequence[str] = ()) -> str:
    """The addresses of a plan as YAML, one body a line."""
    lines = [f"# {line}".rstrip() for line in head] + ([""] if head else [])
    lines += [f"office: {_contact(contacts.office)}", "", "inspectors:"]
    lines += [f"  - {_contact(inspector)}" for inspector in contacts.inspectors]
    for name in ("staff", "bodies", "standing_boards", "organisation_boards"):
        table: dict[str, Contact] = getattr(contacts, name)
        lines += ["", f"{name}:", *(f"  {key}: {_contact(one)}" for key, one in table.items())]
    return "\n".join(lines) + "\n"


def _contact(one: Contact) -> str:
    return flow(_row(one))


def _section(name: str, value: Any, beside: str, notes: Mapping[str, str]) -> list[str]:
    """One field of the plan: a value on its line, or a heading with what is below it."""
    if isinstance(value, Structure):  # a file names the profile, which has a file of its own
        return [f"{name}: {value.name}{beside}"]
    if isinstance(value, str | int | date):
        return [f"{name}: {scalar(value)}{beside}"]
    if isinstance(value, tuple):
        if not value:
            return ["", f"{name}: []{beside}"]
        if isinstance(value[0], str):
            if all(one.isidentifier() for one in value):
                return ["", f"{name}: [{', '.join(value)}]{beside}"]
            return ["", f"{name}:{beside}", *(f"  - {scalar(one)}" for one in value)]
        on_one_line = name in ("visits", "recipients") or (name == "units" and len(value) > _MANY)
        rows = [_row(one) for one in value]
        listed = [f"  - {flow(row)}" for row in rows] if on_one_line else [line for row in rows for line in _block(row)]
        return ["", f"{name}:{beside}", *listed]
    lines = ["", f"{name}:{beside}"]
    for field, item in _row(value, whole=True).items():
        if item == "":  # nothing was said, which a file says by saying nothing
            continue
        under = f" # {notes[f'{name}.{field}']}" if f"{name}.{field}" in notes else ""
        if isinstance(item, tuple):
            lines += [f"  {field}:{under}", *(f"    - {one}" for one in item)] if item else [f"  {field}: []{under}"]
        else:
            lines.append(f"  {field}: {scalar(item)}{under}")
    return lines


def _row(record: Any, *, whole: bool = False) -> dict[str, Any]:
    """A record by field; without those at their default, unless it is wanted whole."""
    given = {field.name: (field, getattr(record, field.name)) for field in fields(record)}
    return {
        name: value
        for name, (field, value) in given.items()
        if whole or field.default is MISSING or value != field.default
    }


def _block(row: Mapping[str, Any]) -> Iterable[str]:
    for number, (name, value) in enumerate(row.items()):
        shown = _list(value) if isinstance(value, tuple) else scalar(value)
        yield f"  {'-' if number == 0 else ' '} {name}: {shown}"


def flow(row: Mapping[str, Any]) -> str:
    """A record on one line: `{month: 2, unit: nhon_trach}`."""
    shown = (f"{name}: {_list(item) if isinstance(item, tuple) else scalar(item)}" for name, item in row.items())
    return "{" + ", ".join(shown) + "}"


def _list(items: Sequence[Any]) -> str:
    return "[" + ", ".join(map(scalar, items)) + "]"


def scalar(value: str | int | date) -> str:
    """One value; text stands in quotes where YAML would take it for something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
