"""The draft of a coming year with what is known of the province since: its units, its levels, and what nobody knows."""

from collections.abc import Sequence
from dataclasses import replace

from config.structure_file import read_structure, structure_files
from domain.dates import short_date
from domain.plan import Plan, Unit
from domain.working_days import WorkingCalendar
from planning.plan_draft import Decision, Draft, new_year
from planning.unit_changes import UnitChanges, changes_for


def next_year(
    base: Plan, year: int, calendar: WorkingCalendar, newer: Sequence[Unit] = (), *, keep: bool = False
) -> Draft:
    """The draft of `new_year`, with units that ended replaced by those that a source names (C8).

    What a source says is told and decided by nobody; what none says is among the decisions. `newer` win over both.
    """
    changes = changes_for(base, year)
    if changes is None:
        return new_year(base, year, calendar, newer, keep=keep)
    own = {unit.code for unit in newer}
    sourced = tuple(unit for unit in changes.upon(base) if unit.code not in own)
    draft = new_year(base, year, calendar, (*sourced, *newer), keep=keep, sourced=changes.codes)
    draft = replace(draft, plan=_with_levels(draft.plan, changes))
    decisions = (*draft.decisions, *(Decision("units", said) for said in changes.to_decide), *_turns(draft.plan))
    return replace(draft, decisions=decisions, told=_told(base, draft.plan, changes))


def _with_levels(plan: Plan, changes: UnitChanges) -> Plan:
    """The plan under the levels that began with the changes, in the very year of them as well: it has the new units."""
    files = structure_files()
    if not plan.structure.name or plan.structure.name == changes.structure or changes.structure not in files:
        return plan
    return replace(plan, structure=read_structure(files[changes.structure])[0] or plan.structure)


def _turns(plan: Plan) -> Sequence[Decision]:
    """How long it takes until every unit was host once, where that is long (C10)."""
    if not plan.visits or len(plan.units) < 3 * len(plan.visits):
        return ()
    rounds = -(-len(plan.units) // len(plan.visits))
    said = f"{len(plan.units)} đơn vị, {len(plan.visits)} đợt: {rounds} năm mới hết lượt"
    return (Decision("visits", f"{said}; cân nhắc dự nhiều đơn vị một tháng"),)


def _told(base: Plan, plan: Plan, changes: UnitChanges) -> tuple[str, ...]:
    ended = {one.code: one for one in changes.ended}
    names = {unit.code: unit.short_name for unit in changes.units}
    gone = [unit for unit in base.units if unit.code in ended and unit.code not in {one.code for one in plan.units}]
    added = [unit for unit in plan.units if unit.code in names]
    return (
        *(f"căn cứ {source}" for source in changes.sources),
        f"thêm {len(added)} đơn vị từ {short_date(changes.valid_from)}",
        *(
            f"bỏ {unit.name}, hết ngày {short_date(ended[unit.code].last_day)}; "
            f"kế tục: {', '.join(names.get(code, code) for code in ended[unit.code].succeeded_by)}"
            for unit in gone
        ),
    )
