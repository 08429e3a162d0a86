"""The addresses that a plan asks for, as far as they are known: names are filled in, people write the rest."""

from collections.abc import Iterable, Mapping

from config.contacts_file import STANDING_BOARD
from domain.plan import Contact, Contacts, Plan, Unit
from domain.role import OF_CONTACTS

_NOBODY = Contact("", "")


def contacts_for(plan: Plan, before: Contacts | None) -> Contacts:
    """Every entry that the plan asks for and no other: from `before` where it has one, else with its name alone."""
    old = before or Contacts(_NOBODY, {}, (), {}, {}, {})
    bodies = {one.contact: one.name.removeprefix("Đại diện lãnh đạo ") for one in plan.invited()}
    bodies |= {STANDING_BOARD: plan.structure.standing_board}
    return Contacts(
        office=old.office if old.office.name else Contact(_office(plan), ""),
        staff={role.value: old.staff.get(role.value, _NOBODY) for role in OF_CONTACTS},
        inspectors=old.inspectors,
        bodies=_kept(bodies.items(), old.bodies),
        standing_boards=_kept(((unit.code, unit.standing_board) for unit in plan.units), old.standing_boards),
        organisation_boards=_kept(((unit.code, _working_board(unit)) for unit in plan.units), old.organisation_boards),
    )


def _kept(names: Iterable[tuple[str, str]], old: Mapping[str, Contact]) -> dict[str, Contact]:
    return {key: old.get(key) or Contact(name, "") for key, name in names}


def _office(plan: Plan) -> str:
    return f"{plan.issuer.full_name} {plan.issuer.place}"


def _working_board(unit: Unit) -> str:
    """`Ban Tổ chức Huyện ủy Nhơn Trạch`; a commune's committee has a `Ban Xây dựng Đảng` (C11)."""
    board = "Ban Xây dựng Đảng" if unit.unit_type in ("commune", "ward") else "Ban Tổ chức"
    return f"{board} {unit.standing_board.removeprefix('Ban Thường vụ ')}"
