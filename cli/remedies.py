"""`visits remedies`: what hosts were recommended, what they have reported, and what is still open (D11)."""

from typing import Annotated

import typer

from answers.answering import Giver
from answers.remedies import reply as take_reply
from cli.given import day_if_given
from cli.output import print_json, print_table, refusing, say
from cli.waking import tell
from config.settings import settings
from database import clock, follow_ups, plans, visits
from database.engine import reading
from domain.dates import short_date
from domain.follow_up import Remedy

app = typer.Typer(help="Kiến nghị sau dự, giám sát: xem, ghi kết quả thực hiện của đơn vị.", no_args_is_help=True)

Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach")]


@app.command("list")
@refusing
def list_remedies(
    year: Annotated[int | None, typer.Option("--year", help="năm; mặc định là năm hiện tại của đồng hồ")] = None,
    only_open: Annotated[bool, typer.Option("--open", help="chỉ những kiến nghị chưa báo cáo thực hiện")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Từng kiến nghị của năm: nơi thực hiện, thời hạn, đơn vị đã báo cáo chưa."""
    with reading(settings().database) as session:
        today = clock.now(session).date()
        wanted = year or today.year
        plan, _contacts = plans.read(session, wanted)
        lines = [
            {
                "visit": row.key, "unit": plan.unit(row.unit).short_name, "number": f"{one.number}",
                "text": one.asked.text, "owner": one.asked.owner, "due": short_date(one.asked.due),
                "state": "quá hạn" if one.overdue(today) else "chưa báo cáo" if one.open else "đã thực hiện",
            }
            for row in visits.of_year(session, wanted)
            for one in follow_ups.followed(session, row)
            if one.open or not only_open
        ]  # fmt: skip
    if as_json:
        print_json(lines)
        return
    columns = ("Đợt", "Đơn vị", "Số", "Kiến nghị", "Nơi thực hiện", "Thời hạn", "Tình trạng")
    print_table(f"Kiến nghị năm {wanted}", columns, (list(line.values()) for line in lines))


@app.command()
@refusing
def reply(
    visit: Visit,
    number: Annotated[list[int], typer.Option("--number", help="số của kiến nghị; ghi nhiều lần được")],
    text: Annotated[str, typer.Option("--text", help="đơn vị đã làm gì")],
    by: Annotated[str, typer.Option("--by", help="họ tên người nhập; được ghi lại")],
    received: Annotated[str, typer.Option("--received", help="ngày đến theo sổ văn thư; mặc định hôm nay")] = "",
    symbol: Annotated[str, typer.Option("--symbol", help="số, ký hiệu văn bản của đơn vị")] = "",
    unfinished: Annotated[bool, typer.Option("--unfinished", help="mới làm một phần, kiến nghị vẫn để mở")] = False,
) -> None:
    """Ghi kết quả thực hiện kiến nghị do đơn vị báo cáo; hết kiến nghị mở thì việc theo dõi kết thúc."""
    with reading(settings().database) as session:
        today = clock.now(session).date()
    day = day_if_given(received, "--received") or today
    left = take_reply(visit, [Remedy(one, text, day, symbol, not unfinished) for one in number], Giver(by, "cli"))
    say(f"Đã ghi; còn {left} kiến nghị chưa báo cáo thực hiện.")
    tell()
