"""Which unit is host in which month: typed unit by unit, or taken from a sheet; whoever is none reports by itself."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, Request, Response

from answers import plan_drafts as drawing_up
from database.plan_drafts import PlanDraft
from domain.plan import Plan, PlannedVisit
from sheets.plan.plan_columns import months_of
from sheets.plan.plan_form import plan_form
from sheets.plan.plan_sheet import PlanSheet, read_plan_sheet
from web.desk.access import Person
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.unsent import typed_before
from web.desk.uploads import read_table
from web.planning.draft import DRAFT, Planner, back_to, changed, draft_of, show

router = APIRouter()

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get(DRAFT + "/don-vi")
def form(request: Request, person: Planner, year: int) -> Response:
    """Each unit with its months, and a field for a sheet."""
    return _page(request, person, year, typed_before(request, person))


@router.post(DRAFT + "/don-vi")
def save(request: Request, person: Planner, year: int, posted: Posted) -> Response:
    """Keep the months as they were typed, or take units and months from the sheet that was sent."""
    form, draft = Form.of(posted), draft_of(year)
    if form.get("do") == "sheet":
        file = read_table(form, posted, "file")
        sheet = _understood(form, *file, draft) if file else None
        if sheet is None:
            return _page(request, person, year, form, 422)
        units, planned, said = sheet.units, sheet.visits, f"Đã lấy {len(sheet.units)} đơn vị từ bảng."
        done = changed(form, lambda seen: drawing_up.change_units(year, units, planned, person.giver, seen=seen))
    else:
        visits = _typed(form, draft.plan)
        if form.fails:
            return _page(request, person, year, form, 422)
        said = f"Đã ghi {len(visits)} đợt."
        done = changed(form, lambda seen: drawing_up.change_hosts(year, visits, person.giver, seen=seen))
    return back_to(year, said) if done else _page(request, person, year, form, 422)


@router.get(DRAFT + "/don-vi/mau.xlsx")
def sheet_form(person: Planner, year: int) -> Response:
    """The sheet with the units of the draft filled in."""
    assert person.id, "somebody of the office"
    content = plan_form(year, draft_of(year).plan.units)
    name = f'attachment; filename="ke-hoach-{year}.xlsx"'
    return Response(content, media_type=_EXCEL, headers={"content-disposition": name})


def _typed(form: Form, plan: Plan) -> list[PlannedVisit]:
    """The visits as typed; a visit that stays keeps its day, its inspectors and what was done before."""
    before = {(one.month, one.unit): one for one in plan.visits}
    found = []
    for unit in plan.units:
        text = form.text(f"months-{unit.code}")
        try:
            months = months_of(text, plan.year) if text else []
        except ValueError as error:
            fault, _, remedy = str(error).partition("; ")
            form.note(f"months-{unit.code}", fault, remedy)
            continue
        found += [before.get((month, unit.code)) or PlannedVisit(month, unit.code) for month in months]
    return found


def _understood(form: Form, name: str, content: bytes, draft: PlanDraft) -> PlanSheet | None:
    """The sheet, None with every fault of it above the form."""
    with tempfile.TemporaryDirectory(prefix="ke-hoach-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        sheet = read_plan_sheet(path, draft.plan.year, draft.plan.units)
    for problem in sheet.every_problem:
        form.note("file", f"{problem.place}: {problem.fault}", problem.remedy, warning=problem.warning)
    return sheet if sheet.acceptable else None


def _page(request: Request, person: Person, year: int, form: Form, status: int = 200) -> Response:
    draft = draft_of(year)
    for code, text in _months(draft.plan).items():
        form.values.setdefault(f"months-{code}", text)
    return show(request, person, "planning/hosts.html", draft, form, status)


def _months(plan: Plan) -> Mapping[str, str]:
    months: dict[str, list[str]] = {unit.code: [] for unit in plan.units}
    for visit in plan.visits:
        months.setdefault(visit.unit, []).append(f"{visit.month}")
    return {code: ", ".join(numbers) for code, numbers in months.items()}
