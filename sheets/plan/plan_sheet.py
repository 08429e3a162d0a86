"""Reads the sheet of a plan row by row: who is visited in which month, and who supervises himself (R49, C10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.plan import PlannedVisit, Unit
from domain.problem import Problem
from domain.text import match_key
from sheets.plan.plan_cells import done_before, foreseen_day, months_or_itself, truth
from sheets.plan.plan_columns import COLUMNS
from sheets.plan.plan_names import complete, known_unit, near_to, renewed
from sheets.tables.record_reader import RecordReader
from sheets.tables.table_file import read_tables
from sheets.tables.table_header import find_header
from sheets.tables.table_records import records


@dataclass(frozen=True)
class PlanRow:
    """One line of the sheet as it was understood."""

    place: str
    unit: Unit | None
    months: tuple[int, ...] = ()
    by_itself: bool = False
    day: date | None = None
    before: str = ""  #: what was done before the service, in words that were understood
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class PlanSheet:
    """The whole sheet; it makes a plan only when nothing is wrong but warnings."""

    rows: tuple[PlanRow, ...]
    problems: tuple[Problem, ...]

    @property
    def every_problem(self) -> list[Problem]:
        """All that is wrong, the sheet as a whole first."""
        return [*self.problems, *(problem for row in self.rows for problem in row.problems)]

    @property
    def acceptable(self) -> bool:
        """Whether a plan can be made of it."""
        return bool(self.rows) and all(problem.warning for problem in self.every_problem)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit once, in the order of the rows."""
        return tuple({row.unit.code: row.unit for row in self.rows if row.unit}.values())

    @property
    def visits(self) -> tuple[PlannedVisit, ...]:
        """The visits, by month and then in the order of the rows."""
        planned = [
            PlannedVisit(
                month, row.unit.code, row.day if row.day and row.day.month == month else None, before=row.before
            )
            for row in self.rows
            if row.unit
            for month in row.months
        ]
        return tuple(sorted(planned, key=lambda visit: visit.month))

    @property
    def by_themselves(self) -> tuple[str, ...]:
        """The codes of the units that report."""
        return tuple(dict.fromkeys(row.unit.code for row in self.rows if row.unit and row.by_itself))


def read_plan_sheet(path: Path, year: int, known: Sequence[Unit]) -> PlanSheet:
    """The sheet in that file; `known` are units of an earlier plan whose names are taken over. Never raises."""
    tables, problems = read_tables(path)
    if not tables:
        return PlanSheet((), tuple(problems))
    header, more = find_header(tables, COLUMNS, path.name)
    problems += more
    if header is None:
        return PlanSheet((), tuple(problems))
    for field in ("name", "month"):
        if field not in header.fields and not (field == "name" and "code" in header.fields):
            problems.append(Problem(header.table.name, f"thiếu cột “{COLUMNS.title(field)}”", "thêm cột này"))
    found, unread = records(header)
    rows = [_understand(RecordReader(one), year, known) for one in found]
    if not rows:
        problems.append(Problem(path.name, "dưới dòng tiêu đề chưa ghi đơn vị nào", "ghi mỗi đơn vị một dòng"))
    return PlanSheet(tuple(_checked(rows)), (*problems, *unread))


def _understand(reader: RecordReader, year: int, known: Sequence[Unit]) -> PlanRow:
    name, code = reader.text("name"), reader.text("code")
    if not name and not code:
        reader.missing("name", "chưa ghi tên đơn vị", "ghi tên đầy đủ")
    unit = known_unit(name, code, known)
    if unit is None and name:
        near = near_to(name, known)
        if near and (cell := reader.cell("name")):
            reader.note(
                cell, f"gần giống “{near}” nhưng không phải, hiểu là đơn vị mới", "sửa tên nếu nhầm", warning=True
            )
        unit = complete(reader, name, code)
    elif unit is not None:
        unit = renewed(reader, unit)
    months, by_itself = months_or_itself(reader, year)
    day = foreseen_day(reader, year, months)
    if unit and truth(reader, "restricted"):
        unit = replace(unit, restricted=True)
    before = done_before(reader, months)
    return PlanRow(reader.record.place, unit, tuple(months), by_itself, day, before, tuple(reader.problems))


def _checked(rows: list[PlanRow]) -> list[PlanRow]:
    """Rows that contradict one another: one unit under two names, two units of one code, twice in one month."""
    names: dict[str, tuple[str, str]] = {}
    taken: Mapping[tuple[str, int | str], str] = {}
    found = []
    for row in rows:
        if row.unit is None:
            found.append(row)
            continue
        told = list(row.problems)
        first = names.setdefault(row.unit.code, (match_key(row.unit.name), row.place))
        if first[0] != match_key(row.unit.name):
            told.append(
                Problem(row.place, f"mã “{row.unit.code}” đã là của đơn vị khác ở {first[1]}", "ghi cột “Mã” khác")
            )
        marks: list[int | str] = [*row.months, *(["self"] if row.by_itself else [])]
        for mark in marks:
            earlier = taken.get((row.unit.code, mark))
            if earlier:
                told.append(Problem(row.place, f"“{row.unit.name}” đã ghi như vậy ở {earlier}", "xóa một dòng"))
            taken = {**taken, (row.unit.code, mark): row.place}
        if row.months and (row.unit.code, "self") in taken and not row.by_itself:
            where = taken[row.unit.code, "self"]
            told.append(Problem(row.place, f"“{row.unit.name}” đã là tự giám sát ở {where}", "giữ một trong hai"))
        found.append(replace(row, problems=tuple(told)))
    return found
