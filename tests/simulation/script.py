"""What the people of a simulated year have in mind, drawn by chance: lists, findings, reports, dates."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from config.settings import ROOT
from domain.dates import last_day_of
from domain.plan import Plan
from rehearsal.script import (
    Script,
    ScriptedFindings,
    ScriptedList,
    ScriptedMeeting,
    ScriptedRemedy,
    ScriptedReport,
    ScriptedSummary,
    ScriptedUnit,
    ScriptedVisit,
    read_script,
)

_KINDS = ("thematic", "regular", "combined")
_TYPES = ("cell_grassroots", "cell_subordinate", "grassroots_committee")


@cache
def _played() -> Script:
    return read_script(ROOT / "config" / "rehearsals" / "2024.yaml")


def drawn(plan: Plan, chance: random.Random) -> Script:
    """A script for every visit and report of the plan."""
    visits = {visit.key(plan.year): _visit(plan.year, visit.month, chance) for visit in plan.visits}
    units = {unit: _unit(plan, chance) for unit in plan.self_supervising.units}
    return Script(
        plan.year, plan.issued, _played().people, _played().first_notice_number, (), visits, units,
        ScriptedSummary(_played().summary.proposals, chance.randint(1, 9)),
    )  # fmt: skip


def meetings(year: int, month: int, chance: random.Random) -> tuple[ScriptedMeeting, ...]:
    """The meetings of a list, in their month."""
    return tuple(_meeting(year, month, number, chance) for number in range(1, chance.randint(1, 3) + 1))


def _visit(year: int, month: int, chance: random.Random) -> ScriptedVisit:
    asked = date(year, month, 1) - timedelta(days=61)
    lists = []
    day = asked + timedelta(days=chance.choice((3, 10, 20, 28, 40, 55)))
    for number in range(chance.choice((1, 1, 1, 2, 3))):
        lists.append(ScriptedList(f"{number + 10}-CV/HU", meetings(year, month, chance), max(day, date(year, 1, 4))))
        day += timedelta(days=chance.randint(0, 20))
    # Which meetings are chosen is another matter: what was lacking was so at the first of them.
    findings = replace(chance.choice([one.findings for one in _played().visits.values()]), lacking_at=None)
    return ScriptedVisit(
        tuple(lists), (1,), "Thường trực (mô phỏng)", findings, accept="Có lý do (mô phỏng)",
        override="Không còn nơi khác (mô phỏng)", choose_after=chance.randint(1, 6),
        remedies=_remedies(findings, year, month, chance),
    )  # fmt: skip


def _meeting(year: int, month: int, number: int, chance: random.Random) -> ScriptedMeeting:
    day = date(year, month, chance.randint(1, last_day_of(year, month).day))
    kind, org_type = chance.choice(_KINDS), chance.choice(_TYPES)
    return ScriptedMeeting(
        f"Chi bộ mẫu {number} tháng {month}" if org_type != "grassroots_committee" else f"Đảng ủy mẫu {number}",
        org_type, kind, f"{day} {chance.choice(('07:30', '14:00', '19:00'))}", f"Hội trường {number}",
        parent="Đảng ủy xã mẫu" if org_type == "cell_subordinate" else "",
        theme="" if kind == "regular" else "Nêu gương", members=chance.randint(5, 40),
    )  # fmt: skip


def _remedies(findings: ScriptedFindings, year: int, month: int, chance: random.Random) -> tuple[ScriptedRemedy, ...]:
    """Most of what was recommended is done some day; some of it never."""
    told, day = [], last_day_of(year, month) + timedelta(days=20)
    for number in range(1, len(findings.limitations) + 1):
        day = min(day + timedelta(days=chance.randint(0, 60)), date(year, 12, 28))
        if chance.random() < 0.7:
            told.append(ScriptedRemedy(number, day, "Đã làm (mô phỏng)", f"{number + 40}-CV/HU"))
    return tuple(told)


def _unit(plan: Plan, chance: random.Random) -> ScriptedUnit:
    day = plan.self_supervising.due + timedelta(days=chance.randint(-40, 6))
    first = ScriptedReport(day, "88-BC/HU", 3, 12, 5, ("Nền nếp giữ vững",), ("Còn ít chuyên đề",))
    if chance.random() < 0.2:
        return ScriptedUnit(())
    if chance.random() < 0.6:
        return ScriptedUnit((first,))
    returned = ScriptedReport(day, "70-BC/HU", 0, 0, 0, returned="chưa có số liệu (mô phỏng)")
    again = ScriptedReport(day + timedelta(days=chance.randint(1, 6)), "74-BC/HU", 3, 8, 3)
    return ScriptedUnit((returned, again))
