"""`visits contacts`: the addresses in use as a file, from a file, and where each of them came from."""

from pathlib import Path
from typing import Annotated

import typer

from answers.answering import Giver
from answers.contacts import change_contacts
from answers.plans import Keep, offer
from cli.asking import agreed
from cli.output import print_json, refusing, say, say_problems
from cli.plan_loading import KeepWhich, Yes, say_offer
from cli.plan_making import put
from config.contacts_file import read_contacts
from config.settings import settings
from database import clock, plans
from database.engine import reading
from database.plan_history import versions
from domain.dates import date_and_time
from domain.problem import Refused
from planning.plan_yaml import contacts_text

app = typer.Typer(help="Địa chỉ đang dùng: xuất ra tệp, nhập từ tệp, lịch sử sửa.", no_args_is_help=True)

Year = Annotated[int, typer.Option("--year", help="năm của kế hoạch; mặc định: năm nay")]
AsJson = Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")]


@app.command("export")
@refusing
def export(to: Annotated[Path, typer.Option("--to", help="tệp .yaml để ghi")], year: Year = 0) -> None:
    """Ghi địa chỉ đang dùng ra tệp."""
    year = _year(year)
    with reading(settings().database) as session:
        plan, contacts = plans.read(session, year)
        row = plans.current(session, year)
    assert row, "it was read"
    head = [f"Địa chỉ đang dùng của kế hoạch {plan.symbol}, bản {row.version} ({row.loaded_by})."]
    put(to, contacts_text(contacts, head).encode("utf-8"), "--to")
    say(f"Đã ghi {to}: địa chỉ bản {row.version}.")


@app.command("import")
@refusing
def import_(
    file: Annotated[Path, typer.Argument(help="tệp địa chỉ")],
    year: Year = 0,
    by: Annotated[str, typer.Option("--by", help="người nhập; được ghi lại")] = "quản trị",
    keep: KeepWhich = "file",
    yes: Yes = False,
) -> None:
    """Lấy địa chỉ từ tệp: nêu từng thay đổi rồi hỏi; --keep desk chỉ thêm địa chỉ còn thiếu."""
    year = _year(year)
    with reading(settings().database) as session:
        plan, _in_use = plans.read(session, year)
    contacts, problems = read_contacts(file, plan)
    if contacts is None:
        raise Refused(*problems)
    kept: Keep = keep
    offered = offer(plan, contacts, kept)
    say_offer(offered)
    if offered.asks:
        agreed(f"Lấy địa chỉ trong {file.name} thay cho địa chỉ đang dùng?", yes=yes)
    loaded, warnings = change_contacts(year, offered.contacts, Giver(by, "cli"), seen=offered.seen)
    say_problems([*problems, *warnings])
    said = f"Đã lưu địa chỉ, bản {loaded.version}." if loaded.changed else "Không có gì thay đổi."
    say(f"{said} Thư bị từ chối: visits letters resend.")


@app.command("history")
@refusing
def history(year: Year = 0, as_json: AsJson = False) -> None:
    """Ai đã sửa địa chỉ nào, lúc nào, từ gì thành gì."""
    with reading(settings().database) as session:
        found = versions(session, _year(year))
    if as_json:
        print_json(found)
        return
    for one in found:
        say(f"bản {one.number} · {date_and_time(one.loaded_at)} · {one.loaded_by}")
        for line in (*one.changes, *one.addresses):
            say(f"    - {line}")


def _year(asked: int) -> int:
    with reading(settings().database) as session:
        return asked or clock.now(session).year
