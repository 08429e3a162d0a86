"""Addresses pasted from a sheet: a line a unit, its name or code first, then one or two addresses."""

import re
from collections.abc import Mapping
from dataclasses import replace

from config.contacts_file import is_email
from domain.plan import Contact, Contacts, Plan
from domain.text import clean
from sheets.plan.plan_names import known_unit
from web.desk.posted_form import Form

FIELD = "pasted"


def take_pasted(form: Form, plan: Plan, contacts: Contacts) -> Contacts:
    """The contacts with the pasted addresses in them; each line that cannot be understood is named, and stays typed."""
    standing, working = dict(contacts.standing_boards), dict(contacts.organisation_boards)
    for number, line in enumerate(form.get(FIELD).splitlines(), start=1):
        if not clean(line):
            continue
        found = _understood(form, number, line, plan)
        if found is None:
            continue
        code, emails = found
        _put(standing, code, emails[0])
        if len(emails) > 1:
            _put(working, code, emails[1])
    return replace(contacts, standing_boards=standing, organisation_boards=working)


def _understood(form: Form, number: int, line: str, plan: Plan) -> tuple[str, list[str]] | None:
    cells = [clean(cell) for cell in re.split(r"[\t;]", line) if clean(cell)]
    emails = [cell for cell in cells if "@" in cell]
    names = [cell for cell in cells if "@" not in cell]
    unit = next(
        (one for name in names for one in (known_unit(name, "", plan.units), known_unit("", name, plan.units)) if one),
        None,
    )
    if unit is None:
        form.note(
            FIELD, f"dòng {number}: không rõ đơn vị nào (“{' '.join(names)[:60]}”)", "ghi tên hoặc mã như trong bảng"
        )
    elif not emails:
        form.note(
            FIELD, f"dòng {number}: chưa có địa chỉ thư", "ghi địa chỉ sau tên đơn vị, cách bằng phím Tab hoặc dấu ;"
        )
    elif wrong := [one for one in emails if not is_email(one)]:
        form.note(FIELD, f"dòng {number}: “{wrong[0]}” không phải địa chỉ thư", "ghi như ten@co-quan.vn, không dấu")
    else:
        return unit.code, emails
    return None


def _put(table: dict[str, Contact], code: str, email: str) -> None:
    old: Mapping[str, Contact] = table
    table[code] = replace(old.get(code, Contact("", "")), email=email)
