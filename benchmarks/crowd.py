"""What the benchmarks share: many fictional hosts in one month, and the CPU of a service, all its processes summed."""

from dataclasses import replace

import psutil

from domain.plan import Contact, Contacts, Plan, PlannedVisit


def crowd(plan: Plan, contacts: Contacts, count: int) -> tuple[Plan, Contacts]:
    """The plan with so many fictional hosts in one month (R49, C10)."""
    codes = [f"don_vi_{number:04d}" for number in range(count)]
    units = [replace(plan.units[0], code=code, name=f"Đảng bộ mẫu {code}", short_name=code) for code in codes]
    boards = {code: Contact(f"Ban Thường vụ {code}", f"{code}@mau.example") for code in codes}
    return (
        replace(
            plan,
            units=tuple(units),
            visits=tuple(PlannedVisit(3, code) for code in codes),
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
