"""How the command line speaks: tables for people, JSON for programs, refusals in one place."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError

from config.settings import settings
from database.address import shown, why_unreadable
from domain.problem import Problem, Refused
from domain.record import to_data

P = ParamSpec("P")
R = TypeVar("R")

console = Console(soft_wrap=True)
errors = Console(stderr=True, soft_wrap=True)


def say(line: str) -> None:
    """One line for a person; nothing in it is taken as markup."""
    console.print(line, markup=False, highlight=False)


def say_problems(problems: Iterable[Problem], to: Console | None = None) -> None:
    """Every problem on a line of its own, warnings marked."""
    for problem in problems:
        mark = "cảnh báo" if problem.warning else "lỗi"
        (to or console).print(f"{mark} · {problem}", markup=False, highlight=False)


def print_json(value: Any) -> None:
    """A value as JSON for a program, on one stream that holds nothing else."""
    typer.echo(json.dumps(to_data(value), ensure_ascii=False, indent=2))


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for a person; columns of dates and numbers are never broken over lines.

    Where the terminal is so narrow that a word or a key would be broken, each row is a list instead.
    """
    table, every, console = Table(title=title, title_justify="left"), list(rows), Console()
    for place, column in enumerate(columns):
        keys = any("/" in row[place] and " " not in row[place] for row in every)
        table.add_column(column, overflow="fold", no_wrap=keys or column in _SHORT)
    for row in every:
        table.add_row(*row)
    if Measurement.get(console, console.options.update(max_width=_UNBROKEN), table).minimum <= console.width:
        console.print(table, markup=False)
        return
    say(title)
    for row in every:
        filled = [f"{column}: {cell}" for column, cell in zip(columns, row, strict=True) if cell]
        say("- " + "\n  ".join(filled))


#: Wide enough for any table.
_UNBROKEN = 10_000
_SHORT = ("Tháng", "Từ ngày", "Ngày tới", "Mở ngày", "Số", "Bản", "Chọn")


def refusing(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a refusal into its reasons on stderr and exit code 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            say_problems(refused.problems, errors)
            raise typer.Exit(1) from None
        except (OperationalError, ProgrammingError) as error:
            # No database yet, or one that cannot be opened: the same for every command that looks into it.
            say_problems([_of_database(error)], errors)
            raise typer.Exit(1) from None
        except (DataError, OverflowError):
            # What no database can hold, and so nothing that there is.
            fault = "có số quá lớn hoặc ký tự không dùng được"
            say_problems([Problem("dòng lệnh", fault, "xem lại số và chữ vừa gõ")], errors)
            raise typer.Exit(1) from None

    return run


def _of_database(error: OperationalError | ProgrammingError) -> Problem:
    known = why_unreadable(settings().database, error)
    if known is None and isinstance(error, ProgrammingError):
        raise error
    remedy = "kiểm tra VISITS_DATABASE_URL, máy chủ, quyền đọc tệp; chưa có thì chạy trước: visits plan load FILE"
    return known or Problem(shown(settings().database), f"không đọc được ({error.orig})", remedy)
