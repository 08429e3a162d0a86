"""`visits plan`: check, load and show the yearly plan."""

from pathlib import Path
from typing import Annotated

import typer

from cli import plan_loading, plan_making
from cli.output import print_json, refusing, say, say_problems
from cli.plan_loading import ContactsFile, PlanFile, contacts_beside
from cli.year import print_schedule
from config.contacts_file import read_contacts
from config.office_calendar import working_calendar
from config.settings import ROOT, Settings, settings
from database import calendars, clock, plans
from database.engine import reading
from domain.dates import short_date
from domain.plan import Plan
from domain.plan_calendar import Pace
from domain.problem import Problem
from planning.plan_file import read_plan_with_lines
from planning.plan_review import Review

app = typer.Typer(help="Kế hoạch năm: lập, nhập từ Excel, kiểm tra, nạp, xem.", no_args_is_help=True)
plan_making.add_to(app)
plan_loading.add_to(app)

AsJson = Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")]


@app.command()
@refusing
def check(file: PlanFile, contacts: ContactsFile = None, as_json: AsJson = False) -> None:
    """Nêu mọi lỗi của tệp kế hoạch cùng một lúc, và những chỗ nên xem lại trước khi vào năm."""
    plan, good, problems = _checked(file, contacts)
    if as_json:
        print_json({"ok": good, "problems": problems})
    else:
        say_problems(problems)
    if plan is None or not good:
        raise typer.Exit(1)
    if not as_json:
        say(f"Kế hoạch {plan.symbol} năm {plan.year}: {len(plan.visits)} đợt, {len(plan.units)} đơn vị — dùng được.")
        if problems:
            say(f"Có {len(problems)} điều nên xem lại; không điều nào ngăn việc nạp kế hoạch.")


def _checked(file: Path, contacts: Path | None) -> tuple[Plan | None, bool, list[Problem]]:
    """The plan, whether it can be used, and everything to mend or to look at, in the order of its lines.

    Addresses that are not there yet only keep the plan from being loaded: a plan is drawn up before them.
    """
    plan, entry, faults = read_plan_with_lines(file)
    if plan is None:
        return None, False, faults.in_order()
    beside = contacts or contacts_beside(file)
    missing = contacts is None and not beside.exists()
    addresses, more = (None, [_not_there_yet(beside)]) if missing else read_contacts(beside, plan)
    of = settings()
    calendar = working_calendar((plan.year - 1, plan.year, plan.year + 1), of.office_calendar)
    Review(plan, entry, faults, _pace(of), calendar, of.planning.max_hosts_per_month).all(addresses)
    return plan, missing or addresses is not None, [*faults.in_order(), *more]


def _pace(of: Settings) -> Pace:
    ladders, planning = of.ladders, of.planning
    return Pace(
        planning.usual_meeting_days, ladders.answer_within, ladders.choose_within, ladders.issue_within,
        planning.notice_days, planning.invitation_days,
    )  # fmt: skip


def _not_there_yet(contacts: Path) -> Problem:
    remedy = "chép từ tệp địa chỉ năm trước rồi sửa; visits plan load cần tệp này"
    return Problem(str(contacts), "chưa có tệp địa chỉ", remedy, warning=True)


@app.command()
@refusing
def show(year: Annotated[int, typer.Option("--year", help="năm của kế hoạch")] = 2024, as_json: AsJson = False) -> None:
    """In kế hoạch đang dùng: đơn vị từng tháng, đơn vị tự giám sát, thời hạn."""
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, year or clock.now(session).year)
        calendar = calendars.in_force(session).working((plan.year - 1, plan.year, plan.year + 1))
    if as_json:
        print_json(plan)
        return
    say(f"Kế hoạch {plan.symbol} ngày {short_date(plan.issued)}: {plan.title}")
    print_schedule(plan, calendar)


SHIPPED = ROOT / "config" / "plans"
