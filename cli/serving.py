"""`visits up` and `visits rehearse`: run the live service, or play a whole year."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from answers.first_accounts import rehearsal_logins
from answers.password_strength import REHEARSAL_PASSWORD
from cli.output import console, print_table, refusing, say
from cli.parts import begin
from cli.until_stopped import StopBeforeTheEnd, until_told_to_stop
from config.run_lists import OPEN_RUNS, STOPPED_RUNS
from config.secret import given, secret_file
from config.settings import for_rehearsal, settings, use
from deployments.service.embedded import Service
from deployments.service.environment import enter
from domain.dates import short_date

if TYPE_CHECKING:  # importing it for real would import Prefect before its environment is set
    from rehearsal.play import Progress as Played


def add_to(app: typer.Typer) -> None:
    """Put both commands into the main one."""
    app.command()(up)
    app.command()(rehearse)


@refusing
def up() -> None:
    """Chạy dịch vụ thật: Prefect, bộ chạy, bàn làm việc, hộp thư tại chỗ. Ctrl-C để dừng tất cả."""
    enter(settings())
    with until_told_to_stop() as stop, Service(settings(), say, wait=False) as service:
        begun = told = False
        while not stop.wait(1 if told else 0.2):
            service.watch()
            begun = begun or (service.is_ready("runner") and begin())
            if begun and not told and service.is_ready():
                _say_where(service)
                told = True
        say("đang dừng…")


@refusing
def rehearse(
    name: Annotated[str, typer.Argument(metavar="YEAR", help="kế hoạch và kịch bản: 2024, hoặc 2026-vi-du")],
    as_json: Annotated[bool, typer.Option("--json", help="cuối cùng in một đối tượng JSON")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="xong thì chạy tiếp để xem, đến khi Ctrl-C")] = False,
    home: Annotated[Path | None, typer.Option("--home", help="thư mục của buổi diễn tập")] = None,
) -> None:
    """Diễn tập cả năm: luồng, máy chủ, cơ sở dữ liệu và thư thật; không thư nào ra ngoài."""
    chosen = use(for_rehearsal(home))
    enter(chosen)
    # Both import Prefect, which must see its environment first.
    from rehearsal.play import Result
    from rehearsal.run import refuse_unless_safe
    from rehearsal.run import rehearse as play

    refuse_unless_safe(chosen)
    quiet = as_json and not keep
    with until_told_to_stop() as stop, Service(
        chosen, _hush if quiet else say, afresh=True, told_to_stop=stop.is_set
    ) as service:  # fmt: skip
        with _bar(stop, hidden=quiet) as bar:
            result: Result = play(service, name, bar)
        if as_json:
            typer.echo(json.dumps(result.as_data(), ensure_ascii=False))
        else:
            _say_result(name, result.as_data())
        if keep:
            _say_where(service)
            while not stop.wait(1):
                service.watch()
    if result.completed < result.visits:
        raise typer.Exit(1)


def _hush(_line: str) -> None:
    """Say nothing: the only output is the JSON at the end."""


def _say_where(service: Service) -> None:
    of = service.settings
    say(f"Giao diện Prefect: {of.prefect_url}")
    if of.mode == "live":
        outside = given("prefect", of)
        place = f"tệp {secret_file('prefect', of)}" if outside is None else outside.path or f"biến {outside.where}"
        say(f"  mở lần đầu, dán dòng trong {place}")
    say(f"  đang mở: {of.prefect_url}{OPEN_RUNS.path}")
    say(f"  bị lỗi:  {of.prefect_url}{STOPPED_RUNS.path}")
    say(f"Thư (tệp .eml):    {of.mailbox}")
    if of.mode == "live" and of.alert_url.get_secret_value():
        say(f"Lượt chạy bị lỗi được báo ra ngoài ({of.alert_kind}, VISITS_ALERT_URL).")
    if of.safe:
        say("Chế độ an toàn: chưa cấu hình máy chủ thư, mọi thư được giữ lại trong hộp thư tại chỗ.")
    if of.mode == "rehearsal":
        say(f"Đăng nhập diễn tập: {', '.join(login for login, _ in rehearsal_logins())}; mật khẩu {REHEARSAL_PASSWORD}")
    say("Ctrl-C để dừng.")
    say(f"Bàn làm việc: {of.desk_url}")


def _say_result(name: str, data: dict[str, object]) -> None:
    labels = {
        "visits": "Đợt trong kế hoạch", "completed": "Đã kết thúc", "letters": "Thư", "duplicates": "Thư trùng",
        "late_accepted": "Danh sách trễ được chấp nhận", "overrides": "Chọn ngoại lệ có lý do",
        "reports": "Báo cáo của các đơn vị", "recommendations": "Kiến nghị", "summary": "Báo cáo tổng hợp",
        "wakeups": "Lần đánh thức", "seconds": "Giây",
    }  # fmt: skip
    print_table(
        f"Diễn tập năm {name}",
        ("Mục", "Kết quả"),
        ((label, _words(data[name])) for name, label in labels.items()),
    )


def _words(value: object) -> str:
    if isinstance(value, dict):
        names = {
            "sent": "đã gửi", "refused": "bị từ chối", "uncertain": "chưa rõ", "held": "đang giữ",
            "received": "đã nhận", "late": "trễ hạn", "returned": "trả lại", "missing": "chưa báo cáo",
            "answered": "đã thực hiện", "unanswered": "chưa báo cáo",
        }  # fmt: skip
        return ", ".join(f"{names.get(name, name)} {count}" for name, count in value.items())
    return f"{value}"


@contextmanager
def _bar(stop: threading.Event, *, hidden: bool) -> Iterator["Callable[[Played], None]"]:
    """A progress bar: visits done, the date on the rehearsal's clock, letters sent."""
    columns = (
        TextColumn("Diễn tập"), BarColumn(), TextColumn("{task.completed}/{task.total} đợt"),
        TextColumn("· {task.fields[day]} · {task.fields[letters]} thư ·"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, disable=hidden) as progress:
        line = progress.add_task("", total=None, day="", letters=0)

        def update(now: "Played") -> None:
            if stop.is_set():
                raise StopBeforeTheEnd
            progress.update(
                line, total=now.visits, completed=now.completed,
                day=short_date(now.now.date()), letters=now.letters,
            )  # fmt: skip

        yield update
