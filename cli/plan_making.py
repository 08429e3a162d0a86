"""`visits plan new`, `form` and `import`: drafts next year's plan from a year that was, or from an Excel sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from cli.output import print_json, refusing, say, say_problems
from config.faults import Faults
from config.office_calendar import working_calendar
from config.settings import ROOT, settings
from config.yaml_lines import read_yaml
from config.yaml_records import fill
from domain.plan import Plan, SelfSupervision, Unit
from domain.problem import Problem, Refused
from domain.working_days import WorkingCalendar
from planning.next_year import next_year
from planning.plan_draft import Decision, Draft, draft_of
from planning.plan_file import read_plan
from planning.plan_yaml import plan_text
from sheets.plan.plan_form import plan_form
from sheets.plan.plan_sheet import PlanSheet, read_plan_sheet

From = Annotated[str, typer.Option("--from", help="năm hoặc tệp kế hoạch làm mẫu")]
Year = Annotated[int, typer.Option("--year", help="năm của kế hoạch mới", min=2000, max=2100)]
Out = Annotated[Path | None, typer.Option("--out", help="tệp kế hoạch để ghi; mặc định config/plans/<năm>.yaml")]
PLANS = ROOT / "config" / "plans"


def add_to(app: typer.Typer) -> None:
    """Put the three commands into `visits plan`."""
    app.command("new")(new)
    app.command("form")(form)
    app.command("import")(import_sheet)


@refusing
def new(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="năm của kế hoạch mới", min=2000, max=2100)],
    base: From = "2024",
    out: Out = None,
    units: Annotated[Path | None, typer.Option("--units", help="tệp các đơn vị mới hoặc đã đổi (units: […])")] = None,
    keep_hosts: Annotated[bool, typer.Option("--keep-hosts", help="giữ các đơn vị được dự như năm mẫu")] = False,
) -> None:
    """Lập kế hoạch năm mới theo một năm đã có, và nói còn phải quyết định những gì."""
    pattern = _base(base)
    newer = _read_units(units) if units else ()
    draft = next_year(pattern, year, _calendar(year), newer, keep=keep_hosts)
    _write(draft, out or PLANS / f"{year}.yaml", f"Lập theo kế hoạch {pattern.symbol} năm {pattern.year}")


@refusing
def form(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="tệp .xlsx để ghi")],
    year: Year,
    base: Annotated[str, typer.Option("--from", help="ghi sẵn các đơn vị của năm hoặc tệp này")] = "",
) -> None:
    """Ghi mẫu Excel để lập kế hoạch: đơn vị, tháng, loại, tự giám sát."""
    if file.suffix.casefold() != ".xlsx":
        raise Refused(Problem(str(file), "mẫu là tệp Excel", "đặt tên tệp có đuôi .xlsx"))
    units = tuple(unit for unit in _base(base).units if unit.exists_in(year)) if base else ()
    put(file, plan_form(year, units))
    say(f"Đã ghi {file}: {len(units)} đơn vị ghi sẵn.")


@refusing
def import_sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="tệp .xlsx hoặc .csv")],
    year: Year,
    out: Out = None,
    base: From = "2024",
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Đọc bảng kế hoạch, nói từng dòng và ô sai, ghi tệp kế hoạch khi không còn lỗi."""
    pattern = _base(base)
    sheet = read_plan_sheet(file, year, pattern.units)
    if as_json:
        print_json({"rows": sheet.rows, "problems": sheet.problems, "good": sheet.acceptable})
    else:
        say_problems(sheet.every_problem)
        doubts = sum(problem.warning for problem in sheet.every_problem)
        told = f"{len(sheet.every_problem) - doubts} lỗi, {doubts} cảnh báo"
        say(f"Hiểu {len(sheet.units)} đơn vị, {len(sheet.visits)} đợt trong {len(sheet.rows)} dòng; {told}.")
    if not sheet.acceptable:
        if not as_json:
            say("Chưa ghi kế hoạch: sửa các lỗi trên trong tệp rồi nhập lại.")
        raise typer.Exit(1)
    draft = _drafted(pattern, year, sheet)
    _write(draft, out or PLANS / f"{year}.yaml", f"Nhập từ {file.name}, phần chung theo năm {pattern.year}", as_json)


def _drafted(pattern: Plan, year: int, sheet: PlanSheet) -> Draft:
    """The plan of the sheet under the head of the pattern, with what it leaves to people."""
    head = draft_of(pattern, year, _calendar(year))
    due = head.plan.self_supervising.due
    plan = replace(
        head.plan, units=sheet.units, visits=sheet.visits, self_supervising=SelfSupervision(due, sheet.by_themselves)
    )
    listed = {unit.code for unit in sheet.units}
    missing = [unit.short_name for unit in pattern.units if unit.code not in listed and unit.exists_in(year)]
    more = (
        (Decision("units", f"đơn vị của năm {pattern.year} không có trong bảng: {', '.join(missing)}"),)
        if missing
        else ()
    )
    return Draft(plan, (*head.decisions, *more))


def _base(named: str) -> Plan:
    """The plan of that year among ours, or in that file."""
    path = PLANS / f"{named}.yaml" if named.isdigit() else Path(named)
    plan, problems = read_plan(path)
    if plan is None:
        raise Refused(*problems)
    return plan


@dataclass(frozen=True)
class _Units:
    """A file of units that are new, or that stand in place of those of a plan (C8)."""

    units: tuple[Unit, ...]


def _read_units(path: Path) -> Sequence[Unit]:
    faults = Faults(path)
    entry = read_yaml(path, faults)
    read = fill(_Units, entry, faults) if entry else None
    if read is None or faults.stop:
        raise Refused(*faults.in_order())
    return read.units


def _calendar(year: int) -> WorkingCalendar:
    return working_calendar((year - 1, year, year + 1), settings().office_calendar)


def _write(draft: Draft, out: Path, whence: str, quiet: bool = False) -> None:
    """Write the draft where no file stands yet, look whether it can be read, and say what remains to be decided."""
    head = [f"{whence}. Những dòng “CẦN QUYẾT ĐỊNH” chờ người quyết định; xong thì xóa ghi chú ấy.",
            f"Kiểm tra: visits plan check {out.name}"]  # fmt: skip
    put(out, plan_text(draft.plan, head, draft.notes).encode("utf-8"))
    plan, problems = read_plan(out)
    if plan is None:
        out.unlink()
        raise Refused(*problems)
    if quiet:
        return
    others = len(plan.self_supervising.units)
    say(f"Đã ghi {out}: {len(plan.units)} đơn vị, {len(plan.visits)} đợt, {others} tự giám sát.")
    for line in draft.told:
        say(f"  {line}")
    say("Còn phải quyết định:")
    for decision in draft.decisions:
        say(f"  - {decision.field}: {decision.said}")
    say(f"Tiếp theo: sửa tệp, lập tệp địa chỉ cùng tên, rồi chạy visits plan check {out}")


def put(path: Path, content: bytes, option: str = "--out") -> None:
    """A file under a name that is free: what somebody has written is never lost (P25)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as written:
            written.write(content)
    except FileExistsError:
        raise Refused(Problem(str(path), "đã có tệp này", f"đặt tên khác bằng {option}, hoặc xóa tệp cũ")) from None
    except OSError as error:
        raise Refused(
            Problem(str(path), f"không ghi được ({error.strerror})", "kiểm tra thư mục và quyền ghi")
        ) from None
