"""`visits users`: who may sign in at the desk, as what, and in whose place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from answers import accounts as decide
from cli.output import print_json, print_table, refusing, say
from config.settings import settings
from database import accounts
from database.accounts import AccountRow
from database.engine import reading, writing
from database.schema import prepare
from domain.dates import date_and_time, parse_date, short_date
from domain.problem import Problem, Refused
from domain.role import OF_ACCOUNTS, titles

app = typer.Typer(help="Tài khoản của bàn làm việc: xem, thêm, mật khẩu, vai trò, giao thay.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="tên đăng nhập, ví dụ nva")]
Roles = Annotated[str, typer.Option("--roles", help=f"các vai trò, cách nhau bằng dấu phẩy: {', '.join(OF_ACCOUNTS)}")]
By = Annotated[str, typer.Option("--by", help="người quyết định; được ghi lại")]
AsJson = Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")]

_BY = "quản trị"


@app.command("list")
@refusing
def list_(as_json: AsJson = False) -> None:
    """Mọi tài khoản: vai trò, còn hoạt động không, đăng nhập lần cuối khi nào; ai đang thay ai."""
    with reading(settings().database) as session:
        rows = accounts.everyone(session)
        names = {row.id: row.login for row in rows}
        lent = [(names[one.who_id], names[one.for_id], one) for one in accounts.stand_ins(session)]
    if as_json:
        print_json([_as_data(row) for row in rows])
        return
    print_table(
        "Tài khoản", ("Tên đăng nhập", "Họ và tên", "Vai trò", "Thư điện tử", "Hoạt động", "Đăng nhập lần cuối"),
        ((
            row.login, row.name, titles(row.roles), row.email,
            "có" if row.active else "khóa", date_and_time(row.signed_in_at) if row.signed_in_at else "chưa",
        ) for row in rows),
    )  # fmt: skip
    for who, whom, one in lent:
        say(f"{who} thay {whom} từ {short_date(one.first_day)} đến {short_date(one.last_day)}")


def _as_data(row: AccountRow) -> dict[str, object]:
    """What a program may know of an account: everything but the password."""
    return {
        "login": row.login, "name": row.name, "email": row.email, "roles": row.roles, "active": row.active,
        "signed_in_at": row.signed_in_at,
    }  # fmt: skip


@app.command()
@refusing
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="họ và tên, như sẽ hiện trong nhật ký")],
    roles: Roles,
    email: Annotated[str, typer.Option("--email", help="địa chỉ như trong tệp liên hệ của kế hoạch")] = "",
    by: By = _BY,
) -> None:
    """Thêm tài khoản; mật khẩu tạm được in ra một lần và phải đổi khi đăng nhập lần đầu."""
    prepare(settings().database)
    password = decide.new_password()
    with writing(settings().database) as session:
        row = decide.add(session, login, name, _split(roles), password, by, email=email)
    say(f"Đã thêm {row.login}. Mật khẩu tạm: {password}")


@app.command()
@refusing
def password(login: Login, by: By = _BY) -> None:
    """Đặt mật khẩu tạm mới, in ra một lần; người đó bị đăng xuất ở mọi nơi và phải đổi khi đăng nhập."""
    made = decide.new_password()
    with _account(login) as (session, row):
        decide.set_password(session, row, made, by)
    say(f"Mật khẩu tạm của {login}: {made}")


@app.command()
@refusing
def roles(
    login: Login,
    roles: Roles,
    active: Annotated[bool, typer.Option("--active/--locked", help="cho đăng nhập hay khóa")] = True,
    by: By = _BY,
) -> None:
    """Đặt vai trò của một tài khoản, khóa hoặc mở khóa; ai bị bớt quyền thì bị đăng xuất ngay."""
    with _account(login) as (session, row):
        decide.change(session, row, by, name=row.name, email=row.email, roles=_split(roles), active=active)
    say(f"{login}: {titles(row.roles)}{'' if active else ' (khóa)'}")


@app.command("stand-in")
@refusing
def stand_in(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="người làm thay")],
    place_of: Annotated[str, typer.Option("--for", metavar="LOGIN", help="người vắng")],
    first: Annotated[str, typer.Option("--from", help="từ ngày, ví dụ 2024-07-01")],
    last: Annotated[str, typer.Option("--to", help="đến hết ngày")],
    by: By = _BY,
) -> None:
    """Giao một người làm thay người khác trong một thời gian; việc làm thay mang tên cả hai."""
    days = _day("--from", first), _day("--to", last)
    with writing(settings().database) as session:
        decide.stand_in(session, login, place_of, *days, by)
    say(f"{login} thay {place_of} từ {short_date(days[0])} đến {short_date(days[1])}.")


@contextmanager
def _account(login: str) -> Iterator[tuple[Session, AccountRow]]:
    with writing(settings().database) as session:
        row = accounts.by_login(session, login.strip().casefold())
        if row is None:
            raise Refused(Problem(login, "không có tài khoản này", "xem: visits users list"))
        yield session, row


def _split(roles: str) -> list[str]:
    return [one.strip() for one in roles.split(",") if one.strip()]


def _day(option: str, text: str) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise Refused(Problem(option, f"“{text}” không phải ngày", "ghi như 2024-07-01 hoặc 01/7/2024")) from None
