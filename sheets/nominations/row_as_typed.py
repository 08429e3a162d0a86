"""What stands in a row that was not understood whole, field by field: readable or not, a person mends it on a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from domain.dates import OFFICE_ZONE, short_date
from domain.nomination import MeetingKind, OrgType
from domain.nomination_field import FIELDS
from sheets.tables.cells import Cell, Record
from sheets.tables.record_reader import shown


@dataclass(frozen=True)
class TypedField:
    """One field of such a row: by its name in `domain.nomination_field`, its text, and where in the file it stands."""

    name: str
    text: str
    place: str


def as_typed(
    record: Record, org_type: OrgType | None, kind: MeetingKind | None, starts_at: datetime | None, *, private: bool
) -> tuple[TypedField, ...]:
    """Every field of the row: what was understood in our own form, what was not as it stands in its cell.

    Of an armed-forces host nothing about people is taken over (A20, P3).
    """
    known = {"org_type": org_type.value if org_type else "", "kind": kind.value if kind else ""}
    if starts_at:
        local = starts_at.astimezone(OFFICE_ZONE)
        known |= {"day": short_date(local.date()), "time": f"{local:%H:%M}"}
    return tuple(_fields(record, known, private))


def _fields(record: Record, known: dict[str, str], private: bool) -> Iterator[TypedField]:
    for field in FIELDS:
        if field.personal and private:
            continue
        cell = record.cells.get(field.name)
        if cell is None and field.name == "day":  # day and time stand in one column
            cell = record.cells.get("at")
        text = known.get(field.name) or (_text(cell) if cell else "")
        yield TypedField(field.name, text, cell.place if cell else "")


def _text(cell: Cell) -> str:
    if isinstance(cell.value, time):
        return f"{cell.value:%H:%M}"
    return shown(cell)
