"""Reads the addresses that belong to a plan, and says which are missing or malformed."""

import re
from collections.abc import Iterable
from pathlib import Path

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry, read_yaml
from config.yaml_records import fill
from domain.plan import Contacts, Plan
from domain.problem import Problem
from domain.role import OF_CONTACTS, Role

#: Who receives the annual report (R68, R74); the year can be begun without its address.
STANDING_BOARD = "provincial_standing_board"

#: Plain ASCII, as every mail server takes it; whether the mailbox exists only a letter can tell.
_EMAIL = re.compile(r"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


def read_contacts(path: Path, plan: Plan) -> tuple[Contacts | None, list[Problem]]:
    """The contacts in that file, and everything that plan asks for and they lack.

    They are None as soon as one problem is more than a warning. Nothing that a file can hold raises.
    """
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, faults.in_order()
    contacts = check_contacts_entry(entry, plan, faults)
    return (None if faults.stop else contacts), faults.in_order()


def check_contacts_entry(entry: Entry, plan: Plan, faults: Faults) -> Contacts | None:
    """The contacts that the entry describes, with everything that is wrong with them noted among `faults`."""
    contacts = fill(Contacts, entry, faults, may_be_empty=("phone",))
    _check_emails(entry, faults)
    _check_staff(entry, faults)
    _check_bodies(entry, plan, faults)
    for section in ("standing_boards", "organisation_boards"):
        _check_boards(entry, section, plan, faults)
    _check_no_address_serves_two_units(entry, faults)
    return contacts


def is_email(text: str) -> bool:
    """Whether that can be the address of a mailbox."""
    return _EMAIL.fullmatch(text) is not None


def _check_emails(contacts: Entry, faults: Faults) -> None:
    sections = ("staff", "inspectors", "bodies", "standing_boards", "organisation_boards")
    people = [contacts.get("office"), *(item for section in sections for item in contacts.items(section))]
    for person in people:
        email = person.get("email") if person else None
        if email and isinstance(email.value, str) and email.value and not is_email(email.value):
            faults.add(email.line, f"“{email.value}” không phải địa chỉ thư", "ghi như ten@co-quan.vn, không dấu")


def _check_staff(contacts: Entry, faults: Faults) -> None:
    _require(contacts, "staff", OF_CONTACTS, "vai trò", faults)
    for person in contacts.items("staff"):
        if person.name not in OF_CONTACTS:
            remedy = did_you_mean(person.name, OF_CONTACTS, f"chọn một trong: {', '.join(OF_CONTACTS)}")
            faults.add(person.line, f"không có vai trò “{person.name}”", remedy)
    officer = contacts.get("staff", Role.OFFICER)
    telephone = officer.get("phone") if officer else None
    if officer and not (telephone and telephone.value):
        remedy = "thêm “phone: …”; giấy mời, thư báo Tổ công tác ghi số này để người nhận hỏi"
        faults.add(officer.line, f"“{Role.OFFICER}” chưa có điện thoại", remedy, warning=True)
    inspectors = contacts.get("inspectors")
    if inspectors and inspectors.value == []:
        faults.add(inspectors.line, "Tổ công tác chưa có ai", "ghi ít nhất tổ trưởng")


def _check_bodies(contacts: Entry, plan: Plan, faults: Faults) -> None:
    _require(contacts, "bodies", [body.contact for body in plan.invited()], "nơi được mời", faults)
    bodies = contacts.get("bodies")
    if bodies and isinstance(bodies.value, dict) and STANDING_BOARD not in bodies.value:
        fault = f"“bodies” chưa có địa chỉ của {plan.structure.standing_board} (“{STANDING_BOARD}”)"
        faults.add(bodies.line, fault, "không có thì báo cáo tổng hợp năm phải chuyển bản giấy", warning=True)


def _check_boards(contacts: Entry, section: str, plan: Plan, faults: Faults) -> None:
    codes = [unit.code for unit in plan.units]
    _require(contacts, section, codes, "đơn vị", faults)
    for board in contacts.items(section):
        if board.name not in codes:
            # Only a warning: a unit that left the plan may keep its line; a misspelt one is also missing.
            remedy = did_you_mean(board.name, codes, "xóa dòng này nếu không cần nữa")
            faults.add(board.line, f"kế hoạch không có đơn vị “{board.name}”", remedy, warning=True)


def _require(contacts: Entry, section: str, keys: Iterable[str], what: str, faults: Faults) -> None:
    table = contacts.get(section)
    if table is None or not isinstance(table.value, dict):
        return  # that the whole section is missing or of a wrong kind is said already
    for key in dict.fromkeys(keys):
        if key not in table.value:
            remedy = f"thêm “{key}: {{name: …, email: …}}”"
            faults.add(table.line, f"“{section}” thiếu địa chỉ của {what} “{key}”", remedy)


def _check_no_address_serves_two_units(contacts: Entry, faults: Faults) -> None:
    first: dict[str, Entry] = {}
    for board in [*contacts.items("standing_boards"), *contacts.items("organisation_boards")]:
        email = board.get("email")
        if email is None or not isinstance(email.value, str) or not email.value:
            continue
        owner = first.setdefault(email.value.casefold(), board)
        if owner.name != board.name:
            fault = f"địa chỉ “{email.value}” là của cả “{owner.name}” (dòng {owner.line}) và “{board.name}”"
            faults.add(email.line, fault, "đơn vị này sẽ đọc được thư của đơn vị kia", warning=True)
