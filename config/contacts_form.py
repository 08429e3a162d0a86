"""Checks contacts that were changed on a form by the same rules as those of a file, and says at which field."""

from collections.abc import Mapping

from config.contacts_file import check_contacts_entry
from config.named_faults import NamedFaults
from config.yaml_lines import Entry, Value
from domain.contact_changes import ContactChange
from domain.plan import Contact, Contacts, Plan
from domain.problem import Problem
from domain.record import to_data

#: What each part of the contacts is called on the form.
SECTIONS = {
    "office": "Cơ quan gửi thư",
    "staff": "Người trả lời trong cơ quan",
    "inspectors": "Tổ công tác",
    "bodies": "Nơi được mời",
    "standing_boards": "Ban thường vụ đơn vị",
    "organisation_boards": "Ban tổ chức đơn vị",
}
_STAFF = {"officer": "chuyên viên", "leader": "lãnh đạo", "clerk": "văn thư"}


def check_contacts(contacts: Contacts, plan: Plan) -> list[Problem]:
    """Everything that plan asks for and these contacts lack, with the field as its place."""
    bodies = {one.contact: one.name for one in plan.invited()}
    numbered = _Numbered(bodies | {unit.code: unit.short_name for unit in plan.units} | _STAFF)
    entry = numbered.entry("", to_data(contacts), ())
    faults = NamedFaults(numbered.names, numbered.words)
    check_contacts_entry(entry, plan, faults)
    return faults.in_order()


def change_told(change: ContactChange, names: Mapping[str, str]) -> str:
    """`Ban thường vụ đơn vị, Biên Hòa: cu@bien-hoa.vn → moi@bien-hoa.vn`; `names` are those of keys, as units."""
    place = ", ".join(one for one in (SECTIONS[change.section], {**_STAFF, **names}.get(change.key, change.key)) if one)
    return f"{place}: {_told(change.before, change.after)} → {_told(change.after, change.before)}"


def _told(one: Contact | None, other: Contact | None) -> str:
    """What of a contact is otherwise than in the other one; all of it where there is no other."""
    if one is None:
        return "chưa có"
    told = [
        getattr(one, name) or "để trống"
        for name in ("name", "email", "phone")
        if other is None or getattr(one, name) != getattr(other, name)
    ]
    return ", ".join(text for text in told if other is not None or text != "để trống") or "để trống"


class _Numbered:
    """Contacts as the entries of a file: each field gets a number in place of its line, and keeps its name."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.names: list[str] = [""]
        self.words = {**words, "name": "tên", "email": "thư điện tử", "phone": "điện thoại"}

    def entry(self, name: str, value: object, path: tuple[str, ...]) -> Entry:
        number = len(self.names)
        self.names.append(self._name_of(path))
        held: Value = value if isinstance(value, str) else None
        if isinstance(value, dict):
            held = {key: self.entry(key, item, (*path, key)) for key, item in value.items()}
        elif isinstance(value, list):
            held = [self.entry(str(index), item, (*path, str(index))) for index, item in enumerate(value, start=1)]
        return Entry(name, number, held)

    def _name_of(self, path: tuple[str, ...]) -> str:
        """`Tổ công tác, 2, thư điện tử`."""
        if not path:
            return "Địa chỉ"
        section, *rest = path
        return ", ".join([SECTIONS.get(section, section), *(self.words.get(one, one) for one in rest)])
