"""`visits numbers`: the register of document numbers, with its gaps, reserved and cancelled ones (F22)."""

from typing import Annotated

import typer

from answers import register
from answers.answering import Giver
from cli.output import print_table, refusing, say
from config.settings import settings
from database import plans
from database.engine import reading
from database.numbers import Series
from domain import words
from domain.dates import short_date
from overview.register import NumberLine, every_series, read_register

app = typer.Typer(help="Sổ số văn bản: xem, giữ số, hủy số.", no_args_is_help=True)

Type = Annotated[str, typer.Argument(metavar="TYPE", help="loại văn bản: TB, BC, CV, GM")]
Year = Annotated[int, typer.Option("--year", help="năm kế hoạch, cho biết nhiệm kỳ")]
By = Annotated[str, typer.Option("--by", help="họ tên người quyết định; được ghi lại")]


@app.command()
@refusing
def show() -> None:
    """Mọi số đã biết theo từng loại và nhiệm kỳ, kèm ngày, trích yếu, tệp; số bỏ trống và số hủy vẫn thấy."""
    with reading(settings().database) as session:
        for look in every_series(session):
            series = look.series
            title = f"{series.type_code}/{series.organ_code} · nhiệm kỳ {series.term}"
            lines = (_line(line) for line in reversed(read_register(session, series)))
            print_table(title, ("Số", "Ngày", "Trích yếu", "Tệp", "Trạng thái", "Ai", "Lý do"), lines)
            say(f"Số kế tiếp: {series.symbol(look.last + 1)}")


def _line(line: NumberLine) -> tuple[str, ...]:
    symbol = f"{line.symbol} … {line.until}" if line.until else line.symbol
    day = short_date(line.day) if line.day else ""
    return (
        symbol,
        day,
        line.subject,
        ", ".join(line.forms),
        words.NUMBERS.get(line.state, line.state),
        line.by,
        line.reason,
    )


@app.command()
@refusing
def reserve(
    type_code: Type,
    by: By,
    year: Year,
    number: Annotated[int | None, typer.Option("--number", help="số cụ thể; bỏ trống thì lấy số kế tiếp")] = None,
    reason: Annotated[str, typer.Option("--reason", help="giữ cho việc gì")] = "",
) -> None:
    """Giữ một số để dùng sau."""
    symbol = register.reserve(_series(type_code, year), number, Giver(by, "cli"), reason)
    say(f"Đã giữ số {symbol}.")


@app.command()
@refusing
def set_aside(
    type_code: Type,
    first: Annotated[int, typer.Option("--from", help="số đầu của khối")],
    last: Annotated[int, typer.Option("--to", help="số cuối của khối")],
    by: By,
    year: Year,
    reason: Annotated[str, typer.Option("--reason", help="ghi chú vào sổ")] = "",
) -> None:
    """Dành một khối số CV hoặc GM để dịch vụ tự lấy số; loại nào được tự lấy là do cài đặt."""
    block = register.set_aside(_series(type_code, year), first, last, Giver(by, "cli"), reason)
    say(f"Đã dành khối số {block}.")
    if type_code not in settings().numbering.from_blocks:
        say(f"Dịch vụ chưa tự lấy số {type_code}: đặt VISITS_NUMBERING__FROM_BLOCKS='[\"{type_code}\"]' rồi chạy lại.")


@app.command()
@refusing
def cancel(
    type_code: Type,
    number: Annotated[int, typer.Option("--number", help="số bị hủy")],
    by: By,
    year: Year,
    reason: Annotated[str, typer.Option("--reason", help="lý do; được ghi lại")],
) -> None:
    """Hủy một số chưa dùng; số đó vẫn còn trong sổ, có lý do."""
    symbol = register.cancel(_series(type_code, year), number, Giver(by, "cli"), reason)
    say(f"Đã hủy số {symbol}.")


def _series(type_code: str, year: int) -> Series:
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, year)
    return Series(plan.issuer.organ_code, type_code, plan.term)
