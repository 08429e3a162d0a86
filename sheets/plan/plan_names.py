"""Recognises a unit by what people call it, and completes the names of a new one for a person to confirm (A9, A11)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.plan import Unit
from domain.text import loose_key, match_key, slug
from sheets.plan.plan_columns import COMMITTEES, TYPES
from sheets.tables.record_reader import RecordReader

_ORGANISATION = "Đảng bộ "
#: What people write before the name of a unit; the unit itself is the `Đảng bộ`.
_BEFORE = re.compile(r"^(đảng bộ|đảng ủy|đảng uỷ)\s+", re.IGNORECASE)
#: Words that say the kind of a place; inside a name they are not written with a capital.
_PLACES = ("Xã", "Phường", "Huyện", "Thành phố", "Thị xã")


def known_unit(name: str, code: str, known: Sequence[Unit]) -> Unit | None:
    """The unit that is meant, by its code or one of its names; tone marks may sit elsewhere, letters may not (P11)."""
    for unit in known:
        names = {match_key(one) for one in (unit.short_name, _bare(unit.name), *map(_bare, unit.aliases))}
        if (code and unit.code == code) or (not code and match_key(_bare(name)) in names):
            return unit
    return None


def renewed(reader: RecordReader, unit: Unit) -> Unit:
    """The known unit with what the row says otherwise; each change is told, an old name stays as an alias (C8)."""
    for field in ("name", "short_name", "standing_board", "committee"):
        said, cell, before = reader.text(field), reader.cell(field), str(getattr(unit, field))
        own = {match_key(_bare(one)) for one in (before, *_names_in(unit, field))}
        if not said or cell is None or match_key(_bare(said)) in own:
            continue
        reader.note(cell, f"khác kế hoạch trước (“{before}”), lấy theo bảng này", "kiểm tra lại", warning=True)
        changed: dict[str, Any] = {field: said}
        if field == "name":
            changed["aliases"] = (*unit.aliases, before)
        unit = replace(unit, **changed)
    return unit


def _names_in(unit: Unit, field: str) -> tuple[str, ...]:
    """All names of the unit may stand in the column of names; any other column has one value only."""
    return (unit.short_name, *unit.aliases) if field == "name" else ()


def near_to(name: str, known: Sequence[Unit]) -> str:
    """The known unit whose name is the same but for its marks: a suggestion, never taken (A11)."""
    for unit in known:
        if loose_key(_bare(name)) == loose_key(_bare(unit.name)):
            return unit.name
    return ""


def complete(reader: RecordReader, name: str, code: str) -> Unit | None:
    """A new unit; names that the row lacks are put together from its own and told, so that somebody looks at them."""
    kind = reader.choice("unit_type", TYPES) or (None if reader.cell("unit_type") else _kind_of(name))
    cell = reader.cell("name")
    if kind is None or cell is None:
        if cell and not reader.cell("unit_type"):
            reader.note(cell, f"không rõ “{name}” là loại đơn vị nào", "ghi cột “Loại”")
        return None
    bare = _bare(name)
    place = next((word for word in _PLACES if match_key(bare).startswith(match_key(word) + " ")), "")
    inside = place.lower() + bare[len(place) :] if place else bare
    committee = reader.text("committee") or COMMITTEES.get(kind, "Đảng ủy")
    own = bare[len(place) :].strip() if kind in COMMITTEES else inside
    short = reader.text("short_name") or (own if kind in COMMITTEES else bare[:1].upper() + bare[1:])
    board = reader.text("standing_board") or f"Ban Thường vụ {committee} {own}"
    full = name if name.startswith(_ORGANISATION) else f"{_ORGANISATION}{inside}"
    made = [f"“{full}”"] if full != name else []
    made += [] if reader.cell("standing_board") else [f"kính gửi “{board}”"]
    if made:
        reader.note(cell, f"tên được ghép: {', '.join(made)}", "kiểm tra, hoặc ghi vào các cột", warning=True)
    aliases = tuple(one for one in re.split(r"\s*[;,]\s*", reader.text("aliases")) if one)
    if code and not re.fullmatch(r"[a-z0-9_]+", code) and (at := reader.cell("code")):
        reader.note(at, f"mã “{code}” có ký tự khác a–z, 0–9, _", f"ghi như {slug(short)}, hoặc để trống")
    forces = kind == "armed_forces"
    return Unit(code or slug(short), full, kind, short, board, committee, restricted=forces, aliases=aliases)


def _kind_of(name: str) -> str | None:
    """The type that the name itself begins with: `Đảng bộ xã …`, `Phường …`."""
    bare = match_key(_bare(name))
    found = [word for word in TYPES if bare.startswith(match_key(word) + " ") or bare == match_key(word)]
    return TYPES[max(found, key=len)] if found else None


def _bare(name: str) -> str:
    """The name without what people write before it."""
    return _BEFORE.sub("", name)
