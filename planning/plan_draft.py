"""Drafts the plan of a coming year from one that was: its dates, units and hosts, and what remains to be decided."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.dates import short_date
from domain.plan import Plan, PlannedVisit, SelfSupervision, Unit
from domain.working_days import WorkingCalendar
from planning.plan_structure import structure_for
from planning.plan_yaml import UNDECIDED

#: From this year on letters have the form of Hướng dẫn 05-HD/VPTW (section 2.1, to be confirmed by the office).
_NEW_FORM = 2026
_SYMBOL = re.compile(r"\d+-[A-ZĐ][\wĐđ]*/[A-ZĐ]\w*")


@dataclass(frozen=True)
class Decision:
    """Something that only a person can settle; `field` is where it stands in the plan file."""

    field: str
    said: str


@dataclass(frozen=True)
class Draft:
    """A plan that can be checked, and what a person must still decide before it is signed."""

    plan: Plan
    decisions: tuple[Decision, ...]
    told: tuple[str, ...] = ()  #: what a source says of the units since the base: nothing is left to decide about it

    @property
    def notes(self) -> dict[str, str]:
        """The decisions as comments for the file, by field."""
        said: dict[str, list[str]] = {}
        for decision in self.decisions:
            said.setdefault(decision.field, []).append(decision.said)
        return {field: f"{UNDECIDED}: {'; '.join(lines)}" for field, lines in said.items()}


def draft_of(base: Plan, year: int, calendar: WorkingCalendar) -> Draft:
    """The head of a plan for `year` after the pattern of `base`; units and visits are still those of the base (A25)."""
    issued = calendar.on_or_after(date(year, 1, 1))
    due = calendar.on_or_before(_same_day(base.self_supervising.due, year))
    plan = replace(
        base, year=year, title=base.title.replace(str(base.year), str(year)), issued=issued,
        term=_term(base.term, year), format_profile="hd05_2026" if year >= _NEW_FORM else base.format_profile,
        self_supervising=replace(base.self_supervising, due=due), structure=structure_for(base.structure, year),
    )  # fmt: skip
    symbols = ", ".join(one.symbol for one in base.legal_bases)
    cited = {
        "purposes": _cited(base.purposes),
        "requirements": _cited(base.requirements),
        "checklist": _cited(item.text for item in base.checklist),
    }
    decisions = [
        Decision("number", f"số kế hoạch; {base.number} là số của năm {base.year}"),
        Decision("issued", "ngày ký"),
        Decision("signer", "người ký còn giữ chức vụ này không"),
        Decision("self_supervising.due", f"hạn báo cáo; năm {base.year} là {short_date(base.self_supervising.due)}"),
        Decision("legal_bases", f"căn cứ còn hiệu lực không: {symbols or 'chưa có căn cứ nào'}"),
    ]
    if plan.title == base.title:
        decisions.append(Decision("title", f"tên kế hoạch chưa có năm {year}"))
    if plan.term != base.term or year == int(base.term[-4:]):
        decisions.append(Decision("term", "nhiệm kỳ; số văn bản chạy theo nhiệm kỳ"))
    if plan.format_profile != base.format_profile:
        decisions.append(Decision("format_profile", "thể thức theo 05-HD/VPTW, kiểm tra ngày hiệu lực"))
    if plan.structure != base.structure:
        decisions.append(Decision("structure", f"{plan.structure.title}: kiểm tra tên các cấp, cấp ủy"))
    decisions += [
        Decision(field, f"các văn bản được nhắc còn hiệu lực không: {symbols}")
        for field, symbols in cited.items()
        if symbols
    ]
    if year != base.year:
        decisions.append(Decision("participants", "tên các ban đảng còn đúng không"))
    return Draft(plan, tuple(decisions))


def _cited(texts: Iterable[str]) -> str:
    return ", ".join(sorted({found for text in texts for found in _SYMBOL.findall(text)}))


def new_year(
    base: Plan, year: int, calendar: WorkingCalendar, newer: Sequence[Unit] = (), *, keep: bool = False,
    sourced: Collection[str] = (),
) -> Draft:  # fmt: skip
    """The whole draft: units that exist in that year, hosts in turn, the others reporting (R49, C8–C12).

    `newer` are units to be added, or to stand in place of those of the base with the same code. Hosts change in turn:
    first the units that reported by themselves, then new ones, then the hosts of the base; `keep` leaves them.
    Of the units in `sourced` the end and the beginning are known, and nobody is asked about them.
    """
    head = draft_of(base, year, calendar)
    known = {unit.code: unit for unit in (*base.units, *newer)}
    units = tuple(unit for unit in known.values() if unit.exists_in(year))
    gone = [unit for unit in known.values() if not unit.exists_in(year)]
    visits, moved = _hosts(base, year, units, known, keep=keep)
    hosting = {visit.unit for visit in visits}
    remaining = tuple(unit.code for unit in units if unit.code not in hosting)
    plan = replace(
        head.plan,
        units=units,
        visits=visits,
        self_supervising=SelfSupervision(head.plan.self_supervising.due, remaining),
    )
    asked = [unit for unit in gone if unit.code not in sourced]
    there = [unit for unit in units if unit.code not in sourced]
    decisions = [*head.decisions, *_about_units(asked, there, base, known)]
    turn = "giữ như năm trước" if keep else "luân phiên, đơn vị tự giám sát năm trước đứng đầu"
    decisions.append(Decision("visits", f"đơn vị được dự từng tháng (đề xuất: {turn})"))
    decisions += [Decision("visits", said) for said in moved]
    return Draft(plan, tuple(decisions))


def _hosts(
    base: Plan, year: int, units: Sequence[Unit], known: dict[str, Unit], *, keep: bool
) -> tuple[tuple[PlannedVisit, ...], list[str]]:
    """A host for each visit of the base, in its months; and which visits found none."""
    if keep:
        order = [heir for visit in base.visits for heir in _heirs(visit.unit, known)[:1]]
    else:
        hosts = [visit.unit for visit in base.visits]
        first = [heir for code in base.self_supervising.units for heir in _heirs(code, known)]
        fresh = [unit.code for unit in units if unit.code not in {unit.code for unit in base.units}]
        order = [*first, *fresh, *(heir for code in hosts for heir in _heirs(code, known))]
    there = {unit.code: unit for unit in units}
    waiting = [code for code in dict.fromkeys(order) if code in there]
    visits, moved = [], []
    for planned in base.visits:
        code = next((one for one in waiting if _hosts_in(there[one], year, planned.month)), None)
        if code is None:
            moved.append(f"tháng {planned.month} chưa có đơn vị nào")
            continue
        waiting.remove(code)
        visits.append(PlannedVisit(planned.month, code))
    return tuple(visits), moved


def _heirs(code: str, known: dict[str, Unit], seen: frozenset[str] = frozenset()) -> list[str]:
    """The unit itself as long as it goes on, or else those that came after it, and after them (C8)."""
    unit = known.get(code)
    if unit is None or code in seen:
        return []
    if unit.valid_to is None or not unit.succeeded_by:
        return [code]
    return [code, *(heir for one in unit.succeeded_by for heir in _heirs(one, known, seen | {code}))]


def _hosts_in(unit: Unit, year: int, month: int) -> bool:
    return unit.exists_on(date(year, month, 1)) and unit.exists_on(date(year, month, 28))


def _about_units(gone: Iterable[Unit], units: Sequence[Unit], base: Plan, known: dict[str, Unit]) -> Iterable[Decision]:
    before = {unit.code for unit in base.units}
    for unit in gone:
        if unit.valid_to is None:
            continue
        heirs = ", ".join(known[code].name if code in known else code for code in unit.succeeded_by)
        after = f"kế tục: {heirs}" if heirs else "chưa ghi đơn vị kế tục"
        yield Decision("units", f"bỏ {unit.name}, hết ngày {short_date(unit.valid_to)}; {after}")
    added = [unit for unit in units if unit.code not in before]
    if added:
        names = ", ".join(unit.short_name for unit in added[:5]) + (" …" if len(added) > 5 else "")
        yield Decision("units", f"thêm {len(added)} đơn vị mới ({names}): kiểm tra tên, địa chỉ")
    for unit in units:
        if unit.valid_to:
            yield Decision("units", f"{unit.name} chỉ đến {short_date(unit.valid_to)}")


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _term(term: str, year: int) -> str:
    """The term that year lies in: congresses are held every five years, in the last year of the old term."""
    end = int(term[-4:])
    while end < year:
        end += 5
    return term if end == int(term[-4:]) else f"{end - 5}-{end}"
