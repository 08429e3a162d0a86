"""What the benchmarks share: many fictional hosts in one month, and the CPU of a service, all its processes summed."""

from dataclasses import replace

import psutil

from config.contacts_file import read_contacts
from config.settings import ROOT
from domain.plan import Contact, Contacts, Plan, PlannedVisit
from planning.plan_file import read_plan


def shipped() -> tuple[Plan, Contacts]:
    """The plan and contacts of 2024."""
    plan, _ = read_plan(ROOT / "config" / "plans" / "2024.yaml")
    assert plan
    contacts, _ = read_contacts(ROOT / "config" / "contacts" / "2024.yaml", plan)
    assert contacts
    return plan, contacts


def crowd(plan: Plan, contacts: Contacts, count: int, *months: int) -> tuple[Plan, Contacts]:
    """The plan with so many fictional hosts, in March or in these months in turn (R49, C10)."""
    turn = months or (3,)
    codes = [f"don_vi_{number:04d}" for number in range(count)]
    units = [replace(plan.units[0], code=code, name=f"Đảng bộ mẫu {code}", short_name=code) for code in codes]
    boards = {code: Contact(f"Ban Thường vụ {code}", f"{code}@mau.example") for code in codes}
    return (
        replace(
            plan,
            units=tuple(units),
            visits=tuple(PlannedVisit(turn[number % len(turn)], code) for number, code in enumerate(codes)),
            self_supervising=replace(plan.self_supervising, units=()),
        ),
        replace(contacts, standing_boards=boards, organisation_boards=boards),
    )


def cpu_seconds() -> float:
    """CPU time that this process and everything it started have used so far, those that have ended included."""
    used = 0.0
    for one in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        used += times.user + times.system + times.children_user + times.children_system
    return used
